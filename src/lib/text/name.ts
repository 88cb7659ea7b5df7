const INVISIBLE = /[\p{Cc}\p{Cf}]/gu;

const vietnamese = new Intl.Collator("vi", { numeric: true });

/**
 * Cleans a typed name or short text for storing: Unicode NFC, no control or zero-width characters,
 * every run of white space one space, none at the ends. Letters and their case stay as typed.
 */
export function cleanText(text: string): string {
  // Invisible characters go before composing: one of them between a letter and its mark keeps the two apart.
  return text.replace(/\s+/g, " ").replace(INVISIBLE, "").normalize("NFC").replace(/ +/g, " ").trim();
}

/** Cleans a longer typed text the same way but keeps its line breaks. */
export function cleanMultiline(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .split("\n")
    .map((line) => cleanText(line))
    .join("\n")
    .trim();
}

/** A word or phrase with its first letter as a capital, to begin a sentence or a heading. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The given name of a Vietnamese person: the last word (`Nguyễn Thị Hoà` gives `Hoà`). */
export function givenName(fullName: string): string {
  return cleanText(fullName).split(" ").at(-1) ?? "";
}

/** The key by which Vietnamese lists are sorted: given name first, then family and middle names. */
export function nameSortKey(fullName: string): string {
  const words = cleanText(fullName).split(" ");
  const given = words.at(-1) ?? "";

  return [given, ...words.slice(0, -1)].join(" ");
}

/** Orders two personal names as a Vietnamese class list does: by given name, then by the rest. */
export function compareNames(a: string, b: string): number {
  return vietnamese.compare(givenName(a), givenName(b)) || vietnamese.compare(nameSortKey(a), nameSortKey(b));
}

/** Orders two titles or place names in Vietnamese order, numbers by value (`Thôn 2` before `Thôn 10`). */
export function compareText(a: string, b: string): number {
  return vietnamese.compare(a, b);
}
