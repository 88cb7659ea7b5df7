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

/** A phrase that stands for itself elsewhere, inside a sentence: with its first letter small. */
export function uncapitalised(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Orders two titles or place names in Vietnamese order, numbers by value (`Thôn 2` before `Thôn 10`). */
export function compareText(a: string, b: string): number {
  return vietnamese.compare(a, b);
}
