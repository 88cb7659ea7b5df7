import { capitalised, cleanText } from "@/lib/text/name";
import { properCase, toKey } from "./text";

/** What hamlets are called, with the number of words; longest first. */
const KINDS: readonly Readonly<{ text: string; key: string }>[] = [
  "tổ dân phố",
  "tổ nhân dân",
  "khu dân cư",
  "khu phố",
  "thôn",
  "bản",
  "ấp",
  "xóm",
  "buôn",
  "khóm",
  "làng",
  "plei",
  "tdp",
  "kp",
  "khu",
  "tổ",
].map((text) => ({ text, key: toKey(text) }));

/** Kinds no name of a person begins with, even without marks (`ban` is also the family name Bàn, `to` Tô). */
const SURE_KEYS: ReadonlySet<string> = new Set([
  "to dan pho",
  "to nhan dan",
  "khu dan cu",
  "khu pho",
  "thon",
  "tdp",
]);

/** The kind a name begins with, and the rest; undefined when it begins with none. */
export function splitKind(name: string): { kind: string; rest: string } | undefined {
  const lower = cleanText(name).toLowerCase();
  const key = toKey(name);
  const hasMarks = toKey(name) !== lower;
  for (const kind of KINDS) {
    const isMarked = lower === kind.text || lower.startsWith(`${kind.text} `);
    const isBare = key === kind.key || key.startsWith(`${kind.key} `);
    if (isMarked || (isBare && (!hasMarks || SURE_KEYS.has(kind.key)))) {
      return { kind: kind.key, rest: key.slice(kind.key.length).trim() };
    }
  }

  return undefined;
}

/** `so 03` and `3` are one number, whichever way it is written. */
function bareKey(name: string): string {
  const rest = splitKind(name)?.rest ?? toKey(name);

  return rest.replace(/^so (?=\d)/, "").replace(/(^| )0+(?=\d)/g, "$1");
}

/**
 * The hamlet a text names: `bờ suối`, `THÔN BỜ SUỐI` and `thon bo suoi` are Thôn Bờ Suối. Marks decide where two hamlets differ
 * only by them; null when none or more than one fits.
 */
export function matchHamlet<T extends Readonly<{ name: string }>>(
  text: string,
  hamlets: readonly T[],
): T | null {
  const key = toKey(text);
  if (key === "") return null;
  const full = hamlets.filter(({ name }) => toKey(name) === key);
  if (full.length > 0) return theOne(text, full);

  const kind = splitKind(text);
  const bare = bareKey(text);
  if (bare === "") return null;
  const alike = hamlets.filter(({ name }) => bareKey(name) === bare);
  if (kind) {
    const sameKind = alike.filter(({ name }) => isSameKind(splitKind(name)?.kind, kind.kind));
    // Thôn 3 is not Tổ dân phố 3, but Bản Bờ Suối can only be what is now called Thôn Bờ Suối.
    if (sameKind.length > 0) return theOne(text, sameKind);
    if (/^\d+$/.test(bare)) return null;
  }

  return theOne(text, alike);
}

/** The first hamlet a line of free text names with its kind: `Danh sách nhân khẩu Thôn Bờ Suối`. */
export function findHamlet<T extends Readonly<{ name: string }>>(
  line: string,
  hamlets: readonly T[],
): T | null {
  const key = ` ${toKey(line)} `;
  const named = hamlets
    .filter(({ name }) => splitKind(name) !== undefined && key.includes(` ${toKey(name)} `))
    .sort((a, b) => b.name.length - a.name.length);
  const [first] = named;
  if (!first) return null;
  const longest = named.filter(({ name }) => toKey(name) === toKey(first.name));

  return theOne(line, longest);
}

const NUMBERING = /^\s*(?:[IVXLC]+|\d{1,3}|[A-Z])\s*[.)/:-]\s*/i;
const COUNT = /\s*[(:,;–-]+\s*(?:tổng\s*)?(?:số\s*)?(?:có\s*)?\d.*$/iu;
const UNIT_ABOVE = /\s*[,–-]\s*(?:xã|phường|thị trấn|huyện)\s.*$/iu;

/** The hamlet a section row names by its kind: `1. THÔN BỜ SUỐI (35 hộ)`; null when the text is no such heading. */
export function hamletHeading(text: string): string | null {
  const bare = cleanText(text)
    .replace(NUMBERING, "")
    .replace(COUNT, "")
    .replace(UNIT_ABOVE, "")
    .replace(/[:.]$/, "")
    .trim();
  const split = splitKind(bare);
  if (!split || split.rest === "" || split.rest.split(" ").length > 6) return null;

  return capitalised(properCase(bare));
}

function isSameKind(a: string | undefined, b: string): boolean {
  const short: Readonly<Record<string, string>> = {
    tdp: "to dan pho",
    to: "to dan pho",
    kp: "khu pho",
    khu: "khu pho",
  };

  return a !== undefined && (short[a] ?? a) === (short[b] ?? b);
}

function theOne<T extends Readonly<{ name: string }>>(text: string, hamlets: readonly T[]): T | null {
  const [first, ...others] = hamlets;
  if (!first || others.length === 0) return first ?? null;
  const marked = (name: string) => splitMarked(name).toLowerCase();
  const exact = hamlets.filter(
    ({ name }) => marked(text).endsWith(marked(name)) || marked(name).endsWith(marked(text)),
  );

  return exact.length === 1 ? (exact[0] ?? null) : null;
}

function splitMarked(name: string): string {
  const text = cleanText(name);
  const kind = splitKind(text)?.kind;

  return kind === undefined ? text : text.split(" ").slice(kind.split(" ").length).join(" ");
}
