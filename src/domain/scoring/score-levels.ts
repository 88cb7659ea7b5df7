import type { CriteriaGroup, LevelScoring } from "@/domain/criteria/criteria-set";
import type { GroupScore, ItemScore, ScoreFacts, ScoreResult, UnmetCondition } from "./types";

const TOP_LEVEL = 2;

function lowestLevel(items: readonly ItemScore[]): number {
  const applicable = items.filter((item) => !item.notApplicable);
  return applicable.reduce((lowest, item) => Math.min(lowest, item.points ?? 0), TOP_LEVEL);
}

/**
 * The level of a set of levels: the lowest level of its applicable items (every indicator of a level must be met), held
 * at level 1 until the subject has been there long enough. `items` in the order of the form.
 */
export function scoreLevels(
  groups: readonly CriteriaGroup[],
  scoring: LevelScoring,
  items: readonly ItemScore[],
  facts: ScoreFacts,
): ScoreResult {
  const missing = items.filter((item) => !item.notApplicable && item.points === null);
  const byGroup: GroupScore[] = [];
  let start = 0;
  for (const group of groups) {
    const own = items.slice(start, start + group.items.length);
    byGroup.push({
      code: group.code,
      points: lowestLevel(own),
      max: TOP_LEVEL,
      missing: own.filter((item) => missing.includes(item)).length,
    });
    start += group.items.length;
  }

  const isAnythingApplicable = items.some((item) => !item.notApplicable);
  const shown = isAnythingApplicable ? lowestLevel(items) : 0;
  const months = facts.monthsAtLevel1 ?? 0;
  const isTooEarly = shown === TOP_LEVEL && months < scoring.monthsBetweenLevels;
  const level = isTooEarly ? 1 : shown;

  const unmet: UnmetCondition[] = [];
  if (!isAnythingApplicable) unmet.push({ kind: "nothingApplicable" });
  if (isTooEarly) {
    unmet.push({ kind: "level2TooEarly", months, required: scoring.monthsBetweenLevels });
  }
  for (const item of items) {
    if (item.points === 0) unmet.push({ kind: "belowLevel1", itemCode: item.code });
  }

  const [first, second] = scoring.levels;
  const provisional = level === 0 ? null : level === 1 ? first.code : second.code;
  const complete = missing.length === 0;

  return {
    kind: "levels",
    total: level,
    maxTotal: TOP_LEVEL,
    byItem: items,
    byGroup,
    missing: missing.map((item) => item.code),
    unmet,
    classification: complete ? provisional : null,
    provisionalClassification: provisional,
    complete,
    recognisable: complete && provisional !== null,
    distanceToThreshold: null,
  };
}
