import { describe, expect, it } from "vitest";
import type { Answer } from "@/domain/criteria/answer";
import type { CriteriaItem } from "@/domain/criteria/criteria-set";
import { draftOf, readDraft } from "./draft";

const base = { code: "1", name: "Thử", maxPoints: 10, provenance: "source" } as const;
const yesNo: CriteriaItem = { ...base, answer: { kind: "yesNo" } };
const scale: CriteriaItem = { ...base, answer: { kind: "scale", max: 10 } };
const level: CriteriaItem = { ...base, maxPoints: null, answer: { kind: "level" } };
const share: CriteriaItem = { ...base, answer: { kind: "share", bands: [{ atLeast: 50, points: 10 }] } };
const derived: CriteriaItem = { ...share, derived: "household.adultCitizenShare" };
const counted = { numerator: 1, denominator: 4 };

describe("draft of an item", () => {
  it.each<[CriteriaItem, Answer]>([
    [yesNo, { yes: true }],
    [yesNo, { yes: false }],
    [yesNo, { notApplicable: true, reason: "Không có trẻ" }],
    [scale, { points: 0 }],
    [scale, { points: 10 }],
    [level, { level: 0 }],
    [level, { level: 2 }],
    [share, { numerator: 3, denominator: 5 }],
  ])("reads back what is stored (%#)", (item, answer) => {
    expect(readDraft(item, draftOf(answer), undefined)).toEqual({ kind: "answer", answer });
  });

  it.each([yesNo, scale, level, share])("is empty where nothing is stored (%#)", (item) => {
    expect(readDraft(item, draftOf(null), undefined)).toEqual({ kind: "empty" });
  });

  it("keeps half a share, words and points above the maximum from being sent", () => {
    const blank = draftOf(null);
    expect(readDraft(share, { ...blank, numerator: "3" }, undefined).kind).toBe("unfinished");
    expect(readDraft(share, { ...blank, numerator: "ba", denominator: "5" }, undefined).kind).toBe(
      "unfinished",
    );
    expect(readDraft(share, { ...blank, numerator: "6", denominator: "5" }, undefined).kind).toBe("invalid");
    expect(readDraft(share, { ...blank, numerator: "0", denominator: "0" }, undefined).kind).toBe("invalid");
    expect(readDraft(scale, { ...blank, points: "1,5" }, undefined).kind).toBe("unfinished");
    expect(readDraft(scale, { ...blank, points: "11" }, undefined).kind).toBe("invalid");
    expect(readDraft(scale, { ...blank, points: "99999" }, undefined).kind).toBe("unfinished");
  });

  it("lets the counted share stand until it is overruled with a reason", () => {
    const typed = { ...draftOf(null), numerator: "2", denominator: "4", isOverruling: true };
    expect(readDraft(derived, { ...typed, isOverruling: false }, counted)).toEqual({ kind: "empty" });
    expect(readDraft(derived, typed, counted).kind).toBe("invalid");
    expect(readDraft(derived, { ...typed, reason: "Mới về" }, counted)).toEqual({
      kind: "answer",
      answer: { numerator: 2, denominator: 4, reason: "Mới về" },
    });
    expect(readDraft(derived, typed, undefined)).toEqual({
      kind: "answer",
      answer: { numerator: 2, denominator: 4 },
    });
  });

  it("asks for the reason why an item does not apply", () => {
    const blank = { ...draftOf(null), isNotApplicable: true };
    expect(readDraft(yesNo, blank, undefined).kind).toBe("invalid");
    expect(readDraft(yesNo, { ...blank, reason: "Không có trẻ" }, undefined).kind).toBe("answer");
  });
});
