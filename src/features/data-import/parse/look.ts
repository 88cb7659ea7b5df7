import { rowInUnicode } from "@/lib/spreadsheet/legacy";
import type { Merge, ReadCell, SheetRow, Spreadsheet } from "@/lib/spreadsheet/spreadsheet";
import { fromLegacy, guessLegacy } from "@/lib/text/legacy-vietnamese";
import { fieldOf } from "../fields";
import type { ColumnGuess, ImportField, ImportTarget, SheetLook } from "../types";
import { type Guess, guessColumns, guessHeader, guessTarget } from "./guess";
import { findHamlet, hamletHeading, matchHamlet } from "./hamlet";
import { findOrdinalColumn, rowKind } from "./row-kind";
import { cellText, toKey } from "./text";

/** What a commune chose before for a header, by its fingerprint: the register, and the field of each header key. */
export type RememberedColumns = Readonly<{
  target: ImportTarget;
  fields: Readonly<Record<string, ImportField | null>>;
}>;

type LookContext = Readonly<{
  communeHamlets: readonly Readonly<{ name: string }>[];
  remembered?: Readonly<Record<string, RememberedColumns>>;
}>;

const ROWS_LOOKED_AT = 200;
const LETTERS_LOOKED_AT = 100_000;
const HEADER_WITHIN = 40;
/** Rows tried below a header that fits well: it may have a second and third line. */
const STILL_TRIED = 4;
const SURE_SCORE = 2;
const DATA_COST = 0.5;
const PREVIEW_ROWS = 20;
const PREVIEW_COLUMNS = 60;
const PREVIEW_LETTERS = 120;
const SAMPLES = 3;
/** A line with more texts than that (the two heads of an official paper) is no title. */
const MOST_IN_TITLE = 2;
/** Share of a column's samples that must be hamlets of the commune for it to be the hamlet without a header saying so. */
const HAMLET_SHARE = 0.7;

/** Looks at the beginning of every sheet: where its header is, which register it belongs to, what each column holds. */
export async function lookInto(spreadsheet: Spreadsheet, context: LookContext): Promise<SheetLook[]> {
  const sheets: Sheet[] = [];
  for (const { name, isHidden } of spreadsheet.sheets) {
    const rows: SheetRow[] = [];
    for await (const row of spreadsheet.rows(name)) {
      rows.push(row);
      if (rows.length >= ROWS_LOOKED_AT) break;
    }
    sheets.push({ sheet: name, isHidden, rows, merges: await spreadsheet.merges(name) });
  }
  const legacy = legacyOf(sheets);
  if (!legacy) return sheets.map((sheet) => lookAt(sheet, context));

  return sheets.map((sheet) => {
    const rows = sheet.rows.map((row) => rowInUnicode(row, legacy.encoding));

    return { ...lookAt({ ...sheet, rows }, context), legacy };
  });
}

/** The old font a file is clearly typed in, with a text that shows it. */
function legacyOf(sheets: readonly Sheet[]): SheetLook["legacy"] {
  const texts = sheets.flatMap(({ rows }) =>
    rows.flatMap(({ cells }) => cells.filter((cell) => typeof cell === "string")),
  );
  const encoding = guessLegacy(texts.join("\n").slice(0, LETTERS_LOOKED_AT));
  if (!encoding) return undefined;
  const after = (text: string) => fromLegacy(text, encoding);
  const shownText = texts.find((text) => text.length <= PREVIEW_LETTERS && guessLegacy(text) === encoding);
  const before = shownText ?? texts.find((text) => after(text) !== text) ?? "";

  return { encoding, before: shown(before), after: shown(after(before)) };
}

/** The key of a header, and of a column in `RememberedColumns`; headers of one name are told apart by their order. */
export function headerKeys(columns: readonly Readonly<{ header: string }>[]): string[] {
  const seen = new Map<string, number>();

  return columns.map(({ header }) => {
    const key = toKey(header);
    if (key === "") return "";
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);

    return times === 1 ? key : `${key} #${times}`;
  });
}

/** What a header is remembered by: the same columns in any order are the same list. */
export function headerFingerprint(columns: readonly Readonly<{ header: string }>[]): string {
  return headerKeys(columns)
    .filter((key) => key !== "")
    .sort()
    .join("|");
}

type Sheet = Readonly<{
  sheet: string;
  isHidden: boolean;
  rows: readonly SheetRow[];
  merges: readonly Merge[];
}>;

function lookAt({ sheet, isHidden, rows, merges }: Sheet, context: LookContext): SheetLook {
  const found = findHeader(rows, merges, sheet);
  const below = found ? rows.filter(({ number }) => number > found.headerRow) : [];
  const previewTo = Math.max(PREVIEW_ROWS, (found?.headerRow ?? 0) + 5);
  const look = {
    sheet,
    isHidden,
    preview: rows
      .filter(({ number }) => number <= previewTo)
      .map(({ number, cells }) => ({
        rowNumber: number,
        cells: cells.slice(0, PREVIEW_COLUMNS).map((cell) => shown(cell)),
      })),
  };
  if (!found) return { ...look, headerRow: null, target: null, columns: [], hamletText: null };

  const { headerRow } = found;
  const headers = found.guess.headers.map(({ text }) => ({ header: text }));
  const remembered = context.remembered?.[headerFingerprint(headers)];
  const guess = remembered ? recall(remembered, found.guess) : found.guess;
  const layout = layoutOf(guess);
  const kinds = below.map((row) => rowKind(row, row.cells.map(cellText), layout, false).kind);
  const dataRows = below.filter((_row, at) => kinds[at] === "DATA");
  const fields = withHamletColumn(guess, dataRows, context);
  const columns = guess.headers.flatMap(({ text }, index): ColumnGuess[] => {
    const samples = samplesOf(dataRows, index);

    return text === "" && samples.length === 0
      ? []
      : [{ index, header: text, samples, field: fields[index] ?? null }];
  });
  const hasSections = kinds.includes("SECTION");
  const needsHamlet =
    !hasSections && !fields.includes("hamlet") && fieldOf(guess.target, "hamlet") !== undefined;
  const titles = rows.filter(({ number }) => number < headerRow).flatMap(({ cells }) => cells.map(cellText));

  return {
    ...look,
    headerRow,
    target: guess.target,
    columns,
    hamletText: needsHamlet ? hamletOf(titles, sheet, context) : null,
  };
}

