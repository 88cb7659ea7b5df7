/** A unit that a file of figures may speak of. */
export type FileUnit = Readonly<{ id: number; name: string; level: string }>;

/** Why a cell or a row of the file is not taken. Never holds what stands in the cell. */
export type CellProblemCode =
  | "UNIT_MISSING"
  | "UNIT_UNKNOWN"
  | "UNIT_AMBIGUOUS"
  | "UNIT_TWICE"
  | "NOT_A_COUNT"
  | "FORMULA_ERROR"
  | "MORE_THAN_TOTAL";
export type CellProblem = Readonly<{ row: number; column: string | null; code: CellProblemCode }>;

/** One number of the file. */
export type FileCell = Readonly<{ row: number; unitId: number; key: string; value: number }>;

/** A file as read: numbers of units that are there, and what is wrong with the rest. */
export type ReadFigures = Readonly<{ cells: readonly FileCell[]; problems: readonly CellProblem[] }>;

/** A number the file would write, has written or has taken back, on top of the version the check saw. */
export type BatchCell = FileCell & Readonly<{ before: number | null; version: number }>;

export type BatchState = "CHECKED" | "WRITTEN" | "UNDONE";

export type FigureBatch = Readonly<{
  id: string;
  unitId: number;
  unitName: string;
  year: number;
  source: string;
  datedOn: string;
  state: BatchState;
  cells: readonly BatchCell[];
  problems: readonly CellProblem[];
  unchanged: number;
  createdBy: string;
  createdAt: Date;
  changedAt: Date | null;
}>;
