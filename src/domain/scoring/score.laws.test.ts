import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Answers } from "@/domain/criteria/answer";
import { checkDefinition } from "@/domain/criteria/check-definition";
import type { CriteriaSetDefinition } from "@/domain/criteria/criteria-set";
import { listItems } from "@/domain/criteria/criteria-set";
import { score } from "./score";
import { answersTo, levelDefinition, pointsDefinition, raise } from "./score.arbitraries";

const RUNS = { numRuns: 1_000 };
const anyDefinition: fc.Arbitrary<CriteriaSetDefinition> = fc.oneof(
  { weight: 3, arbitrary: pointsDefinition },
  { weight: 1, arbitrary: levelDefinition },
);
const anyCase = anyDefinition.chain((definition) =>
  fc.record({ definition: fc.constant(definition), answers: answersTo(definition) }),
);
const pointsCase = pointsDefinition.chain((definition) =>
  fc.record({ definition: fc.constant(definition), answers: answersTo(definition) }),
);

/** 0 for no class, then from the lowest to the highest. */
function rank(definition: CriteriaSetDefinition, code: string | null): number {
  const { scoring } = definition;
  const codes =
    scoring.kind === "points"
      ? [...scoring.classes].reverse().map((one) => one.code)
      : scoring.levels.map((one) => one.code);

  return code === null ? 0 : codes.indexOf(code) + 1;
}

function without(answers: Answers, code: string): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([key]) => key !== code));
}

