import type { Answers } from "@/domain/criteria/answer";
import type { CriteriaSetDefinition, DerivedValues } from "@/domain/criteria/criteria-set";
import { listItems } from "@/domain/criteria/criteria-set";
import { scoreItem } from "./score-item";
import { scoreLevels } from "./score-levels";
import { scorePoints } from "./score-points";
import type { ScoreFacts, ScoreResult } from "./types";

/**
 * Scores answers against a criteria set. Pure: the same set, answers and counted shares give the same result for ever.
 *
 * An item that is not answered, or whose answer `checkAnswer` refuses, is `missing`: it counts nothing, and no class is
 * final while something is missing. A share counted by the system stands unless an answer overrules it with a reason;
 * counted over nobody it is not applicable. Items not applicable are treated as the set says (`whenNotApplicable`).
 * The class is decided on the exact total, before rounding to hundredths for display.
 *
 * Basis: 324/QĐ-KHVN (total of at least 80 and no indicator below 5), TT 22/2020/TT-BGDĐT (classes),
 * TT 24/2023 and TT 25/2023/TT-BGDĐT (levels; a year at level 1 before level 2).
 */
export function score(
  definition: CriteriaSetDefinition,
  answers: Answers,
  derived: DerivedValues = {},
  facts: ScoreFacts = {},
): ScoreResult {
  const { scoring } = definition;
  const byItem = listItems(definition).map((item) =>
    scoreItem(item, Object.hasOwn(answers, item.code) ? answers[item.code] : undefined, derived),
  );

  return scoring.kind === "points"
    ? scorePoints(definition.groups, scoring, byItem)
    : scoreLevels(definition.groups, scoring, byItem, facts);
}
