import type { CellValue } from "./cell";
import { LONGEST_TEXT } from "./cell";
import type { CellStyle, Styles } from "./write-styles";
import { escapeXml } from "./xml-text";

/** One column of a sheet. */
export type WriteColumn = Readonly<{
  header: string;
  /** in characters; by the header when it is left out */
  width?: number;
  type?: CellStyle["format"];
  align?: CellStyle["align"];
  /** what a drop-down offers */
  choices?: readonly string[];
  /** whether the drop-down refuses everything else; otherwise it only asks back */
  isStrict?: boolean;
  /** shown beside the cell while it is chosen */
  hint?: string;
}>;

/** A row of data; `section` spans the table in bold, `total` is bold. */
export type WriteRow =
  | readonly CellValue[]
  | Readonly<{ cells: readonly CellValue[]; mark: "section" | "total" }>;

/** A piece of a line above or below the table, over `span` columns from column `at` (from 0). */
export type LinePiece = Readonly<{
  text: string;
  at?: number;
  span?: number;
  font?: CellStyle["font"];
  align?: CellStyle["align"];
  isWrapped?: boolean;
}>;
export type WriteLine = string | readonly LinePiece[];

/** One sheet; longer than a sheet can be, it goes on in a second of the same name with a number. */
export type WriteSheet = Readonly<{
  name: string;
  columns: readonly WriteColumn[];
  rows: AsyncIterable<WriteRow> | Iterable<WriteRow>;
  /** lines above the header, outside the table */
  above?: readonly WriteLine[];
  below?: readonly WriteLine[];
  /** the header cannot be typed over; everything below can (no password: who means to may lift it) */
  isHeaderLocked?: boolean;
  isHidden?: boolean;
  /** an official document: lines around every cell, A4, page numbers from the second page */
  isPaper?: boolean;
  isLandscape?: boolean;
}>;

/** The most rows a sheet of Excel has. */
export const MAX_ROWS = 1_048_576;
const MAX_COLUMN = 16_384;
const CHUNK = 64 * 1024;

/** Rows drawn one by one, so that a sheet can end and the next go on where it stopped. */
export type Draw = { next: IteratorResult<WriteRow>; iterator: AsyncIterator<WriteRow> | Iterator<WriteRow> };

/** Where the choices of each column stand on the hidden sheet of lists: a range, by index of the column. */
export type Lists = ReadonlyMap<number, string>;

/** How many lines stand above the data. */
export function headerRow(sheet: WriteSheet): number {
  return (sheet.above?.length ?? 0) + (hasHeader(sheet) ? 1 : 0);
}

export function hasHeader(sheet: WriteSheet): boolean {
  return sheet.columns.some(({ header }) => header !== "");
}

/** The XML of one sheet in pieces, drawing rows until there are no more or the sheet is full. */
export async function* sheetXml(
  sheet: WriteSheet,
  { draw, styles, lists, maxRows }: { draw: Draw; styles: Styles; lists: Lists; maxRows: number },
): AsyncGenerator<string> {
  const { columns, above = [], below = [] } = sheet;
  const letters = columns.map((_, index) => columnName(index));
  const merges: string[] = [];
  const top = headerRow(sheet);
  let out = opening(sheet, styles, top);
  let row = 0;

  for (const line of above) out += lineXml(line, ++row, styles, merges);
  if (hasHeader(sheet)) {
    const style = styles.idOf({
      font: "bold",
      align: "center",
      isWrapped: true,
      isFilled: !sheet.isPaper,
      isBordered: sheet.isPaper ?? false,
    });
    row++;
    out += `<row r="${row}">${columns.map(({ header }, index) => textXml(`${letters[index]}${row}`, style, header)).join("")}</row>`;
  }

  const plain = columns.map((column) => cellStyles(sheet, column, styles));
  const bold = columns.map((column) => cellStyles(sheet, column, styles, "bold"));
  const room = maxRows - below.length;
  while (!draw.next.done && row < room) {
    const value = draw.next.value;
    row++;
    const isMarked = "mark" in value;
    const cells = isMarked ? value.cells : value;
    const isSection = isMarked && value.mark === "section";
    if (isSection && columns.length > 1) merges.push(`${letters[0]}${row}:${letters.at(-1)}${row}`);
    out += rowXml(row, cells, { letters, styles: isMarked ? bold : plain, isFull: sheet.isPaper ?? false });
    if (out.length >= CHUNK) {
      yield out;
      out = "";
    }
    draw.next = await draw.iterator.next();
  }
  const last = row;
  if (draw.next.done) for (const line of below) out += lineXml(line, ++row, styles, merges);

  yield `${out}</sheetData>${closing(sheet, { top, last, merges, lists, letters })}`;
}

