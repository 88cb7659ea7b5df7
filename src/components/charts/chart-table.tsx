import type { Route } from "next";
import Link from "next/link";

/** The numbers of a chart as a table: the first cell of a row names it, the rest are already written out. */
export function ChartTable({
  caption,
  columns,
  rows,
}: Readonly<{
  caption: string;
  columns: readonly string[];
  rows: ReadonlyArray<
    Readonly<{ id: string | number; label: string; href?: string; cells: readonly string[] }>
  >;
}>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard.
    <section tabIndex={0} aria-label={caption} className="table-scroll overflow-x-auto contain-inline-size">
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-field">
            {columns.map((column, index) => (
              <th
                key={column}
                scope="col"
                className={`px-2 py-2 align-bottom text-xs font-semibold text-muted ${index === 0 ? "text-left" : "text-right"}`}
              >
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className="border-b border-line last:border-b-0">
              <th scope="row" className="px-2 py-2 text-left font-normal">
                {row.href ? (
                  <Link href={row.href as Route} className="link">
                    {row.label}
                  </Link>
                ) : (
                  row.label
                )}
              </th>
              {row.cells.map((cell, index) => (
                <td key={columns[index + 1]} className="tabular px-2 py-2 text-right whitespace-nowrap">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
