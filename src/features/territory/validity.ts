import { formatDate } from "@/lib/format/date";

const RECORD_START_YEAR = 2015;

/** A half-open validity as people say it: both days included. What began before the records began has no first day. */
export function validityText({ validFrom, validTo }: { validFrom: Date; validTo: Date | null }): string {
  const from = validFrom.getUTCFullYear() < RECORD_START_YEAR ? undefined : formatDate(validFrom);
  const to = validTo === null ? undefined : formatDate(new Date(validTo.getTime() - 86_400_000));
  if (from === undefined) return to === undefined ? "đang có" : `đến hết ${to}`;

  return to === undefined ? `từ ${from}` : `${from} – ${to}`;
}
