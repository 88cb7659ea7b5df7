import { DataTable } from "@/components/data/data-table";
import { TITLES } from "@/domain/title/title";
import { formatDate } from "@/lib/format/date";
import { formatCount } from "@/lib/format/number";
import type { DossierRow } from "../data";

/** The dossiers of a year in the communes of an upper unit. */
export function DossierTable({ rows, year }: Readonly<{ rows: readonly DossierRow[]; year: number }>) {
  return (
    <DataTable
      caption={`Hồ sơ các xã đã nộp năm ${year}`}
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => `/ho-so/${row.id}`}
      columns={[
        { key: "commune", header: "Xã", isRowHeader: true, cell: (row) => row.communeName },
        { key: "title", header: "Mô hình", cell: (row) => TITLES[row.title].nameVi },
        { key: "submitted", header: "Nộp ngày", cell: (row) => formatDate(row.submittedAt) },
        { key: "reviewBy", header: "Hạn thẩm định", cell: (row) => formatDate(row.reviewBy) },
        {
          key: "waiting",
          header: "Chờ thẩm định",
          align: "right",
          cell: (row) => formatCount(row.SUBMITTED),
        },
        { key: "returned", header: "Trả lại", align: "right", cell: (row) => formatCount(row.RETURNED) },
        { key: "approved", header: "Đã duyệt", align: "right", cell: (row) => formatCount(row.APPROVED) },
        {
          key: "recognised",
          header: "Công nhận",
          align: "right",
          cell: (row) => formatCount(row.RECOGNISED),
        },
      ]}
    />
  );
}
