import type { LegacyEncoding } from "@/lib/text/legacy-vietnamese";
import { fromLegacy } from "@/lib/text/legacy-vietnamese";
import type { SheetRow, Spreadsheet } from "./spreadsheet";

/** A row with its texts in Unicode. */
export function rowInUnicode({ number, cells }: SheetRow, encoding: LegacyEncoding): SheetRow {
  return {
    number,
    cells: cells.map((cell) => (typeof cell === "string" ? fromLegacy(cell, encoding) : cell)),
  };
}

/** The same file as if its texts had been typed in Unicode; as it is where no old font is named. */
export function inUnicode(
  spreadsheet: Spreadsheet,
  encoding: LegacyEncoding | null | undefined,
): Spreadsheet {
  if (!encoding) return spreadsheet;

  async function* rows(sheetName: string): AsyncGenerator<SheetRow> {
    for await (const row of spreadsheet.rows(sheetName)) if (encoding) yield rowInUnicode(row, encoding);
  }

  return { ...spreadsheet, rows };
}
