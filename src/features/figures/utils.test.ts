import fc from "fast-check";
import { expect, test } from "vitest";
import { rate } from "@/domain/indicator/rate";
import { formatPercent } from "@/lib/format/number";

test("a rate is written in tenths, half up, rounded once", () => {
  const share = fc
    .tuple(fc.integer({ min: 1, max: 30_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([denominator, part]) => ({ denominator, numerator: Math.floor(denominator * part) }));

  fc.assert(
    fc.property(share, ({ numerator, denominator }) => {
      const tenths = (BigInt(numerator) * 2_000n + BigInt(denominator)) / (2n * BigInt(denominator));

      expect(formatPercent(rate({ numerator, denominator }))).toBe(`${tenths / 10n},${tenths % 10n} %`);
    }),
    { numRuns: 5_000 },
  );
});
