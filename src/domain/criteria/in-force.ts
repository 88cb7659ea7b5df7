import type { AnyTitleCode, CitizenVariant } from "@/domain/title/title";
import type { CriteriaSetStatus } from "./criteria-set";

/** What must be known of a set to choose it. Dates as yyyy-mm-dd, half-open. */
export type CriteriaSetHeader<UnitKey> = Readonly<{
  code: string;
  title: string;
  variant: string | null;
  unitId: UnitKey;
  validFrom: string;
  validTo: string | null;
  status: CriteriaSetStatus;
  version?: number;
}>;

export type InForceQuery<UnitKey> = Readonly<{
  title: AnyTitleCode;
  /** The citizen's form; null for the other titles. */
  variant?: CitizenVariant | null;
  /** The round's reference date, yyyy-mm-dd. */
  date: string;
  /** The candidate's unit and all above it on that date, nearest first, the nation last. */
  unitPath: readonly UnitKey[];
}>;

function isInForce(set: CriteriaSetHeader<unknown>, date: string): boolean {
  return set.status !== "DRAFT" && set.validFrom <= date && (set.validTo === null || date < set.validTo);
}

/**
 * The one set a candidate is scored with, or null when none is in force.
 * The nearest unit that has a set wins over all above it; then the candidate's own form over the common one, a published
 * set over a template, the later start over the earlier, the higher version over the lower.
 */
export function criteriaSetInForce<UnitKey, S extends CriteriaSetHeader<UnitKey>>(
  sets: readonly S[],
  query: InForceQuery<UnitKey>,
): S | null {
  const variant = query.variant ?? null;
  const distance = (set: S) => query.unitPath.indexOf(set.unitId);
  const fits = sets.filter(
    (set) =>
      set.title === query.title &&
      (set.variant === null || set.variant === variant) &&
      distance(set) >= 0 &&
      isInForce(set, query.date),
  );
  const rank = (a: S, b: S) =>
    distance(a) - distance(b) ||
    Number(a.variant === null) - Number(b.variant === null) ||
    Number(a.status === "TEMPLATE") - Number(b.status === "TEMPLATE") ||
    b.validFrom.localeCompare(a.validFrom) ||
    (b.version ?? 1) - (a.version ?? 1) ||
    a.code.localeCompare(b.code);

  return fits.sort(rank)[0] ?? null;
}
