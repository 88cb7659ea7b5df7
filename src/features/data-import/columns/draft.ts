import { guessColumns } from "../parse/guess";
import type { ColumnGuess, ImportField, ImportPlan, ImportTarget, SheetLook, SheetPlan } from "../types";

/** What the person has chosen for one sheet so far. */
export type SheetDraft = Readonly<{
  sheet: string;
  isTaken: boolean;
  target: ImportTarget | null;
  headerRow: number | null;
  /** field of each column by its index; a column that is not here is not taken */
  fields: Readonly<Record<number, ImportField>>;
  hamletText: string | null;
}>;

/** The choices for the whole file, beside those for its sheets. */
export type PlanSettings = Readonly<
  Pick<ImportPlan, "year" | "policy" | "takeRegistrations" | "takeResults" | "legacy">
>;

const SAMPLES = 3;
const NAMED_YEAR = /năm\s+(20\d\d)(?!\d)/giu;
const PLAIN_YEAR = /(?<![\d/])(20\d\d)(?![\d/])/g;

/** The draft a look suggests: everything that was recognised is taken, hidden sheets are not. */
export function draftOf(look: SheetLook): SheetDraft {
  return {
    sheet: look.sheet,
    isTaken: look.target !== null && look.headerRow !== null && !look.isHidden,
    target: look.target,
    headerRow: look.headerRow,
    fields: fieldsOf(look.columns),
    hamletText: look.hamletText,
  };
}

/** The draft of a plan that was made before: what it leaves out is not taken. */
export function draftOfPlan(look: SheetLook, plan: ImportPlan): SheetDraft {
  const planned = plan.sheets.find((one) => one.sheet === look.sheet);
  if (!planned) return { ...draftOf(look), isTaken: false };

  return {
    sheet: planned.sheet,
    isTaken: true,
    target: planned.target,
    headerRow: planned.headerRow,
    fields: Object.fromEntries(planned.columns.map(({ index, field }) => [index, field])),
    hamletText: planned.hamletText,
  };
}

/** The plan of a draft; undefined while it is not taken or something is still to be chosen. */
export function planOf(draft: SheetDraft): SheetPlan | undefined {
  if (!draft.isTaken || draft.target === null || draft.headerRow === null) return undefined;

  return {
    sheet: draft.sheet,
    target: draft.target,
    headerRow: draft.headerRow,
    columns: Object.entries(draft.fields).map(([index, field]) => ({ index: Number(index), field })),
    hamletText: draft.hamletText,
  };
}

/** Sheets with the same columns in the same places: chosen once, they are read alike. */
export function groupAlike(looks: readonly SheetLook[]): SheetLook[][] {
  const groups = new Map<string, SheetLook[]>();
  for (const look of looks) {
    const key = JSON.stringify([
      look.target,
      look.headerRow,
      look.columns.map(({ header, field }) => [header.normalize("NFC"), field]),
    ]);
    groups.set(key, [...(groups.get(key) ?? []), look]);
  }

  return [...groups.values()];
}

/** The columns of a sheet below a header row: as they were guessed, or as the preview tells where another row is the header. */
export function columnsUnder(look: SheetLook, headerRow: number | null): readonly ColumnGuess[] {
  if (headerRow === look.headerRow) return look.columns;
  const header = look.preview.find(({ rowNumber }) => rowNumber === headerRow);
  if (!header) return [];

  const below = look.preview.filter(({ rowNumber }) => rowNumber > header.rowNumber);
  const width = Math.max(header.cells.length, ...below.map(({ cells }) => cells.length));

  return Array.from({ length: width }, (_, index) => ({
    index,
    header: (header.cells[index] ?? "").trim(),
    samples: below
      .map(({ cells }) => cells[index] ?? "")
      .filter((text) => text.trim() !== "")
      .slice(0, SAMPLES),
    field: null,
  })).filter(({ header: text, samples }) => text !== "" || samples.length > 0);
}

/** A draft after a change: another header or another register means other columns, which are guessed anew. */
export function withChange(look: SheetLook, draft: SheetDraft, change: Partial<SheetDraft>): SheetDraft {
  const next = { ...draft, ...change };
  const isReadAnew = next.headerRow !== draft.headerRow || next.target !== draft.target;

  return isReadAnew ? { ...next, fields: guessed(look, next) } : next;
}

function guessed(look: SheetLook, { target, headerRow }: SheetDraft): Record<number, ImportField> {
  if (target === look.target && headerRow === look.headerRow) return fieldsOf(look.columns);
  if (target === null) return {};
  const columns = columnsUnder(look, headerRow);
  const { fields } = guessColumns(
    target,
    columns.map(({ header }) => ({ text: header, bottom: header })),
  );

  return fieldsOf(columns.map((column, at) => ({ ...column, field: fields[at] ?? null })));
}

function fieldsOf(columns: readonly ColumnGuess[]): Record<number, ImportField> {
  return Object.fromEntries(columns.flatMap(({ index, field }) => (field === null ? [] : [[index, field]])));
}

/** The year a file is of, by its sheets' names and the lines above their headers; undefined where they name none or several. */
export function yearOfFile(looks: readonly SheetLook[]): number | undefined {
  const texts = looks.flatMap(({ sheet, headerRow, preview }) => [
    sheet,
    ...preview
      .filter(({ rowNumber }) => headerRow !== null && rowNumber < headerRow)
      .flatMap(({ cells }) => cells),
  ]);
  const named = texts.flatMap((text) => [...text.matchAll(NAMED_YEAR)].map((match) => Number(match[1])));
  const plain = texts.flatMap((text) => [...text.matchAll(PLAIN_YEAR)].map((match) => Number(match[1])));
  const years = new Set(named.length > 0 ? named : plain);

  return years.size === 1 ? [...years][0] : undefined;
}

/** The header of a column as the file has it, by sheet and column. */
export function headersOf(
  looks: readonly SheetLook[],
  plan: ImportPlan,
): (sheet: string, column: number) => string | undefined {
  const headers = new Map(
    plan.sheets.flatMap(({ sheet, headerRow }) => {
      const look = looks.find((one) => one.sheet === sheet);

      return look
        ? columnsUnder(look, headerRow).map(({ index, header }): [string, string] => [
            `${index} ${sheet}`,
            header,
          ])
        : [];
    }),
  );

  return (sheet, column) => headers.get(`${column} ${sheet}`);
}
