// Quick to test for, and true of a little more than needs a change: most texts pass here.
const SUSPECT = /[&<>"_]|[^\t\n -\ud7ff\ue000-\ufffd]/;
const EACH_SPECIAL = /[&<>"\ufffe\uffff\p{Surrogate}]|(?![\t\n])\p{Cc}|_(?=x[0-9A-Fa-f]{4}_)/gu;
const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/**
 * Text inside an element or attribute of a spreadsheet. What XML cannot hold is written as Excel does: `_x000B_` for the
 * character, `_x005F_x000B_` for that very text.
 */
export function escapeXml(text: string): string {
  if (!SUSPECT.test(text)) return text;

  return text.replace(
    EACH_SPECIAL,
    (one) => ENTITIES[one] ?? `_x${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`,
  );
}
