import type { Merge, SheetRow } from "@/lib/spreadsheet/spreadsheet";
import { type FieldDefinition, IMPORT_TARGET_FIELDS } from "../fields";
import type { ImportField, ImportTarget } from "../types";
import { choiceInHeader } from "./choices";
import { type ColumnHeader, combineHeader, possibleDepths } from "./header";
import { occupationOf } from "./occupation";
import { toKey } from "./text";

/** A sheet's columns as one register's fields, and how well they fit. */
export type Guess = Readonly<{
  target: ImportTarget;
  headers: readonly ColumnHeader[];
  fields: readonly (ImportField | null)[];
  score: number;
}>;

const LEAST = 0.6;
const LONGEST_HEADER = 80;
const LEAST_SCORE = 0.9;
const MISSING_COST = 3;
/** Fields that every register has say little about which one it is. */
const LIGHT: ReadonlySet<ImportField> = new Set(["code", "hamlet", "registered", "reached"]);
const YEARS: ReadonlySet<ImportField> = new Set(["birthYear", "headBirthYear"]);
/** Counts and rates are figures of a whole, not marks of one row. */
const FIGURE = /(?:^| )(?:tong so|so ho|so luong|ty le|ti le|so gia dinh|so nguoi|tong)(?: |$)/;

/** The words of a title that tell the register. */
const TITLE_WORDS: Readonly<Record<ImportTarget, RegExp>> = {
  FAMILY: /(?:^| )(?:ho gia dinh|gia dinh hoc tap|gdht|danh sach (?:cac )?ho|chu ho|gia dinh)(?: |$)/,
  CITIZEN: /(?:^| )(?:nhan khau|cong dan|nguoi lao dong|danh sach nguoi)(?: |$)/,
  CLAN: /(?:^| )(?:dong ho|dhht|dong toc)(?: |$)/,
  ORGANISATION: /(?:^| )(?:don vi|co quan|dvht|doanh nghiep|cac truong)(?: |$)/,
  COMMUNITY: /(?:^| )(?:cong dong hoc tap|danh sach (?:cac )?thon|khu dan cu|danh muc thon|cac thon)(?: |$)/,
};

type Prepared = Readonly<{
  field: ImportField;
  keys: readonly string[];
  /** those long enough to be looked for inside a header, a space at both ends */
  padded: readonly string[];
  not: RegExp | null;
  isRequired: boolean;
}>;

const PREPARED: Readonly<Record<ImportTarget, readonly Prepared[]>> = {
  FAMILY: IMPORT_TARGET_FIELDS.FAMILY.map(prepare),
  CITIZEN: IMPORT_TARGET_FIELDS.CITIZEN.map(prepare),
  CLAN: IMPORT_TARGET_FIELDS.CLAN.map(prepare),
  ORGANISATION: IMPORT_TARGET_FIELDS.ORGANISATION.map(prepare),
  COMMUNITY: IMPORT_TARGET_FIELDS.COMMUNITY.map(prepare),
};
const TARGETS = Object.keys(PREPARED) as ImportTarget[];

function prepare({ field, label, aliases, not, isRequired }: FieldDefinition): Prepared {
  return {
    field,
    isRequired,
    keys: [toKey(label), ...aliases],
    padded: [toKey(label), ...aliases].filter((key) => key.length >= 4).map((key) => ` ${key} `),
    not: not ? new RegExp(`(?:^| )(?:${not.join("|")})(?: |$)`) : null,
  };
}

/** The register and the columns that fit a header best; null when none fits. `titleKey`: title lines and the sheet's name. */
export function guessTarget(headers: readonly ColumnHeader[], titleKey: string): Guess | null {
  let best: Guess | null = null;
  for (const target of TARGETS) {
    const guess = guessColumns(target, headers);
    const score = guess.score + (TITLE_WORDS[target].test(titleKey) ? 0.75 : 0);
    if (guess.fields.includes("name") && score >= LEAST_SCORE && (best === null || score > best.score)) {
      best = { ...guess, score };
    }
  }

  return best;
}