describe("laws of scoring", () => {
  it("hold for sound definitions", () => {
    fc.assert(
      fc.property(anyDefinition, (definition) => checkDefinition(definition).length === 0),
      RUNS,
    );
  });

  it("bounds: every total lies between nothing and the set's total, every item between nothing and its maximum", () => {
    fc.assert(
      fc.property(anyCase, ({ definition, answers }) => {
        const result = score(definition, answers);
        expect(result.total).toBeGreaterThanOrEqual(0);
        expect(result.total).toBeLessThanOrEqual(result.maxTotal);
        for (const item of result.byItem) {
          expect(item.points ?? 0).toBeGreaterThanOrEqual(0);
          expect(item.points ?? 0).toBeLessThanOrEqual(item.max);
        }
      }),
      RUNS,
    );
  });

  it("monotone: raising an answer never lowers total, class or what is final", () => {
    fc.assert(
      fc.property(
        anyCase,
        fc.nat(),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(24),
        ({ definition, answers }, pick, by, months) => {
          const answered = listItems(definition).filter((item) => answers[item.code] !== undefined);
          const item = answered[pick % Math.max(1, answered.length)];
          const answer = item && answers[item.code];
          fc.pre(item !== undefined && answer !== undefined);
          const facts = { monthsAtLevel1: months };
          const before = score(definition, answers, {}, facts);
          const after = score(definition, { ...answers, [item.code]: raise(item, answer, by) }, {}, facts);
          expect(after.total).toBeGreaterThanOrEqual(before.total);
          expect(rank(definition, after.classification)).toBeGreaterThanOrEqual(
            rank(definition, before.classification),
          );
          expect(rank(definition, after.provisionalClassification)).toBeGreaterThanOrEqual(
            rank(definition, before.provisionalClassification),
          );
          expect(after.distanceToThreshold ?? 0).toBeLessThanOrEqual(before.distanceToThreshold ?? 0);
        },
      ),
      RUNS,
    );
  });

  it("order-free: groups, items and answers in any order give the same", () => {
    const shuffled = anyCase.chain(({ definition, answers }) =>
      fc.record({
        definition: fc.constant(definition),
        answers: fc.constant(answers),
        groups: fc.shuffledSubarray(definition.groups, { minLength: definition.groups.length }),
        entries: fc.shuffledSubarray(Object.entries(answers), { minLength: Object.keys(answers).length }),
        isReversed: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ definition, answers, groups, entries, isReversed }) => {
        const other = {
          ...definition,
          groups: groups.map((group) => ({
            ...group,
            items: isReversed ? [...group.items].reverse() : group.items,
          })),
        };
        const sorted = (result: ReturnType<typeof score>) => ({
          ...result,
          byItem: [...result.byItem].sort((a, b) => a.code.localeCompare(b.code)),
          byGroup: [...result.byGroup].sort((a, b) => a.code.localeCompare(b.code)),
          missing: [...result.missing].sort(),
          unmet: result.unmet.map((one) => JSON.stringify(one)).sort(),
        });
        expect(sorted(score(other, Object.fromEntries(entries)))).toEqual(sorted(score(definition, answers)));
      }),
      RUNS,
    );
  });

  it("open items: answering one never lowers the total, and nothing is final before the last", () => {
    fc.assert(
      fc.property(anyCase, fc.nat(), ({ definition, answers }, pick) => {
        const codes = Object.keys(answers).filter((code) => !answers[code]?.notApplicable);
        const code = codes[pick % Math.max(1, codes.length)];
        fc.pre(code !== undefined);
        const full = score(definition, answers);
        const open = score(definition, without(answers, code));
        expect(open.total).toBeLessThanOrEqual(full.total);
        expect(open.missing).toContain(code);
        expect(open.complete).toBe(false);
        expect(open.classification).toBeNull();
        expect(open.recognisable).toBe(false);
        expect(full.recognisable).toBe(full.complete && full.classification !== null);
      }),
      RUNS,
    );
  });

  it("minimum: a class means that every applicable item has the minimum and the exact total the threshold", () => {
    fc.assert(
      fc.property(pointsCase, ({ definition, answers }) => {
        const { scoring } = definition;
        const result = score(definition, answers);
        const full = scoring.whenNotApplicable === "full";
        const counted = result.byItem.filter(
          (item) => !(item.notApplicable && scoring.whenNotApplicable === "rescale"),
        );
        const sum = counted.reduce(
          (all, item) => all + (item.notApplicable ? (full ? item.max : 0) : (item.points ?? 0)),
          0,
        );
        const max = counted.reduce((all, item) => all + item.max, 0);
        const applicable = result.byItem.filter((item) => !item.notApplicable);
        const isAllowed =
          applicable.length > 0 &&
          applicable.every((item) => item.points !== null && item.points >= (scoring.minPerItem ?? 0));
        const reached = scoring.classes.find((one) => sum * scoring.total >= one.atLeast * max);
        expect(result.classification).toBe(isAllowed ? (reached?.code ?? null) : null);
      }),
      RUNS,
    );
  });

  it("rescale: full points on all that applies are the full total, whatever does not apply", () => {
    fc.assert(
      fc.property(pointsCase, ({ definition, answers }) => {
        const best: Answers = Object.fromEntries(
          listItems(definition).map((item) => {
            const answer = answers[item.code] ?? { notApplicable: true as const, reason: "Không có" };
            if (!answer.notApplicable && item.answer.kind === "yesNo") return [item.code, { yes: true }];
            if (!answer.notApplicable && item.answer.kind === "scale")
              return [item.code, { points: item.answer.max }];
            return [item.code, { notApplicable: true as const, reason: "Không có" }];
          }),
        );
        fc.pre(Object.values(best).some((answer) => !answer.notApplicable));
        const scoring = { ...definition.scoring, whenNotApplicable: "rescale" as const };
        expect(score({ ...definition, scoring }, best).total).toBe(scoring.total);
      }),
      RUNS,
    );
  });

  it("rescale: nothing that does not apply changes nothing, and zero ≤ rescale ≤ full", () => {
    fc.assert(
      fc.property(pointsCase, ({ definition, answers }) => {
        const [zero, rescaled, full] = (["zero", "rescale", "full"] as const).map((whenNotApplicable) =>
          score({ ...definition, scoring: { ...definition.scoring, whenNotApplicable } }, answers),
        );
        const isAnySkipped = Object.values(answers).some((answer) => answer.notApplicable);
        const totals = [zero?.total ?? 0, rescaled?.total ?? 0, full?.total ?? 0] as const;
        expect(totals[0]).toBeLessThanOrEqual(totals[1]);
        expect(totals[1]).toBeLessThanOrEqual(totals[2]);
        if (!isAnySkipped) expect(new Set(totals).size).toBe(1);
      }),
      RUNS,
    );
  });

  it("rescale: leaving out an item scored below the average share never lowers the total", () => {
    fc.assert(
      fc.property(pointsCase, fc.nat(), ({ definition, answers }, pick) => {
        const set = {
          ...definition,
          scoring: { ...definition.scoring, whenNotApplicable: "rescale" as const },
        };
        const before = score(set, answers);
        const applicable = before.byItem.filter((item) => !item.notApplicable);
        fc.pre(applicable.length > 1);
        const item = applicable[pick % applicable.length];
        fc.pre(item !== undefined);
        const sum = applicable.reduce((all, one) => all + (one.points ?? 0), 0);
        const max = applicable.reduce((all, one) => all + one.max, 0);
        const after = score(set, { ...answers, [item.code]: { notApplicable: true, reason: "Không có" } });
        if ((item.points ?? 0) * max <= sum * item.max)
          expect(after.total).toBeGreaterThanOrEqual(before.total);
        else expect(after.total).toBeLessThanOrEqual(before.total);
      }),
      RUNS,
    );
  });

  it("sums: groups add up to the total where everything applies", () => {
    const complete = pointsDefinition.chain((definition) =>
      fc.record({
        definition: fc.constant(definition),
        answers: answersTo(definition, { missing: 1, notApplicable: 0 }),
      }),
    );
    fc.assert(
      fc.property(complete, ({ definition, answers }) => {
        const result = score(definition, answers);
        expect(result.byGroup.reduce((sum, group) => sum + group.points, 0)).toBe(result.total);
        expect(result.byGroup.reduce((sum, group) => sum + group.max, 0)).toBe(result.maxTotal);
      }),
      RUNS,
    );
  });

  it("edges: a distance of nothing means the lowest class is reached, and adding it reaches it", () => {
    fc.assert(
      fc.property(pointsCase, ({ definition, answers }) => {
        const result = score(definition, answers);
        const lowest = definition.scoring.classes.at(-1)?.atLeast ?? 0;
        const isBelow = result.unmet.some((one) => one.kind === "belowThreshold");
        expect(result.distanceToThreshold === 0).toBe(!isBelow);
        if (isBelow)
          expect(result.total + (result.distanceToThreshold ?? 0)).toBeGreaterThanOrEqual(lowest - 0.005);
      }),
      RUNS,
    );
  });

  it("levels: the level is the lowest of what applies, the second only after the waiting time", () => {
    const levelCase = levelDefinition.chain((definition) =>
      fc.record({ definition: fc.constant(definition), answers: answersTo(definition), months: fc.nat(24) }),
    );
    fc.assert(
      fc.property(levelCase, ({ definition, answers, months }) => {
        const result = score(definition, answers, {}, { monthsAtLevel1: months });
        const points = result.byItem.filter((item) => !item.notApplicable).map((item) => item.points ?? 0);
        const lowest = points.length === 0 ? 0 : Math.min(...points);
        expect(result.total).toBe(lowest === 2 && months < 12 ? 1 : lowest);
      }),
      RUNS,
    );
  });

  it("purity: the same input gives the same result and stays as it was", () => {
    fc.assert(
      fc.property(anyCase, ({ definition, answers }) => {
        const input = JSON.stringify([definition, answers]);
        const first = score(definition, answers);
        expect(score(definition, answers)).toEqual(first);
        expect(JSON.stringify([definition, answers])).toBe(input);
      }),
      RUNS,
    );
  });
});
