/**
 * The form in which names are searched: small letters, `đ` as `d`, no tone or vowel marks, single spaces.
 *
 * The database computes the same as
 * `lower(regexp_replace(normalize(replace(replace(x,'đ','d'),'Đ','D'), NFD), '[\u0300-\u036f]', '', 'g'))`
 * with white space collapsed and trimmed; the two must stay equal or stored names stop being found.
 */
export function toSearchKey(text: string): string {
  return text
    .replaceAll("đ", "d")
    .replaceAll("Đ", "D")
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();
}

/** Whether a text contains what was typed, case and diacritics ignored; an empty query matches everything. */
export function matchesSearch(text: string, query: string): boolean {
  return toSearchKey(text).includes(toSearchKey(query));
}