/** A, B … Z, AA … of a column counted from 0. */
export function columnName(index: number): string {
  const rest = Math.floor(index / 26);

  return `${rest > 0 ? columnName(rest - 1) : ""}${String.fromCharCode(65 + (index % 26))}`;
}

type CellStyles = Readonly<{ value: number; date: number; quoted: number }>;

function cellStyles(sheet: WriteSheet, column: WriteColumn, styles: Styles, font?: "bold"): CellStyles {
  const style: CellStyle = {
    ...(column.type ? { format: column.type } : {}),
    ...(column.align ? { align: column.align } : {}),
    ...(font ? { font } : {}),
    isUnlocked: sheet.isHeaderLocked ?? false,
    isBordered: sheet.isPaper ?? false,
    isWrapped: sheet.isPaper ?? false,
  };

  return {
    value: styles.idOf(style),
    date: styles.idOf({ ...style, format: "date" }),
    quoted: styles.idOf({ ...style, isQuoted: true }),
  };
}

function rowXml(
  row: number,
  cells: readonly CellValue[],
  { letters, styles, isFull }: { letters: readonly string[]; styles: readonly CellStyles[]; isFull: boolean },
): string {
  let out = `<row r="${row}">`;
  for (let index = 0; index < letters.length; index++) {
    const style = styles[index];
    const value = cells[index];
    if (style === undefined) continue;
    if (value !== null && value !== undefined && value !== "")
      out += cellXml(`${letters[index]}${row}`, style, value);
    else if (isFull) out += `<c r="${letters[index]}${row}" s="${style.value}"/>`;
  }

  return `${out}</row>`;
}

