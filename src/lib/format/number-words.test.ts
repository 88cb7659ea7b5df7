import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countInWords } from "./number-words";

describe("counts in words", () => {
  it.each([
    [0, "không"],
    [5, "năm"],
    [10, "mười"],
    [15, "mười lăm"],
    [20, "hai mươi"],
    [21, "hai mươi mốt"],
    [24, "hai mươi tư"],
    [55, "năm mươi lăm"],
    [101, "một trăm linh một"],
    [115, "một trăm mười lăm"],
    [126, "một trăm hai mươi sáu"],
    [1000, "một nghìn"],
    [1005, "một nghìn không trăm linh năm"],
    [2030, "hai nghìn không trăm ba mươi"],
    [12_345, "mười hai nghìn ba trăm bốn mươi lăm"],
    [1_000_000, "một triệu"],
    [1_000_001, "một triệu không trăm linh một"],
  ])("%d is %s", (count, words) => {
    expect(countInWords(count)).toBe(words);
  });

  it("are different for different counts", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 0, max: 1e9 }), (a, b) => {
        expect(countInWords(a) === countInWords(b)).toBe(a === b);
      }),
    );
  });
});
