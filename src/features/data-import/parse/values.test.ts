import { describe, expect, it } from "vitest";
import type { ReadCell } from "@/lib/spreadsheet/spreadsheet";
import { choiceOf, yesOrNo } from "./choices";
import { hamletHeading, matchHamlet } from "./hamlet";
import { occupationOf } from "./occupation";
import { properCase } from "./text";
import { isHeadRelation, readCode, readIdentity, readPersonName, readYear } from "./values";

describe("readYear", () => {
  it.each<[ReadCell, number]>([
    [1979, 1979],
    ["1979", 1979],
    [" 1979 ", 1979],
    ["１９７９", 1979],
    ["1979.0", 1979],
    ["15/10/1969", 1969],
    ["3-6-1960", 1960],
    ["3.6.1960", 1960],
    ["10/25/1969", 1969],
    ["00/00/1950", 1950],
    ["10/1969", 1969],
    ["1969-10-15", 1969],
    ["1969-10-15T00:00:00", 1969],
    ["15/10/69", 1969],
    ["15/10/1969 00:00:00", 1969],
    ["năm 1969", 1969],
    ["Sinh năm 1969", 1969],
    ["ngày 15 tháng 10 năm 1969", 1969],
    [15101969, 1969],
    [3061960, 1960],
    [25491, 1969],
    [{ date: "2005-08-19" }, 2005],
    [{ date: "1905-06-01" }, 1979],
  ])("reads %j", (cell, year) => {
    expect(readYear(cell, 2026)).toEqual({ value: year });
  });

  it.each<[ReadCell, string]>([
    ["không rõ", "BIRTH_YEAR_NOT_A_YEAR"],
    ["45", "BIRTH_YEAR_NOT_A_YEAR"],
    [45, "BIRTH_YEAR_NOT_A_YEAR"],
    [1979.5, "BIRTH_YEAR_NOT_A_YEAR"],
    [true, "BIRTH_YEAR_NOT_A_YEAR"],
    ["1969?", "BIRTH_YEAR_NOT_A_YEAR"],
    ["40/13/1969", "BIRTH_YEAR_NOT_A_YEAR"],
    ["15/10/05", "BIRTH_YEAR_NOT_A_YEAR"],
    [2065, "BIRTH_YEAR_IN_FUTURE"],
    ["01/01/2027", "BIRTH_YEAR_IN_FUTURE"],
    [1889, "BIRTH_YEAR_TOO_EARLY"],
    [{ error: "#N/A" }, "FORMULA_ERROR"],
  ])("refuses %j", (cell, problem) => {
    expect(readYear(cell, 2026)).toEqual({ problem });
  });
});

describe("readIdentity", () => {
  it.each<[ReadCell, string]>([
    ["008179152622", "008179152622"],
    [8069646224, "008069646224"],
    [79069646224, "079069646224"],
    ["008 179 152 622", "008179152622"],
    ["'008179152622", "008179152622"],
    ["8069646224", "008069646224"],
    [123456789, "123456789"],
    [12345678, "012345678"],
  ])("reads %j", (cell, digits) => {
    expect(readIdentity(cell)).toEqual({ value: digits });
  });

  it.each<ReadCell>([
    "97179152622",
    "097179152622",
    "008979152622",
    "000179152622",
    "12345678",
    "8.06965E+09",
    "chưa có",
    8069646224.5,
    123456789012,
    true,
  ])("refuses %j", (cell) => {
    expect(readIdentity(cell)).toEqual({ problem: "IDENTITY_INVALID" });
  });
});

describe("names", () => {
  it.each([
    ["BÀN THANH HOA", "Bàn Thanh Hoa"],
    ["H'HEN NIÊ", "H'Hen Niê"],
    ["Y-BHIÔ KSOR", "Y-Bhiô Ksor"],
    ["ĐẶNG VĂN LỘC".normalize("NFD"), "Đặng Văn Lộc"],
    ["H'Hen Niê", "H'Hen Niê"],
    ["Đặng văn Lộc", "Đặng văn Lộc"],
    ["Hộ ông: Đặng Văn Lộc", "Đặng Văn Lộc"],
  ])("%s is written %s", (typed, name) => {
    expect(readPersonName(typed.normalize("NFC"))).toEqual({ value: name });
  });

  it("keeps names with figures and signs out", () => {
    expect(readPersonName("Nguyễn Văn A2")).toEqual({ problem: "NAME_INVALID" });
    expect(readPersonName("…")).toEqual({ problem: "NAME_INVALID" });
    expect(readPersonName("A".repeat(201))).toEqual({ problem: "TEXT_TOO_LONG" });
  });

  it("changes nothing the second time", () => {
    expect(properCase(properCase("TRẦN THỊ Ý"))).toBe("Trần Thị Ý");
  });
});

