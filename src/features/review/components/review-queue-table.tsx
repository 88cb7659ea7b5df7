import { ToneText } from "@/components/data/badge";
import { DataTable } from "@/components/data/data-table";
import { EmptyState } from "@/components/feedback/empty-state";
import { TITLES } from "@/domain/title/title";
import { formatDate } from "@/lib/format/date";
import { formatCount } from "@/lib/format/number";
import type { ReviewRow } from "../data";

/** The dossiers a reviewer works through, oldest first. */
export function ReviewQueueTable({
  rows,
  year,
  isOpen,
}: Readonly<{ rows: readonly ReviewRow[]; year: number; isOpen: boolean }>) {
  return (
    <DataTable
      caption={`Hồ sơ thẩm định năm ${year}`}
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => `/tham-dinh/${row.id}`}
      columns={[
        { key: "commune", header: "Xã", isRowHeader: true, cell: (row) => row.communeName },
        { key: "title", header: "Mô hình", cell: (row) => TITLES[row.title].nameVi },
        { key: "year", header: "Năm", align: "right", cell: () => year },
        { key: "submitted", header: "Nộp ngày", cell: (row) => formatDate(row.submittedAt) },
        {
          key: "reviewBy",
          header: "Hạn thẩm định",
          cell: (row) =>
            row.isOverdue ? (
              <ToneText tone="danger">{formatDate(row.reviewBy)}, quá hạn</ToneText>
            ) : (
              formatDate(row.reviewBy)
            ),
        },
        {
          key: "waiting",
          header: "Chờ thẩm định",
          align: "right",
          cell: (row) => <Count value={row.SUBMITTED} isStrong />,
        },
        {
          key: "approved",
          header: "Đã duyệt",
          align: "right",
          cell: (row) => <Count value={row.APPROVED} />,
        },
        { key: "returned", header: "Trả lại", align: "right", cell: (row) => <Count value={row.RETURNED} /> },
        {
          key: "recognised",
          header: "Đã công nhận",
          align: "right",
          cell: (row) => <Count value={row.RECOGNISED} />,
        },
      ]}
      empty={
        <EmptyState title={isOpen ? `Không còn hồ sơ nào chờ năm ${year}` : `Chưa có hồ sơ nào năm ${year}`}>
          {isOpen
            ? "Hồ sơ xã nộp lên hoặc nộp lại sẽ hiện ở đây, cũ nhất đứng trước."
            : "Hồ sơ các xã nộp lên sẽ hiện ở đây."}
        </EmptyState>
      }
    />
  );
}

function Count({ value, isStrong = false }: Readonly<{ value: number; isStrong?: boolean }>) {
  if (value === 0) return <span className="text-muted">0</span>;

  return isStrong ? <strong>{formatCount(value)}</strong> : formatCount(value);
}
