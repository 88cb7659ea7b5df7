import { describe, expect, it } from "vitest";
import type { Answer, Answers } from "@/domain/criteria/answer";
import { type DerivedValues, listItems } from "@/domain/criteria/criteria-set";
import { criteriaSet } from "../../../prisma/reference/read-reference";
import { score } from "./score";
import type { ScoreFacts } from "./types";

export const YES: Answer = { yes: true };
export const NO: Answer = { yes: false };
export const of = (numerator: number, denominator: number, reason?: string): Answer =>
  reason === undefined ? { numerator, denominator } : { numerator, denominator, reason };
export const skip: Answer = { notApplicable: true, reason: "Hộ không có trẻ em" };

export type Example = Readonly<{
  says: string;
  answers: Answers;
  derived?: DerivedValues;
  facts?: ScoreFacts;
  total: number;
  classification: string | null;
  distance?: number | null;
  missing?: string[];
  unmet?: string[];
}>;

/** One test per example: answers to a reference set, worked out by hand. */
export function check(code: string, examples: readonly Example[]): void {
  describe(code, () => {
    it.each(examples)("$says", (example) => {
      const { definition } = criteriaSet(code);
      const result = score(definition, example.answers, example.derived, example.facts);
      expect({
        total: result.total,
        classification: result.classification,
        missing: result.missing,
        unmet: result.unmet.map((one) => one.kind),
      }).toEqual({
        total: example.total,
        classification: example.classification,
        missing: example.missing ?? [],
        unmet: example.unmet ?? [],
      });
      if (example.distance !== undefined) expect(result.distanceToThreshold).toBe(example.distance);
      expect(result.recognisable).toBe(example.classification !== null);
    });
  });
}

/** Points item by item in the order of the form. */
export function inOrder(code: string, values: readonly (number | Answer | null)[]): Answers {
  const answers: Answers = {};
  listItems(criteriaSet(code).definition).forEach((item, index) => {
    const value = values[index];
    if (value === null || value === undefined) return;
    answers[item.code] = typeof value === "number" ? { points: value } : value;
  });

  return answers;
}
