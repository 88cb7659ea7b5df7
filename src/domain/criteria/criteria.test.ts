import { describe, expect, it } from "vitest";
import { criteriaSet, readCriteriaSets } from "../../../prisma/reference/read-reference";
import { Answer, Answers, checkAnswer } from "./answer";
import { checkDefinition, publicationIssues } from "./check-definition";
import type { CriteriaItem, CriteriaSetDefinition } from "./criteria-set";
import { CriteriaSetDefinition as Definition, listItems } from "./criteria-set";

const item = (answer: CriteriaItem["answer"], maxPoints: number | null = 10): CriteriaItem => ({
  code: "1.1",
  name: "Tiêu chí",
  maxPoints,
  answer,
  provenance: "template",
});

const sound: CriteriaSetDefinition = {
  scoring: {
    kind: "points",
    total: 20,
    minPerItem: 5,
    classes: [
      { code: "GOOD", name: "Tốt", atLeast: 18 },
      { code: "PASS", name: "Đạt", atLeast: 16 },
    ],
    whenNotApplicable: "rescale",
  },
  groups: [
    {
      code: "1",
      name: "Nhóm 1",
      provenance: "template",
      items: [
        item({ kind: "yesNo" }),
        {
          ...item({
            kind: "share",
            bands: [
              { atLeast: 60, points: 10 },
              { atLeast: 40, points: 7 },
            ],
          }),
          code: "1.2",
          derived: "household.adultCitizenShare",
        },
      ],
    },
  ],
};

function withItem(change: Partial<CriteriaItem>): CriteriaSetDefinition {
  const [group] = sound.groups;
  const [first, second] = group?.items ?? [];
  if (!group || !first || !second) throw new Error("no items");

  return { ...sound, groups: [{ ...group, items: [first, { ...second, ...change }] }] };
}

const keys = (definition: CriteriaSetDefinition) => checkDefinition(definition).map((issue) => issue.key);

describe("reference criteria sets", () => {
  const sets = readCriteriaSets();

  it("are twelve, one for every title and citizen form", () => {
    expect(sets.map((set) => [set.title, set.variant, set.status, set.validFrom, set.validTo])).toEqual([
      ["CITIZEN", "FARMER", "PUBLISHED", "2023-10-25", null],
      ["CITIZEN", "WORKER", "PUBLISHED", "2023-10-25", null],
      ["CITIZEN", "OFFICIAL", "PUBLISHED", "2023-10-25", null],
      ["CITIZEN", "STUDENT", "PUBLISHED", "2023-10-25", null],
      ["CITIZEN", null, "PUBLISHED", "2022-07-28", "2023-10-25"],
      ["FAMILY", null, "TEMPLATE", "2021-01-01", null],
      ["CLAN", null, "TEMPLATE", "2021-01-01", null],
      ["COMMUNITY", null, "TEMPLATE", "2021-01-01", null],
      ["ORGANISATION", null, "TEMPLATE", "2021-01-01", null],
      ["UPPER_ORGANISATION", null, "PUBLISHED", "2020-09-21", "2024-01-26"],
      ["UPPER_ORGANISATION", null, "DRAFT", "2024-01-26", null],
      ["COMMUNE_COMMUNITY", null, "DRAFT", "2024-02-12", null],
    ]);
    expect(new Set(sets.map((set) => set.code)).size).toBe(12);
  });

  it("are sound, and only the drafts cannot be published", () => {
    for (const set of sets) {
      expect(checkDefinition(set.definition)).toEqual([]);
      expect(publicationIssues(set.definition).length > 0).toBe(set.status === "DRAFT");
    }
  });

  it("speak Vietnamese in NFC", () => {
    const text = JSON.stringify(sets);
    expect(text).toBe(text.normalize("NFC"));
  });

  it("keep the citizen's rule: 100 points, 80 and no item below 5", () => {
    expect(criteriaSet("CITIZEN-324-2023-FARMER").definition.scoring).toMatchObject({
      total: 100,
      minPerItem: 5,
      classes: [{ code: "PASS", atLeast: 80 }],
    });
  });

  it("count by themselves the shares that other titles give", () => {
    const derived = sets.flatMap((set) =>
      listItems(set.definition).flatMap((one) => (one.derived ? [`${set.title} ${one.derived}`] : [])),
    );
    expect(derived).toEqual([
      "FAMILY household.adultCitizenShare",
      "CLAN clan.familyShare",
      "CLAN clan.adultCitizenShare",
      "COMMUNITY hamlet.familyShare",
      "COMMUNITY hamlet.clanShare",
      "COMMUNITY hamlet.workerCitizenShare",
      "ORGANISATION organisation.memberCitizenShare",
      "UPPER_ORGANISATION organisation.memberCitizenShare",
    ]);
  });
});

