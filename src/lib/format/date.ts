const TIME_ZONE = "Asia/Ho_Chi_Minh";
const MISSING = "–";

const partsFormat = new Intl.DateTimeFormat("en-GB", {
  timeZone: TIME_ZONE,
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/**
 * Writes a date as `dd/MM/yyyy`.
 * A plain date (`yyyy-MM-dd`) is written as it stands; a moment is taken in Vietnam time.
 *
 * @param value a Date, an ISO moment or an ISO date; null, undefined and unreadable values give an en dash
 */
export function formatDate(value: Date | string | null | undefined): string {
  if (typeof value === "string") {
    const plain = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
    if (plain) return `${plain[3]}/${plain[2]}/${plain[1]}`;
  }

  const parts = toParts(value);

  return parts ? `${parts.day}/${parts.month}/${parts.year}` : MISSING;
}

/** Writes a moment as `dd/MM/yyyy HH:mm` in Vietnam time; see {@link formatDate} for what it takes. */
export function formatDateTime(value: Date | string | null | undefined): string {
  const parts = toParts(value);

  return parts ? `${parts.day}/${parts.month}/${parts.year} ${parts.hour}:${parts.minute}` : MISSING;
}

/** Writes the time of a moment as `HH:mm` in Vietnam time. */
export function formatTime(value: Date | string | null | undefined): string {
  const parts = toParts(value);

  return parts ? `${parts.hour}:${parts.minute}` : MISSING;
}

/** The calendar date of a moment in Vietnam, as `yyyy-MM-dd`. */
export function toIsoDate(value: Date): string {
  const parts = toParts(value);

  return parts ? `${parts.year}-${parts.month}-${parts.day}` : "";
}

/** The calendar year of a moment in Vietnam. */
export function yearOf(value: Date): number {
  return Number(toParts(value)?.year);
}

/**
 * Reads a date typed as `d/M/yyyy` (also with `-` or `.` between, or eight digits), or an ISO date.
 *
 * @returns `yyyy-MM-dd`, or null when the text is not a day of the calendar
 */
export function parseDate(text: string): string | null {
  const trimmed = text.trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(trimmed);
  if (iso) return toCalendarDate(iso[1], iso[2], iso[3]);

  const typed =
    /^(\d{1,2})\s*[/\-.]\s*(\d{1,2})\s*[/\-.]\s*(\d{4})$/.exec(trimmed) ??
    /^(\d{2})(\d{2})(\d{4})$/.exec(trimmed);

  return typed ? toCalendarDate(typed[3], typed[2], typed[1]) : null;
}

function toCalendarDate(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
): string | null {
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const date = new Date(Date.UTC(y, m - 1, d));
  const isReal = date.getUTCFullYear() === y && date.getUTCMonth() === m - 1 && date.getUTCDate() === d;

  return isReal ? `${year}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}` : null;
}

function toParts(value: Date | string | null | undefined): Record<string, string> | null {
  if (value === null || value === undefined || value === "") return null;

  const date = typeof value === "string" ? new Date(value) : value;
  if (Number.isNaN(date.getTime())) return null;

  return Object.fromEntries(partsFormat.formatToParts(date).map((part) => [part.type, part.value]));
}
