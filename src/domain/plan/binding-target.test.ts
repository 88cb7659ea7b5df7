import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findIndicator } from "@/domain/indicator/catalogue";
import { parseUnitKey } from "@/domain/territory/territory";
import { TITLE_CODES } from "@/domain/title/title";
import { readPlans, readTargets, readTerritory } from "../../../prisma/reference/read-reference";
import { bindingTarget, nextMilestone, titleTarget } from "./binding-target";
import type { PlanTarget } from "./target";

const targets = readTargets();
const NATION = { unitId: "NATION:VN@2014-02-20" };
const path = (...units: string[]) => [...units.map((unit) => ({ unitId: `${unit}@2014-02-20` })), NATION];
const SON_DUONG = path("COMMUNE:02536", "DISTRICT:076", "PROVINCE:08");
const BAC_KAN = path("COMMUNE:01843", "DISTRICT:058", "PROVINCE:06");

const values = (result: ReturnType<typeof bindingTarget<string, PlanTarget<string>>>) => ({
  binding: result.binding && [result.binding.target.planCode, result.binding.target.valuePct],
  others: result.others.map(({ target }) => target.planCode),
});

describe("reference plans", () => {
  it("hold 114 targets of known indicators in their plan's period", () => {
    const plans = readPlans();
    const rows = plans.plans.flatMap((plan) => plan.targets.map((row) => ({ plan, row })));
    expect(rows).toHaveLength(114);
    expect(new Set(rows.map(({ row }) => row[0])).size).toBe(114);
    expect(rows.every(({ row }) => findIndicator(row[1]))).toBe(true);
    expect(rows.every(({ plan, row }) => plan.periodFrom <= row[2] && row[2] <= plan.periodTo)).toBe(true);
    expect(rows.every(({ row }) => [row[5], row[9]].every((text) => text === text.normalize("NFC")))).toBe(
      true,
    );
  });

  it("stand on units of the reference territory", () => {
    const territory = readTerritory();
    const known = {
      NATION: [[territory.nation.code]],
      PROVINCE: territory.oldProvinces.rows,
      DISTRICT: territory.oldDistricts.rows,
      COMMUNE: territory.oldCommunes.rows,
    };
    for (const plan of readPlans().plans) {
      const key = parseUnitKey(plan.unit);
      const level = key?.level;
      if (!key || level === undefined || !(level in known)) throw new Error(plan.unit);
      const rows = known[level as keyof typeof known];
      expect(rows.some(([code]) => code === key.code)).toBe(true);
      expect(key.validFrom).toBe(territory.recordStart);
    }
  });
});

