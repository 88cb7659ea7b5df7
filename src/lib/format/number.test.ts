import { describe, expect, it } from "vitest";
import {
  formatBytes,
  formatCount,
  formatNumber,
  formatPercent,
  formatSigned,
  formatTarget,
  parseNumber,
  percentOf,
} from "./number";

describe("formatNumber", () => {
  it.each([
    [1234.5, "1.234,5"],
    [0, "0"],
    [-0.04, "0"],
    [999, "999"],
    [1000, "1.000"],
    [167687, "167.687"],
    [-1234567.89, "-1.234.567,9"],
    [0.05, "0,1"],
    [1.25, "1,3"],
  ])("writes %d as %s", (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it("keeps as many decimals as asked for", () => {
    expect(formatNumber(1.005, 2)).toBe("1,01");
    expect(formatCount(1234.6)).toBe("1.235");
  });

  it("shows a dash for what is not known", () => {
    expect([formatNumber(null), formatNumber(undefined), formatNumber(Number.NaN)]).toEqual(["–", "–", "–"]);
  });
});

describe("percentages", () => {
  it.each([
    [72.84, "72,8 %"],
    [70, "70,0 %"],
    [0, "0,0 %"],
    [100, "100,0 %"],
    [-7.25, "-7,3 %"],
    [null, "–"],
  ])("writes %s as %s", (value, text) => {
    expect(formatPercent(value)).toBe(text);
  });

  it("writes targets without a needless decimal", () => {
    expect([formatTarget(70), formatTarget(72.5), formatTarget(null)]).toEqual(["70 %", "72,5 %", "–"]);
  });

  it("has no percentage of nothing", () => {
    expect(percentOf(122151, 167687)).toBeCloseTo(72.845, 2);
    expect(percentOf(0, 0)).toBeNull();
  });
});

describe("formatSigned and formatBytes", () => {
  it("shows the sign", () => {
    expect([formatSigned(1.2), formatSigned(-7.2), formatSigned(0)]).toEqual(["+1,2", "-7,2", "0"]);
  });

  it("chooses the unit", () => {
    expect([formatBytes(0), formatBytes(348_000), formatBytes(2_500_000)]).toEqual([
      "0 B",
      "340 KB",
      "2,4 MB",
    ]);
  });
});

describe("parseNumber", () => {
  it.each([
    ["1.234,5", 1234.5],
    ["1234,5", 1234.5],
    [" 12 ", 12],
    ["-3", -3],
    ["1.234", 1234],
    ["7.5", 7.5],
    ["1.2.3", null],
    ["12a", null],
    ["", null],
  ])("reads %s as %s", (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  it("reads back what formatNumber wrote", () => {
    for (const value of [0, 7, 1234.5, -1234567.8, 999999])
      expect(parseNumber(formatNumber(value))).toBe(value);
  });
});
