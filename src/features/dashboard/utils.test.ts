import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ZERO_COUNTERS } from "@/domain/indicator/counters";
import { isReached } from "@/domain/indicator/rate";
import type { UnitYearFigures } from "@/features/figures/types";
import { knownRate } from "@/features/figures/utils";
import type { TargetRow } from "@/features/plan/types";
import { projectionOf, projectionText, titleCards } from "./utils";

const NATION = 1;
const DISTRICT = 5;

function target(one: Partial<TargetRow>): TargetRow {
  return {
    code: "T",
    planCode: "P",
    document: "Kế hoạch",
    issuedOn: null,
    unitId: NATION,
    indicator: "FAMILY_RECOGNISED",
    year: 2025,
    operator: "GTE",
    valuePct: 70,
    denominator: "tổng số gia đình",
    areaVariant: null,
    planName: "Kế hoạch",
    planPeriod: [2021, 2030],
    planUnit: { id: NATION, name: "Việt Nam", level: "NATION", endedOn: null },
    areaText: null,
    confidence: "source",
    source: "",
    note: null,
    ...one,
  };
}

function figures(year: number, counters: Partial<UnitYearFigures["counters"]>): UnitYearFigures {
  return {
    unitId: DISTRICT,
    year,
    isCounted: true,
    counters: { ...ZERO_COUNTERS, ...counters },
    entered: [],
  };
}

function familyCard(targets: readonly TargetRow[], now: UnitYearFigures) {
  const scope = {
    targets,
    unitPath: [{ unitId: DISTRICT }, { unitId: NATION }],
    isSpeciallyDifficult: false,
  };
  const [card] = titleCards(scope, now, [now]);
  if (!card) throw new Error("no card");

  return card;
}

describe("a title's card", () => {
  const both = [target({}), target({ code: "U", year: 2030, valuePct: 80 })];

  it("counts what is missing to the earliest target not met", () => {
    const met = familyCard(both, figures(2024, { familyTotal: 167_687, familyRecognised: 122_151 }));
    expect([met.rate, met.missing]).toEqual([expect.closeTo(72.84, 2), { count: 11_999, targetYear: 2030 }]);
    const unmet = familyCard(both, figures(2026, { familyTotal: 100, familyRecognised: 60 }));
    expect(unmet.missing).toEqual({ count: 10, targetYear: 2025 });
    expect(familyCard(both, figures(2026, { familyTotal: 100, familyRecognised: 80 })).missing).toBeNull();
  });

  it("keeps a milestone measured over other people apart", () => {
    const members = target({
      code: "M",
      unitId: DISTRICT,
      planCode: "D",
      denominator: "gia đình hội viên",
      valuePct: 90,
    });
    const card = familyCard(
      [...both, members],
      figures(2024, {
        familyTotal: 100,
        familyRecognised: 50,
        memberFamilyTotal: 20,
        memberFamilyRecognised: 19,
      }),
    );
    expect([card.rate, card.main.applied?.target.code]).toEqual([95, "M"]);
    expect(card.milestones.map(({ year }) => year)).toEqual([2025]);
    expect(card.differing.map(({ year, rate, missing }) => [year, rate, missing])).toEqual([[2030, 50, 30]]);
    expect(card.main.others.map(({ target: { code } }) => code)).toEqual(["T"]);
  });

  it("has no rate where nothing is known, and no target where no plan sets one", () => {
    expect(familyCard(both, { ...figures(2021, {}), isCounted: false })).toMatchObject({
      rate: null,
      missing: null,
    });
    expect(familyCard([], figures(2024, { familyTotal: 4, familyRecognised: 1 }))).toMatchObject({
      rate: 25,
      milestones: [],
      missing: null,
    });
  });
});

describe("the rate on show", () => {
  it("never seems to reach a target that is not reached", () => {
    fc.assert(
      fc.property(
        fc.nat(2_000_000),
        fc.integer({ min: 1, max: 2_000_000 }),
        fc.integer({ min: 0, max: 100 }),
        (part, whole, percent) => {
          const counts = { numerator: Math.min(part, whole), denominator: whole };
          const number = (value: number) => ({
            value,
            basis: "COUNTED" as const,
            isOwn: false,
            unitCount: 0,
          });
          const shown = knownRate({ numerator: number(counts.numerator), denominator: number(whole) });

          return shown !== null && shown >= percent === isReached(counts, percent);
        },
      ),
      { numRuns: 5_000 },
    );
  });
});

describe("the projection", () => {
  const point = (year: number, rate: number | null) => ({ year, rate, isEntered: false });

  it("goes on in a straight line between 0 and 100 %", () => {
    expect(projectionOf([point(2021, 60), point(2022, null), point(2024, 69)], 2030)).toMatchObject({
      pace: 3,
      points: [72, 75, 78, 81, 84, 87].map((rate, index) => ({ year: 2025 + index, rate })),
    });
    expect(projectionOf([point(2023, 80), point(2024, 95)], 2027)?.points.map(({ rate }) => rate)).toEqual([
      100, 100, 100,
    ]);
    expect(projectionOf([point(2024, 95)], 2030)).toBeNull();
    expect(projectionOf([point(2029, 60), point(2030, 61)], 2030)).toBeNull();
  });

  it("says in words whether it is in time", () => {
    const goal = { year: 2030, rate: 80 };
    expect(projectionText([point(2021, 60), point(2024, 69)], goal)).toBe(
      "Từ 2021 đến 2024, tỷ lệ tăng bình quân 3 điểm % mỗi năm. Nếu giữ tốc độ này, năm 2030 đạt khoảng 87,0 %, kịp chỉ tiêu 80 %.",
    );
    expect(projectionText([point(2023, 60), point(2024, 61)], goal)).toContain(
      "chưa kịp chỉ tiêu 80 %: từ nay mỗi năm phải tăng 3,2 điểm %",
    );
    expect(projectionText([point(2023, 62), point(2024, 61)], goal)).toContain("giảm bình quân 1 điểm %");
    expect(projectionText([point(2024, 81)], goal)).toContain("đã đạt chỉ tiêu 80 %");
    expect(projectionText([point(2024, 61)], goal)).toContain("cần ít nhất hai năm");
    expect(projectionText([], goal)).toBe("Chưa có số liệu để tính tốc độ.");
    expect(projectionText([point(2030, 61)], goal)).not.toContain("NaN");
  });
});
