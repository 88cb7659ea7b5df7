import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultActiveFrom, hamletName, isAllCaps, personName, slipsOf } from "./utils";

describe("defaultActiveFrom", () => {
  it.each([
    ["the running year counts from its first day", 2026, "2026-08-10", "2014-02-20", "2026-01-01"],
    ["last year's round is still open in January", 2025, "2026-01-15", "2014-02-20", "2025-01-01"],
    ["nothing is followed from the future", 2027, "2026-12-20", "2014-02-20", "2026-12-20"],
    ["nothing stands before its unit", 2025, "2026-08-10", "2025-07-01", "2025-07-01"],
  ])("%s", (_, year, today, unitFrom, expected) => {
    expect(defaultActiveFrom({ year, today, unitFrom })).toBe(expected);
  });
});

describe("names", () => {
  it("puts the kind before a hamlet's name once", () => {
    expect(hamletName("Thôn", "Ao Búc")).toBe("Thôn Ao Búc");
    expect(hamletName("Thôn", "thôn Ao Búc")).toBe("thôn Ao Búc");
    expect(hamletName("Bản", "Bảng Lảng")).toBe("Bản Bảng Lảng");
  });

  it("notices capitals alone", () => {
    expect(isAllCaps("ĐẶNG VĂN LỘC")).toBe(true);
    expect(isAllCaps("Đặng Văn Lộc")).toBe(false);
    expect(isAllCaps("UBND")).toBe(true);
    expect(isAllCaps("Tổ 3")).toBe(false);
  });

  it.each([
    ["  ma   văn   thử nghiệm ", "Ma Văn Thử Nghiệm"],
    ["ĐẶNG  THỊ ÁNH-NGUYỆT", "Đặng Thị Ánh-Nguyệt"],
    ["h'hen niê", "H'Hen Niê"],
    ["Y’BIH ÊBAN", "Y’Bih Êban"],
    ["nguyễn v.a", "Nguyễn V.A"],
    ["Nguyễn thị Hoa", "Nguyễn thị Hoa"],
    ["K'sor H’nhan", "K'sor H’nhan"],
    ["ê", "ê"],
    ["", ""],
  ])("writes %j as %j", (typed, written) => {
    expect(personName(typed)).toBe(written);
    expect(personName(personName(typed))).toBe(written);
  });
});

describe("slips", () => {
  const word = fc.string({ unit: fc.constantFrom(..."abcdeghiklmnopqrstuvxy"), minLength: 4, maxLength: 8 });

  it("takes every single slip in a word of four letters or more, seen from either side", () => {
    fc.assert(
      fc.property(word, fc.nat(), fc.constantFrom(..."abcxyz"), (name, seed, letter) => {
        const at = seed % (name.length - 1);
        const slips = [
          name.slice(0, at) + letter + name.slice(at + 1),
          name.slice(0, at) + letter + name.slice(at),
          name.slice(0, at) + name.slice(at + 1),
          name.slice(0, at) + name.charAt(at + 1) + name.charAt(at) + name.slice(at + 2),
        ];

        return slips.every((typed) => typed.length < 4 || slipsOf(typed).has(name));
      }),
    );
  });

  it("takes short words as typed and never grows without end", () => {
    expect([...slipsOf("le")]).toEqual(["le"]);
    expect(slipsOf("a".repeat(60)).size).toBe(1);
    expect(slipsOf("nghiem").size).toBeLessThan(600);
  });
});
