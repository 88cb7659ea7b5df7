import { expect, it } from "vitest";
import { countsText, sumCounts } from "./utils";

it("says what stands in a hamlet, and only what there is", () => {
  expect(countsText({ households: 1062, citizens: 3, clans: 0 })).toBe("1.062 hộ, 3 công dân");
  expect(countsText({ households: 0, citizens: 0, clans: 2 })).toBe("2 dòng họ");
  expect(countsText({ households: 0, citizens: 0, clans: 0 })).toBe("chưa có ai trong sổ");
});

it("adds the counts of several hamlets", () => {
  const one = { households: 1, citizens: 2, clans: 3 };

  expect(sumCounts([one, one, one])).toEqual({ households: 3, citizens: 6, clans: 9 });
  expect(sumCounts([])).toEqual({ households: 0, citizens: 0, clans: 0 });
});