/** The fields of a register that the headers name. The same whatever the order of the columns. */
export function guessColumns(target: ImportTarget, headers: readonly ColumnHeader[]): Guess {
  const pairs = headers
    .flatMap((header, column) => {
      const key = { text: toKey(header.text), bottom: toKey(header.bottom) };

      return PREPARED[target].map((field) => ({
        column,
        header,
        field: field.field,
        score: likeness(field, key),
      }));
    })
    .filter(({ score }) => score >= LEAST)
    .sort((a, b) => b.score - a.score || compare(a.header.text, b.header.text) || a.column - b.column);

  const fields: (ImportField | null)[] = headers.map(() => null);
  const taken = new Map<ImportField, ColumnHeader>();
  let score = 0;
  for (const pair of pairs) {
    if (fields[pair.column] !== null) continue;
    const earlier = taken.get(pair.field);
    if (earlier && !isSharedField(pair.field, earlier, pair.header)) continue;
    fields[pair.column] = pair.field;
    if (!earlier) taken.set(pair.field, pair.header);
    score += pair.score * (earlier ? 0.3 : LIGHT.has(pair.field) ? 0.5 : 1);
  }
  const lacking = PREPARED[target].filter(({ field, isRequired }) => isRequired && !taken.has(field)).length;
  const isSexTold =
    taken.has("sex") || taken.has("identityNumber") || headers.some((one) => sexOfHeader(one) !== undefined);
  const missing = lacking + (target === "CITIZEN" && !isSexTold ? 1 : 0);

  return { target, headers, fields, score: score - missing * MISSING_COST };
}

/** The header ending with a row, over as many lines as fit a register best. */
export function guessHeader(
  rows: ReadonlyMap<number, SheetRow>,
  headerRow: number,
  merges: readonly Merge[],
  judge: (headers: readonly ColumnHeader[]) => Guess | null,
): Guess | null {
  let best: Guess | null = null;
  for (const depth of possibleDepths(rows, headerRow)) {
    const guess = judge(combineHeader(rows, headerRow, depth, merges));
    if (guess && (best === null || guess.score > best.score + 1e-9)) best = guess;
  }

  return best;
}

/** Which sex a column of years is for, by its lowest header line; undefined when for both. */
export function sexOfHeader({ text, bottom }: ColumnHeader): "MALE" | "FEMALE" | undefined {
  const key = toKey(bottom);
  if (key === "nam" || key === "nu") return key === "nam" ? "MALE" : "FEMALE";
  const last = /^(?:nam sinh|ngay sinh|ngay thang nam sinh) (nam|nu)$/.exec(toKey(text))?.[1];

  return last === undefined ? undefined : last === "nam" ? "MALE" : "FEMALE";
}

/** The choice a mark under a header stands for; undefined where the cell itself says it. */
export function markOf(field: ImportField, { text, bottom }: ColumnHeader): string | undefined {
  if (field === "occupation") return occupationOf(bottom)?.variant;

  return choiceInHeader(field, bottom) ?? choiceInHeader(field, text);
}

/** Two columns of one field: years of men and of women, or marks under each choice ("Hộ nghèo" | "Hộ cận nghèo"). */
function isSharedField(field: ImportField, a: ColumnHeader, b: ColumnHeader): boolean {
  if (YEARS.has(field)) {
    const [one, other] = [sexOfHeader(a), sexOfHeader(b)];

    return one !== undefined && other !== undefined && one !== other;
  }
  const [one, other] = [markOf(field, a), markOf(field, b)];

  return one !== undefined && other !== undefined && one !== other;
}

function likeness(field: Prepared, key: ColumnHeader): number {
  const whole = likenessOf(field, key.text);

  return key.bottom === key.text ? whole : Math.max(whole, 0.95 * likenessOf(field, key.bottom));
}

/** A header is one of these words, has them in it, or misses them by a slip; with something else in it, it is another thing. */
function likenessOf({ field, keys, padded, not }: Prepared, key: string): number {
  if (key === "" || key.length > LONGEST_HEADER || not?.test(key)) return 0;
  if (keys.includes(key)) return 1;
  if ((field === "registered" || field === "reached") && FIGURE.test(key)) return 0;

  const within = ` ${key} `;
  let best = 0;
  for (const alias of padded) {
    const length = alias.length - 2;
    if (within.includes(alias)) best = Math.max(best, 0.7 + 0.25 * (length / key.length));
    else if (key.length >= 6 && length >= 6 && isNear(alias, within)) best = Math.max(best, 0.8);
  }

  return best;
}

/** Whether two words differ by one slip: a letter wrong, missing, added, or two exchanged. */
function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end])
    end += 1;
  const [restA, restB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (restA.length <= 1 && restB.length <= 1) return true;

  return restA.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