describe("hamlets", () => {
  const hamlets = [
    "Thôn Bờ Suối",
    "Thôn Gốc Đa",
    "Tổ dân phố số 3",
    "Thôn 3",
    "Thôn 10",
    "Thôn Hoà",
    "Thôn Hoa",
  ].map((name) => ({ name }));

  it.each([
    ["bờ suối", "Thôn Bờ Suối"],
    ["THÔN BỜ SUỐI", "Thôn Bờ Suối"],
    ["thon bo suoi", "Thôn Bờ Suối"],
    ["Thôn Bờ Suối".normalize("NFD"), "Thôn Bờ Suối"],
    ["Bản Bờ Suối", "Thôn Bờ Suối"],
    ["TDP 3", "Tổ dân phố số 3"],
    ["tổ 03", "Tổ dân phố số 3"],
    ["thôn 03", "Thôn 3"],
    ["thôn 10", "Thôn 10"],
    ["thôn hoa", "Thôn Hoa"],
    ["THÔN HOÀ", "Thôn Hoà"],
  ])("%s is %s", (text, name) => {
    expect(matchHamlet(text, hamlets)?.name).toBe(name);
  });

  it.each(["", "3", "thôn", "Bản 10", "Thôn Không Có", "Suối"])("%j is none for sure", (text) => {
    expect(matchHamlet(text, hamlets)).toBeNull();
  });

  it.each([
    ["THÔN BỜ SUỐI", "Thôn Bờ Suối"],
    ["I. Thôn Bờ Suối (35 hộ)", "Thôn Bờ Suối"],
    ["2/ Tổ dân phố số 3: 41 hộ", "Tổ dân phố số 3"],
    ["Bản Pắc Ngàm 2", "Bản Pắc Ngàm 2"],
    ["BÀN THANH HOA", null],
    ["Tô Văn Nam", null],
    ["Ban Thanh Hoa", "Ban Thanh Hoa"],
    ["Thôn", null],
  ])("the heading %s names %s", (text, name) => {
    expect(hamletHeading(text)).toBe(name);
  });
});

describe("choices", () => {
  it.each([
    ["sex", "NỮ", "FEMALE"],
    ["poverty", "hộ cận nghèo", "NEAR_POOR"],
    ["poverty", "Hộ nghèo 2024", "POOR"],
    ["poverty", "Không", "NONE"],
    ["organisationKind", "Trường THCS công lập", "SCHOOL"],
    ["organisationKind", "HTX", "COOPERATIVE"],
    ["organisationLevel", "Thuộc tỉnh, trung ương", "PROVINCE"],
    ["digitalSkill", "Thành thạo", "FLUENT"],
    ["hamletKind", "TDP", "Tổ dân phố"],
  ] as const)("%s %s is %s", (field, text, value) => {
    expect(choiceOf(field, text)).toBe(value);
  });

  it.each(["x", "X", "có", "v", "✓", "1", "Đăng ký", "co"])("%s says yes", (text) => {
    expect(yesOrNo("registered", text)).toBe(true);
  });

  it.each(["không", "0", "-", "chưa", "ko", "trống", "Không đăng ký"])("%s says no", (text) => {
    expect(yesOrNo("registered", text)).toBe(false);
  });

  it.each(["81", "hộ nghèo", "?"])("%s says neither", (text) => {
    expect(yesOrNo("registered", text)).toBeUndefined();
  });

  it.each([
    ["nông nghiệp", "FARMER", true],
    ["Nông dân", "FARMER", true],
    ["Công nhân may", "WORKER", true],
    ["thợ xây", "WORKER", true],
    ["cán bộ xã", "OFFICIAL", true],
    ["Giáo viên trường Tiểu học", "OFFICIAL", true],
    ["Học sinh", "STUDENT", false],
    ["Hưu trí", "FARMER", false],
    ["Quản lý, cán bộ, công chức, viên chức, doanh nhân", "OFFICIAL", true],
  ])("%s takes the form %s", (text, variant, isWorker) => {
    expect(occupationOf(text)).toEqual({ variant, isWorker });
  });

  it("does not guess a job it does not know", () => {
    expect(occupationOf("abc")).toBeUndefined();
  });

  it.each(["Chủ hộ", "chủ hộ", "CH", "1. Chủ hộ"])("%s is the head", (text) => {
    expect(isHeadRelation(text)).toBe(true);
  });

  it.each(["vợ chủ hộ", "con", "Chồng", "cháu"])("%s is not the head", (text) => {
    expect(isHeadRelation(text)).toBe(false);
  });

  it("reads codes as people type them", () => {
    expect(readCode("gd 0123")).toEqual({ value: "GD123" });
    expect(readCode("123")).toEqual({ problem: "CODE_UNKNOWN" });
  });
});
