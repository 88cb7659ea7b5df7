import { Badge } from "@/components/data/badge";
import type { Column } from "@/components/data/data-table";
import { DataTable } from "@/components/data/data-table";
import { VERB_NAMES } from "@/features/audit/constants";
import { formatDateTime } from "@/lib/format/date";
import { formatCount } from "@/lib/format/number";
import type { HistoryRow } from "../loaders/history";
import { UndoStep } from "./undo-step";

/** What was done to an entry and its assessments, newest first: what, which values, who, when; and the way back. */
export function EntryHistory({
  subjectId,
  rows,
  canWrite,
}: Readonly<{ subjectId: string; rows: readonly HistoryRow[]; canWrite: boolean }>) {
  const undo: Column<HistoryRow>[] =
    canWrite && rows.some((row) => row.canUndo)
      ? [
          {
            key: "undo",
            header: "Hoàn tác",
            isWide: true,
            isScreenOnly: true,
            cell: (row) =>
              row.canUndo && (
                <UndoStep
                  stepId={row.stepId}
                  from={subjectId}
                  what={VERB_NAMES[row.verb] ?? row.verb}
                  count={row.stepSize}
                  isMade={row.isMade}
                />
              ),
          },
        ]
      : [];

  return (
    <DataTable
      hasFrame={false}
      caption="Lịch sử"
      columns={[
        {
          key: "verb",
          header: "Việc",
          isRowHeader: true,
          cell: (row) => (
            <span className="inline-flex flex-wrap items-center gap-2">
              {VERB_NAMES[row.verb] ?? row.verb}
              {row.isUndone && <Badge>đã hoàn tác</Badge>}
            </span>
          ),
        },
        { key: "detail", header: "Nội dung", cell: (row) => <What row={row} /> },
        { key: "actor", header: "Người thực hiện", cell: (row) => row.actorName ?? "Hệ thống" },
        { key: "at", header: "Lúc", align: "right", cell: (row) => formatDateTime(row.at) },
        ...undo,
      ]}
      rows={rows}
      rowKey={(row) => row.key}
      empty={<p className="px-4 py-6 text-center text-muted">Chưa có việc nào được ghi lại.</p>}
    />
  );
}

function What({ row }: Readonly<{ row: HistoryRow }>) {
  if (row.year !== null) return `Năm ${row.year}`;
  const others = row.stepSize > 1 ? `Cùng ${formatCount(row.stepSize - 1)} mục khác` : "";
  if (row.facts.length === 0) return others || (row.isMade ? "Mục này được lập" : "–");

  return (
    <>
      <ul>
        {row.facts.map(({ field, label, from, to, isSaid }) => (
          <li key={field}>
            {label}: {isSaid ? to : `${from || "(trống)"} → ${to || "(trống)"}`}
          </li>
        ))}
      </ul>
      {others && <p className="text-muted">{others}</p>}
    </>
  );
}
