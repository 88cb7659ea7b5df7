import { Badge } from "@/components/data/badge";
import type { Column } from "@/components/data/data-table";
import { DataTable } from "@/components/data/data-table";
import { Pagination } from "@/components/data/pagination";
import { EmptyState } from "@/components/feedback/empty-state";
import { formatCount, formatNumber } from "@/lib/format/number";
import { DIGITAL_SKILL_NAMES, SEX_NAMES, VARIANT_SHORT_NAMES } from "../constants";
import type { RelatedRow, Relation } from "../data/entry";
import { AssessmentBadge } from "./state-badge";

const WORDS: Readonly<Record<Relation, { caption: string; noun: string; empty: string }>> = {
  household: {
    caption: "Thành viên trong hộ",
    noun: "thành viên",
    empty: "Chưa ghi thành viên nào của hộ",
  },
  clan: { caption: "Các hộ trong dòng họ", noun: "hộ", empty: "Chưa có hộ nào ghi thuộc dòng họ này" },
  organisation: {
    caption: "Người của đơn vị",
    noun: "người",
    empty: "Chưa có công dân nào ghi làm việc, học tập ở đơn vị này",
  },
};

const lookup = (names: Readonly<Record<string, string>>, code: string | null) =>
  code === null ? "" : (names[code] ?? code);

/** What belongs to an entry: members of a household, households of a clan, staff of an organisation; 50 rows a page. */
export function EntryRelated({
  subjectId,
  year,
  related,
}: Readonly<{
  subjectId: string;
  year: number;
  related: { relation: Relation; rows: readonly RelatedRow[]; count: number; hasNext: boolean };
}>) {
  const { relation, rows, count, hasNext } = related;
  const words = WORDS[relation];
  const person: Column<RelatedRow>[] = [
    { key: "birthYear", header: "Năm sinh", align: "right", cell: (row) => row.birthYear },
    { key: "sex", header: "Giới tính", cell: (row) => lookup(SEX_NAMES, row.sex) },
    { key: "variant", header: "Nghề nghiệp", cell: (row) => lookup(VARIANT_SHORT_NAMES, row.variant) },
    {
      key: "isWorker",
      header: "Lao động",
      cell: (row) => (row.isWorker ? "Có" : "Không"),
      isHiddenOnPhone: true,
    },
    {
      key: "digitalSkill",
      header: "Kỹ năng số",
      cell: (row) => lookup(DIGITAL_SKILL_NAMES, row.digitalSkill),
      isHiddenOnPhone: true,
    },
  ];
  const columns: Column<RelatedRow>[] = [
    {
      key: "name",
      header: relation === "clan" ? "Chủ hộ" : "Họ và tên",
      isRowHeader: true,
      cell: (row) => row.name,
    },
    ...(relation === "clan" ? [] : person),
    ...(relation === "household"
      ? []
      : [{ key: "unit", header: "Thôn", cell: (row: RelatedRow) => row.unitName }]),
    {
      key: "state",
      header: `Năm ${year}`,
      cell: (row) => (row.isClosed ? <Badge>đã thôi theo dõi</Badge> : <AssessmentBadge row={row} />),
    },
    {
      key: "total",
      header: "Điểm",
      align: "right",
      cell: (row) => (row.total === null ? "–" : formatNumber(row.total, 2)),
    },
  ];
  const last = rows.at(-1);

  return (
    <>
      <DataTable
        hasFrame={false}
        caption={words.caption}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        rowHref={(row) => `/so-theo-doi/${row.id}?nam=${year}`}
        empty={<EmptyState title={words.empty} />}
      />
      <div className="px-4 pb-4 sm:px-5">
        <Pagination
          nextHref={hasNext && last ? `/so-theo-doi/${subjectId}?nam=${year}&sau=${last.id}` : null}
          summary={rows.length > 0 ? `${formatCount(count)} ${words.noun} đang theo dõi` : undefined}
        />
      </div>
    </>
  );
}
