import type { Archive, Pass } from "./archive";
import { MAX_CELL_LETTERS, MAX_COLUMNS, MAX_MERGES, MAX_ROWS, MAX_SHARED_LETTERS } from "./limits";
import { dateOfSerial } from "./number-format";
import type { Merge, ReadCell, SheetRow } from "./spreadsheet";
import { SpreadsheetError } from "./spreadsheet-error";
import type { Workbook } from "./workbook";
import { type Attributes, xmlParser } from "./xml";

/** The texts that cells point to by number. */
export async function readSharedTexts(archive: Archive, part: string, pass: Pass): Promise<string[]> {
  const texts: string[] = [];
  let letters = 0;
  let text = "";
  let isText = false;
  let isPhonetic = false;
  const parser = xmlParser({
    open: (name) => {
      if (name === "si") text = "";
      else if (name === "t") isText = !isPhonetic;
      else if (name === "rPh") isPhonetic = true;
    },
    text: (piece) => {
      if (!isText) return;
      text += piece;
      letters += piece.length;
      if (letters > MAX_SHARED_LETTERS) throw new SpreadsheetError("TOO_MUCH");
    },
    close: (name) => {
      if (name === "t") isText = false;
      else if (name === "rPh") isPhonetic = false;
      else if (name === "si") texts.push(unescapeText(text));
    },
  });
  for await (const chunk of archive.stream(part, pass)) parser.write(chunk);
  parser.end();

  return texts;
}

type SheetContext = Readonly<{ workbook: Workbook; sharedTexts: readonly string[] }>;

/** The rows of a sheet that have something in them, as they unpack. */
export async function* readRows(
  archive: Archive,
  part: string,
  context: SheetContext,
  pass: Pass,
): AsyncGenerator<SheetRow> {
  const done: SheetRow[] = [];
  const parser = xmlParser(rowHandler(context, (row) => done.push(row)));
  for await (const chunk of archive.stream(part, pass)) {
    parser.write(chunk);
    yield* done;
    done.length = 0;
  }
  parser.end();
  yield* done;
}

function rowHandler({ workbook, sharedTexts }: SheetContext, emit: (row: SheetRow) => void) {
  let cells: ReadCell[] = [];
  let rowNumber = 0;
  let column = -1;
  let cell: Attributes = {};
  let raw = "";
  let hasValue = false;
  let hasFormula = false;
  let isValue = false;
  let isPhonetic = false;

  return {
    open: (name: string, attributes: Attributes) => {
      if (name === "c") {
        column = attributes.r === undefined ? column + 1 : columnOf(attributes.r);
        cell = attributes;
        raw = "";
        hasValue = false;
        hasFormula = false;
      } else if (name === "v") {
        isValue = true;
        hasValue = true;
      } else if (name === "t") {
        isValue = !isPhonetic;
        hasValue = true;
      } else if (name === "f") {
        hasFormula = true;
      } else if (name === "rPh") {
        isPhonetic = true;
      } else if (name === "row") {
        const number = attributes.r === undefined ? rowNumber + 1 : Number(attributes.r);
        if (!Number.isInteger(number) || number <= rowNumber) throw new SpreadsheetError("DAMAGED");
        if (number > MAX_ROWS) throw new SpreadsheetError("TOO_MUCH");
        rowNumber = number;
        column = -1;
        cells = [];
      }
    },
    text: (piece: string) => {
      if (!isValue) return;
      raw += piece;
      if (raw.length > 4 * MAX_CELL_LETTERS) throw new SpreadsheetError("TOO_MUCH");
    },
    close: (name: string) => {
      if (name === "v" || name === "t") {
        isValue = false;
      } else if (name === "rPh") {
        isPhonetic = false;
      } else if (name === "c") {
        if (column < 0 || column >= MAX_COLUMNS) return;
        const value = hasValue
          ? cellValue(cell, raw, workbook, sharedTexts)
          : hasFormula
            ? { error: "#CALC" }
            : null;
        if (value === null) return;
        while (cells.length < column) cells.push(null);
        cells[column] = value;
      } else if (name === "row" && cells.length > 0) {
        emit({ number: rowNumber, cells });
        cells = [];
      }
    },
  };
}

function cellValue(
  cell: Attributes,
  raw: string,
  workbook: Workbook,
  sharedTexts: readonly string[],
): ReadCell {
  switch (cell.t) {
    case "s": {
      const text = sharedTexts[Number(raw)];
      if (text === undefined) throw new SpreadsheetError("DAMAGED");

      return text;
    }
    case "inlineStr":
    case "str":
      return unescapeText(raw);
    case "b":
      return raw.trim() === "1" || raw.trim() === "true";
    case "e":
      return { error: raw.trim() };
    case "d":
      return /^\d{4}-\d{2}-\d{2}/.test(raw) ? { date: raw.slice(0, 10) } : raw;
  }
  if (raw === "") return null;

  const number = Number(raw);
  if (Number.isNaN(number)) return raw;
  const date = workbook.dateStyles[Number(cell.s ?? 0)] ? dateOfSerial(number, workbook.is1904) : null;

  return date === null ? number : { date };
}

/** `B12` is column 1; -1 when the reference has no letters. */
function columnOf(reference: string): number {
  let column = 0;
  for (let index = 0; index < reference.length; index += 1) {
    const letter = reference.charCodeAt(index) & ~32;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + (letter - 64);
  }

  return column - 1;
}

const ESCAPED = /_x([0-9A-Fa-f]{4})_/g;

/** Excel writes what XML cannot hold as `_x000B_`. */
function unescapeText(text: string): string {
  return text.includes("_x")
    ? text.replace(ESCAPED, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
}

/** The merged areas of a sheet. They stand behind its rows, so the rows are unpacked and passed over, not parsed. */
export async function readMerges(archive: Archive, part: string): Promise<Merge[]> {
  const merges: Merge[] = [];
  const marker = Buffer.from("mergeCells");
  let tail: Buffer = Buffer.alloc(0);
  let found: string | null = null;
  for await (const chunk of archive.stream(part)) {
    if (found !== null) {
      found += chunk.toString("latin1");
    } else {
      const joined = Buffer.concat([tail, chunk]);
      const at = joined.indexOf(marker);
      if (at >= 0) found = joined.toString("latin1", at);
      else tail = joined.subarray(-marker.length);
    }
    if (found === null) continue;

    const end: number = found.indexOf("mergeCells>", marker.length);
    const whole: number = end < 0 ? found.lastIndexOf(">") + 1 : end;
    for (const [, a, b] of found.slice(0, whole).matchAll(/\sref=["']([A-Za-z]+\d+):([A-Za-z]+\d+)["']/g)) {
      if (merges.length >= MAX_MERGES) throw new SpreadsheetError("TOO_MUCH");
      if (a && b) merges.push(mergeOf(a, b));
    }
    if (end >= 0) break;
    found = `mergeCells${found.slice(whole)}`;
  }

  return merges;
}

function mergeOf(a: string, b: string): Merge {
  const row = (reference: string) => Number(/\d+$/.exec(reference)?.[0]);

  return {
    firstRow: Math.min(row(a), row(b)),
    lastRow: Math.max(row(a), row(b)),
    firstColumn: Math.min(columnOf(a), columnOf(b)),
    lastColumn: Math.max(columnOf(a), columnOf(b)),
  };
}
