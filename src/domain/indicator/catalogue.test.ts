import { describe, expect, it } from "vitest";
import { TITLE_CODES } from "@/domain/title/title";
import { readPlans } from "../../../prisma/reference/read-reference";
import { baseOf, findIndicator, INDICATORS } from "./catalogue";
import { COUNTER_STAGES, counterColumn, titleCounter, UNIT_YEAR_COUNTERS, ZERO_COUNTERS } from "./counters";

describe("catalogue of indicators", () => {
  it("has each code and source code once", () => {
    expect(INDICATORS).toHaveLength(23);
    expect(new Set(INDICATORS.map((one) => one.code)).size).toBe(23);
    expect(new Set(INDICATORS.map((one) => one.sourceCode)).size).toBe(23);
  });

  it("counts ratios by counters and nothing else by them", () => {
    const counters = new Set<string>(UNIT_YEAR_COUNTERS);
    for (const indicator of INDICATORS) {
      if (indicator.kind === "boolean") continue;
      for (const base of indicator.bases) {
        expect(counters.has(base.numerator)).toBe(indicator.kind === "ratio");
        expect(counters.has(base.denominator)).toBe(indicator.kind === "ratio");
      }
    }
  });

  it("names the bases of an indicator apart", () => {
    for (const indicator of INDICATORS) {
      if (indicator.kind === "boolean") continue;
      const wordings = indicator.bases.map((base) => base.denominatorVi);
      expect(new Set(wordings).size).toBe(wordings.length);
    }
  });

  it("finds the population a plan means by its wording", () => {
    expect(baseOf("FAMILY_RECOGNISED", "tổng số gia đình")?.denominator).toBe("familyTotal");
    expect(baseOf("FAMILY_RECOGNISED", "gia đình hội viên")?.denominator).toBe("memberFamilyTotal");
    expect(baseOf("CLAN_RECOGNISED", "dòng họ khuyến học")?.numerator).toBe("promotionClanRecognised");
    expect(baseOf("COMMUNITY_RECOGNISED", "khu, ấp")?.denominator).toBe("communityTotal");
    expect(baseOf("CITIZEN_WORKER", "người lao động")?.code).toBe("ALL");
    expect(baseOf("CITIZEN_WORKER")?.code).toBe("IN_LEARNING");
    expect(baseOf("PROVINCE_RECOGNISED")).toBeNull();
    expect(baseOf("NO_SUCH")).toBeNull();
  });

  it("gives the other population to exactly the plans that name one", () => {
    const rows = readPlans().plans.flatMap((plan) => plan.targets);
    const other = rows.filter(([, indicator, , , , denominator]) => {
      const found = findIndicator(indicator);
      return found && found.kind !== "boolean" && baseOf(indicator, denominator) !== found.bases[0];
    });
    expect(other.map(([code]) => code)).toEqual([
      "T035",
      "T058",
      "T060",
      "T061",
      "T064",
      "T065",
      "T104",
      "T105",
    ]);
  });
});

describe("counters", () => {
  it("are five stages of five titles and eighteen more", () => {
    expect(UNIT_YEAR_COUNTERS).toHaveLength(43);
    expect(UNIT_YEAR_COUNTERS.slice(0, 25)).toEqual(
      TITLE_CODES.flatMap((title) => COUNTER_STAGES.map((stage) => titleCounter(title, stage))),
    );
    expect(titleCounter("ORGANISATION", "Recognised")).toBe("organisationRecognised");
    expect(Object.keys(ZERO_COUNTERS)).toEqual([...UNIT_YEAR_COUNTERS]);
  });

  it("have columns in the database's spelling", () => {
    expect(counterColumn("adultInLearningRecognised")).toBe("adult_in_learning_recognised");
    expect(counterColumn("familyTotal")).toBe("family_total");
  });
});
