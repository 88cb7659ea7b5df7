/** Excel's own formats that show a day. */
const DATE_FORMATS: ReadonlySet<number> = new Set([
  14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58,
]);

const DAY = 86_400_000;
const LAST_SERIAL = 2_958_465; // 31/12/9999

/** Whether a number format shows a day (`dd/mm/yyyy`, `mmm-yy`), not only a time or a number. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return DATE_FORMATS.has(id);

  const bare = (code.split(";")[0] ?? "").replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, "");

  return /general|standard/i.test(bare) ? false : /[dy]|m{3,}/i.test(bare);
}

/** The day of a serial number, or null when it is none. Excel counts a 29/02/1900 that never was. */
export function dateOfSerial(serial: number, is1904: boolean): string | null {
  const days = Math.floor(serial) + (is1904 ? 1462 : 0);
  if (!(days >= 1) || days > LAST_SERIAL) return null;

  const date = new Date(Date.UTC(1899, 11, days > 60 ? 30 : 31) + days * DAY);

  return date.toISOString().slice(0, 10);
}
