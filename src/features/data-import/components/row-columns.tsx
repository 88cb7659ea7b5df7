import type { Column } from "@/components/data/data-table";
import { formatCount } from "@/lib/format/number";
import type { ReviewRow } from "../data";

/** Where a row stands in the file: the number Excel shows, and the sheet where there are several. */
export function placeColumns(hasSheets: boolean): readonly Column<ReviewRow>[] {
  return [
    {
      key: "row",
      header: "Dòng",
      isRowHeader: true,
      width: "6rem",
      cell: ({ rowNumber, isDerived }) =>
        isDerived ? "(hộ suy ra)" : <span className="tabular">{formatCount(rowNumber)}</span>,
    },
    ...(hasSheets
      ? [{ key: "sheet", header: "Trang", cell: ({ sheet }: ReviewRow) => sheet } satisfies Column<ReviewRow>]
      : []),
  ];
}
