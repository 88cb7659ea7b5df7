import { describe, expect, it } from "vitest";
import { countedGroups, suggestTotals } from "./denominators";
import type { RegisterCount } from "./types";

const one = (group: RegisterCount["group"], count: number, reasonWhenNone: string | null = null) => ({
  group,
  label: group,
  count,
  reasonWhenNone,
});
const household = [
  one("adults", 3, "không có người lớn"),
  one("literacy", 2, "không có người từ 19 đến 60 tuổi"),
  one("children", 0, "không có trẻ"),
];
const totals = (name: string, counts: readonly RegisterCount[]) =>
  suggestTotals({ name }, counts).totals.map(({ group }) => group);

describe("the total an item is offered", () => {
  it.each([
    ["Trẻ trong độ tuổi đến trường, hoàn thành phổ cập (trừ ốm đau, khuyết tật)", ["children"]],
    ["Học lực từ trung bình, hạnh kiểm từ khá (tiểu học: đạt yêu cầu)", ["children"]],
    ["Người lớn 19–60 tuổi biết chữ", ["literacy"]],
    ["Người lớn 15–60 tuổi biết chữ", []],
    ["Mỗi năm mỗi người lớn học ít nhất một nội dung", ["adults"]],
    ["Trẻ trong độ tuổi không bỏ học", ["children"]],
    ["Phổ cập giáo dục, xóa mù chữ: trẻ đến trường, người lớn biết chữ", ["children", "adults"]],
    ["Thành viên chấp hành kỷ luật, hợp tác", ["members"]],
    ["Chấp hành kỷ luật", []],
  ])("%s", (name, groups) => {
    expect(countedGroups({ name })).toEqual(groups);
  });

  it("is never the adults for an item about children; with no child the reason to leave it out", () => {
    const name = "Trẻ trong độ tuổi đến trường";
    expect(suggestTotals({ name }, household)).toEqual({ totals: [], notApplicableReason: "không có trẻ" });
    expect(totals(name, [one("adults", 3), one("children", 2)])).toEqual(["children"]);
  });

  it("is every labelled count where the wording names nobody, and none for ages that are not counted", () => {
    expect(totals("Tham gia hội khuyến học", household)).toEqual(["adults", "literacy"]);
    expect(totals("Người từ 25–35 tuổi có bằng nghề", household)).toEqual([]);
  });

  it("gives no reason where the register does not know", () => {
    expect(suggestTotals({ name: "Trẻ đến trường" }, [one("children", 0)])).toEqual({
      totals: [],
      notApplicableReason: null,
    });
    expect(suggestTotals({ name: "Trẻ đến trường" }, [])).toEqual({ totals: [], notApplicableReason: null });
  });
});
