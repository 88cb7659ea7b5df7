import { StateBadge } from "@/components/data/badge";
import type { Column } from "@/components/data/data-table";
import { DataTable } from "@/components/data/data-table";
import { EmptyState } from "@/components/feedback/empty-state";
import { formatDateTime } from "@/lib/format/date";
import { formatBytes } from "@/lib/format/number";
import { BATCH_STATE_LOOKS } from "../constants";
import type { BatchRow } from "../data";
import { batchCountsText } from "../utils";

const COLUMNS: readonly Column<BatchRow>[] = [
  {
    key: "file",
    header: "Tệp",
    isRowHeader: true,
    cell: ({ fileName }) => <span className="break-words">{fileName}</span>,
  },
  {
    key: "state",
    header: "Tình trạng",
    cell: ({ state }) => (
      <StateBadge tone={BATCH_STATE_LOOKS[state].tone}>{BATCH_STATE_LOOKS[state].label}</StateBadge>
    ),
  },
  { key: "counts", header: "Kết quả", cell: (batch) => batchCountsText(batch) ?? "–" },
  { key: "when", header: "Gửi lúc", cell: ({ createdAt }) => formatDateTime(createdAt) },
  { key: "who", header: "Người gửi", cell: ({ createdByName }) => createdByName ?? "–" },
  {
    key: "size",
    header: "Cỡ tệp",
    align: "right",
    isHiddenOnPhone: true,
    cell: ({ byteSize }) => formatBytes(byteSize),
  },
];

/** The batches of a commune; each leads to where it stands. */
export function BatchTable({ rows }: Readonly<{ rows: readonly BatchRow[] }>) {
  return (
    <DataTable
      caption="Các lần nhập"
      isCaptionVisible
      columns={COLUMNS}
      rows={rows}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/nhap-lieu/${id}`}
      empty={
        <EmptyState title="Xã chưa nhập tệp nào">
          Mỗi tệp đã gửi đứng ở đây với kết quả của nó; tệp đã ghi thì hoàn tác được khi chưa ai làm tiếp trên
          đó.
        </EmptyState>
      }
    />
  );
}
