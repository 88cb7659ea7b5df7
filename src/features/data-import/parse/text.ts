import { formatDate } from "@/lib/format/date";
import type { ReadCell } from "@/lib/spreadsheet/spreadsheet";
import { cleanText } from "@/lib/text/name";
import { toSearchKey } from "@/lib/text/search-key";

/** Text that is clean already: composed Latin letters, single spaces. Most cells are, and a list has a million of them. */
const CLEAN = /^[!-~À-ɏẠ-ỹ]+(?: [!-~À-ɏẠ-ỹ]+)*$/;

/** What a cell shows, cleaned; "" when it is empty. */
export function cellText(cell: ReadCell | undefined): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "string") return CLEAN.test(cell) ? cell : cleanText(cell);
  if (typeof cell === "number") return String(cell);
  if (typeof cell === "boolean") return cell ? "có" : "không";

  return "date" in cell ? formatDate(cell.date) : cell.error;
}

/** Keys of short texts met before: a column holds the same few words a hundred thousand times. */
const known = new Map<string, string>();
const MOST_KNOWN = 5_000;
const LONGEST_KNOWN = 60;

/** Words compared without marks, case and punctuation: `Họ, tên (chủ hộ)` is `ho ten chu ho`. */
export function toKey(text: string): string {
  const before = known.get(text);
  if (before !== undefined) return before;

  const key = toSearchKey(cleanText(text))
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  if (text.length <= LONGEST_KNOWN) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(text, key);
  }

  return key;
}

/** Whether a text has letters and all of them are capitals. */
export function isAllCaps(text: string): boolean {
  return text !== text.toLowerCase() && text === text.toUpperCase();
}

/**
 * A name written in capitals throughout, as people write it: `NGUYỄN THỊ HOÀ` becomes `Nguyễn Thị Hoà`, `H'HEN NIÊ` `H'Hen
 * Niê`. A name that mixes cases stays as it is.
 */
export function properCase(name: string): string {
  if (!isAllCaps(name)) return name;

  return name
    .toLowerCase()
    .replace(
      /(^|[\s.\-'’ʼ(,/])(\p{L})/gu,
      (_all, before: string, letter: string) => before + letter.toUpperCase(),
    )
    .normalize("NFC");
}

/** Roman numerals from I to XXXIX, the way sections of a list are counted. */
export function isRoman(text: string): boolean {
  return /^(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})\.?$/i.test(text);
}
