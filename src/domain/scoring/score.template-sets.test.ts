import { describe, expect, it } from "vitest";
import type { Answers } from "@/domain/criteria/answer";
import type { DerivedValues } from "@/domain/criteria/criteria-set";
import { criteriaSet } from "../../../prisma/reference/read-reference";
import { score } from "./score";
import { check, NO, of, skip, YES } from "./score.examples";

const FAMILY: Answers = {
  "1.1": of(2, 2),
  "1.2": of(2, 2),
  "1.3": YES,
  "2.1": of(2, 2),
  "2.2": of(1, 2),
  "3.1": YES,
  "3.2": YES,
  "4.1": YES,
  "4.2": YES,
};
check("FAMILY-TEMPLATE-2022", [
  {
    says: "one of two adults learns (5) and is a learning citizen (7): 92",
    answers: FAMILY,
    derived: { "household.adultCitizenShare": { numerator: 1, denominator: 2 } },
    total: 92,
    classification: "PASS",
  },
  {
    says: "four of five children in school are half the points: 87",
    answers: { ...FAMILY, "1.1": of(4, 5) },
    derived: { "household.adultCitizenShare": { numerator: 1, denominator: 2 } },
    total: 87,
    classification: "PASS",
  },
  {
    says: "three of four children are below the lowest band",
    answers: { ...FAMILY, "1.1": of(3, 4), "1.2": of(3, 4) },
    derived: { "household.adultCitizenShare": { numerator: 1, denominator: 2 } },
    total: 72,
    classification: null,
    distance: 8,
    unmet: ["belowThreshold"],
  },
  {
    says: "without children 50 of 70 are 71.43",
    answers: { ...FAMILY, "1.1": skip, "1.2": skip, "1.3": skip, "2.2": of(2, 2), "3.2": NO, "4.1": NO },
    derived: { "household.adultCitizenShare": { numerator: 2, denominator: 2 } },
    total: 71.43,
    classification: null,
    distance: 8.58,
    unmet: ["belowThreshold"],
  },
  {
    says: "not applicable without a reason stays open",
    answers: { ...FAMILY, "1.1": { notApplicable: true } },
    derived: { "household.adultCitizenShare": { numerator: 1, denominator: 2 } },
    total: 82,
    classification: null,
    missing: ["1.1"],
  },
  {
    says: "an unknown citizen share is open",
    answers: FAMILY,
    total: 85,
    classification: null,
    missing: ["2.3"],
  },
  {
    says: "no child counted by hand as 0 of 0 is not an answer",
    answers: { ...FAMILY, "1.1": of(0, 0) },
    derived: { "household.adultCitizenShare": { numerator: 2, denominator: 2 } },
    total: 85,
    classification: null,
    missing: ["1.1"],
  },
]);

const CLAN: Answers = Object.fromEntries(
  ["1.1", "1.2", "1.3", "3.1", "3.2", "3.3"].map((code) => [code, YES]),
);
check("CLAN-TEMPLATE-2022", [
  {
    says: "65% of families (15) and 20% of adults (4): 89",
    answers: { ...CLAN, "2.2": of(30, 30) },
    derived: {
      "clan.familyShare": { numerator: 13, denominator: 20 },
      "clan.adultCitizenShare": { numerator: 12, denominator: 60 },
    },
    total: 89,
    classification: "PASS",
  },
  {
    says: "45% of families and a drop-out leave 60",
    answers: { ...CLAN, "2.2": of(29, 30) },
    derived: {
      "clan.familyShare": { numerator: 9, denominator: 20 },
      "clan.adultCitizenShare": { numerator: 10, denominator: 60 },
    },
    total: 60,
    classification: null,
    distance: 20,
    unmet: ["belowThreshold"],
  },
]);