function findHeader(rows: readonly SheetRow[], merges: readonly Merge[], sheet: string) {
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  let best: { at: number; headerRow: number; guess: Guess; score: number } | null = null;
  for (const [at, row] of rows.slice(0, HEADER_WITHIN).entries()) {
    if (best !== null && best.score >= SURE_SCORE && at > best.at + STILL_TRIED) break;
    if (row.cells.filter(isWords).length < 2) continue;
    const title = rows
      .filter(({ number, cells }) => number < row.number && cells.filter(isWords).length <= MOST_IN_TITLE)
      .flatMap(({ cells }) => cells.map(cellText))
      .join(" ");
    const titleKey = toKey(`${title} ${sheet}`);
    const guess = guessHeader(byNumber, row.number, merges, (headers) => guessTarget(headers, titleKey));
    if (!guess) continue;
    const score = guess.score - DATA_COST * row.cells.filter(isData).length;
    if (best === null || score > best.score + 1e-9) best = { at, headerRow: row.number, guess, score };
  }

  return best;
}

function isWords(cell: ReadCell): boolean {
  return typeof cell === "string" && cellText(cell) !== "";
}

/** Numbers, days and marks stand in rows of data, not in headers. */
function isData(cell: ReadCell): boolean {
  return cell !== null && (typeof cell !== "string" || /^(?:[\d\s./-]+|[xv])$/i.test(cellText(cell)));
}

function recall({ target, fields }: RememberedColumns, guess: Guess): Guess {
  const keys = headerKeys(guess.headers.map(({ text }) => ({ header: text })));

  return {
    ...guessColumns(target, guess.headers),
    fields: keys.map((key) => {
      const field = fields[key] ?? null;

      return field !== null && fieldOf(target, field) ? field : null;
    }),
  };
}

function layoutOf({ target, headers, fields }: Guess) {
  const keys = headers.map(({ text }) => toKey(text));

  return {
    target,
    headerTexts: headers.map(({ bottom }) => bottom),
    columns: fields.flatMap((field, index) => (field === null ? [] : [{ index, field }])),
    ordinalColumn: findOrdinalColumn(keys),
  };
}

/** A column full of the commune's hamlets is the hamlet, whatever its header says. */
function withHamletColumn(
  { target, fields, headers }: Guess,
  dataRows: readonly SheetRow[],
  { communeHamlets }: LookContext,
): readonly (ImportField | null)[] {
  if (fields.includes("hamlet") || !fieldOf(target, "hamlet")) return fields;
  const index = headers.findIndex((_header, column) => {
    if (fields[column] !== null) return false;
    const texts = dataRows.map(({ cells }) => cellText(cells[column])).filter((text) => /\p{L}/u.test(text));
    const matched = texts.filter((text) => matchHamlet(text, communeHamlets) !== null).length;

    return texts.length >= 3 && matched >= texts.length * HAMLET_SHARE;
  });

  return index < 0 ? fields : fields.map((field, column) => (column === index ? "hamlet" : field));
}

/** Nine digits and more, however they are spaced: an identity number, a telephone. */
const LONG_NUMBER = /\d(?:[ .-]?\d){8,}/g;

/** A cell as the look keeps and shows it: of a long number only the end. The numbers themselves are stored sealed or not at all. */
function shown(cell: ReadCell | undefined): string {
  return cellText(cell)
    .slice(0, PREVIEW_LETTERS)
    .replace(LONG_NUMBER, (number) => number.slice(0, -3).replace(/\d/g, "•") + number.slice(-3));
}

function samplesOf(dataRows: readonly SheetRow[], column: number): string[] {
  const samples = new Set<string>();
  for (const { cells } of dataRows) {
    const text = shown(cells[column]);
    if (text !== "") samples.add(text);
    if (samples.size >= SAMPLES) break;
  }

  return [...samples];
}

const NAMED_IN_TITLE =
  /(?:^|[\s(])((?:thôn|bản|ấp|xóm|buôn|khóm|làng|tổ dân phố|khu phố|khu dân cư|tdp|tổ)\s+[^,;:()–-]+)/iu;
const AFTER_NAME = /\s+(?:xã|phường|thị trấn|năm|quý|tháng|đăng ký|đạt)(?:\s.*|$)/iu;

function hamletOf(titles: readonly string[], sheet: string, { communeHamlets }: LookContext): string | null {
  const known = titles.map((title) => findHamlet(title, communeHamlets)).find((hamlet) => hamlet !== null);
  if (known) return known.name;
  const ofSheet = matchHamlet(sheet, communeHamlets);
  if (ofSheet) return ofSheet.name;

  const named = titles.map((title) => NAMED_IN_TITLE.exec(title)?.[1]?.replace(AFTER_NAME, "")).find(Boolean);

  return (named && hamletHeading(named)) || hamletHeading(sheet);
}
