import { entryCode, parseEntryCode } from "@/domain/title/entry-code";
import type { ReadCell } from "@/lib/spreadsheet/spreadsheet";
import { cleanText } from "@/lib/text/name";
import type { ProblemCode } from "../types";
import { cellText, properCase, toKey } from "./text";

/** What a cell gives: a value, or what is wrong with it. */
export type Outcome<T> = Readonly<{ value: T } | { problem: ProblemCode }>;

const FIRST_YEAR = 1890;
const PERSON_NAME = /^(?=.*\p{L})[\p{L}\p{M} .\-'’ʼ]+$/u;
const LONGEST_NAME = 200;
const DAY = 86_400_000;

/** A year of birth in any way people write it: a number, a text, a whole date, a date of Excel. */
export function readYear(cell: ReadCell, currentYear: number): Outcome<number> {
  if (typeof cell === "object" && cell !== null && "error" in cell) return { problem: "FORMULA_ERROR" };
  const year = yearIn(cell, currentYear);
  if (year === undefined) return { problem: "BIRTH_YEAR_NOT_A_YEAR" };
  if (year > currentYear) return { problem: "BIRTH_YEAR_IN_FUTURE" };

  return year < FIRST_YEAR ? { problem: "BIRTH_YEAR_TOO_EARLY" } : { value: year };
}

function yearIn(cell: ReadCell, currentYear: number): number | undefined {
  if (typeof cell === "number") return yearOfNumber(cell);
  if (typeof cell === "string") return yearOfText(cleanText(cell.normalize("NFKC")), currentYear);
  if (cell === null || typeof cell === "boolean" || "error" in cell) return undefined;

  // A year typed into a cell formatted as a date: 1979 shows as 01/06/1905. Nobody in a list was born then.
  const serial = Math.round((Date.parse(cell.date) - Date.UTC(1899, 11, 30)) / DAY);
  if (serial >= 1900 && serial <= 2100) return serial;

  return Number(cell.date.slice(0, 4));
}

function yearOfNumber(number: number): number | undefined {
  if (!Number.isInteger(number) || number < 0) return undefined;
  if (number >= 1000 && number <= 9999) return number;
  // The number behind a date whose format was lost, from 1927 to 2064.
  if (number >= 10_000 && number <= 60_000)
    return new Date(Date.UTC(1899, 11, 30) + number * DAY).getUTCFullYear();

  return yearOfDigits(String(number));
}

/** `15101969` and `3061960`: a date typed without anything between. */
function yearOfDigits(digits: string): number | undefined {
  const match = /^(\d{1,2})(\d{2})(\d{4})$/.exec(digits);
  if (!match) return undefined;

  return yearOfParts(Number(match[1]), Number(match[2]), Number(match[3]));
}

function yearOfText(text: string, currentYear: number): number | undefined {
  const bare = text.replace(/^(?:sinh\s+)?(?:năm|ngày|sn|ns|sinh)[\s:.]*/iu, "").replace(/^'/, "");
  const plain = /^(\d{4})(?:[.,]0+)?$/.exec(bare);
  if (plain) return Number(plain[1]);

  const parted =
    /^(\d{1,2})\s*[/\-.,\s]\s*(\d{1,2})\s*[/\-.,\s]\s*(\d{4}|\d{2})(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?$/.exec(
      bare,
    );
  if (parted) {
    const year = parted[3] ?? "";
    const short = Number(year);
    if (year.length === 4) return yearOfParts(Number(parted[1]), Number(parted[2]), short);

    return short > currentYear % 100
      ? yearOfParts(Number(parted[1]), Number(parted[2]), 1900 + short)
      : undefined;
  }
  const iso = /^(\d{4})[/\-.](\d{1,2})[/\-.](\d{1,2})(?:[T\s].*)?$/.exec(bare);
  if (iso) return yearOfParts(Number(iso[3]), Number(iso[2]), Number(iso[1]));

  const month = /^(\d{1,2})\s*[/\-.]\s*(\d{4})$/.exec(bare);
  if (month) return yearOfParts(1, Number(month[1]), Number(month[2]));

  const spoken = /^(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})$/iu.exec(bare);
  if (spoken) return yearOfParts(Number(spoken[1]), Number(spoken[2]), Number(spoken[3]));

  return /^\d+$/.test(bare) ? yearOfNumber(Number(bare)) : undefined;
}

/** The year of a day and month in either order; zeros stand for unknown ones. */
function yearOfParts(day: number, month: number, year: number): number | undefined {
  const isDate = (day <= 31 && month <= 12) || (day <= 12 && month <= 31);

  return isDate && year >= 1000 ? year : undefined;
}

/** A person's name: composed, single spaces, and no longer in capitals throughout. */
export function readPersonName(text: string): Outcome<string> {
  const name = properCase(text.replace(/^(?:hộ|gia đình)\s+(?:ông|bà)\s*:?\s+/iu, ""));
  if (name.length > LONGEST_NAME) return { problem: "TEXT_TOO_LONG" };

  return name.length >= 2 && PERSON_NAME.test(name) ? { value: name } : { problem: "NAME_INVALID" };
}

/** The name of a clan, a hamlet or an organisation. */
export function readThingName(text: string, isPlace: boolean): Outcome<string> {
  const name = isPlace
    ? properCase(text)
        .replace(/^Dòng Họ\b/u, "Dòng họ")
        .replace(/^Tổ Dân Phố\b/u, "Tổ dân phố")
        .replace(/^Khu Phố\b/u, "Khu phố")
    : text;
  if (name.length > LONGEST_NAME) return { problem: "TEXT_TOO_LONG" };

  return name.length >= 2 && /\p{L}/u.test(name) ? { value: name } : { problem: "NAME_INVALID" };
}

/** An identity number: twelve digits with the zeros Excel took away put back, nine for an old card. */
export function readIdentity(cell: ReadCell): Outcome<string> {
  if (typeof cell === "object" && cell !== null && "error" in cell) return { problem: "FORMULA_ERROR" };
  const isNumber = typeof cell === "number";
  if (isNumber && !Number.isSafeInteger(cell)) return { problem: "IDENTITY_INVALID" };
  const digits = (isNumber ? String(cell) : cellText(cell)).replace(/[\s.\-']/g, "");
  if (!/^\d{8,12}$/.test(digits)) return { problem: "IDENTITY_INVALID" };

  if (digits.length === 9) return { value: digits };
  if (digits.length === 8) return isNumber ? { value: `0${digits}` } : { problem: "IDENTITY_INVALID" };
  const whole = digits.padStart(12, "0");

  return isCitizenNumber(whole) ? { value: whole } : { problem: "IDENTITY_INVALID" };
}

/** Province 001–096, then sex and century: 0–1 for those born in the 1900s, 2–3 in the 2000s (137/2015/NĐ-CP, art. 7). */
function isCitizenNumber(digits: string): boolean {
  const province = Number(digits.slice(0, 3));

  return province >= 1 && province <= 96 && Number(digits[3]) <= 3;
}

/** The sex an identity number states. */
export function sexOfIdentity(digits: string): "MALE" | "FEMALE" | undefined {
  if (digits.length !== 12) return undefined;

  return Number(digits[3]) % 2 === 0 ? "MALE" : "FEMALE";
}

/** A text of at most so many letters. */
export function readText(text: string, longest: number): Outcome<string> {
  return text.length > longest ? { problem: "TEXT_TOO_LONG" } : { value: text };
}

/** The code of an entry as people type it. */
export function readCode(text: string): Outcome<string> {
  const code = parseEntryCode(text);

  return code ? { value: entryCode(code.title, code.number) } : { problem: "CODE_UNKNOWN" };
}

/** What somebody writes instead of a code who knows that the entry is not in the register. */
export function isNewWord(text: string): boolean {
  return toKey(text) === "moi";
}

const HEAD_WORDS: ReadonlySet<string> = new Set([
  "chu ho",
  "la chu ho",
  "ch",
  "c ho",
  "ch ho",
  "chu ho gia dinh",
  "chu",
  "ban than chu ho",
]);

/** Whether a relation to the head says that this is the head. */
export function isHeadRelation(text: string): boolean {
  return HEAD_WORDS.has(toKey(text).replace(/^\d+ /, ""));
}
