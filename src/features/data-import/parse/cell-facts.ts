import { CITIZEN_VARIANTS } from "@/domain/title/title";
import type { ReadCell } from "@/lib/spreadsheet/spreadsheet";
import type { ImportField, ImportTarget, ProblemCode, RowFacts } from "../types";
import { choiceOf, yesOrNo } from "./choices";
import { markOf, sexOfHeader } from "./guess";
import type { ColumnHeader } from "./header";
import { occupationOf } from "./occupation";
import { properCase } from "./text";
import {
  isHeadRelation,
  isNewWord,
  type Outcome,
  readCode,
  readIdentity,
  readPersonName,
  readText,
  readThingName,
  readYear,
} from "./values";

/** A mapped column with what its header adds: a mark under "Hộ nghèo" means poor, a year under "Nữ" a woman. */
export type ColumnReader = Readonly<{
  index: number;
  field: ImportField;
  mark: string | undefined;
  sex: "MALE" | "FEMALE" | undefined;
}>;

type CellInput = Readonly<{
  cell: ReadCell;
  /** what the cell shows, cleaned; never empty */
  text: string;
  reader: ColumnReader;
  target: ImportTarget;
  currentYear: number;
}>;

/** The facts a cell tells, or what is wrong with it. */
type Found = RowFacts | ProblemCode;

const SEXES = ["MALE", "FEMALE"] as const;
const POVERTY = ["NONE", "NEAR_POOR", "POOR"] as const;
const SKILLS = ["NONE", "HAS", "FLUENT"] as const;

const READ: Readonly<Record<ImportField, (input: CellInput) => Found>> = {
  code: ({ text }) => (isNewWord(text) ? { isNew: true } : from(readCode(text), (code) => ({ code }))),
  name: ({ text, target }) => from(readName(text, target), (name) => ({ name })),
  headName: ({ text }) => from(readPersonName(text), (headName) => ({ headName })),
  hamlet: ({ text }) => from(readText(properCase(text), 200), (hamlet) => ({ hamlet })),
  address: ({ text }) => from(readText(text, 300), (address) => ({ address })),
  clan: ({ text }) => from(readText(text, 200), (clan) => ({ clan })),
  organisation: ({ text }) => from(readText(text, 200), (organisation) => ({ organisation })),
  household: ({ text }) => from(readCodeOrPerson(text), (household) => ({ household })),
  householdNumber: ({ text }) => from(readText(text, 50), (householdNumber) => ({ householdNumber })),
  relation: ({ text }) => ({ isHead: isHeadRelation(text) }),
  identityNumber: ({ cell }) => from(readIdentity(cell), (identityNumber) => ({ identityNumber })),
  birthYear: (input) => readBirthYear(input, (birthYear) => ({ birthYear })),
  headBirthYear: (input) => readBirthYear(input, (headBirthYear) => ({ headBirthYear })),
  occupation: readOccupation,
  sex: (input) => oneOf(SEXES, choiceIn(input), (sex) => ({ sex }), "SEX_UNKNOWN"),
  poverty: (input) => oneOf(POVERTY, choiceIn(input), (poverty) => ({ poverty })),
  digitalSkill: (input) => oneOf(SKILLS, choiceIn(input), (digitalSkill) => ({ digitalSkill })),
  organisationKind: (input) => known(choiceIn(input), (organisationKind) => ({ organisationKind })),
  organisationLevel: (input) => known(choiceIn(input), (organisationLevel) => ({ organisationLevel })),
  hamletKind: (input) => known(choiceIn(input), (hamletKind) => ({ hamletKind })),
  isAssociationMember: (input) => answer(input, (isAssociationMember) => ({ isAssociationMember })),
  hasSchoolAgeChildren: (input) => answer(input, (hasSchoolAgeChildren) => ({ hasSchoolAgeChildren })),
  isWorker: (input) => answer(input, (isWorker) => ({ isWorker })),
  isPromotion: (input) => answer(input, (isPromotion) => ({ isPromotion })),
  isSpeciallyDifficult: (input) => answer(input, (isSpeciallyDifficult) => ({ isSpeciallyDifficult })),
  registered: (input) => answer(input, (registered) => ({ registered })),
  reached: (input) => answer(input, (reached) => ({ reached })),
};

