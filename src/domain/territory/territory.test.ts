import { describe, expect, it } from "vitest";
import { parseUnitKey, REGIMES, unitKey } from "./territory";

describe("regimes", () => {
  it("let the district review until 30/6/2025 and the review area from 1/7/2025", () => {
    expect(REGIMES.map(({ reviewLevel, validFrom, validTo }) => [reviewLevel, validFrom, validTo])).toEqual([
      ["DISTRICT", "2014-02-20", "2025-07-01"],
      ["REVIEW_AREA", "2025-07-01", null],
    ]);
  });
});

describe("unit keys", () => {
  it("are read back as they were written", () => {
    const key = unitKey("COMMUNE", "26740", "2025-07-01");
    expect(key).toBe("COMMUNE:26740@2025-07-01");
    expect(parseUnitKey(key)).toEqual({ level: "COMMUNE", code: "26740", validFrom: "2025-07-01" });
  });

  it("are told from other texts", () => {
    for (const text of ["26740", "WARD:26740@2025-07-01", "COMMUNE:26740@2025", "", "COMMUNE:@2025-07-01"]) {
      expect(parseUnitKey(text)).toBeNull();
    }
  });
});
