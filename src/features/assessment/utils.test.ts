import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Answers } from "@/domain/criteria/answer";
import { score } from "@/domain/scoring/score";
import { answersTo, levelDefinition, pointsDefinition } from "@/domain/scoring/score.arbitraries";
import { explainItem, itemsByCode } from "./utils";

describe("explanations", () => {
  it("are whole sentences, however a reason was typed", () => {
    const sheet = fc
      .oneof(pointsDefinition, levelDefinition)
      .chain((definition) => fc.tuple(fc.constant(definition), answersTo(definition)));
    const ending = fc.constantFrom("", ".", ". ", "...", ";", " ,");

    fc.assert(
      fc.property(sheet, ending, ([definition, given], end) => {
        const answers: Answers = Object.fromEntries(
          Object.entries(given).map(([code, answer]) => [
            code,
            "reason" in answer || "notApplicable" in answer
              ? { ...answer, reason: `Không có nhà văn hoá${end}` }
              : answer,
          ]),
        );
        const items = itemsByCode(definition);
        for (const one of score(definition, answers).byItem) {
          const item = items.get(one.code);
          const text = item ? explainItem(definition, item, one, answers[one.code]) : "";

          expect(text).toMatch(/^\S.*\.$/);
          expect(text).not.toMatch(/[.,;:]\s*[.,;:]/);
        }
      }),
    );
  });
});
