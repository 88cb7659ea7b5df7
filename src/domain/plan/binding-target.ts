import type { TitleCode } from "@/domain/title/title";
import type { PlanTarget } from "./target";
import { SPECIALLY_DIFFICULT } from "./target";

/** A unit on the way up, with the ended units it follows (their plans still bind it where it has none of its own). */
export type PathStep<UnitKey> = Readonly<{ unitId: UnitKey; predecessorIds?: readonly UnitKey[] }>;

/** A target as it applies to a unit. */
export type AppliedTarget<T> = Readonly<{
  target: T;
  /** Steps up to the plan's unit: 0 for the unit's own plan. */
  distance: number;
  /** The plan is of an ended unit that the step's unit follows. */
  isInherited: boolean;
  /** The lower rate for specially difficult areas. */
  isAreaVariant: boolean;
}>;

export type BindingTarget<T> = Readonly<{
  binding: AppliedTarget<T> | null;
  /** The others that set the indicator for that year, in order of nearness. */
  others: readonly AppliedTarget<T>[];
}>;

export type TargetQuery<UnitKey> = Readonly<{
  /** The unit and all above it, nearest first, the nation last. */
  unitPath: readonly PathStep<UnitKey>[];
  indicator: string;
  year: number;
  /** Whether the unit itself is flagged specially difficult in that year. */
  isSpeciallyDifficult?: boolean;
}>;

/**
 * Indicators the reduction for difficult areas never touches: in 281/QĐ-TTg and in 1150/QĐ-UBND (Bắc Kạn) it stands after
 * family, clan and community and before the rate of organisations.
 */
const NEVER_REDUCED: ReadonlySet<string> = new Set([
  "COMMUNE_ORGANISATION_RECOGNISED",
  "ORGANISATION_RECOGNISED",
]);

function isForArea(target: PlanTarget<unknown>, isSpeciallyDifficult: boolean): boolean {
  if (target.areaVariant === null) return true;

  return (
    isSpeciallyDifficult && target.areaVariant === SPECIALLY_DIFFICULT && !NEVER_REDUCED.has(target.indicator)
  );
}

/** Within one unit: the later document first, and of one plan the row for the area before the general one. */
function compareWithinUnit(a: PlanTarget<unknown>, b: PlanTarget<unknown>): number {
  if (a.planCode === b.planCode) {
    return Number(a.areaVariant === null) - Number(b.areaVariant === null) || a.code.localeCompare(b.code);
  }

  return (b.issuedOn ?? "").localeCompare(a.issuedOn ?? "") || a.planCode.localeCompare(b.planCode);
}

/**
 * The target that binds a unit for an indicator and a year: of the nearest plan above it that sets one, or its own.
 * A plan of the unit itself goes before one of a predecessor. Of one plan, a unit flagged specially difficult that year
 * has the row for such areas; the general row of the same plan then does not apply to it.
 */
export function bindingTarget<UnitKey, T extends PlanTarget<UnitKey>>(
  targets: readonly T[],
  query: TargetQuery<UnitKey>,
): BindingTarget<T> {
  const found: AppliedTarget<T>[] = [];

  query.unitPath.forEach((step, distance) => {
    for (const [isInherited, ids] of [
      [false, [step.unitId]],
      [true, step.predecessorIds ?? []],
    ] as const) {
      const seenPlans = new Set<string>();
      const own = targets
        .filter(
          (target) =>
            target.indicator === query.indicator &&
            target.year === query.year &&
            ids.includes(target.unitId) &&
            isForArea(target, query.isSpeciallyDifficult ?? false),
        )
        .sort(compareWithinUnit);
      for (const target of own) {
        if (seenPlans.has(target.planCode)) continue;
        seenPlans.add(target.planCode);
        found.push({ target, distance, isInherited, isAreaVariant: target.areaVariant !== null });
      }
    }
  });

  const [binding = null, ...others] = found;
  return { binding, others };
}

/** Years every page can compare with: the milestones of the national programmes (387/QĐ-TTg, 677/QĐ-TTg). */
export const MILESTONE_YEARS = [2025, 2030] as const;

/** The first milestone not before a year: what a result of that year works towards; null after the last. */
export function nextMilestone(year: number): number | null {
  return MILESTONE_YEARS.find((milestone) => milestone >= year) ?? null;
}

/**
 * The indicators by which a title's card may be measured, the preferred one first. For citizens plans name different
 * populations: all citizens, workers (387/QĐ-TTg) or adults (677/QĐ-TTg).
 */
export const TITLE_INDICATORS: Readonly<Record<TitleCode, readonly [string, ...string[]]>> = {
  FAMILY: ["FAMILY_RECOGNISED"],
  CLAN: ["CLAN_RECOGNISED"],
  COMMUNITY: ["COMMUNITY_RECOGNISED"],
  ORGANISATION: ["COMMUNE_ORGANISATION_RECOGNISED", "ORGANISATION_RECOGNISED"],
  CITIZEN: ["CITIZEN_RECOGNISED", "CITIZEN_WORKER", "CITIZEN_ADULT"],
};

export type TitleTarget<T> = BindingTarget<T> & Readonly<{ indicator: string }>;

/**
 * The indicator and target of a title's card: of the title's indicators the one set by the nearest plan, the preferred one
 * where the same unit sets several; the first indicator without a target when no plan sets any.
 */
export function titleTarget<UnitKey, T extends PlanTarget<UnitKey>>(
  targets: readonly T[],
  title: TitleCode,
  query: Omit<TargetQuery<UnitKey>, "indicator">,
): TitleTarget<T> {
  const candidates = TITLE_INDICATORS[title].map((indicator) => ({
    indicator,
    ...bindingTarget<UnitKey, T>(targets, { ...query, indicator }),
  }));
  const nearness = ({ binding }: BindingTarget<T>) =>
    binding ? 2 * binding.distance + Number(binding.isInherited) : Number.POSITIVE_INFINITY;
  const best = candidates.reduce((nearest, one) => (nearness(one) < nearness(nearest) ? one : nearest));

  return best;
}
