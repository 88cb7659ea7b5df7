import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gapInPoints, isReached, rate, shortfall } from "./rate";

const share = fc
  .tuple(fc.integer({ min: 1, max: 30_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([denominator, part]) => ({ denominator, numerator: Math.floor(denominator * part) }));
const target = fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100);

describe("rate", () => {
  it.each([
    [122_151, 167_687, 72.84],
    [1_419, 2_080, 68.22],
    [712, 819, 86.94],
    [60, 663, 9.05],
    [1, 3, 33.33],
    [1, 8, 12.5],
    [0, 5, 0],
    [5, 5, 100],
  ])("of %i in %i is %d percent", (numerator, denominator, expected) => {
    expect(rate({ numerator, denominator })).toBeCloseTo(expected, 2);
  });

  it("of nobody is unknown", () => {
    expect(rate({ numerator: 0, denominator: 0 })).toBeNull();
    expect(gapInPoints({ numerator: 0, denominator: 0 }, 70)).toBeNull();
    expect(shortfall(0, 0, 70)).toBe(0);
    expect(isReached({ numerator: 0, denominator: 0 }, 0)).toBe(false);
  });

  it("is not reached by rounding up", () => {
    const almost = { numerator: 6_999_999, denominator: 10_000_000 };
    expect(rate(almost)).toBeLessThan(70);
    expect(isReached(almost, 70)).toBe(false);
    expect(shortfall(almost.numerator, almost.denominator, 70)).toBe(1);
    expect(gapInPoints(almost, 70)).toBeLessThan(0);
  });
});

describe("còn thiếu", () => {
  it.each([
    [60, 100, 70, 10],
    [69, 99, 70, 1],
    [70, 99, 70, 0],
    [0, 3, 65, 2],
    [0, 7, 33.33, 3],
    [2_100, 3_000, 70, 0],
    [2_099, 3_000, 70, 1],
  ])("%i of %i towards %d percent lacks %i", (numerator, denominator, percent, expected) => {
    expect(shortfall(numerator, denominator, percent)).toBe(expected);
  });

  it("is the smallest number that reaches the target", () => {
    fc.assert(
      fc.property(share, target, ({ numerator, denominator }, percent) => {
        const lacking = shortfall(numerator, denominator, percent);
        const reached = isReached({ numerator: numerator + lacking, denominator }, percent);
        const before = isReached({ numerator: numerator + lacking - 1, denominator }, percent);
        return (
          reached && (lacking === 0 || !before) && numerator + lacking <= Math.max(numerator, denominator)
        );
      }),
      { numRuns: 5_000 },
    );
  });

  it("is nothing exactly when the target is reached, and the gap has that sign", () => {
    fc.assert(
      fc.property(share, target, (one, percent) => {
        const isNone = shortfall(one.numerator, one.denominator, percent) === 0;
        const gap = gapInPoints(one, percent) ?? 0;
        return isNone === isReached(one, percent) && (isNone ? gap >= 0 : gap <= 0);
      }),
      { numRuns: 5_000 },
    );
  });

  it("agrees with whole-number arithmetic without limits", () => {
    fc.assert(
      fc.property(share, target, ({ numerator, denominator }, percent) => {
        const goal = BigInt(Math.round(percent * 100)) * BigInt(denominator);
        const needed = (goal + 9_999n) / 10_000n - BigInt(numerator);
        return BigInt(shortfall(numerator, denominator, percent)) === (needed > 0n ? needed : 0n);
      }),
      { numRuns: 5_000 },
    );
  });
});
