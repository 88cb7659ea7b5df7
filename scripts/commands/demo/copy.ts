import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { jsonbText } from "./log";

export type Cell = string | number | bigint | boolean | null | Date | Buffer | Readonly<{ json: unknown }>;

const ROWS_PER_CHUNK = 500;

function cellText(cell: Cell): string {
  if (cell === null) return "\\N";
  if (typeof cell === "string") return escapeText(cell);
  if (typeof cell === "object") {
    if (cell instanceof Date) return cell.toISOString();
    if (Buffer.isBuffer(cell)) return `\\\\x${cell.toString("hex")}`;
    return escapeText(jsonbText(cell.json));
  }

  return String(cell);
}

function escapeText(text: string): string {
  return text.replace(
    /[\\\n\r\t]/g,
    (found) => ({ "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" })[found] ?? found,
  );
}

function* chunksOf<Row>(rows: readonly Row[], cells: (row: Row) => readonly Cell[]): Generator<string> {
  for (let start = 0; start < rows.length; start += ROWS_PER_CHUNK) {
    const part = rows.slice(start, start + ROWS_PER_CHUNK);
    yield `${part.map((row) => cells(row).map(cellText).join("\t")).join("\n")}\n`;
  }
}

/** Writes rows into a table through COPY. `columns` and the cells of a row stand in the same order. */
export async function copyRows<Row>(
  db: pg.Client,
  table: string,
  columns: readonly string[],
  rows: readonly Row[],
  cells: (row: Row) => readonly Cell[],
): Promise<void> {
  if (rows.length === 0) return;
  await pipeline(
    Readable.from(chunksOf(rows, cells)),
    db.query(copyFrom(`COPY ${table} (${columns.join(", ")}) FROM STDIN`)),
  );
}
