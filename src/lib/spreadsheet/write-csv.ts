import { Readable } from "node:stream";
import type { CellValue } from "./cell";
import { guardText } from "./cell";

const CHUNK = 64 * 1024;

/**
 * A CSV file as a stream of bytes: UTF-8 with its mark (Excel needs it), commas, CRLF, days as yyyy-mm-dd. Text that a
 * spreadsheet program would take for a formula gets an apostrophe before it, which our own reader takes off again.
 */
export function writeCsv(
  sheet: Readonly<{
    columns: readonly Readonly<{ header: string }>[];
    rows: AsyncIterable<readonly CellValue[]> | Iterable<readonly CellValue[]>;
  }>,
): Readable {
  return Readable.from(piecesOf(sheet), { objectMode: false, highWaterMark: CHUNK });
}

async function* piecesOf({ columns, rows }: Parameters<typeof writeCsv>[0]): AsyncGenerator<Buffer> {
  let out = `\ufeff${lineOf(columns.map(({ header }) => header))}`;
  for await (const row of rows) {
    out += lineOf(row);
    if (out.length < CHUNK) continue;
    yield Buffer.from(out);
    out = "";
  }
  yield Buffer.from(out);
}

function lineOf(cells: readonly CellValue[]): string {
  return `${cells.map(fieldOf).join(",")}\r\n`;
}

function fieldOf(value: CellValue): string {
  if (value === null) return "";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  const text = typeof value === "string" ? guardText(value) : value.date;

  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
