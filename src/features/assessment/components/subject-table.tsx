import { LinkButton } from "@/components/button";
import type { Column } from "@/components/data/data-table";
import { DataTable } from "@/components/data/data-table";
import { EmptyState } from "@/components/feedback/empty-state";
import type { TitleCode } from "@/domain/title/title";
import { TITLES } from "@/domain/title/title";
import type { AssessmentListItem } from "@/features/assessment/types";
import { formatNumber } from "@/lib/format/number";
import { capitalised } from "@/lib/text/name";
import { OpenForm } from "./open-form";
import { AssessmentStateBadge } from "./sheet-head";

/** The subjects of a title with how far each has come and the next step for it. */
export function SubjectTable({
  items,
  title,
  year,
  canWrite,
  empty,
}: Readonly<{
  items: readonly AssessmentListItem[];
  title: TitleCode;
  year: number;
  canWrite: boolean;
  empty?: string;
}>) {
  const noun = TITLES[title].subjectNounVi;
  const columns: Column<AssessmentListItem>[] = [
    { key: "name", header: capitalised(noun), isRowHeader: true, cell: (item) => item.name },
    { key: "unit", header: title === "ORGANISATION" ? "Xã" : "Thôn, tổ", cell: (item) => item.unitName },
    {
      key: "state",
      header: "Tình trạng",
      cell: (item) => <AssessmentStateBadge state={item.state} isComplete={item.isComplete} />,
    },
    {
      key: "total",
      header: "Điểm",
      align: "right",
      cell: (item) =>
        item.state === null || item.state === "REGISTERED" ? "–" : formatNumber(item.total, 2),
    },
    {
      key: "class",
      header: "Kết quả",
      cell: (item) => (item.isComplete ? (item.className ?? "Chưa đạt") : "–"),
    },
    {
      key: "missing",
      header: "Còn thiếu",
      align: "right",
      cell: (item) =>
        item.state === null || item.state === "REGISTERED" ? "–" : formatNumber(item.missingCount ?? 0),
    },
    {
      key: "step",
      header: <span className="sr-only">Việc tiếp theo</span>,
      isWide: true,
      isScreenOnly: true,
      cell: (item) => <NextStep item={item} year={year} canWrite={canWrite} />,
    },
  ];

  return (
    <DataTable
      caption={`Danh sách ${noun} năm ${year}`}
      columns={columns}
      rows={items}
      rowKey={(item) => item.subjectId}
      rowHref={(item) => (item.assessmentId ? `/cham-diem/${item.assessmentId}` : null)}
      empty={<EmptyState title={empty ?? `Chưa có ${noun} nào trong sổ`} />}
    />
  );
}

function NextStep({
  item,
  year,
  canWrite,
}: Readonly<{ item: AssessmentListItem; year: number; canWrite: boolean }>) {
  if (!item.assessmentId) {
    return canWrite ? (
      <OpenForm subjectId={item.subjectId} year={year} accessibleName={item.name} canStay />
    ) : null;
  }

  return (
    <LinkButton href={`/cham-diem/${item.assessmentId}`} size="small" prefetch={false}>
      {stepLabel(item, canWrite)}
      <span className="sr-only"> {item.name}</span>
    </LinkButton>
  );
}

function stepLabel(item: AssessmentListItem, canWrite: boolean): string {
  if (!canWrite || !item.isOpen) return "Xem";
  if (item.state === "RETURNED") return "Bổ sung";
  if (item.state === "REGISTERED") return "Bắt đầu chấm";

  return item.isComplete ? "Xem, sửa" : "Chấm tiếp";
}
