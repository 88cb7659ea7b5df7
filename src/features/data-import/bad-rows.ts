import type { CellValue } from "@/lib/spreadsheet/cell";
import type { Merge, ReadCell, SheetRow, Spreadsheet } from "@/lib/spreadsheet/spreadsheet";
import type { LinePiece, WriteSheet } from "@/lib/spreadsheet/write";
import { fieldOf } from "./fields";
import { parseRows } from "./parse/rows";
import { cellText } from "./parse/text";
import { PROBLEM_TEXTS } from "./problems";
import type { ImportPlan, ParsedRow, Problem, SheetPlan } from "./types";

/** A rejected row and why. */
export type BadRow = Readonly<{ sheet: string; rowNumber: number; problems: readonly Problem[] }>;

export const REASON_HEADER = "Lý do cần sửa";
/** Read as the hamlet when the mended file comes back: its rows no longer stand below the hamlet's own line. */
const HAMLET_HEADER = "Thôn";

/**
 * The same sheets with their lines above and their header, of the rows only the rejected ones, and the reasons in a column
 * behind: mended there, the file can be imported as it is. Rows are drawn as they are written.
 */
export async function badRowSheets(
  spreadsheet: Spreadsheet,
  plan: ImportPlan,
  badRows: readonly BadRow[],
): Promise<WriteSheet[]> {
  const sheets: WriteSheet[] = [];
  for (const sheet of plan.sheets) {
    const bad = new Map(
      badRows
        .filter((row) => row.sheet === sheet.sheet)
        .map((row) => [row.rowNumber, reasonOf(sheet, row.problems)]),
    );
    if (bad.size > 0) sheets.push(await badRowSheet(spreadsheet, plan, sheet, bad));
  }

  return sheets;
}

async function badRowSheet(
  spreadsheet: Spreadsheet,
  plan: ImportPlan,
  sheet: SheetPlan,
  bad: ReadonlyMap<number, string>,
): Promise<WriteSheet> {
  const top: SheetRow[] = [];
  for await (const row of spreadsheet.rows(sheet.sheet)) {
    if (row.number > sheet.headerRow) break;
    top.push(row);
  }
  const header = top.find(({ number }) => number === sheet.headerRow)?.cells ?? [];
  const merges = await spreadsheet.merges(sheet.sheet);
  const width = Math.max(header.length, ...sheet.columns.map(({ index }) => index + 1));
  const hasHamlets =
    fieldOf(sheet.target, "hamlet") !== undefined && sheet.columns.every(({ field }) => field !== "hamlet");

  return {
    name: sheet.sheet,
    above: top.filter(({ number }) => number < sheet.headerRow).map((row) => piecesOf(row, merges)),
    columns: [
      ...Array.from({ length: width }, (_, index) => ({ header: cellText(header[index]) })),
      ...(hasHamlets ? [{ header: HAMLET_HEADER, width: 24 }] : []),
      { header: REASON_HEADER, width: 70 },
    ],
    rows: rejectedRows(spreadsheet, { ...plan, sheets: [sheet] }, { sheet, bad, width, hasHamlets }),
  };
}

async function* rejectedRows(
  spreadsheet: Spreadsheet,
  plan: ImportPlan,
  {
    sheet,
    bad,
    width,
    hasHamlets,
  }: Readonly<{
    sheet: SheetPlan;
    bad: ReadonlyMap<number, string>;
    width: number;
    hasHamlets: boolean;
  }>,
): AsyncGenerator<CellValue[]> {
  const parsed = parseRows(spreadsheet, plan);
  try {
    for await (const row of spreadsheet.rows(sheet.sheet)) {
      const reason = bad.get(row.number);
      if (reason === undefined) continue;
      const hamlet = hasHamlets ? await hamletAt(parsed, row.number) : undefined;
      const cells = Array.from({ length: width }, (_, index) => writable(row.cells[index]));
      yield [...cells, ...(hasHamlets ? [hamlet ?? null] : []), reason];
    }
  } finally {
    await parsed.return(undefined);
  }
}

async function hamletAt(parsed: AsyncGenerator<ParsedRow>, rowNumber: number): Promise<string | undefined> {
  for (let next = await parsed.next(); !next.done; next = await parsed.next()) {
    if (next.value.rowNumber === rowNumber) return next.value.facts.hamlet;
  }

  return undefined;
}

function reasonOf(sheet: SheetPlan, problems: readonly Problem[]): string {
  return problems
    .map(({ code, field }) => {
      const { reason, mend } = PROBLEM_TEXTS[code];

      return `${fieldOf(sheet.target, field)?.label ?? field}: ${reason}. ${mend}`;
    })
    .join(" ");
}

/** A line above the header with its merged cells: a header of two lines is known by them. */
function piecesOf({ number, cells }: SheetRow, merges: readonly Merge[]): LinePiece[] {
  return cells.flatMap((cell, at) => {
    const text = cellText(cell);
    if (text === "") return [];
    const merge = merges.find(({ firstRow, firstColumn }) => firstRow === number && firstColumn === at);

    return [{ text, at, span: merge ? merge.lastColumn - merge.firstColumn + 1 : 1 }];
  });
}

function writable(cell: ReadCell | undefined): CellValue {
  if (cell === undefined || cell === null) return null;
  if (typeof cell === "object" && "error" in cell) return cell.error;

  return cell;
}
