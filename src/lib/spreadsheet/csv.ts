import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { parse } from "csv-parse";
import { guessLegacy } from "@/lib/text/legacy-vietnamese";
import { unguardText } from "./cell";
import { MAX_COLUMNS, MAX_RECORD_LETTERS, MAX_ROWS } from "./limits";
import type { SheetRow, Spreadsheet } from "./spreadsheet";
import { SpreadsheetError } from "./spreadsheet-error";

const DELIMITERS = [";", ",", "\t", "|"] as const;
const HEAD_BYTES = 64 * 1024;

/** Opens a CSV file: one sheet, every cell a text. The encoding is checked as a whole before anything is read from it. */
export async function openCsv(
  path: string,
  sheetName: string,
  { hasLegacy = false }: Readonly<{ hasLegacy?: boolean }> = {},
): Promise<Spreadsheet> {
  const head = await readHead(path);
  const encoding = await readableEncoding(path, head, hasLegacy);

  const start = new TextDecoder(encoding).decode(head);
  const named = /^sep=(.)\r?\n/i.exec(start);
  const delimiter = named?.[1] ?? guessDelimiter(start);

  async function* rows(name: string): AsyncGenerator<SheetRow> {
    if (name !== sheetName) throw new SpreadsheetError("SHEET_MISSING");
    const parser = parse({
      delimiter,
      from_line: named ? 2 : 1,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      max_record_size: MAX_RECORD_LETTERS,
    });
    const file = createReadStream(path);
    const feeding = feed(file, encoding, parser);
    let number = 0;
    try {
      for await (const record of parser as AsyncIterable<string[]>) {
        number += 1;
        if (number > MAX_ROWS) throw new SpreadsheetError("TOO_MUCH");
        const cells = toCells(record);
        if (cells.length > 0) yield { number, cells };
      }
      await feeding;
    } catch (error) {
      throw error instanceof SpreadsheetError ? error : new SpreadsheetError("DAMAGED", error);
    } finally {
      parser.destroy();
      file.destroy();
      await feeding.catch(() => undefined);
    }
  }

  return {
    format: "CSV",
    sheets: [{ name: sheetName, isHidden: false }],
    rows,
    merges: async () => [],
    close: async () => undefined,
  };
}

/** Whether the beginning of a file can be text: no zero bytes, unless it is UTF-16 by its mark. */
export function isText(head: Buffer): boolean {
  return encodingOf(head) !== "utf-8" || !head.includes(0);
}

function toCells(record: readonly string[]): (string | null)[] {
  let length = Math.min(record.length, MAX_COLUMNS);
  while (length > 0 && (record[length - 1] ?? "") === "") length -= 1;

  return record.slice(0, length).map((text) => (text === "" ? null : unguardText(text)));
}

async function feed(
  file: AsyncIterable<Buffer>,
  encoding: string,
  parser: ReturnType<typeof parse>,
): Promise<void> {
  const decoder = new TextDecoder(encoding);
  const write = async (text: string) => {
    if (text === "" || parser.destroyed || parser.write(text)) return;
    await new Promise<void>((resolve) => {
      const go = () => {
        parser.off("drain", go);
        parser.off("close", go);
        resolve();
      };
      parser.on("drain", go);
      parser.on("close", go);
    });
  };
  for await (const chunk of file) {
    if (parser.destroyed) return;
    await write(decoder.decode(chunk, { stream: true }));
  }
  await write(decoder.decode());
  if (!parser.destroyed) parser.end();
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(HEAD_BYTES), position: 0 });

    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function encodingOf(head: Buffer): string {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";

  return "utf-8";
}

/** One byte a letter, as a text in an old font comes out of Excel. */
const WESTERN = "windows-1252";

/** The encoding in which the whole file can be read. @throws SpreadsheetError ENCODING */
async function readableEncoding(path: string, head: Buffer, hasLegacy: boolean): Promise<string> {
  const marked = encodingOf(head);
  if (await isEncoded(path, marked)) return marked;
  if (hasLegacy && guessLegacy(new TextDecoder(WESTERN).decode(head)) !== null) return WESTERN;

  throw new SpreadsheetError("ENCODING");
}

async function isEncoded(path: string, encoding: string): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of createReadStream(path)) decoder.decode(chunk, { stream: true });
    decoder.decode();

    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** The sign that stands equally often in most lines, quoted text aside. */
function guessDelimiter(start: string): string {
  const lines = start
    .replace(/"(?:[^"]|"")*"/g, "")
    .split(/\r\n|\n|\r/)
    .filter((line) => line !== "")
    .slice(0, 60);

  let best: { sign: string; score: number } = { sign: ",", score: 0 };
  for (const sign of DELIMITERS) {
    const counts = new Map<number, number>();
    for (const line of lines) {
      const count = line.split(sign).length - 1;
      if (count > 0) counts.set(count, (counts.get(count) ?? 0) + 1);
    }
    const score = Math.max(0, ...[...counts].map(([count, times]) => times * (1 + Math.min(count, 30) / 10)));
    if (score > best.score) best = { sign, score };
  }

  return best.sign;
}
