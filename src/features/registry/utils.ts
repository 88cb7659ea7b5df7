import { cleanText } from "@/lib/text/name";
import { toSearchKey } from "@/lib/text/search-key";

/**
 * The day from which a new entry counts when nobody says otherwise: 1 January of the year being worked on, or today when
 * that is earlier; never before its unit stood. Counters and rounds look at where a subject stood on the reference date of
 * the round (at the latest 31 December), so a household found today counts for the round that is open, also when last
 * year's round is still being finished.
 * @param today, unitFrom days as yyyy-mm-dd
 */
export function defaultActiveFrom({
  year,
  today,
  unitFrom,
}: Readonly<{ year: number; today: string; unitFrom: string }>): string {
  const start = `${year}-01-01`;
  const day = start < today ? start : today;

  return day < unitFrom ? unitFrom : day;
}

/** Is a person an adult in a year, as the counters count it: 18 or older in that year (Bộ luật Dân sự 2015, Điều 20). */
export function isAdult(birthYear: number, year: number): boolean {
  return year - birthYear >= 18;
}

/** The later of two days (yyyy-mm-dd). */
export function laterDay(a: string, b: string): string {
  return a < b ? b : a;
}

/** A day of the database (date without time) as yyyy-mm-dd. */
export function dayText(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** `Thôn` + `Ao Búc` → `Thôn Ao Búc`; a name that begins with its kind stays as typed. */
export function hamletName(kind: string, name: string): string {
  return toSearchKey(name).startsWith(`${toSearchKey(kind)} `) ? name : `${kind} ${name}`;
}

/** Is a name of several letters typed in capitals alone. */
export function isAllCaps(name: string): boolean {
  const letters = lettersOf(name);

  return letters.length >= 4 && letters === letters.toUpperCase() && letters !== letters.toLowerCase();
}

function lettersOf(name: string): string {
  return name.replace(/[^\p{L}]/gu, "");
}

/** `LÊ THỊ HOA` → `Lê Thị Hoa`, `h'hen niê` → `H'Hen Niê`. */
function toNameCase(name: string): string {
  return name.toLowerCase().replace(/(?:^|[\s\-.])(?:\p{L}['’ʼ])?\p{L}/gu, (start) => start.toUpperCase());
}

/**
 * A person's name as it is written: single spaces, and capitals at the words where everything was typed small or everything
 * in capitals. A name of both is taken as typed.
 */
export function personName(typed: string): string {
  const name = cleanText(typed);
  const letters = lettersOf(name);
  const isOneCase = letters === letters.toLowerCase() || letters === letters.toUpperCase();

  return letters.length >= 2 && isOneCase ? toNameCase(name) : name;
}

const LETTERS = [..."abcdefghijklmnopqrstuvwxyz0123456789"];
const LONGEST_SLIP = 20;

/**
 * A word of a search key and every word one slip away from it: a wrong, missing, extra or swapped letter. Words of one or two
 * letters are taken as typed: one slip there is another word.
 */
export function slipsOf(word: string): Set<string> {
  const slips = new Set([word]);
  if (word.length < 3 || word.length > LONGEST_SLIP) return slips;

  for (let at = 0; at <= word.length; at++) {
    const [before, after] = [word.slice(0, at), word.slice(at)];
    for (const letter of LETTERS) {
      slips.add(before + letter + after);
      if (after !== "") slips.add(before + letter + after.slice(1));
    }
    if (word.length > 3) slips.add(before + after.slice(1));
    if (after.length > 1) slips.add(before + after.charAt(1) + after.charAt(0) + after.slice(2));
  }

  return slips;
}
