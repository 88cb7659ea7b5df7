import { describe, expect, it } from "vitest";
import { parseUnitKey, regimeAt, reviewerLevelAt, unitKey } from "./territory";

describe("regimes", () => {
  it("lets the district review until 30/6/2025 and the review area from 1/7/2025", () => {
    expect(reviewerLevelAt("2025-06-30")).toBe("DISTRICT");
    expect(reviewerLevelAt("2025-07-01")).toBe("REVIEW_AREA");
    expect(reviewerLevelAt("2024-12-31")).toBe("DISTRICT");
    expect(reviewerLevelAt("2026-12-31")).toBe("REVIEW_AREA");
  });

  it("knows no regime before the record", () => {
    expect(() => regimeAt("2014-02-19")).toThrow(RangeError);
    expect(regimeAt("2014-02-20").code).toBe("THREE_TIER");
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
