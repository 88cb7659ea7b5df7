import { formatDate } from "@/lib/format/date";
import type { ReadCell } from "@/lib/spreadsheet/spreadsheet";
import { cleanText } from "@/lib/text/name";
import { toSearchKey } from "@/lib/text/search-key";

/** What a cell shows, cleaned; "" when it is empty. */
export function cellText(cell: ReadCell | undefined): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "string") return cleanText(cell);
  if (typeof cell === "number") return String(cell);
  if (typeof cell === "boolean") return cell ? "có" : "không";

  return "date" in cell ? formatDate(cell.date) : cell.error;
}

/** Words compared without marks, case and punctuation: `Họ, tên (chủ hộ)` is `ho ten chu ho`. */
export function toKey(text: string): string {
  return toSearchKey(cleanText(text))
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
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
