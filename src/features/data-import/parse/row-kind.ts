import type { SheetRow } from "@/lib/spreadsheet/spreadsheet";
import type { ImportField, ImportTarget } from "../types";
import { yesOrNo } from "./choices";
import { hamletHeading } from "./hamlet";
import { isRoman, properCase, toKey } from "./text";

/** What stands where in a sheet, as the rows below its header are told apart by. */
export type Layout = Readonly<{
  target: ImportTarget;
  /** the lowest header line by column: a header printed again on a later page is no row of data */
  headerTexts: readonly string[];
  columns: readonly Readonly<{ index: number; field: ImportField }>[];
  ordinalColumn: number | null;
}>;

/** A row below the header. `END`: the table ends here, what follows are signatures unless it is clearly data. */
export type RowKind =
  | Readonly<{ kind: "DATA" | "SKIP" | "END" }>
  | Readonly<{ kind: "SECTION"; hamlet: string }>;

const ORDINAL = /^(?:stt|so tt|tt|so thu tu|s t t|no|thu tu)$/;
const TOTAL = /^(?:tổng|cộng)(?!\s(?:công ty|cục|đồng))(?:\s|:|$)/u;
const TOTAL_KEY = /^(?:tong cong|tong so|cong thon|cong ban|cong to|cong don|cong chung|total)(?: |$)/;
const GRAND_TOTAL = /^(?:tổng|cộng chung)/u;
const SIGNATURE =
  /^(?:tm|t m|kt|k t|tl) (?:ban|bch|uy|ubnd|hoi|chu|truong)|^(?:nguoi lap(?: bieu| danh sach| bang)?|chu tich(?: hoi)?|truong thon|truong ban|thu truong don vi|bi thu chi bo|xac nhan(?: cua)?|ky(?: va)? ghi ro ho ten|ky ten|ky ten dong dau|can bo lap|nguoi tong hop|lap bieu)(?: |$)|(?:^| )ngay (?:\d{0,2} )?thang (?:\d{0,2} )?nam(?: |$)/;
const NOTE = /^(?:ghi chu|luu y|danh sach nay|danh sach (?:tren )?gom|bang chu|chu thich)(?: |$)/;
/** A section that counts by something other than hamlets: "I. Hộ đạt danh hiệu". */
const NO_HAMLET =
  /(?:^| )(?:ho|danh sach|dang ky|dat|gia dinh|cong dan|nam|nhom|loai|chua|khong|cac|dong ho|don vi|nhan khau|hoc tap|danh hieu|phan|khoi)(?: |$)/;
/** Columns of marks: other words in them are no facts, and numbers in a section or sum are counts. */
const MARKED: ReadonlySet<ImportField> = new Set([
  "registered",
  "reached",
  "isAssociationMember",
  "hasSchoolAgeChildren",
  "isWorker",
  "isPromotion",
  "isSpeciallyDifficult",
]);
/** Here too a number is a count. */
const COUNTED: ReadonlySet<ImportField> = new Set([
  "poverty",
  "sex",
  "digitalSkill",
  "occupation",
  "householdNumber",
]);

/** The column that numbers the rows, by its header. */
export function findOrdinalColumn(headerKeys: readonly string[]): number | null {
  const index = headerKeys.findIndex((key) => ORDINAL.test(key));

  return index < 0 ? null : index;
}

