import { z } from "zod";
import type { CriteriaItem } from "./criteria-set";
import type { Ratio } from "./ratio";

const Count = z.int().min(0).max(1_000_000_000);

const exception = {
  /** The criterion does not concern this subject (for example no child of school age). Needs a reason. */
  notApplicable: z.literal(true).optional(),
  /** Why it is not applicable, or why a counted share is overruled. */
  reason: z.string().max(500).optional(),
};

/** One answer. Which of the shapes fits is the item's business: see `checkAnswer`. */
export const Answer = z.union([
  z.strictObject({ yes: z.boolean(), ...exception }),
  z.strictObject({ points: z.int().min(0).max(1000), ...exception }),
  z.strictObject({ numerator: Count, denominator: Count, ...exception }),
  z.strictObject({ level: z.union([z.literal(0), z.literal(1), z.literal(2)]), ...exception }),
  z.strictObject({ notApplicable: z.literal(true), reason: exception.reason }),
]);
export type Answer = z.infer<typeof Answer>;

/** The answers of one assessment by item code. An item that is left out is not answered yet. */
export const Answers = z.record(z.string().max(20), Answer);
export type Answers = z.infer<typeof Answers>;

export type AnswerError =
  | "wrongKind"
  | "pointsAboveMaximum"
  | "denominatorZero"
  | "numeratorAboveDenominator"
  | "notApplicableNeedsReason"
  | "overruleNeedsReason"
  | "unknownItem";

function hasReason(answer: Answer): boolean {
  return (answer.reason ?? "").trim() !== "";
}

function shareErrors(answer: Answer, derived: Ratio | undefined): AnswerError[] {
  if (!("numerator" in answer)) return ["wrongKind"];
  const errors: AnswerError[] = [];
  const repeatsCount = derived?.numerator === answer.numerator && derived.denominator === answer.denominator;

  if (answer.denominator === 0 && !repeatsCount) errors.push("denominatorZero");
  if (answer.numerator > answer.denominator) errors.push("numeratorAboveDenominator");
  if (derived !== undefined && !repeatsCount && !hasReason(answer)) errors.push("overruleNeedsReason");

  return errors;
}

/**
 * What is wrong with an answer to an item, as keys for the form; an empty list when it may be scored.
 * `derived` is the share the system counted for the item, when it counted one: another value then needs a reason.
 */
export function checkAnswer(item: CriteriaItem, answer: Answer, derived?: Ratio): AnswerError[] {
  if (answer.notApplicable) return hasReason(answer) ? [] : ["notApplicableNeedsReason"];

  switch (item.answer.kind) {
    case "yesNo":
      return "yes" in answer ? [] : ["wrongKind"];
    case "scale":
      if (!("points" in answer)) return ["wrongKind"];
      return answer.points <= item.answer.max ? [] : ["pointsAboveMaximum"];
    case "level":
      return "level" in answer ? [] : ["wrongKind"];
    case "share":
    case "levelShare":
      return shareErrors(answer, derived);
  }
}
