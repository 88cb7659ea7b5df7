import { describe, expect, it } from "vitest";
import { IMPORT_TARGET_FIELDS } from "../fields";
import type { SheetLook } from "../types";
import { draftOf, draftOfPlan, groupAlike, planOf, withChange, yearOfFile } from "./draft";
import { choicesOf, initialChoice, namedHamlets } from "./hamlets";
import { blockersOf, lackingText, unusedText } from "./words";

const look: SheetLook = {
  sheet: "Thôn Bờ Suối",
  isHidden: false,
  preview: [
    { rowNumber: 1, cells: ["DANH SÁCH HỘ NĂM 2025"] },
    { rowNumber: 3, cells: ["STT", "Họ và tên chủ hộ", "Năm sinh", "Ghi chú"] },
    { rowNumber: 4, cells: ["1", "Nguyễn Văn Thử", "1970", ""] },
  ],
  headerRow: 3,
  target: "FAMILY",
  columns: [
    { index: 0, header: "STT", samples: ["1"], field: null },
    { index: 1, header: "Họ và tên chủ hộ", samples: ["Nguyễn Văn Thử"], field: "name" },
    { index: 2, header: "Năm sinh", samples: ["1970"], field: "headBirthYear" },
    { index: 3, header: "Ghi chú", samples: [], field: null },
  ],
  hamletText: "Thôn Bờ Suối",
};

describe("the draft of a sheet", () => {
  it("begins with what was guessed and becomes the same again from its plan", () => {
    const draft = draftOf(look);
    const plan = planOf(draft);
    expect(plan?.columns).toEqual([
      { index: 1, field: "name" },
      { index: 2, field: "headBirthYear" },
    ]);
    const whole = {
      year: 2026,
      sheets: plan ? [plan] : [],
      policy: "SKIP",
      hamlets: {},
      takeRegistrations: false,
      takeResults: false,
    } as const;
    expect(draftOfPlan(look, whole)).toEqual(draft);
    expect(draftOfPlan({ ...look, sheet: "Khác" }, whole).isTaken).toBe(false);
  });

  it("leaves hidden and unknown sheets out", () => {
    expect(planOf(draftOf({ ...look, isHidden: true }))).toBeUndefined();
    expect(planOf(draftOf({ ...look, target: null, headerRow: null }))).toBeUndefined();
  });

  it("guesses the columns anew for another register or header, and finds the first guess again", () => {
    const draft = draftOf(look);
    const people = withChange(look, draft, { target: "CITIZEN" });
    expect(people.fields).toMatchObject({ 2: "birthYear" });
    const wrong = withChange(look, draft, { headerRow: 1 });
    expect(wrong.fields).toEqual({});
    expect(withChange(look, wrong, { headerRow: 3 })).toEqual(draft);
    expect(withChange(look, draft, { hamletText: null }).fields).toBe(draft.fields);
  });

  it("puts sheets with the same columns together", () => {
    const other = { ...look, sheet: "Thôn Gốc Đa", hamletText: "Thôn Gốc Đa" };
    const apart = { ...look, sheet: "Đơn vị", target: "ORGANISATION" as const };
    expect(groupAlike([look, other, apart]).map((group) => group.map(({ sheet }) => sheet))).toEqual([
      ["Thôn Bờ Suối", "Thôn Gốc Đa"],
      ["Đơn vị"],
    ]);
  });

  it("finds the year of the file, unless it names several", () => {
    expect(yearOfFile([look])).toBe(2025);
    expect(yearOfFile([look, { ...look, sheet: "Năm 2024" }])).toBeUndefined();
    expect(yearOfFile([{ ...look, sheet: "DS 2024", preview: [] }])).toBe(2024);
  });
});

describe("what the columns step says", () => {
  it("names what lacks, what is unused and what stops the check", () => {
    const draft = draftOf(look);
    expect(lackingText(draft, IMPORT_TARGET_FIELDS.FAMILY)).toBeUndefined();
    expect(unusedText(look.columns, draft)).toBe("Không dùng 2 cột: STT, Ghi chú.");
    expect(blockersOf([draft], IMPORT_TARGET_FIELDS)).toEqual([]);
    const nameless = { ...draft, fields: { 2: "headBirthYear" as const } };
    expect(blockersOf([nameless], IMPORT_TARGET_FIELDS)).toEqual([
      "Sổ hộ gia đình cần “Họ và tên chủ hộ”: hãy chọn cột ghi vào đó.",
    ]);
    expect(blockersOf([{ ...draft, isTaken: false }], IMPORT_TARGET_FIELDS)).toEqual([
      "Chưa lấy trang nào của tệp. Hãy đánh dấu ít nhất một trang.",
    ]);
  });
});

describe("hamlets the commune does not have", () => {
  it("are proposed as new to a commune without hamlets and left by any other", () => {
    expect(initialChoice({ text: "THÔN BỜ SUỐI" }, false)).toEqual({
      create: { name: "Thôn Bờ Suối", kind: "Thôn" },
    });
    expect(initialChoice({ text: "Tổ dân phố 3" }, false)).toEqual({
      create: { name: "Tổ dân phố 3", kind: "Tổ dân phố" },
    });
    expect(initialChoice({ text: "Bờ Suối" }, true)).toBe("LEAVE");
  });

  it("are asked about again when they were decided before, and left ones are in no plan", () => {
    const unknown = [{ key: "bo suoi", text: "Bờ Suối", rows: 5 }];
    expect(namedHamlets(unknown, { "goc da": { unitId: 7 } }, () => "Thôn Gốc Đa")).toEqual([
      ...unknown,
      { key: "goc da", text: "Thôn Gốc Đa", rows: 0 },
    ]);
    expect(choicesOf({ b: "LEAVE", a: { unitId: 7 } })).toEqual({ a: { unitId: 7 } });
  });
});