function cellXml(ref: string, style: CellStyles, value: Exclude<CellValue, null>): string {
  if (typeof value === "string")
    return textXml(ref, /^[=+\-@']/.test(value) ? style.quoted : style.value, value);
  if (typeof value === "number")
    return Number.isFinite(value) ? `<c r="${ref}" s="${style.value}"><v>${value}</v></c>` : "";
  if (typeof value === "boolean") return `<c r="${ref}" s="${style.value}" t="b"><v>${value ? 1 : 0}</v></c>`;
  const serial = daySerial(value.date);

  return serial === undefined
    ? textXml(ref, style.value, value.date)
    : `<c r="${ref}" s="${style.date}"><v>${serial}</v></c>`;
}

// Always a string of its own, never a formula, whatever it begins with.
function textXml(ref: string, style: number, text: string): string {
  const cut = text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text;
  const space = hasEdgeSpace(cut) ? ' xml:space="preserve"' : "";

  return `<c r="${ref}" s="${style}" t="inlineStr"><is><t${space}>${escapeXml(cut)}</t></is></c>`;
}

function hasEdgeSpace(text: string): boolean {
  return text.charCodeAt(0) <= 32 || text.charCodeAt(text.length - 1) <= 32 || text.includes("\n");
}

// Excel counts a 29 February 1900 that never was: days before March 1900 stay text.
function daySerial(date: string): number | undefined {
  const serial = Date.parse(`${date}T00:00:00Z`) / 86_400_000 + 25_569;

  return serial >= 61 ? serial : undefined;
}

function lineXml(line: WriteLine, row: number, styles: Styles, merges: string[]): string {
  const pieces = typeof line === "string" ? [{ text: line }] : line;
  const cells = pieces
    .filter(({ text }) => text !== "")
    .map(({ text, at = 0, span = 1, font, align, isWrapped = span > 1 }: LinePiece) => {
      if (span > 1) merges.push(`${columnName(at)}${row}:${columnName(at + span - 1)}${row}`);
      const style = styles.idOf({
        ...(font ? { font } : {}),
        ...(align ? { align } : {}),
        isWrapped,
      });

      return textXml(`${columnName(at)}${row}`, style, text);
    });

  return `<row r="${row}">${cells.join("")}</row>`;
}

function opening(sheet: WriteSheet, styles: Styles, top: number): string {
  const { columns } = sheet;
  const isUnlocked = sheet.isHeaderLocked ?? false;
  const cols = columns.map(({ header, width = Math.max(10, header.length + 4), type }, index) => {
    const style = styles.idOf({ ...(type ? { format: type } : {}), isUnlocked });

    return `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1" style="${style}"/>`;
  });
  // Rows of a protected sheet can be deleted only when every cell of them, to the last column, is open.
  if (isUnlocked && columns.length < MAX_COLUMN)
    cols.push(
      `<col min="${columns.length + 1}" max="${MAX_COLUMN}" width="9" style="${styles.idOf({ isUnlocked })}"/>`,
    );
  const pane =
    hasHeader(sheet) && !sheet.isPaper
      ? `<pane ySplit="${top}" topLeftCell="A${top + 1}" activePane="bottomLeft" state="frozen"/>`
      : "";

  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
    `<sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>`,
    cols.length > 0 ? `<cols>${cols.join("")}</cols>` : "",
    "<sheetData>",
  ].join("");
}

function closing(
  sheet: WriteSheet,
  at: { top: number; last: number; merges: readonly string[]; lists: Lists; letters: readonly string[] },
): string {
  const { top, last, merges, letters } = at;
  const protection = sheet.isHeaderLocked
    ? '<sheetProtection sheet="1" formatCells="0" formatColumns="0" formatRows="0" insertRows="0" deleteRows="0" sort="0" autoFilter="0"/>'
    : "";
  const filter =
    hasHeader(sheet) && !sheet.isPaper && !sheet.isHidden
      ? `<autoFilter ref="A${top}:${letters.at(-1)}${Math.max(last, top)}"/>`
      : "";
  const merged =
    merges.length > 0
      ? `<mergeCells count="${merges.length}">${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join("")}</mergeCells>`
      : "";
  const orientation = sheet.isLandscape ? "landscape" : "portrait";
  const page = [
    sheet.isPaper
      ? '<pageMargins left="1.18" right="0.59" top="0.79" bottom="0.79" header="0.39" footer="0.39"/>'
      : '<pageMargins left="0.6" right="0.6" top="0.6" bottom="0.7" header="0.3" footer="0.3"/>',
    `<pageSetup paperSize="9" orientation="${orientation}" fitToWidth="1" fitToHeight="0"/>`,
    sheet.isPaper
      ? '<headerFooter differentFirst="1"><oddHeader>&amp;C&amp;P</oddHeader></headerFooter>'
      : "<headerFooter><oddFooter>&amp;C&amp;P/&amp;N</oddFooter></headerFooter>",
  ].join("");

  return `${protection}${filter}${merged}${validationsXml(sheet, { top, letters, lists: at.lists })}${page}</worksheet>`;
}

function validationsXml(
  sheet: WriteSheet,
  { top, letters, lists }: { top: number; letters: readonly string[]; lists: Lists },
): string {
  const rules = sheet.columns.flatMap((column, index) => {
    const range = lists.get(index);
    if (range === undefined && column.hint === undefined) return [];
    const prompt = column.hint
      ? ` showInputMessage="1" promptTitle="${escapeXml(column.header.slice(0, 32))}" prompt="${escapeXml(column.hint.slice(0, 255))}"`
      : "";
    const list =
      range === undefined
        ? ""
        : ` type="list" showErrorMessage="1" errorStyle="${column.isStrict ? "stop" : "warning"}" errorTitle="Không có trong danh sách" error="${column.isStrict ? "Hãy chọn một mục trong danh sách." : "Giá trị này không có trong danh sách. Vẫn giữ?"}"`;

    return [
      `<dataValidation${list} allowBlank="1"${prompt} sqref="${letters[index]}${top + 1}:${letters[index]}${MAX_ROWS}">${range ? `<formula1>${range}</formula1>` : ""}</dataValidation>`,
    ];
  });

  return rules.length > 0
    ? `<dataValidations count="${rules.length}">${rules.join("")}</dataValidations>`
    : "";
}