describe("binding target", () => {
  it("is the nearest plan's; the national one stays in sight", () => {
    const result = bindingTarget(targets, {
      unitPath: SON_DUONG,
      indicator: "FAMILY_RECOGNISED",
      year: 2025,
    });
    expect(values(result)).toEqual({ binding: ["SON-DUONG-2022", 70], others: ["VN-387-2022"] });
    expect(result.binding?.distance).toBe(1);
  });

  it("is the national one where no plan below sets the indicator", () => {
    const unitPath = path("COMMUNE:28108", "DISTRICT:806", "PROVINCE:80");
    const result = bindingTarget(targets, { unitPath, indicator: "FAMILY_RECOGNISED", year: 2030 });
    expect(values(result)).toEqual({ binding: ["VN-387-2022", 80], others: [] });
  });

  it("is ten points lower in a specially difficult commune, for families, clans and communities", () => {
    const ask = (indicator: string, isSpeciallyDifficult: boolean) =>
      values(bindingTarget(targets, { unitPath: BAC_KAN, indicator, year: 2020, isSpeciallyDifficult }))
        .binding?.[1];
    expect(
      ["FAMILY_RECOGNISED", "CLAN_RECOGNISED", "COMMUNITY_RECOGNISED", "ORGANISATION_RECOGNISED"].map(
        (indicator) => [ask(indicator, false), ask(indicator, true)],
      ),
    ).toEqual([
      [80, 70],
      [50, 40],
      [60, 50],
      [85, 85],
    ]);
  });

  it("never lowers the rate of organisations, even where a row says so", () => {
    const row = targets.find((target) => target.code === "T063");
    if (!row) throw new Error("T063");
    const lowered = { ...row, code: "X", valuePct: 75, areaVariant: "SPECIALLY_DIFFICULT" };
    const query = {
      unitPath: BAC_KAN,
      indicator: "ORGANISATION_RECOGNISED",
      year: 2020,
      isSpeciallyDifficult: true,
    };
    expect(bindingTarget([lowered, row], query).binding?.target.valuePct).toBe(85);
  });

  it("follows an ended unit's plan where the successor has none of its own", () => {
    const unitPath = [
      { unitId: "COMMUNE:02536@2025-07-01" },
      { unitId: "REVIEW_AREA:KV076@2025-07-01", predecessorIds: ["DISTRICT:076@2014-02-20"] },
      { unitId: "PROVINCE:08@2025-07-01" },
      NATION,
    ];
    const query = { unitPath, indicator: "FAMILY_RECOGNISED", year: 2030 };
    const inherited = bindingTarget(targets, query);
    expect(values(inherited)).toEqual({ binding: ["SON-DUONG-2022", 80], others: ["VN-387-2022"] });
    expect(inherited.binding?.isInherited).toBe(true);

    const base = targets[0];
    if (!base) throw new Error("no targets");
    const own = {
      ...base,
      code: "NEW",
      planCode: "NEW",
      unitId: "REVIEW_AREA:KV076@2025-07-01",
      year: 2030,
      valuePct: 85,
    };
    expect(values(bindingTarget([...targets, own], query)).binding).toEqual(["NEW", 85]);
  });

  it("takes the later document of one unit", () => {
    const base = targets.find((target) => target.code === "T009");
    if (!base) throw new Error("T009");
    const later = { ...base, code: "L", planCode: "LATER", issuedOn: "2024-01-05", valuePct: 72 };
    const query = { unitPath: [NATION], indicator: "FAMILY_RECOGNISED", year: 2025 };
    expect(values(bindingTarget([base, later], query))).toEqual({
      binding: ["LATER", 72],
      others: ["VN-387-2022"],
    });
  });

  it("does not depend on the order of the targets, and orders by nearness", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(targets, { minLength: targets.length }), (shuffled) => {
        const query = { unitPath: SON_DUONG, indicator: "CITIZEN_WORKER", year: 2025 };
        const result = bindingTarget(shuffled, query);
        expect(result).toEqual(bindingTarget(targets, query));
        const distances = [result.binding, ...result.others].map((one) => one?.distance ?? 0);
        expect(distances).toEqual([...distances].sort((a, b) => a - b));
      }),
      { numRuns: 50 },
    );
  });
});

describe("target of a title's card", () => {
  it("finds a milestone for every title anywhere", () => {
    for (const year of [2025, 2030]) {
      for (const title of TITLE_CODES) {
        expect(titleTarget(targets, title, { unitPath: [NATION], year }).binding).not.toBeNull();
      }
    }
  });

  it("measures citizens by the population the nearest plan names", () => {
    const indicator = (unitPath: ReturnType<typeof path>, year: number) =>
      titleTarget(targets, "CITIZEN", { unitPath, year }).indicator;
    expect(indicator(SON_DUONG, 2025)).toBe("CITIZEN_WORKER");
    expect(indicator(path("DISTRICT:461", "PROVINCE:45"), 2025)).toBe("CITIZEN_RECOGNISED");
    expect(indicator(path("DISTRICT:783", "PROVINCE:79"), 2023)).toBe("CITIZEN_ADULT");
    expect(indicator([NATION], 2025)).toBe("CITIZEN_WORKER");
  });

  it("falls back to organisations of all levels where a nearer plan names them", () => {
    const unitPath = path("DISTRICT:806", "PROVINCE:80");
    expect(titleTarget(targets, "ORGANISATION", { unitPath, year: 2030 })).toMatchObject({
      indicator: "ORGANISATION_RECOGNISED",
      binding: { target: { planCode: "CAN-DUOC-2024", valuePct: 100 } },
    });
    expect(titleTarget(targets, "ORGANISATION", { unitPath, year: 2025 }).indicator).toBe(
      "COMMUNE_ORGANISATION_RECOGNISED",
    );
  });

  it("has the preferred indicator and no target in a year without any", () => {
    expect(titleTarget(targets, "CITIZEN", { unitPath: [NATION], year: 2019 })).toEqual({
      indicator: "CITIZEN_RECOGNISED",
      binding: null,
      others: [],
    });
  });
});

describe("milestones", () => {
  it("are 2025 and 2030", () => {
    expect([2020, 2025, 2026, 2030, 2031].map(nextMilestone)).toEqual([2025, 2025, 2030, 2030, null]);
  });
});