/** Tells rows of data from section rows, sums, signatures and headers printed again. `texts`: what the cells show. */
export function rowKind(row: SheetRow, texts: readonly string[], layout: Layout, hasEnded: boolean): RowKind {
  const filled = texts.filter((text) => text !== "");
  if (filled.length === 0) return { kind: "SKIP" };
  if (isHeaderAgain(texts, layout) || isNumbering(filled)) return { kind: "SKIP" };

  const nameColumn = layout.columns.find(({ field }) => field === "name")?.index ?? 0;
  const name = texts[nameColumn] ?? "";
  const evidence = layout.columns.filter(({ index, field }) => {
    const text = texts[index] ?? "";
    if (field === "name" || text === "") return false;
    if (MARKED.has(field)) return typeof row.cells[index] !== "number" && yesOrNo(field, text) !== undefined;

    return !(COUNTED.has(field) && typeof row.cells[index] === "number");
  });
  const hasFacts = evidence.some(({ field }) => field !== "hamlet");
  if (name !== "" && hasPersonFacts(evidence)) return { kind: "DATA" };

  const ordinal = layout.ordinalColumn === null ? "" : (texts[layout.ordinalColumn] ?? "");
  const heading = name || firstWords(texts, layout.ordinalColumn);
  const outside = heading || ordinal;
  if (!hasFacts && (isSum(outside) || isSum(ordinal))) return sumKind(isSum(outside) ? outside : ordinal);
  if (texts.some(isSignature)) return { kind: "END" };
  if (evidence.length === 0) {
    const hamlet = layout.target === "COMMUNITY" ? null : sectionOf(outside, ordinal, filled);
    if (hamlet !== null) return { kind: "SECTION", hamlet };
    if (isRoman(ordinal) || isNote(outside)) return { kind: "SKIP" };
    if (name === "" || hasEnded) return { kind: "SKIP" };

    return { kind: "DATA" };
  }
  if (hasFacts) return { kind: "DATA" };

  // Only a hamlet beside the name, or a blank line of a form with its hamlet already filled in.
  return { kind: name === "" ? "SKIP" : "DATA" };
}

function sectionOf(heading: string, ordinal: string, filled: readonly string[]): string | null {
  const named = hamletHeading(heading);
  if (named !== null) return named;

  const words = filled.filter((text) => /\p{L}{2}/u.test(text) && !isRoman(text));
  if (!isRoman(ordinal) || words.length !== 1 || heading === ordinal) return null;

  return NO_HAMLET.test(toKey(heading)) || heading.length > 60 ? null : properCase(heading);
}

function isSum(text: string): boolean {
  return /^[tc]/i.test(text) && (TOTAL.test(text.toLowerCase()) || TOTAL_KEY.test(toKey(text)));
}

function sumKind(text: string): RowKind {
  const key = toKey(text);

  return { kind: GRAND_TOTAL.test(text.toLowerCase()) || /^tong (?:cong|so)$/.test(key) ? "END" : "SKIP" };
}

function isSignature(text: string): boolean {
  return text.length < 120 && SIGNATURE.test(toKey(text));
}

function isNote(text: string): boolean {
  return text.startsWith("(") || NOTE.test(toKey(text));
}

function hasPersonFacts(evidence: readonly Readonly<{ field: ImportField }>[]): boolean {
  return evidence.some(({ field }) =>
    ["birthYear", "headBirthYear", "identityNumber", "relation", "sex", "code"].includes(field),
  );
}

function firstWords(texts: readonly string[], ordinalColumn: number | null): string {
  return texts.find((text, column) => column !== ordinalColumn && /\p{L}{2}/u.test(text)) ?? "";
}

function isHeaderAgain(texts: readonly string[], { headerTexts }: Layout): boolean {
  let filled = 0;
  let same = 0;
  texts.forEach((text, column) => {
    if (text === "") return;
    filled += 1;
    if (text === headerTexts[column]) same += 1;
  });

  return same >= 2 && same * 2 >= filled;
}

/** `(1) (2) (3)` or `A B 1 2 3` under a header. */
function isNumbering(filled: readonly string[]): boolean {
  if (filled.length < 3 || filled.some((text) => text.length > 4)) return false;
  const marks = filled.map((text) => text.replace(/[()[\].]/g, "").trim());
  const numbers = marks.filter((mark) => /^\d{1,2}$/.test(mark)).map(Number);
  const letters = marks.filter((mark) => /^[A-Z]$/.test(mark));
  if (numbers.length + letters.length !== marks.length || numbers.length === 0) return false;

  return numbers.every((number, at) => at === 0 || number === (numbers[at - 1] ?? 0) + 1) && numbers[0] === 1;
}
