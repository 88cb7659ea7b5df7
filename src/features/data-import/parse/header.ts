import type { Merge, SheetRow } from "@/lib/spreadsheet/spreadsheet";
import { cellText } from "./text";

/** The header of one column: all its lines from the top, and the lowest one alone. */
export type ColumnHeader = Readonly<{ text: string; bottom: string }>;

const DEEPEST = 3;

/**
 * The headers a block of rows gives, `depth` rows ending with `headerRow`. A text over several columns (a merged area, or the only
 * text above two lower ones) counts for each of them: "Năm sinh" over "Nam" and "Nữ" is "Năm sinh – Nam", "Năm sinh – Nữ".
 */
export function combineHeader(
  rows: ReadonlyMap<number, SheetRow>,
  headerRow: number,
  depth: number,
  merges: readonly Merge[],
): ColumnHeader[] {
  const lines = Array.from({ length: depth }, (_, at) => headerRow - depth + 1 + at);
  const width = Math.max(0, ...lines.map((line) => rows.get(line)?.cells.length ?? 0));
  const spans = merges.filter(
    ({ firstRow, lastRow }) => lastRow > headerRow - depth && firstRow <= headerRow,
  );
  const own = (line: number, column: number) => cellText(rows.get(line)?.cells[column]);

  return Array.from({ length: width }, (_, column) => {
    const parts: string[] = [];
    lines.forEach((line) => {
      const text = own(line, column) || textFromLeft(line, column);
      if (text !== "" && parts.at(-1) !== text) parts.push(text);
    });

    return { text: parts.join(" – "), bottom: parts.at(-1) ?? "" };
  });

  function textFromLeft(line: number, column: number): string {
    const span = spans.find(
      (one) =>
        one.firstRow <= line && one.lastRow >= line && one.firstColumn <= column && one.lastColumn >= column,
    );
    if (span) return span.firstRow === line ? own(line, span.firstColumn) : "";
    if (line === headerRow || merges.length > 0 || own(headerRow, column) === "") return "";

    // No merged areas to go by (CSV): the nearest text to the left, as long as the lowest line is filled in between.
    for (let left = column - 1; left >= 0 && own(headerRow, left) !== ""; left -= 1) {
      const text = own(line, left);
      if (text !== "") return text;
    }

    return "";
  }
}

/** How many rows ending with `headerRow` may belong to the header: rows with a single text are titles. */
export function possibleDepths(rows: ReadonlyMap<number, SheetRow>, headerRow: number): number[] {
  const depths = [1];
  while (depths.length < DEEPEST) {
    const above = rows.get(headerRow - depths.length);
    if (!above || above.cells.filter((cell) => typeof cell === "string" && cellText(cell) !== "").length < 2)
      break;
    depths.push(depths.length + 1);
  }

  return depths;
}
