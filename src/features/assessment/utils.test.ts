import { describe, expect, it } from "vitest";
import type { ScoreResult } from "@/domain/scoring/types";
import { rescaledText } from "./utils";

const group = (points: number, max: number) => ({ code: "1", points, max, missing: 0 });
const result = (groups: ReturnType<typeof group>[]): ScoreResult => ({
  kind: "points",
  total: 77.78,
  maxTotal: 100,
  classification: null,
  provisionalClassification: null,
  byItem: [],
  byGroup: groups,
  missing: [],
  unmet: [],
  complete: true,
  recognisable: true,
  distanceToThreshold: 0,
});

describe("how points became the total", () => {
  it("is said where items were left out", () => {
    expect(rescaledText(result([group(30, 40), group(40, 50)]))).toBe(
      "70/90 điểm của các tiêu chí áp dụng, quy về thang 100",
    );
  });

  it("is not said where the total is the plain sum, or nothing applies", () => {
    expect(rescaledText(result([group(30, 40), group(40, 60)]))).toBeNull();
    expect(rescaledText(result([group(0, 0)]))).toBeNull();
  });
});
