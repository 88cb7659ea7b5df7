import type { Route } from "next";
import Link from "next/link";
import { DataTable } from "@/components/data/data-table";
import { formatDate, formatDateTime } from "@/lib/format/date";
import { formatCount } from "@/lib/format/number";
import { capitalised } from "@/lib/text/name";
import { figureLabel } from "../constants";
import type { FigureRow } from "../data/entries";
import { sourcesHref } from "../utils";

/** The figures entered for one unit and year, each leading to its versions. */
export function EnteredTable({
  rows,
  unitId,
  year,
}: Readonly<{
  rows: readonly (FigureRow & { enteredByName: string | null })[];
  unitId: number;
  year: number;
}>) {
  return (
    <DataTable
      hasFrame={false}
      caption={`Số đã nhập cho năm ${year}`}
      rows={rows}
      rowKey={(row) => row.key}
      columns={[
        {
          key: "name",
          header: "Số liệu",
          isRowHeader: true,
          cell: (row) => (
            <Link href={sourcesHref({ unitId, year, key: row.key }) as Route} className="link">
              {capitalised(figureLabel(row.key))}
            </Link>
          ),
        },
        {
          key: "value",
          header: "Giá trị",
          align: "right",
          cell: (row) => (row.value === null ? "đã rút" : formatCount(row.value)),
        },
        { key: "source", header: "Nguồn", cell: (row) => <span className="break-words">{row.source}</span> },
        {
          key: "dated",
          header: "Ngày của nguồn",
          cell: (row) => (row.datedOn === null ? "chưa rõ" : formatDate(row.datedOn)),
        },
        { key: "by", header: "Người nhập", cell: (row) => enteredBy(row) },
        { key: "at", header: "Lúc", cell: (row) => formatDateTime(row.enteredAt) },
      ]}
    />
  );
}

/** Who entered a figure, in words. */
export function enteredBy(row: {
  enteredBy: string | null;
  enteredByName: string | null;
  publishedNo: number | null;
}): string {
  if (row.enteredBy !== null) return row.enteredByName ?? "tài khoản không còn hiện tên";

  return row.publishedNo === null ? "nạp cùng dữ liệu ban đầu" : "lấy từ kết quả đã công bố";
}
