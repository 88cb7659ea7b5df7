import { DataTable } from "@/components/data/data-table";
import type { TitleCode } from "@/domain/title/title";
import { VERB_NAMES } from "@/features/audit/constants";
import { formatDate, formatDateTime } from "@/lib/format/date";
import { CLOSE_REASON_NAMES, CLOSE_REASONS } from "../constants";
import type { HistoryRow } from "../data/entry";
import { factsOf } from "../facts";

type Row = HistoryRow & { actorName: string | undefined };

/** What was done to an entry and its assessments, newest first: what, who, when. */
export function EntryHistory({
  title,
  unitNames,
  rows,
}: Readonly<{ title: TitleCode; unitNames: ReadonlyMap<number, string>; rows: readonly Row[] }>) {
  return (
    <DataTable
      hasFrame={false}
      caption="Lịch sử"
      columns={[
        {
          key: "verb",
          header: "Việc",
          isRowHeader: true,
          cell: (row) => VERB_NAMES[row.verb] ?? row.verb,
        },
        { key: "detail", header: "Nội dung", cell: (row) => detailOf(row, title, unitNames) },
        { key: "actor", header: "Người thực hiện", cell: (row) => row.actorName ?? "Hệ thống" },
        { key: "at", header: "Lúc", align: "right", cell: (row) => formatDateTime(row.at) },
      ]}
      rows={rows}
      rowKey={(row) => `${row.chainId}-${row.seq}`}
      empty={<p className="px-4 py-6 text-center text-muted">Chưa có việc nào được ghi lại.</p>}
    />
  );
}

function detailOf(row: Row, title: TitleCode, unitNames: ReadonlyMap<number, string>): string {
  const { detail } = row;
  if (typeof detail !== "object" || detail === null || Array.isArray(detail)) return "–";
  const { on, reason, members, changed } = detail;
  const withMembers = typeof members === "number" && members > 0 ? `, cùng ${members} thành viên` : "";

  switch (row.verb) {
    case "subject.move": {
      const [from, to] = [unitNames.get(Number(detail.fromUnitId)), unitNames.get(Number(detail.toUnitId))];

      return `${from ?? "Thôn cũ"} → ${to ?? "thôn mới"} từ ${formatDate(String(on))}${withMembers}`;
    }
    case "subject.close": {
      const known = CLOSE_REASONS.find((one) => one === reason);
      const text = (known && CLOSE_REASON_NAMES[title][known]) ?? "Cùng với hộ";

      return `${text}, từ ${formatDate(String(on))}${withMembers}`;
    }
    case "subject.update":
      return Array.isArray(changed) && changed.length > 0
        ? changed.map((change) => changeText(change, title)).join("; ")
        : "Không có thay đổi";
    default:
      return row.year === null ? "–" : `Năm ${row.year}`;
  }
}

function changeText(change: unknown, title: TitleCode): string {
  if (typeof change !== "object" || change === null || !("field" in change)) return "";
  const label = factsOf(title, {}).find(({ field }) => field === change.field)?.label ?? String(change.field);
  if (!("from" in change) || !("to" in change)) return label;

  return `${label}: ${change.from || "(trống)"} → ${change.to || "(trống)"}`;
}
