import type { CellValue } from "./cell";

/** A cell whose formula has no result: the mark Excel shows (`#N/A`), or `#CALC` when it was never calculated. */
export type CellError = Readonly<{ error: string }>;

/** What a cell holds as read. */
export type ReadCell = CellValue | CellError;

/** One row with something in it: its number as people see it, its cells from the first column on. */
export type SheetRow = Readonly<{ number: number; cells: readonly ReadCell[] }>;

/** A merged area; rows as people count them, columns from 0, both ends inside. */
export type Merge = Readonly<{ firstRow: number; lastRow: number; firstColumn: number; lastColumn: number }>;

/** An open file. Sheets are read from the disk row by row, as often as asked. */
export type Spreadsheet = Readonly<{
  format: "XLSX" | "CSV";
  sheets: readonly Readonly<{ name: string; isHidden: boolean }>[];
  /** rows with something in them, from the top; throws SpreadsheetError where the file turns out to be unreadable */
  rows: (sheetName: string) => AsyncIterable<SheetRow>;
  /** merged areas of a sheet */
  merges: (sheetName: string) => Promise<readonly Merge[]>;
  close: () => Promise<void>;
}>;
