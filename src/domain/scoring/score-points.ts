import type { CriteriaGroup, PointsScoring } from "@/domain/criteria/criteria-set";
import type { GroupScore, ItemScore, ScoreResult, UnmetCondition } from "./types";

/** A total as an exact fraction: `sum / max` of the applicable items, on the scale of the set's total. */
type Total = Readonly<{ sum: number; max: number; scale: number }>;

const HUNDRED = 100;

/** Hundredths, half up. All terms are whole and small, so the arithmetic is exact. */
function roundHalfUp({ sum, max, scale }: Total): number {
  return Math.floor((2 * sum * scale * HUNDRED + max) / (2 * max)) / HUNDRED;
}

function reaches({ sum, max, scale }: Total, atLeast: number): boolean {
  return sum * scale * HUNDRED >= Math.round(atLeast * HUNDRED) * max;
}

function lackingTo({ sum, max, scale }: Total, atLeast: number): number {
  const lacking = Math.round(atLeast * HUNDRED) * max - sum * scale * HUNDRED;
  return lacking <= 0 ? 0 : Math.ceil(lacking / max) / HUNDRED;
}

function countedPoints(item: ItemScore, scoring: PointsScoring): number {
  if (item.notApplicable) return scoring.whenNotApplicable === "full" ? item.max : 0;
  return item.points ?? 0;
}

function countedMax(item: ItemScore, scoring: PointsScoring): number {
  return item.notApplicable && scoring.whenNotApplicable === "rescale" ? 0 : item.max;
}

function sumOf<T>(values: readonly T[], pick: (value: T) => number): number {
  return values.reduce((sum, value) => sum + pick(value), 0);
}

function scoreGroup(group: CriteriaGroup, items: readonly ItemScore[], scoring: PointsScoring): GroupScore {
  return {
    code: group.code,
    points: sumOf(items, (item) => countedPoints(item, scoring)),
    max: sumOf(items, (item) => countedMax(item, scoring)),
    missing: items.filter((item) => !item.notApplicable && item.points === null).length,
  };
}

/** Totals, conditions and class of a set of points; `items` in the order of the form. */
export function scorePoints(
  groups: readonly CriteriaGroup[],
  scoring: PointsScoring,
  items: readonly ItemScore[],
): ScoreResult {
  const minimum = scoring.minPerItem ?? 0;
  const byItem = items.map((item) => ({
    ...item,
    belowMinimum: item.points !== null && item.points < minimum,
  }));
  const missing = byItem.filter((item) => !item.notApplicable && item.points === null);
  const byGroup: GroupScore[] = [];
  let start = 0;
  for (const group of groups) {
    byGroup.push(scoreGroup(group, byItem.slice(start, start + group.items.length), scoring));
    start += group.items.length;
  }

  const sum = sumOf(byGroup, (group) => group.points);
  const max = sumOf(byGroup, (group) => group.max);
  const isAnythingApplicable = byItem.some((item) => !item.notApplicable);
  const total: Total = { sum, max: Math.max(max, 1), scale: scoring.total };
  const reached = scoring.classes.find((one) => reaches(total, one.atLeast));
  const lowest = scoring.classes.at(-1);
  const rounded = roundHalfUp(total);

  const unmet: UnmetCondition[] = [];
  if (!isAnythingApplicable) unmet.push({ kind: "nothingApplicable" });
  if (!reached && lowest) {
    unmet.push({ kind: "belowThreshold", classCode: lowest.code, atLeast: lowest.atLeast, total: rounded });
  }
  for (const item of byItem) {
    if (!item.belowMinimum) continue;
    unmet.push({ kind: "belowMinimum", itemCode: item.code, minimum, points: item.points ?? 0 });
  }

  const isMinimumAtRisk = minimum > 0 && missing.length > 0;
  const provisional = unmet.length === 0 && !isMinimumAtRisk ? (reached?.code ?? null) : null;
  const complete = missing.length === 0;

  return {
    kind: "points",
    total: rounded,
    maxTotal: scoring.total,
    byItem,
    byGroup,
    missing: missing.map((item) => item.code),
    unmet,
    classification: complete ? provisional : null,
    provisionalClassification: provisional,
    complete,
    recognisable: complete && provisional !== null,
    distanceToThreshold: lowest ? lackingTo(total, lowest.atLeast) : 0,
  };
}
