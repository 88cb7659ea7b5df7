import { yearOf } from "@/lib/format/date";
import { inUnicode } from "@/lib/spreadsheet/legacy";
import type { Merge, ReadCell, SheetRow, Spreadsheet } from "@/lib/spreadsheet/spreadsheet";
import type { ImportPlan, ParsedRow, SheetPlan } from "../types";
import { type ColumnReader, columnReaders } from "./cell-facts";
import { readFacts } from "./facts";
import { guessColumns, guessHeader } from "./guess";
import type { ColumnHeader } from "./header";
import { findOrdinalColumn, type Layout, rowKind } from "./row-kind";
import { cellText, toKey } from "./text";

/** Rows above the data that are kept for their header. */
const HEADER_WINDOW = 3;

/**
 * Reads the rows of data of every planned sheet, in order, one at a time. Never throws for what stands in a cell: a cell that
 * cannot be understood is a problem of its row. Throws SpreadsheetError for a file that cannot be read.
 */
export async function* parseRows(
  spreadsheet: Spreadsheet,
  plan: ImportPlan,
  { currentYear = yearOf(new Date()) }: { currentYear?: number } = {},
): AsyncGenerator<ParsedRow> {
  const source = inUnicode(spreadsheet, plan.legacy);
  for (const [at, sheet] of plan.sheets.entries()) {
    yield* parseSheet(source, sheet, { currentYear, sheetNumber: at + 1 });
  }
}

async function* parseSheet(
  spreadsheet: Spreadsheet,
  plan: SheetPlan,
  { currentYear, sheetNumber }: { currentYear: number; sheetNumber: number },
): AsyncGenerator<ParsedRow> {
  const merges = await spreadsheet.merges(plan.sheet);
  const fill = fillMerged(merges, plan);
  const above = new Map<number, SheetRow>();
  let reading: { layout: Layout; readers: readonly ColumnReader[] } | null = null;
  let section: string | null = null;
  let hasEnded = false;
  let household: string | undefined;

  for await (const raw of spreadsheet.rows(plan.sheet)) {
    if (raw.number <= plan.headerRow) {
      if (raw.number > plan.headerRow - HEADER_WINDOW) above.set(raw.number, raw);
      continue;
    }
    reading ??= prepare(plan, above, merges);
    const row = fill(raw);
    const texts = row.cells.map(cellText);
    const found = rowKind(row, texts, reading.layout, hasEnded);
    if (found.kind === "SECTION") {
      section = found.hamlet;
      household = undefined;
      hasEnded = false;
    }
    if (found.kind === "END") hasEnded = true;
    if (found.kind !== "DATA") continue;

    const { facts, problems } = readFacts({ cells: row.cells, texts }, reading.readers, {
      target: plan.target,
      hamletText: section ?? plan.hamletText,
      currentYear,
      household,
      headMark: `#${sheetNumber}.${row.number}`,
    });
    household = facts.householdNumber;
    yield { sheet: plan.sheet, rowNumber: row.number, target: plan.target, facts, problems };
  }
}

function prepare(plan: SheetPlan, above: ReadonlyMap<number, SheetRow>, merges: readonly Merge[]) {
  const guess = guessHeader(above, plan.headerRow, merges, (headers) => guessColumns(plan.target, headers));
  const headers: readonly ColumnHeader[] = guess?.headers ?? [];
  const keys = headers.map(({ text }) => toKey(text));
  const layout: Layout = {
    target: plan.target,
    headerTexts: headers.map(({ bottom }) => bottom),
    columns: plan.columns,
    ordinalColumn: findOrdinalColumn(keys),
  };

  return { layout, readers: columnReaders(plan.columns, headers) };
}

/** A cell merged over several rows holds its value for each of them; a merged area without it stays empty. */
function fillMerged(merges: readonly Merge[], plan: SheetPlan): (row: SheetRow) => SheetRow {
  const mapped = new Set(plan.columns.map(({ index }) => index));
  const tall = merges
    .filter(({ firstRow, lastRow, firstColumn, lastColumn }) => {
      return (
        lastRow > firstRow &&
        firstColumn === lastColumn &&
        lastRow > plan.headerRow &&
        mapped.has(firstColumn)
      );
    })
    .sort((a, b) => a.firstRow - b.firstRow);
  if (tall.length === 0) return (row) => row;

  const current = new Map<number, { lastRow: number; value: ReadCell }>();
  let next = 0;

  return (row) => {
    let cells: ReadCell[] | null = null;
    for (const [column, { lastRow, value }] of current) {
      if (row.number > lastRow) current.delete(column);
      else if ((row.cells[column] ?? null) === null) {
        cells ??= [...row.cells];
        while (cells.length < column) cells.push(null);
        cells[column] = value;
      }
    }
    for (let merge = tall[next]; merge && merge.firstRow <= row.number; merge = tall[next]) {
      next += 1;
      const value = row.cells[merge.firstColumn] ?? null;
      if (merge.firstRow === row.number && value !== null) {
        current.set(merge.firstColumn, { lastRow: merge.lastRow, value });
      }
    }

    return cells ? { number: row.number, cells } : row;
  };
}
