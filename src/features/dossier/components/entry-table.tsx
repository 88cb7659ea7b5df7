import { LinkButton } from "@/components/button";
import { StateBadge } from "@/components/data/badge";
import type { Column } from "@/components/data/data-table";
import { DataTable } from "@/components/data/data-table";
import { EmptyState } from "@/components/feedback/empty-state";
import { stateName, stateTone } from "@/domain/recognition/recognition";
import { formatNumber } from "@/lib/format/number";
import type { DossierHead, EntryRow } from "../data/entries";
import { NOT_READY_NAMES } from "../utils";
import { ResubmitForm } from "./submit-form";

/** Entries of a dossier with their state; returned ones with the reason and the way to put them right. */
export function EntryTable({
  dossier,
  rows,
  maySubmit,
}: Readonly<{ dossier: DossierHead; rows: readonly EntryRow[]; maySubmit: boolean }>) {
  const columns: Column<EntryRow>[] = [
    { key: "name", header: "Tên", isRowHeader: true, cell: (row) => row.name },
    { key: "hamlet", header: "Địa bàn", cell: (row) => row.hamletName },
    {
      key: "total",
      header: "Điểm",
      align: "right",
      cell: (row) => (row.total === null ? "–" : formatNumber(row.total, 2)),
    },
    {
      key: "state",
      header: "Tình trạng",
      cell: (row) => (
        <StateBadge tone={stateTone(row.state)}>
          {stateName(row.state)}
          {row.decisionNumber && ` · ${row.decisionNumber}`}
        </StateBadge>
      ),
    },
    {
      key: "step",
      header: "Lý do trả lại và việc cần làm",
      isWide: true,
      cell: (row) => <Returned {...{ dossier, row, maySubmit }} />,
    },
  ];

  return (
    <DataTable
      caption="Các mục trong hồ sơ"
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => `/cham-diem/${row.id}`}
      columns={columns}
      empty={<EmptyState title="Không có mục nào ở tình trạng này">Chọn tình trạng khác ở trên.</EmptyState>}
    />
  );
}

function Returned({
  dossier,
  row,
  maySubmit,
}: Readonly<{ dossier: DossierHead; row: EntryRow; maySubmit: boolean }>) {
  if (row.state !== "RETURNED") {
    return row.returnCount > 0 ? <span className="text-muted">Đã bổ sung sau khi trả lại</span> : null;
  }

  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-56">
        <p className="whitespace-pre-line wrap-anywhere">{row.returnReason}</p>
        {row.notReady && <p className="text-warn">! {NOT_READY_NAMES[row.notReady]}</p>}
      </div>
      {maySubmit && (
        <div className="relative z-10 flex flex-wrap gap-2">
          <LinkButton href={`/cham-diem/${row.id}`} size="small">
            Sửa phiếu
          </LinkButton>
          {row.notReady === null && (
            <ResubmitForm
              communeId={dossier.communeId}
              title={dossier.title}
              year={dossier.year}
              assessmentId={row.id}
              name={row.name}
            />
          )}
        </div>
      )}
    </div>
  );
}
