import type { ReadCell } from "@/lib/spreadsheet/spreadsheet";
import type { ImportField, ImportTarget, Problem, RowFacts } from "../types";
import { type ColumnReader, readCell } from "./cell-facts";
import { choiceOf } from "./choices";
import { splitKind } from "./hamlet";
import { sexOfIdentity } from "./values";

export type RowContext = Readonly<{
  target: ImportTarget;
  /** the hamlet of rows that name none: section row, title line or sheet name */
  hamletText: string | null;
  currentYear: number;
  /** the number of the household in the row before, in the same section */
  household: string | undefined;
  /** what a household is told apart by when the list numbers none and this row is its head */
  headMark: string;
}>;

type Row = Readonly<{
  facts: { -readonly [Field in keyof RowFacts]: RowFacts[Field] };
  problems: Problem[];
  texts: readonly string[];
  readers: readonly ColumnReader[];
}>;

/** The facts of a row and what is wrong with it. `texts`: what its cells show, cleaned. */
export function readFacts(
  { cells, texts }: Readonly<{ cells: readonly ReadCell[]; texts: readonly string[] }>,
  readers: readonly ColumnReader[],
  context: RowContext,
): { facts: RowFacts; problems: readonly Problem[] } {
  const row: Row = { facts: {}, problems: [], texts, readers };
  for (const reader of readers) {
    const { field, index } = reader;
    const cell = cells[index] ?? null;
    const text = texts[index] ?? "";
    if (text === "" || isTold(row, field)) continue;

    const found = readCell({ cell, text, reader, target: context.target, currentYear: context.currentYear });
    if (typeof found === "string") row.problems.push({ field, column: index, code: found });
    else Object.assign(row.facts, { ...found, ...row.facts });
  }
  imply(row, context);
  if (context.target === "CITIZEN") placeInHousehold(row, context);
  demand(row, context);

  return { facts: row.facts, problems: row.problems };
}

/** What follows from the rest of the row and from the rows above it. Nothing is implied for a cell that has a problem. */
function imply(row: Row, { target, hamletText }: RowContext): void {
  const { facts } = row;
  if (isDenied(row, "poverty")) facts.poverty = "NONE";
  if (isDenied(row, "digitalSkill")) facts.digitalSkill = "NONE";
  if (standsInHamlet(target) && hamletText !== null && !isTold(row, "hamlet")) facts.hamlet = hamletText;
  if (target === "CITIZEN" && facts.identityNumber !== undefined && !isTold(row, "sex")) {
    const sex = sexOfIdentity(facts.identityNumber);
    if (sex !== undefined) facts.sex = sex;
  }
  if (target === "COMMUNITY" && facts.name !== undefined && !isTold(row, "hamletKind")) {
    const kind = choiceOf("hamletKind", splitKind(facts.name)?.kind ?? "");
    if (kind !== undefined) facts.hamletKind = kind;
  }
  if (target === "ORGANISATION" && facts.name !== undefined && !isTold(row, "organisationKind")) {
    const kind = choiceOf("organisationKind", facts.name);
    if (kind !== undefined) facts.organisationKind = kind;
  }
}

/** Lists number a household on its first row only, or not at all where each begins with its head. */
function placeInHousehold({ facts, readers }: Row, { household, headMark }: RowContext): void {
  const has = (field: ImportField) => readers.some((reader) => reader.field === field);
  if (facts.householdNumber !== undefined) return;
  if (!has("householdNumber") && (has("household") || !has("relation"))) return;

  const number = facts.isHead ? (has("householdNumber") ? undefined : headMark) : household;
  if (number !== undefined) facts.householdNumber = number;
}

/** What an entry cannot be without. A row with a code changes one that is there: its empty cells leave what it has. */
function demand(row: Row, { target }: RowContext): void {
  const { facts, problems, readers } = row;
  if (facts.code !== undefined) return;
  const lack = (field: ImportField, code: Problem["code"]) => {
    if (isTold(row, field)) return;
    problems.push({ field, column: readers.find((reader) => reader.field === field)?.index ?? null, code });
  };
  lack("name", "NAME_MISSING");
  if (target === "CITIZEN") {
    lack("birthYear", "BIRTH_YEAR_MISSING");
    lack("sex", "SEX_UNKNOWN");
  }
  if (standsInHamlet(target)) lack("hamlet", "HAMLET_MISSING");
}

/** Whether the row says something of a field, be it wrong. */
function isTold({ facts, problems }: Row, field: ImportField): boolean {
  if (problems.some((problem) => problem.field === field)) return true;
  if (field === "relation") return facts.isHead !== undefined;
  if (field === "occupation") return facts.variant !== undefined;

  return facts[field] !== undefined;
}

/** Whether there are marks for each choice and every one that is filled says no. */
function isDenied(row: Row, field: ImportField): boolean {
  const isFilled = ({ index }: ColumnReader) => (row.texts[index] ?? "") !== "";

  return (
    !isTold(row, field) &&
    row.readers.some((reader) => reader.field === field && reader.mark !== undefined && isFilled(reader))
  );
}

function standsInHamlet(target: ImportTarget): boolean {
  return target === "FAMILY" || target === "CITIZEN" || target === "CLAN";
}
