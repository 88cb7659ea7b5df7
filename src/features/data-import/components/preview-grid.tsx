"use client";

import { useId } from "react";
import { cx } from "@/components/cx";
import type { SheetLook } from "../types";
import { columnLetter } from "../utils";

/** The first rows of a sheet as they stand in the file; one of them is marked as the header and can be changed. */
export function PreviewGrid({
  look,
  headerRow,
  onHeaderRow,
}: Readonly<{ look: SheetLook; headerRow: number | null; onHeaderRow: (row: number) => void }>) {
  const name = useId();
  const width = Math.max(0, ...look.preview.map((row) => row.cells.length));

  return (
    <fieldset className="min-w-0">
      <legend className="font-medium">Dòng nào là tiêu đề của các cột?</legend>
      <p className="text-sm text-muted">
        Dữ liệu bắt đầu từ dòng ngay dưới dòng được đánh dấu. Tiêu đề hai dòng thì chọn dòng dưới.
      </p>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard.
        tabIndex={0}
        aria-label={`Những dòng đầu của trang ${look.sheet}`}
        className="mt-2 max-h-72 overflow-auto rounded-md border border-line -outline-offset-3 contain-inline-size focus-visible:-outline-offset-3"
      >
        <table className="w-full min-w-max border-separate border-spacing-0 text-xs">
          <caption className="sr-only">Những dòng đầu của trang {look.sheet}</caption>
          <thead>
            <tr>
              <th
                scope="col"
                className="sticky top-0 left-0 z-20 border-r border-b border-line bg-page px-2 py-1 text-left font-semibold text-muted"
              >
                Dòng
              </th>
              {Array.from({ length: width }, (_, index) => (
                <th
                  key={columnLetter(index)}
                  scope="col"
                  className="sticky top-0 z-10 border-r border-b border-line bg-page px-2 py-1 text-left font-semibold text-muted last:border-r-0"
                >
                  {columnLetter(index)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {look.preview.map((row) => {
              const isHeader = row.rowNumber === headerRow;
              const isAbove = headerRow !== null && row.rowNumber < headerRow;

              return (
                <tr
                  key={row.rowNumber}
                  className={cx(isHeader && "bg-accent-soft font-semibold", isAbove && "text-muted")}
                >
                  <th
                    scope="row"
                    className={cx(
                      "sticky left-0 z-10 border-r border-b border-line text-left font-normal",
                      isHeader ? "bg-accent-soft" : "bg-paper",
                    )}
                  >
                    <label className="flex min-h-11 cursor-pointer items-center gap-2 px-2 md:min-h-8">
                      <input
                        type="radio"
                        name={name}
                        value={row.rowNumber}
                        checked={isHeader}
                        onChange={() => onHeaderRow(row.rowNumber)}
                        className="size-4 accent-accent"
                      />
                      <span className="sr-only">Dòng </span>
                      {row.rowNumber}
                      {isHeader && <span className="font-semibold text-accent">tiêu đề</span>}
                    </label>
                  </th>
                  {Array.from({ length: width }, (_, index) => (
                    <td
                      key={columnLetter(index)}
                      className="max-w-44 truncate border-r border-b border-line px-2 last:border-r-0"
                    >
                      {row.cells[index]}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </fieldset>
  );
}