/** The readers of a plan's columns, under the headers of its sheet; what a column says itself goes before what another implies. */
export function columnReaders(
  columns: readonly Readonly<{ index: number; field: ImportField }>[],
  headers: readonly ColumnHeader[],
): ColumnReader[] {
  const readers = columns.map(({ index, field }) => {
    const header = headers[index] ?? { text: "", bottom: "" };
    const isYear = field === "birthYear" || field === "headBirthYear";

    return { index, field, mark: markOf(field, header), sex: isYear ? sexOfHeader(header) : undefined };
  });
  const implies = ({ field, sex }: ColumnReader) => (field === "occupation" || sex !== undefined ? 1 : 0);

  return readers.sort((a, b) => implies(a) - implies(b));
}

/** The facts a filled cell tells, or what is wrong with it. */
export function readCell(input: CellInput): Found {
  if (typeof input.cell === "object" && input.cell !== null && "error" in input.cell) return "FORMULA_ERROR";

  return READ[input.reader.field](input);
}

/** The choice in a cell: in words, or by a mark under a header that names it; null for a mark that says no. */
function choiceIn({ reader: { field, mark }, text }: CellInput): string | undefined | null {
  if (mark !== undefined) {
    const isMarked = yesOrNo(field, text);
    if (isMarked !== undefined) return isMarked ? mark : null;
  }

  return choiceOf(field, text);
}

function from<T>(outcome: Outcome<T>, toFacts: (value: T) => RowFacts): Found {
  return "problem" in outcome ? outcome.problem : toFacts(outcome.value);
}

function known(choice: string | undefined | null, toFacts: (value: string) => RowFacts): Found {
  if (choice === null) return {};

  return choice === undefined ? "CHOICE_UNKNOWN" : toFacts(choice);
}

function oneOf<T extends string>(
  values: readonly T[],
  choice: string | undefined | null,
  toFacts: (value: T) => RowFacts,
  problem: ProblemCode = "CHOICE_UNKNOWN",
): Found {
  if (choice === null) return {};
  const value = values.find((one) => one === choice);

  return value === undefined ? problem : toFacts(value);
}

function answer({ reader, text }: CellInput, toFacts: (value: boolean) => RowFacts): Found {
  const value = yesOrNo(reader.field, text);

  return value === undefined ? "CHOICE_UNKNOWN" : toFacts(value);
}

/** An entry named by its code or by its name. */
function readCodeOrPerson(text: string): Outcome<string> {
  const code = readCode(text);

  return "value" in code ? code : readText(properCase(text), 200);
}

function readName(text: string, target: ImportTarget): Outcome<string> {
  if (target === "FAMILY" || target === "CITIZEN") return readPersonName(text);

  return readThingName(text, target !== "ORGANISATION");
}

function readBirthYear(
  { cell, currentYear, reader, target }: CellInput,
  toFacts: (year: number) => RowFacts,
): Found {
  const sex = target === "CITIZEN" && reader.sex !== undefined ? { sex: reader.sex } : {};

  return from(readYear(cell, currentYear), (year) => ({ ...toFacts(year), ...sex }));
}

function readOccupation({ reader: { field, mark }, text }: CellInput): Found {
  const isMarked = mark === undefined ? undefined : yesOrNo(field, text);
  if (isMarked === false) return {};
  if (isMarked) {
    const variant = CITIZEN_VARIANTS.find((one) => one === mark);

    return variant === undefined ? {} : { variant, isWorker: variant !== "STUDENT" };
  }

  return occupationOf(text) ?? "CHOICE_UNKNOWN";
}
