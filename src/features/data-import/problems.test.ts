import { describe, expect, it } from "vitest";
import { IMPORT_TARGET_FIELDS } from "./fields";
import { PROBLEM_TEXTS } from "./problems";
import type { ImportTarget, ProblemCode } from "./types";
import { placeOfProblem, problemOfSlug, problemSlug } from "./utils";

const CODES = Object.keys(PROBLEM_TEXTS) as ProblemCode[];
const TARGETS = Object.keys(IMPORT_TARGET_FIELDS) as ImportTarget[];

describe("what is wrong with a row", () => {
  it.each(CODES)("%s: the reason and how to mend it, each a sentence of its own", (code) => {
    const { reason, mend } = PROBLEM_TEXTS[code];
    expect(reason).toMatch(/^\p{Lu}[^.]{5,}$/u);
    expect(mend).toMatch(/^\p{Lu}.{8,}\.$/u);
    expect(mend).not.toBe(reason);
    expect(problemOfSlug(problemSlug(code))).toBe(code);
  });

  it("names the column by its letter and header, or says where else it comes from", () => {
    for (const target of TARGETS) {
      for (const { field, label } of IMPORT_TARGET_FIELDS[target]) {
        for (const code of CODES) {
          const row = { sheet: "Danh sách", target };
          const place = (column: number | null) =>
            placeOfProblem(row, { field, column, code }, (_, index) =>
              index === 3 ? "Cột của xã" : undefined,
            );
          expect(place(3)).toBe("Cột D “Cột của xã”");
          expect(place(27)).toBe(`Cột AB “${label}”`);
          expect(place(null)).toContain(label);
        }
      }
    }
    expect(
      placeOfProblem(
        { sheet: "Danh sách", target: "FAMILY" },
        { field: "hamlet", column: null, code: "HAMLET_UNKNOWN" },
        () => undefined,
      ),
    ).toBe("Thôn, tổ dân phố (dòng tên thôn phía trên, tên trang hoặc tiêu đề)");
  });
});
