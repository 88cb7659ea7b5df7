/** What a cell of a spreadsheet holds; a date keeps its day as yyyy-mm-dd. */
export type CellValue = null | string | number | boolean | Readonly<{ date: string }>;

/** The longest text a cell of Excel takes; a file with a longer one is called damaged. */
export const LONGEST_TEXT = 32_767;

// What a spreadsheet program takes for the beginning of a formula when it opens a CSV file (OWASP, CSV injection), also in
// full-width letters; any apostrophes before it, so that taking one off gives back what was there.
const FORMULA_LIKE = /^'*[=+\-@\t\r\n＝＋－＠]/;

/** Text of a CSV field that no program takes for a formula: an apostrophe goes before what could be one. */
export function guardText(text: string): string {
  return FORMULA_LIKE.test(text) ? `'${text}` : text;
}

/** The text as it was before `guardText`. */
export function unguardText(text: string): string {
  return text.startsWith("'") && FORMULA_LIKE.test(text) ? text.slice(1) : text;
}