const COMMUNITY: Answers = Object.fromEntries(
  ["1.1", "1.2", "1.3", "3.1", "3.2", "3.3"].map((code) => [code, YES]),
);
check("COMMUNITY-TEMPLATE-2022", [
  {
    says: "every share on its edge and 95% literacy: 97",
    answers: { ...COMMUNITY, "2.4": of(190, 200) },
    derived: {
      "hamlet.familyShare": { numerator: 70, denominator: 100 },
      "hamlet.clanShare": { numerator: 13, denominator: 20 },
      "hamlet.workerCitizenShare": { numerator: 40, denominator: 100 },
    },
    total: 97,
    classification: "PASS",
  },
  {
    says: "a hamlet without clans is scored on 95: 77/95 = 81.05",
    answers: { ...COMMUNITY, "2.4": of(100, 100), "3.1": NO },
    derived: {
      "hamlet.familyShare": { numerator: 60, denominator: 100 },
      "hamlet.clanShare": { numerator: 0, denominator: 0 },
      "hamlet.workerCitizenShare": { numerator: 30, denominator: 100 },
    },
    total: 81.05,
    classification: "PASS",
  },
]);

const ORGANISATION: Answers = {
  "1.1": YES,
  "1.2": YES,
  "1.3": YES,
  "2.1": of(18, 20),
  "2.2": of(20, 20),
  "2.3": of(20, 20),
  "2.4": of(10, 20),
  "3.2": YES,
  "3.3": NO,
};
const MEMBERS: DerivedValues = { "organisation.memberCitizenShare": { numerator: 11, denominator: 20 } };
check("ORGANISATION-TEMPLATE-2022", [
  {
    says: "55% of members are citizens (18): 82",
    answers: ORGANISATION,
    derived: MEMBERS,
    total: 82,
    classification: "PASS",
  },
  {
    says: "12 of 20 with a reason overrules the count (25): 89",
    answers: { ...ORGANISATION, "3.1": of(12, 20, "Một người mới chuyển đến đã có danh hiệu") },
    derived: MEMBERS,
    total: 89,
    classification: "PASS",
  },
  {
    says: "overruling without a reason is open",
    answers: { ...ORGANISATION, "3.1": of(12, 20) },
    derived: MEMBERS,
    total: 64,
    classification: null,
    missing: ["3.1"],
    unmet: ["belowThreshold"],
  },
]);

describe("explanation of a score", () => {
  const { definition } = criteriaSet("ORGANISATION-TEMPLATE-2022");

  it("names the rule, the edge and both shares of every item", () => {
    const result = score(definition, { ...ORGANISATION, "3.1": of(12, 20, "Đã kiểm tra lại") }, MEMBERS);
    const item = (code: string) => result.byItem.find((one) => one.code === code);
    expect(item("2.1")).toMatchObject({
      rule: "band",
      edge: 80,
      points: 6,
      share: { numerator: 18, denominator: 20 },
    });
    expect(item("3.1")).toMatchObject({
      rule: "band",
      edge: 60,
      points: 25,
      isOverruled: true,
      share: { numerator: 12, denominator: 20 },
      derived: { numerator: 11, denominator: 20 },
    });
    expect(item("3.3")).toMatchObject({ rule: "no", points: 0 });
  });

  it("gives each group its points, maximum and open items", () => {
    const result = score(definition, ORGANISATION);
    expect(result.byGroup).toEqual([
      { code: "1", points: 30, max: 30, missing: 0 },
      { code: "2", points: 24, max: 30, missing: 0 },
      { code: "3", points: 10, max: 40, missing: 1 },
    ]);
  });

  it("does not take names of object members for answers", () => {
    const set = criteriaSet("CITIZEN-244-2022").definition;
    const odd = {
      ...set,
      groups: set.groups.map((group) => ({
        ...group,
        items: group.items.map((item, index) => (index === 0 ? { ...item, code: "constructor" } : item)),
      })),
    };
    expect(score(odd, {}).missing).toContain("constructor");
  });
});
