import { entryCode } from "@/domain/title/entry-code";
import type { CellValue } from "@/lib/spreadsheet/cell";
import { inUnicode } from "@/lib/spreadsheet/legacy";
import type { Merge, ReadCell, SheetRow, Spreadsheet } from "@/lib/spreadsheet/spreadsheet";
import type { LinePiece, WriteSheet } from "@/lib/spreadsheet/write";
import { fieldOf } from "./fields";
import { CODE } from "./fields/shared";
import { parseRows } from "./parse/rows";
import { cellText } from "./parse/text";
import { PROBLEM_TEXTS } from "./problems";
import type { ImportField, ImportPlan, ParsedRow, Problem, SheetPlan } from "./types";
import { placeOfProblem } from "./utils";

/** A row that was left out and why: what is wrong with it, or the entry it is likely to be. */
export type BadRow = Readonly<{
  sheet: string;
  rowNumber: number;
  problems: readonly Problem[];
  /** the household the rows around it put it into: its code, or the name of its head */
  household?: string | null;
  likely?: Readonly<{
    number: string;
    name: string;
    birthYear: number | null;
    unitName: string | null;
  }> | null;
}>;

export const REASON_HEADER = "Lý do cần sửa";
// Read as these fields when the mended file comes back: its rows no longer stand below the hamlet's own line and beside the rest
// of their household, and a doubtful one is decided by its code.
const ADDED = [
  { field: "hamlet", header: "Thôn", width: 24 },
  { field: "household", header: "Thuộc hộ", width: 24 },
  { field: "code", header: CODE.label, width: 12 },
] as const satisfies readonly { field: ImportField; header: string; width: number }[];
type Added = (typeof ADDED)[number];

/**
 * The same sheets with their lines above and their header, of the rows only those left out, and the reasons in a column behind:
 * mended there, the file can be imported as it is. Rows are drawn as they are written.
 */
export async function badRowSheets(
  file: Spreadsheet,
  filePlan: ImportPlan,
  badRows: readonly BadRow[],
): Promise<WriteSheet[]> {
  // What goes back is in Unicode already.
  const spreadsheet = inUnicode(file, filePlan.legacy);
  const plan: ImportPlan = { ...filePlan, legacy: null };
  const sheets: WriteSheet[] = [];
  for (const sheet of plan.sheets) {
    const bad = badRows.filter((row) => row.sheet === sheet.sheet);
    if (bad.length > 0) sheets.push(await badRowSheet(spreadsheet, plan, sheet, bad));
  }

  return sheets;
}

async function badRowSheet(
  spreadsheet: Spreadsheet,
  plan: ImportPlan,
  sheet: SheetPlan,
  bad: readonly BadRow[],
): Promise<WriteSheet> {
  const top: SheetRow[] = [];
  for await (const row of spreadsheet.rows(sheet.sheet)) {
    if (row.number > sheet.headerRow) break;
    top.push(row);
  }
  const header = top.find(({ number }) => number === sheet.headerRow)?.cells ?? [];
  const merges = await spreadsheet.merges(sheet.sheet);
  const width = Math.max(header.length, ...sheet.columns.map(({ index }) => index + 1));
  const added = addedColumns(sheet, bad);
  const headers = [
    ...Array.from({ length: width }, (_, index) => cellText(header[index])),
    ...added.map((column) => column.header),
  ];

  return {
    name: sheet.sheet,
    above: top.filter(({ number }) => number < sheet.headerRow).map((row) => piecesOf(row, merges)),
    columns: [
      ...headers.slice(0, width).map((text) => ({ header: text })),
      ...added.map((column) => ({ header: column.header, width: column.width })),
      { header: REASON_HEADER, width: 70 },
    ],
    rows: rowsLeftOut(spreadsheet, { ...plan, sheets: [sheet] }, { sheet, bad, width, added, headers }),
  };
}

/** What the rows need said of them and the sheet has no column for. */
function addedColumns(sheet: SheetPlan, bad: readonly BadRow[]): Added[] {
  const isNeeded: Readonly<Record<Added["field"], boolean>> = {
    hamlet: true,
    household: bad.some(({ household }) => household),
    code: bad.some(({ likely }) => likely),
  };

  return ADDED.filter(
    ({ field }) =>
      isNeeded[field] &&
      fieldOf(sheet.target, field) !== undefined &&
      sheet.columns.every((column) => column.field !== field),
  );
}

async function* rowsLeftOut(
  spreadsheet: Spreadsheet,
  plan: ImportPlan,
  given: Readonly<{
    sheet: SheetPlan;
    bad: readonly BadRow[];
    width: number;
    added: readonly Added[];
    headers: readonly string[];
  }>,
): AsyncGenerator<CellValue[]> {
  const { sheet, width, added, headers } = given;
  const bad = new Map(given.bad.map((row) => [row.rowNumber, row]));
  const numbered = sheet.columns.find(({ field }) => field === "householdNumber")?.index;
  const isParsed = numbered !== undefined || added.some(({ field }) => field === "hamlet");
  const parsed = parseRows(spreadsheet, plan);
  try {
    for await (const row of spreadsheet.rows(sheet.sheet)) {
      const left = bad.get(row.number);
      if (!left) continue;
      const facts = isParsed ? await factsAt(parsed, row.number) : undefined;
      const cells = Array.from({ length: width }, (_, index) => writable(row.cells[index]));
      // The number of a household often stands on its first row alone.
      if (numbered !== undefined && cells[numbered] === null)
        cells[numbered] = facts?.householdNumber ?? null;
      const more: Readonly<Record<Added["field"], CellValue>> = {
        hamlet: facts?.hamlet ?? null,
        household: left.household ?? null,
        code: null,
      };
      yield [...cells, ...added.map(({ field }) => more[field]), reasonOf(sheet, left, headers)];
    }
  } finally {
    await parsed.return(undefined);
  }
}

async function factsAt(
  parsed: AsyncGenerator<ParsedRow>,
  rowNumber: number,
): Promise<ParsedRow["facts"] | undefined> {
  for (let next = await parsed.next(); !next.done; next = await parsed.next()) {
    if (next.value.rowNumber === rowNumber) return next.value.facts;
  }

  return undefined;
}

function reasonOf(sheet: SheetPlan, { problems, likely }: BadRow, headers: readonly string[]): string {
  const reasons = problems.map((problem) => {
    const { reason, mend } = PROBLEM_TEXTS[problem.code];

    return `${placeOfProblem(sheet, problem, (_, column) => headers[column])}: ${reason}. ${mend}`;
  });

  return [...reasons, ...(likely ? [likelyText(sheet, likely)] : [])].join(" ");
}

function likelyText({ target }: SheetPlan, likely: NonNullable<BadRow["likely"]>): string {
  const { number, name, birthYear, unitName } = likely;
  const code = entryCode(target, BigInt(number));
  const who = [name, ...(birthYear === null ? [] : [`sinh ${birthYear}`]), ...(unitName ? [unitName] : [])];

  return `Nghi trùng với ${code} (${who.join(", ")}). Nếu là một, ghi ${code} vào cột “${CODE.label}”; nếu là mục mới, ghi “mới” vào cột ấy; chưa rõ thì để trống, lần nhập sau sẽ hỏi lại.`;
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
