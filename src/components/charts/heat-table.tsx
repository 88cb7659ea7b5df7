import type { Route } from "next";
import Link from "next/link";
import { formatNumber } from "@/lib/format/number";

/**
 * Numbers in two directions, shaded where they are weak: the lower within `min`–`max`, the darker. The lowest of
 * each row also carries a mark, so that it shows in black and white.
 */
export function HeatTable({
  caption,
  rowHeader,
  columns,
  rows,
  min = 0,
  max = 100,
  digits = 1,
}: Readonly<{
  caption: string;
  rowHeader: string;
  columns: ReadonlyArray<Readonly<{ key: string; label: string }>>;
  rows: ReadonlyArray<
    Readonly<{ id: string; label: string; href?: string; cells: ReadonlyArray<number | null> }>
  >;
  min?: number;
  max?: number;
  digits?: number;
}>) {
  return (
    <>
      <p aria-hidden="true" className="pb-1 text-xs text-muted md:hidden print:hidden">
        ← Kéo ngang để xem hết bảng →
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard. */}
      <section tabIndex={0} aria-label={caption} className="table-scroll overflow-x-auto contain-inline-size">
        <table className="w-full border-separate border-spacing-px text-sm">
          <caption className="sr-only">{caption}</caption>
          <thead>
            <tr>
              <th scope="col" className="px-2 py-1 text-left align-bottom text-xs font-semibold text-muted">
                {rowHeader}
              </th>
              {columns.map((column) => (
                <th
                  key={column.key}
                  scope="col"
                  className="min-w-16 px-2 py-1 text-right align-bottom text-xs font-semibold text-muted"
                >
                  {column.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const known = row.cells.filter((cell) => cell !== null);
              const lowest = known.length > 1 ? Math.min(...known) : null;

              return (
                <tr key={row.id}>
                  <th scope="row" className="sticky left-0 bg-paper px-2 py-1.5 text-left font-normal">
                    {row.href ? (
                      <Link href={row.href as Route} className="link">
                        {row.label}
                      </Link>
                    ) : (
                      row.label
                    )}
                  </th>
                  {columns.map((column, index) => {
                    const value = row.cells[index] ?? null;

                    return (
                      <td
                        key={column.key}
                        className={`print-fill h-9 px-2 text-right whitespace-nowrap ${value !== null && value === lowest ? "font-semibold" : ""}`}
                        style={{ background: shade(value, min, max) }}
                      >
                        {value !== null && value === lowest && (
                          <>
                            <span aria-hidden="true">▼ </span>
                            <span className="sr-only">thấp nhất hàng: </span>
                          </>
                        )}
                        {formatNumber(value, digits)}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </>
  );
}

function shade(value: number | null, min: number, max: number): string {
  if (value === null || max <= min) return "transparent";
  const weakness = 1 - Math.min(1, Math.max(0, (value - min) / (max - min)));

  return `color-mix(in srgb, var(--color-warn) ${Math.round(weakness * 45)}%, var(--color-paper))`;
}
