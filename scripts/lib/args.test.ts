import { describe, expect, it } from "vitest";
import { readArguments } from "./args";

describe("readArguments", () => {
  it("reads names, flags, the file for figures and the rest", () => {
    const given = ["2026", "--unit", "8", "--quick", "--json", "figures.json"];
    expect(readArguments({ unit: "string", quick: "boolean", year: "string" }, given)).toEqual({
      unit: "8",
      quick: true,
      year: undefined,
      json: "figures.json",
      rest: ["2026"],
    });
  });

  it("refuses what it does not know", () => {
    expect(() => readArguments({}, ["--unti", "8"])).toThrow(/unti/);
    expect(() => readArguments({ unit: "string" }, ["--unit"])).toThrow(/unit/);
  });
});
