import { describe, expect, it } from "vitest";
import { ANY_TITLE_CODES, lastYearOfValidity, TITLE_CODES, TITLES } from "./title";

describe("titles", () => {
  it("come in one order", () => {
    expect(TITLE_CODES).toEqual(["FAMILY", "CLAN", "COMMUNITY", "ORGANISATION", "CITIZEN"]);
    expect(Object.keys(TITLES)).toEqual([...ANY_TITLE_CODES]);
    expect(TITLE_CODES.map((code) => TITLES[code].countedNounVi)).toEqual([
      "gia đình",
      "dòng họ",
      "cộng đồng",
      "đơn vị",
      "công dân",
    ]);
  });

  it("count in the year itself, those of the circulars in three years", () => {
    expect(lastYearOfValidity("FAMILY", 2024)).toBe(2024);
    expect(lastYearOfValidity("COMMUNE_COMMUNITY", 2024)).toBe(2026);
  });
});
