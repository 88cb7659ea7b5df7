import type { Column } from "@/components/data/data-table";
import { DataTable } from "@/components/data/data-table";
import { Pagination } from "@/components/data/pagination";
import type { ReviewRow } from "../data";
import { PROBLEM_TEXTS } from "../problems";
import { personText, placeOfProblem } from "../utils";
import { placeColumns } from "./row-columns";

const CONTENT: Column<ReviewRow> = {
  key: "name",
  header: "Ghi trong tệp",
  cell: (row) => personText(row) ?? <span className="text-muted">(không có tên)</span>,
};

/** Rows that cannot be taken: which row, which column, why, and how to mend it. */
export function RejectedTable({
  rows,
  hasSheets,
  headerOf,
  nextHref,
  hasFrame = true,
  hasContent = true,
}: Readonly<{
  rows: readonly ReviewRow[];
  hasSheets: boolean;
  headerOf: (sheet: string, column: number) => string | undefined;
  nextHref?: string | null;
  hasFrame?: boolean;
  /** false once a batch is written: what stood in the rows is then no longer kept */
  hasContent?: boolean;
}>) {
  const columns: readonly Column<ReviewRow>[] = [
    ...placeColumns(hasSheets),
    ...(hasContent ? [CONTENT] : []),
    {
      key: "problems",
      header: "Chỗ sai, lý do và cách sửa",
      isWide: true,
      cell: (row) => (
        <ul className="flex flex-col gap-1 py-1">
          {row.problems.map((problem) => (
            <li key={`${problem.code}${problem.field}`}>
              <span className="font-medium">
                {placeOfProblem(row, problem, headerOf)}: {PROBLEM_TEXTS[problem.code].reason}.
              </span>{" "}
              <span className="text-muted">{PROBLEM_TEXTS[problem.code].mend}</span>
            </li>
          ))}
        </ul>
      ),
    },
  ];

  return (
    <>
      <DataTable
        caption="Các dòng lỗi"
        columns={columns}
        rows={rows}
        rowKey={({ ordinal }) => ordinal}
        hasFrame={hasFrame}
      />
      {nextHref && (
        <div className="px-4 pb-4">
          <Pagination nextHref={nextHref} />
        </div>
      )}
    </>
  );
}
