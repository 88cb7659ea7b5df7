import { describe, expect, it } from "vitest";
import { ANY_TITLE_CODES, TITLE_CODES, TITLES } from "./title";

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
    expect(ANY_TITLE_CODES.map((code) => TITLES[code].validityYears)).toEqual([1, 1, 1, 1, 1, 3, 3]);
  });
});
