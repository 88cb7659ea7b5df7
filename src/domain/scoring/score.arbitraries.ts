import fc from "fast-check";
import type { Answer, Answers } from "@/domain/criteria/answer";
import type {
  CriteriaGroup,
  CriteriaItem,
  CriteriaSetDefinition,
  PointsScoring,
} from "@/domain/criteria/criteria-set";
import { listItems } from "@/domain/criteria/criteria-set";

type ItemBody = Pick<CriteriaItem, "maxPoints" | "answer">;

const bands = (max: number) =>
  fc
    .tuple(
      fc.uniqueArray(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: Math.min(4, max) }),
      fc.uniqueArray(fc.integer({ min: 1, max }), {
        minLength: Math.min(4, max),
        maxLength: Math.min(4, max),
      }),
    )
    .map(([edges, points]) => {
      const high = (a: number, b: number) => b - a;
      const sortedPoints = [...points].sort(high);
      return [...edges].sort(high).map((atLeast, index) => ({ atLeast, points: sortedPoints[index] ?? 0 }));
    });

const pointsItem: fc.Arbitrary<ItemBody> = fc.integer({ min: 1, max: 30 }).chain((maxPoints) =>
  fc.oneof(
    fc.constant<ItemBody>({ maxPoints, answer: { kind: "yesNo" } }),
    fc.constant<ItemBody>({ maxPoints, answer: { kind: "scale", max: maxPoints } }),
    bands(maxPoints).map((list): ItemBody => ({ maxPoints, answer: { kind: "share", bands: list } })),
  ),
);

const levelItem: fc.Arbitrary<ItemBody> = fc.oneof(
  fc.constant<ItemBody>({ maxPoints: null, answer: { kind: "level" } }),
  fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 })).map(
    ([a, b]): ItemBody => ({
      maxPoints: null,
      answer: { kind: "levelShare", level1: Math.min(a, b), level2: Math.max(a, b) },
    }),
  ),
);

function number(bodies: readonly (readonly ItemBody[])[]): CriteriaGroup[] {
  return bodies.map((items, group) => ({
    code: `G${group + 1}`,
    name: `Nhóm ${group + 1}`,
    provenance: "template",
    items: items.map((body, item) => ({
      code: `${group + 1}.${item + 1}`,
      name: `Tiêu chí ${group + 1}.${item + 1}`,
      provenance: "template",
      ...body,
    })),
  }));
}

const groupsOf = (item: fc.Arbitrary<ItemBody>) =>
  fc.array(fc.array(item, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }).map(number);

/** Sound sets of points: any groups, kinds, bands, classes, minimum and treatment of what does not apply. */
export const pointsDefinition: fc.Arbitrary<CriteriaSetDefinition & { scoring: PointsScoring }> = groupsOf(
  pointsItem,
).chain((groups) => {
  const items = groups.flatMap((group) => group.items);
  const total = items.reduce((sum, item) => sum + (item.maxPoints ?? 0), 0);
  const smallest = Math.min(...items.map((item) => item.maxPoints ?? 0));
  return fc
    .record({
      minPerItem: fc.option(fc.integer({ min: 0, max: smallest }), { nil: undefined }),
      edges: fc.uniqueArray(fc.integer({ min: 1, max: total }), {
        minLength: 1,
        maxLength: Math.min(3, total),
      }),
      whenNotApplicable: fc.constantFrom<PointsScoring["whenNotApplicable"][]>("rescale", "zero", "full"),
    })
    .map(({ minPerItem, edges, whenNotApplicable }) => ({
      groups,
      scoring: {
        kind: "points",
        total,
        ...(minPerItem !== undefined && { minPerItem }),
        classes: [...edges]
          .sort((a, b) => b - a)
          .map((atLeast, index) => ({ code: `C${index + 1}`, name: `Loại ${index + 1}`, atLeast })),
        whenNotApplicable,
      },
    }));
});

export const levelDefinition: fc.Arbitrary<CriteriaSetDefinition> = groupsOf(levelItem).map((groups) => ({
  groups,
  scoring: {
    kind: "levels",
    levels: [
      { code: "LEVEL_1", name: "Mức độ 1" },
      { code: "LEVEL_2", name: "Mức độ 2" },
    ],
    monthsBetweenLevels: 12,
  },
}));

function valueFor(item: CriteriaItem): fc.Arbitrary<Answer> {
  switch (item.answer.kind) {
    case "yesNo":
      return fc.boolean().map((yes) => ({ yes }));
    case "scale":
      return fc.integer({ min: 0, max: item.answer.max }).map((points) => ({ points }));
    case "level":
      return fc.constantFrom<Answer[]>({ level: 0 }, { level: 1 }, { level: 2 });
    case "share":
    case "levelShare":
      return fc
        .integer({ min: 1, max: 500 })
        .chain((denominator) =>
          fc.integer({ min: 0, max: denominator }).map((numerator) => ({ numerator, denominator })),
        );
  }
}

const skipped: Answer = { notApplicable: true, reason: "Không có đối tượng" };

/** Answers to a set: each item answered, sometimes left out, sometimes not applicable. */
export function answersTo(
  definition: CriteriaSetDefinition,
  weights: { missing: number; notApplicable: number } = { missing: 1, notApplicable: 2 },
): fc.Arbitrary<Answers> {
  const entries = listItems(definition).map((item) =>
    fc
      .oneof(
        { weight: 9, arbitrary: valueFor(item) },
        { weight: weights.missing, arbitrary: fc.constant(undefined) },
        { weight: weights.notApplicable, arbitrary: fc.constant(skipped) },
      )
      .map((answer) => [item.code, answer] as const),
  );

  return fc
    .tuple(...entries)
    .map((pairs) =>
      Object.fromEntries(pairs.flatMap(([code, answer]) => (answer === undefined ? [] : [[code, answer]]))),
    );
}

/** A better answer of the same kind, or the same when there is none better. */
export function raise(item: CriteriaItem, answer: Answer, by: number): Answer {
  if ("yes" in answer) return { ...answer, yes: true };
  if ("points" in answer) return { ...answer, points: Math.min(answer.points + by, item.maxPoints ?? 0) };
  if ("level" in answer) return { ...answer, level: answer.level === 0 && by % 2 === 1 ? 1 : 2 };
  if ("numerator" in answer) {
    return { ...answer, numerator: Math.min(answer.numerator + by, answer.denominator) };
  }

  return answer;
}
