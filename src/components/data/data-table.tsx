import type { Route } from "next";
import Link from "next/link";
import type { CSSProperties, ReactNode } from "react";
import { cx } from "@/components/cx";

/**
 * One column. `cell` gives what stands in a row; `align: "right"` for numbers. The `isRowHeader` column names the
 * row and carries its link. `isWide` cells (buttons, long text) take a whole line on a phone.
 */
export type Column<Row> = Readonly<{
  key: string;
  header: ReactNode;
  phoneLabel?: string;
  cell: (row: Row) => ReactNode;
  align?: "left" | "right" | "center";
  width?: string;
  isRowHeader?: boolean;
  isWide?: boolean;
  isHiddenOnPhone?: boolean;
  /** buttons: not on paper */
  isScreenOnly?: boolean;
  footer?: ReactNode;
}>;

/**
 * A table of at most one page of rows.
 *
 * @param caption what the table lists; read out, and shown when `isCaptionVisible`
 * @param phone `stack` turns rows into blocks of "column: value"; `scroll` keeps the columns and moves inside its frame
 * @param rowHref where a row leads; the whole row answers to the pointer, the row header holds the link
 * @param hasFrame false inside a card without padding, which frames it already
 * @param empty what stands here when there is nothing ({@link EmptyState})
 */
export function DataTable<Row>({
  caption,
  isCaptionVisible = false,
  columns,
  rows,
  rowKey,
  rowHref,
  rowClassName,
  empty,
  phone = "stack",
  isDense = false,
  maxHeight,
  hasFrame = true,
}: Readonly<{
  caption: string;
  isCaptionVisible?: boolean;
  columns: ReadonlyArray<Column<Row>>;
  rows: readonly Row[];
  rowKey: (row: Row) => string | number;
  rowHref?: (row: Row) => string | null;
  rowClassName?: (row: Row) => string | undefined;
  empty?: ReactNode;
  phone?: "stack" | "scroll";
  isDense?: boolean;
  maxHeight?: string;
  hasFrame?: boolean;
}>) {
  const frame = cx("min-w-0 bg-paper", hasFrame && "rounded-lg border border-line");
  if (rows.length === 0 && empty) return <div className={frame}>{empty}</div>;

  const isScrolling = phone === "scroll" || maxHeight !== undefined;
  const hasFooter = columns.some((column) => column.footer !== undefined);

  const table = (
    <table
      className={cx(
        "w-full border-separate border-spacing-0 text-sm",
        phone === "stack" && "table-stack",
        isScrolling && phone === "scroll" && "min-w-max",
      )}
    >
      <caption className={isCaptionVisible ? "px-4 py-3 text-left text-base font-semibold" : "sr-only"}>
        {caption}
      </caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th
              key={column.key}
              scope="col"
              style={column.width ? { width: column.width } : undefined}
              className={cx(
                "z-20 border-b border-field bg-page px-3 py-2 align-bottom text-xs font-semibold text-muted first:pl-4 last:pr-4",
                isScrolling ? "sticky top-0" : "md:sticky md:top-14",
                column.isRowHeader && isScrolling && "left-0 z-30",
                alignClass(column.align),
                column.isHiddenOnPhone && "max-md:hidden print:table-cell!",
                column.isScreenOnly && "print:hidden",
              )}
            >
              {column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <TableRow
            key={rowKey(row)}
            row={row}
            columns={columns}
            href={rowHref?.(row) ?? null}
            isDense={isDense}
            isScrolling={isScrolling}
            className={rowClassName?.(row)}
          />
        ))}
      </tbody>
      {hasFooter && (
        <tfoot>
          <tr>
            {columns.map((column) => (
              <td
                key={column.key}
                data-label={phoneLabel(column)}
                className={cx(
                  "border-t border-field bg-page px-3 py-2 font-semibold first:pl-4 last:pr-4",
                  alignClass(column.align),
                )}
              >
                {column.footer}
              </td>
            ))}
          </tr>
        </tfoot>
      )}
    </table>
  );

  if (!isScrolling) return <div className={cx("isolate", frame)}>{table}</div>;

  return (
    <div className={cx("isolate overflow-hidden contain-inline-size", frame)}>
      {phone === "scroll" && (
        <p
          aria-hidden="true"
          className="border-b border-line px-4 py-1.5 text-xs text-muted md:hidden print:hidden"
        >
          ← Kéo ngang để xem hết bảng →
        </p>
      )}
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard.
        tabIndex={0}
        aria-label={caption}
        className="table-scroll max-h-(--table-height) overflow-auto -outline-offset-3 focus-visible:-outline-offset-3"
        style={maxHeight ? ({ "--table-height": maxHeight } as CSSProperties) : undefined}
      >
        {table}
      </section>
    </div>
  );
}

function TableRow<Row>({
  row,
  columns,
  href,
  isDense,
  isScrolling,
  className,
}: Readonly<{
  row: Row;
  columns: ReadonlyArray<Column<Row>>;
  href: string | null;
  isDense: boolean;
  isScrolling: boolean;
  className?: string;
}>) {
  const linkKey = columns.find((column) => column.isRowHeader)?.key ?? columns[0]?.key;

  return (
    <tr className={cx("group relative", href && "hover:bg-accent-soft", className)}>
      {columns.map((column) => (
        <TableCell
          key={column.key}
          column={column}
          row={row}
          href={column.key === linkKey ? href : null}
          className={cx(
            "border-b border-line px-3 font-normal first:pl-4 last:pr-4 group-last:border-b-0",
            isDense ? "h-9 py-1" : "h-10 py-1.5",
            alignClass(column.align),
            column.isRowHeader && isScrolling && "sticky left-0 z-10 bg-paper",
            column.isHiddenOnPhone && "max-md:hidden! print:table-cell!",
          )}
        />
      ))}
    </tr>
  );
}

function TableCell<Row>({
  column,
  row,
  href,
  className,
}: Readonly<{ column: Column<Row>; row: Row; href: string | null; className: string }>) {
  const content = href ? (
    <Link
      href={href as Route}
      className="link font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-3 focus-visible:after:-outline-offset-3 focus-visible:after:outline-accent"
    >
      {column.cell(row)}
    </Link>
  ) : (
    column.cell(row)
  );

  if (column.isRowHeader) {
    return (
      <th scope="row" className={className}>
        {content}
      </th>
    );
  }

  return (
    <td
      data-label={column.isWide ? undefined : phoneLabel(column)}
      data-wide={column.isWide || undefined}
      className={cx(className, column.isWide && "relative z-10", column.isScreenOnly && "print:hidden")}
    >
      {content}
    </td>
  );
}

function phoneLabel<Row>(column: Column<Row>): string | undefined {
  return column.phoneLabel ?? (typeof column.header === "string" ? column.header : undefined);
}

function alignClass(align: "left" | "right" | "center" | undefined): string {
  if (align === "right") return "text-right tabular";

  return align === "center" ? "text-center" : "text-left";
}
