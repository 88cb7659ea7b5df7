import type { Answer } from "@/domain/criteria/answer";
import { checkAnswer } from "@/domain/criteria/answer";
import type { CriteriaItem, DerivedValues } from "@/domain/criteria/criteria-set";
import type { Ratio } from "@/domain/criteria/ratio";
import type { ItemScore, ScoreRule } from "./types";

/** Percentages are given to at most four decimals; scaled, every comparison is between whole numbers. */
const SCALE = 10_000;

/** Whether a share reaches a percentage, exactly: with counts up to 10⁹ both products stay whole doubles. */
export function reachesPercent(share: Ratio, percent: number): boolean {
  return share.numerator * 100 * SCALE >= Math.round(percent * SCALE) * share.denominator;
}

type Reached = Readonly<{ points: number; rule: ScoreRule; edge: number | null }>;

function reachByShare(item: CriteriaItem, share: Ratio): Reached {
  const { answer } = item;

  if (answer.kind === "share") {
    const best = answer.bands
      .filter((band) => reachesPercent(share, band.atLeast))
      .reduce<{ atLeast: number; points: number } | null>(
        (top, band) => (top === null || band.points > top.points ? band : top),
        null,
      );
    return best
      ? { points: best.points, rule: "band", edge: best.atLeast }
      : { points: 0, rule: "belowBands", edge: null };
  }
  if (answer.kind === "levelShare") {
    if (reachesPercent(share, answer.level2)) return { points: 2, rule: "levelShare", edge: answer.level2 };
    if (reachesPercent(share, answer.level1)) return { points: 1, rule: "levelShare", edge: answer.level1 };
    return { points: 0, rule: "levelShare", edge: null };
  }

  throw new Error(`Item ${item.code} is not answered by a share`);
}

function reachByAnswer(item: CriteriaItem, answer: Answer): Reached {
  if ("yes" in answer) {
    return { points: answer.yes ? (item.maxPoints ?? 0) : 0, rule: answer.yes ? "yes" : "no", edge: null };
  }
  if ("points" in answer) return { points: answer.points, rule: "scale", edge: null };
  if ("level" in answer) return { points: answer.level, rule: "level", edge: null };
  if ("numerator" in answer) return reachByShare(item, answer);

  throw new Error(`Answer to item ${item.code} has no value`);
}

/** The score of one item. `answer` undefined: not answered (a share the system counted then stands). */
export function scoreItem(item: CriteriaItem, answer: Answer | undefined, derived: DerivedValues): ItemScore {
  const counted = item.derived && derived[item.derived];
  const base = {
    code: item.code,
    points: null,
    max: item.maxPoints ?? 2,
    notApplicable: false,
    edge: null,
    isOverruled: false,
    belowMinimum: false,
    errors: [],
    ...(counted && { derived: counted }),
  };

  if (answer !== undefined) {
    const errors = checkAnswer(item, answer, counted);
    if (errors.length > 0) return { ...base, rule: "invalid", errors };
    if (answer.notApplicable) return { ...base, rule: "notApplicable", notApplicable: true };
  }

  const given = answer !== undefined && "numerator" in answer ? answer : undefined;
  const share = given ? { numerator: given.numerator, denominator: given.denominator } : counted;
  if (answer !== undefined && share === undefined) return { ...base, ...reachByAnswer(item, answer) };
  if (share === undefined) return { ...base, rule: "missing" };
  if (share.denominator === 0) return { ...base, rule: "nobodyToCount", notApplicable: true, share };

  const isOverruled =
    counted !== undefined &&
    (counted.numerator !== share.numerator || counted.denominator !== share.denominator);

  return { ...base, ...reachByShare(item, share), share, isOverruled };
}
