import type { TitleCode } from "@/domain/title/title";

import type { LegacyEncoding } from "@/lib/text/legacy-vietnamese";

export type { CellValue } from "@/lib/spreadsheet/cell";

// How a file travels: upload (kept as it came) → look (sheets, header, columns guessed) → plan (what the person chose) →
// check (every row read, matched, judged; nothing written) → write (one transaction) → undo. All but the upload and the plan
// run in the worker.

/** Which register a sheet goes to. */
export type ImportTarget = TitleCode;

/** Where the columns of a sheet may go; which of them a target knows: `fields.ts`. */
export const IMPORT_FIELDS = [
  "code",
  "name",
  "hamlet",
  "headBirthYear",
  "address",
  "isAssociationMember",
  "clan",
  "poverty",
  "hasSchoolAgeChildren",
  "birthYear",
  "sex",
  "householdNumber",
  "relation",
  "household",
  "identityNumber",
  "occupation",
  "isWorker",
  "organisation",
  "digitalSkill",
  "headName",
  "isPromotion",
  "organisationKind",
  "organisationLevel",
  "hamletKind",
  "isSpeciallyDifficult",
  "registered",
  "reached",
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

/** How one sheet is to be read. Column indexes count from 0, row numbers from 1 as people see them. */
export type SheetPlan = Readonly<{
  sheet: string;
  target: ImportTarget;
  /** the last row of the header; data begins below it */
  headerRow: number;
  /** field of each mapped column; several columns may go to one field (birth year of men and of women): the first that is filled counts */
  columns: readonly Readonly<{ index: number; field: ImportField }>[];
  /** what stands for every row without a hamlet of its own: the sheet's own name, a title line */
  hamletText: string | null;
}>;

/** What the person decided for a whole file. */
export type ImportPlan = Readonly<{
  /** the year being worked on: registrations and results in the file are of it */
  year: number;
  sheets: readonly SheetPlan[];
  /** what to do with rows that differ from an entry that is there: leave all, leave those, or change them */
  policy: "STOP" | "SKIP" | "UPDATE";
  /** hamlets named in the file that the commune does not have, by search key: an existing unit, or a new hamlet; absent: their rows are rejected */
  hamlets: Readonly<Record<string, { unitId: number } | { create: { name: string; kind: string } }>>;
  /** whether "đăng ký" in the file registers the entry for the year's round, and "đạt" becomes an entered figure of the hamlet */
  takeRegistrations: boolean;
  takeResults: boolean;
  /** the old font whose texts are read in Unicode; absent: texts are taken as they are */
  legacy?: LegacyEncoding | null;
}>;

/** What is wrong with a cell, by code; the sentence and how to mend it: `problems.ts`. Never holds the cell's content. */
export type ProblemCode =
  | "NAME_MISSING"
  | "NAME_INVALID"
  | "BIRTH_YEAR_MISSING"
  | "BIRTH_YEAR_NOT_A_YEAR"
  | "BIRTH_YEAR_IN_FUTURE"
  | "BIRTH_YEAR_TOO_EARLY"
  | "SEX_UNKNOWN"
  | "HAMLET_MISSING"
  | "HAMLET_UNKNOWN"
  | "CODE_UNKNOWN"
  | "CODE_TWICE"
  | "IDENTITY_INVALID"
  | "IDENTITY_TAKEN"
  | "CHOICE_UNKNOWN"
  | "HOUSEHOLD_UNKNOWN"
  | "CLAN_UNKNOWN"
  | "ORGANISATION_UNKNOWN"
  | "TEXT_TOO_LONG"
  | "FORMULA_ERROR"
  | "CHANGED_SINCE";
export type Problem = Readonly<{ field: ImportField; column: number | null; code: ProblemCode }>;

/** The facts of a row in the terms of the register: absent where the file has no such column or an empty cell. */
export type RowFacts = Readonly<{
  code?: string;
  /** said to be no entry of the register yet, however much it resembles one */
  isNew?: boolean;
  name?: string;
  /** as written (section row, sheet name or cell), cleaned; resolved to a unit by the check */
  hamlet?: string;
  headBirthYear?: number;
  address?: string;
  isAssociationMember?: boolean;
  clan?: string;
  poverty?: "NONE" | "POOR" | "NEAR_POOR";
  hasSchoolAgeChildren?: boolean;
  birthYear?: number;
  sex?: "MALE" | "FEMALE";
  /** the household's number inside its hamlet, as the list has it */
  householdNumber?: string;
  isHead?: boolean;
  household?: string;
  /** twelve digits (nine for old cards) */
  identityNumber?: string;
  variant?: "FARMER" | "WORKER" | "OFFICIAL" | "STUDENT";
  isWorker?: boolean;
  organisation?: string;
  digitalSkill?: "NONE" | "HAS" | "FLUENT";
  headName?: string;
  isPromotion?: boolean;
  organisationKind?: string;
  organisationLevel?: string;
  hamletKind?: string;
  isSpeciallyDifficult?: boolean;
  registered?: boolean;
  reached?: boolean;
}>;

/** The column of each field, by sheet. */
export type FieldColumns = Readonly<Record<string, Partial<Record<ImportField, number>>>>;

/** One row of data as read; title lines, section rows, sums and signatures are no rows of data. */
export type ParsedRow = Readonly<{
  sheet: string;
  rowNumber: number;
  target: ImportTarget;
  facts: RowFacts;
  problems: readonly Problem[];
}>;

/** What the check found of a row. REPEATED: the same as an earlier row of the file. DOUBTFUL: likely an entry that is there. */
export type Verdict = "NEW" | "CHANGED" | "UNCHANGED" | "DOUBTFUL" | "REPEATED" | "REJECTED";

/** One column of a sheet as guessed. */
export type ColumnGuess = Readonly<{
  index: number;
  header: string;
  samples: readonly string[];
  field: ImportField | null;
}>;

/** What a look into a file shows before anything is chosen. */
export type SheetLook = Readonly<{
  sheet: string;
  isHidden: boolean;
  /** the first rows as text, for choosing the header */
  preview: readonly Readonly<{ rowNumber: number; cells: readonly string[] }>[];
  headerRow: number | null;
  target: ImportTarget | null;
  columns: readonly ColumnGuess[];
  hamletText: string | null;
  /** the old font the file is clearly typed in, with a text before and after; what is shown and guessed here is in Unicode */
  legacy?: Readonly<{ encoding: LegacyEncoding; before: string; after: string }>;
}>;

/** Where a batch stands. The states ending in -ING wait for or are with the worker. */
export const BATCH_STATES = [
  "LOOKING",
  "LOOKED",
  "CHECKING",
  "CHECKED",
  "WRITING",
  "WRITTEN",
  "UNDOING",
  "UNDONE",
  "FAILED",
  "DISCARDED",
] as const;
export type BatchState = (typeof BATCH_STATES)[number];

/** What the worker is at: waiting for its turn, reading the file, matching with the register, writing, counting, undoing. */
export type ProgressStage = "WAITING" | "READING" | "MATCHING" | "WRITING" | "COUNTING" | "UNDOING" | "DONE";

/** How far the worker is with a batch; `total` is not known while a file is read for the first time. */
export type Progress = Readonly<{
  state: BatchState;
  stage: ProgressStage;
  done: number;
  total: number | null;
}>;

/** A batch the worker has or will have, as the other pages of its officer tell of it. */
export type Running = Progress & Readonly<{ batchId: string }>;

export type VerdictCounts = Readonly<Record<Verdict, number>>;

/** What the check found. `households`: those that the rows of their people tell of; they are no rows of the file. */
export type BatchCounts = Readonly<{
  rows: VerdictCounts;
  byTarget: Partial<Record<ImportTarget, VerdictCounts>>;
  households: VerdictCounts;
  problems: Partial<Record<ProblemCode, number>>;
  /** hamlets named in the file that the commune does not have, by search key, with how many rows name them */
  unknownHamlets: readonly Readonly<{ key: string; text: string; rows: number }>[];
  /** entries the file says are registered for the year, and those of them that are not yet */
  registered: number;
  newRegistrations: number;
  /** hamlets of which the file says how many reached the title, but whose figures are not taken, and why; at most a hundred */
  leftOutHamlets?: readonly LeftOutHamlet[];
  /** hamlets for which the file says how many families reached the title, and how many of these figures are not there yet */
  resultHamlets: number;
  newFigures: number;
}>;

/** What "Ghi" would do now, with the present policy and the decisions on doubtful rows. */
export type WritePreview = Readonly<{
  /** rows of the file that will be written: new ones, and changed ones under UPDATE */
  rows: number;
  newRows: number;
  changedRows: number;
  newHouseholds: number;
  registrations: number;
  figures: number;
  /** doubtful rows nobody decided: left out */
  undecided: number;
  /** policy STOP and something that stops: nothing can be written before it is dealt with */
  isStopped: boolean;
  /** nothing at all would change */
  isEmpty: boolean;
}>;

/** Why what a list says of a whole hamlet is not its figure. */
export const LEFT_OUT_REASONS = ["ABSENT", "REJECTED", "DOUBTFUL", "INCOMPLETE"] as const;
export type LeftOutHamlet = Readonly<{
  name: string;
  target: ImportTarget;
  reason: (typeof LEFT_OUT_REASONS)[number];
}>;

/** Rows that stay out of the register: those to be mended, and doubtful ones that nobody decided or that were left. */
export type LeftOut = Readonly<{ rejected: number; doubtful: number }>;

/** What was written, for the page and the log. */
export type WrittenCounts = Readonly<{
  created: number;
  updated: number;
  households: number;
  registrations: number;
  figures: number;
  hamlets: number;
}>;

/** One field in which a row of the file differs from the entry: both values in words. */
export type RowChange = Readonly<{ field: ImportField; from: string; to: string }>;

/** What is done with a doubtful row: a new entry, the same as the likely one, or left out. */
export type RowDecision = "NEW" | "SAME" | "LEAVE";