describe("check of a definition", () => {
  it("finds nothing wrong with a sound one", () => {
    expect(Definition.parse(sound)).toEqual(sound);
    expect(publicationIssues(sound)).toEqual([]);
  });

  it.each<[string, CriteriaSetDefinition, string]>([
    [
      "a sum that differs from the total",
      { ...sound, scoring: { ...sound.scoring, total: 25 } as never },
      "totalDiffers",
    ],
    ["two items of one code", withItem({ code: "1.1" }), "duplicateCode"],
    ["an item without points", withItem({ maxPoints: null }), "pointsMissing"],
    [
      "a maximum below the minimum per item",
      withItem({ maxPoints: 4, answer: { kind: "yesNo" } }),
      "minimumAboveMaximum",
    ],
    [
      "a scale that differs from the maximum",
      withItem({ answer: { kind: "scale", max: 8 } }),
      "scaleDiffersFromMaximum",
    ],
    [
      "a band above the maximum",
      withItem({ answer: { kind: "share", bands: [{ atLeast: 60, points: 11 }] } }),
      "bandAboveMaximum",
    ],
    [
      "bands of equal points",
      withItem({
        answer: {
          kind: "share",
          bands: [
            { atLeast: 60, points: 7 },
            { atLeast: 40, points: 7 },
          ],
        },
      }),
      "bandsNotDescending",
    ],
    [
      "bands in the wrong order",
      withItem({
        answer: {
          kind: "share",
          bands: [
            { atLeast: 40, points: 10 },
            { atLeast: 60, points: 7 },
          ],
        },
      }),
      "bandsNotDescending",
    ],
    ["a level in a set of points", withItem({ answer: { kind: "level" } }), "answerKindNotAllowed"],
    ["a counted item that is no share", withItem({ answer: { kind: "yesNo" } }), "derivedNeedsShare"],
    [
      "classes in the wrong order",
      {
        ...sound,
        scoring: {
          ...sound.scoring,
          classes: [
            { code: "A", name: "A", atLeast: 16 },
            { code: "B", name: "B", atLeast: 16 },
          ],
        } as never,
      },
      "classesNotDescending",
    ],
    [
      "a class above the total",
      { ...sound, scoring: { ...sound.scoring, classes: [{ code: "A", name: "A", atLeast: 21 }] } as never },
      "classAboveTotal",
    ],
  ])("finds %s", (_, definition, key) => {
    expect(keys(definition)).toContain(key);
  });

  it("keeps what is unknown or incomplete from publication", () => {
    const draft = { ...withItem({ provenance: "unknown" }), incomplete: "Còn thiếu một chỉ tiêu" };
    expect(checkDefinition(draft)).toEqual([]);
    expect(publicationIssues(draft)).toEqual([{ key: "unknownItem", code: "1.2" }, { key: "incomplete" }]);
  });
});

describe("check of an answer", () => {
  const share = item({ kind: "share", bands: [{ atLeast: 50, points: 10 }] });
  const counted = { numerator: 11, denominator: 20 };

  it.each<[string, CriteriaItem, Answer, string[]]>([
    ["yes to a yes/no", item({ kind: "yesNo" }), { yes: true }, []],
    ["points to a yes/no", item({ kind: "yesNo" }), { points: 5 }, ["wrongKind"]],
    ["points up to the maximum", item({ kind: "scale", max: 10 }), { points: 10 }, []],
    ["points above the maximum", item({ kind: "scale", max: 10 }), { points: 11 }, ["pointsAboveMaximum"]],
    ["a share", share, { numerator: 0, denominator: 4 }, []],
    ["a share of nobody", share, { numerator: 0, denominator: 0 }, ["denominatorZero"]],
    ["more than all", share, { numerator: 5, denominator: 4 }, ["numeratorAboveDenominator"]],
    ["a level", item({ kind: "level" }, null), { level: 2 }, []],
    ["yes to a level", item({ kind: "level" }, null), { yes: true }, ["wrongKind"]],
    ["not applicable with a reason", share, { notApplicable: true, reason: "Không có trẻ em" }, []],
    [
      "not applicable without one",
      share,
      { notApplicable: true, reason: "  " },
      ["notApplicableNeedsReason"],
    ],
  ])("%s", (_, one, answer, errors) => {
    expect(checkAnswer(one, answer)).toEqual(errors);
  });

  it("asks for a reason only where the system's count is overruled", () => {
    expect(checkAnswer(share, { numerator: 12, denominator: 20 }, counted)).toEqual(["overruleNeedsReason"]);
    expect(checkAnswer(share, { numerator: 12, denominator: 20, reason: "Đã kiểm tra" }, counted)).toEqual(
      [],
    );
    expect(checkAnswer(share, { ...counted }, counted)).toEqual([]);
    expect(checkAnswer(share, { numerator: 0, denominator: 0 }, { numerator: 0, denominator: 0 })).toEqual(
      [],
    );
  });

  it("refuses other shapes", () => {
    for (const value of [
      {},
      { yes: "có" },
      { points: 1.5 },
      { points: -1 },
      { level: 3 },
      { numerator: 1 },
      { yes: true, points: 3 },
    ]) {
      expect(Answer.safeParse(value).success).toBe(false);
    }
    expect(Answers.safeParse({ "1.1": { yes: true }, "1.2": { notApplicable: true } }).success).toBe(true);
  });
});
