import type { PublishedResult } from "@/domain/published/published-result";

/** What a remark of the collection says, as facts and in Vietnamese. */
export type PublishedRemark = Readonly<
  Partial<
    Pick<
      PublishedResult,
      "approximate" | "isOlderTitle" | "isModelInferred" | "population" | "registeredShare" | "note"
    >
  >
>;

/** Remarks that the rules find again by themselves: nothing to carry over. */
const FOUND_BY_RULES = [
  /^implied total \d+$/,
  /^published value is truncated: exact [\d.]+$/,
  /^truncated: exact [\d.]+$/,
  /^15772\/17528 = /,
];

const OLDER = { isOlderTitle: true } as const;

/** Every other remark, word for word, with what it means. */
const REMARKS: Readonly<Record<string, PublishedRemark>> = {
  "registered = 84.2% of households; implied total about 29,900": { registeredShare: 84.2 },
  "registered = 63.7% of all households; implied total about 56,550": { registeredShare: 63.7 },
  "more than 27,000": { approximate: "COUNTS", note: "Nguồn ghi “hơn”" },
  "article says xã; number fits villages": {
    isModelInferred: true,
    note: "Nguồn viết là xã; con số hợp với thôn",
  },
  "36 of them outstanding (tiêu biểu)": { note: "Trong đó 36 gia đình tiêu biểu" },
  "same sentence as the family rate but another denominator": {
    note: "Cùng một câu với tỷ lệ gia đình nhưng tính trên mẫu số khác",
  },
  "rates given as more than": { approximate: "RATE", note: "Tỷ lệ ghi “trên”" },
  "1,801 registered since 2022": { note: "1.801 dòng họ đăng ký từ năm 2022" },
  "about 30 thousand": { approximate: "COUNTS", note: "Nguồn ghi “khoảng 30 nghìn”" },
  "more than 54%": { approximate: "RATE", note: "Nguồn ghi “trên 54%”" },
  "published rate does not match its own numbers (74.99); local name Gia đình hiếu học": {
    ...OLDER,
    note: "Tên tại địa phương: Gia đình hiếu học",
  },
  "registration only; local names hiếu học": {
    ...OLDER,
    note: "Chỉ có số đăng ký; tên tại địa phương là danh hiệu hiếu học",
  },
  "rates only; 86 and 80 are rounded in the source": { note: "Chỉ công bố tỷ lệ" },
  "registered; family number is more than": { note: "Số đăng ký; số gia đình ghi “hơn”" },
  "registered in half year": { note: "Số đăng ký trong nửa năm" },
  "rounded (more than / nearly)": { approximate: "COUNTS", note: "Số làm tròn, ghi “hơn” hoặc “gần”" },
  "older title (hiếu học); which model the pair belongs to is inferred": {
    ...OLDER,
    isModelInferred: true,
    note: "Danh hiệu hiếu học; cặp số này thuộc mô hình nào là suy ra",
  },
  "older title (hiếu học); model assignment inferred": {
    ...OLDER,
    isModelInferred: true,
    note: "Danh hiệu hiếu học; thuộc mô hình nào là suy ra",
  },
  "Gia đình hiếu học": { ...OLDER, note: "Danh hiệu Gia đình hiếu học" },
  "more than 93": { approximate: "RATE", note: "Nguồn ghi “trên 93%”" },
  "36 level 1 + 19 level 2": { note: "36 đơn vị mức 1 và 19 đơn vị mức 2" },
  "group: nông dân, LĐ nông thôn; numbers are more than": {
    population: "Nông dân, lao động nông thôn",
    approximate: "COUNTS",
    note: "Số đăng ký ghi “hơn”",
  },
  "group: công nhân, thợ; numbers are more than": {
    population: "Công nhân, thợ",
    approximate: "COUNTS",
    note: "Số đăng ký ghi “hơn”",
  },
  "group: CBCCVC, doanh nhân; numbers are more than": {
    population: "Cán bộ, công chức, viên chức, doanh nhân",
    approximate: "COUNTS",
    note: "Số đăng ký ghi “hơn”",
  },
  pilot: { note: "Thí điểm" },
  "group: nông dân, LĐ nông thôn; first two are about/more than": {
    population: "Nông dân, lao động nông thôn",
    approximate: "RATE",
    note: "Thí điểm; tỷ lệ ghi “khoảng”",
  },
  "group: công nhân, LĐ khác; first two are about/more than": {
    population: "Công nhân, lao động khác",
    approximate: "RATE",
    note: "Thí điểm; tỷ lệ ghi “trên”",
  },
  "group: trình độ cao đẳng trở lên; first two are about/more than": {
    population: "Người có trình độ cao đẳng trở lên",
    note: "Thí điểm",
  },
  "accounts created in the citizen software (more than); 4,850 association members = 26.94% of population": {
    approximate: "COUNTS",
    note: "Số tài khoản đã lập, ghi “hơn”; 4.850 hội viên bằng 26,94 % dân số",
  },
  "low reliability": { note: "Số liệu trong bài làm của sinh viên, độ tin cậy thấp" },
};

/** Rows of which a remark about several rows says something more. */
const OF_ROWS: Readonly<Record<number, PublishedRemark>> = {
  59: { approximate: "RATE", note: "Chỉ công bố tỷ lệ, đã làm tròn" },
  60: { approximate: "RATE", note: "Chỉ công bố tỷ lệ, đã làm tròn" },
  66: { approximate: "COUNTS" },
};

/** What the remark of a row says. @throws Error a remark without a wording */
export function remarkOf(no: number, text: string): PublishedRemark {
  if (text === "") return {};
  const found = REMARKS[text];
  if (!found && !FOUND_BY_RULES.some((rule) => rule.test(text)))
    throw new Error(`published result ${no}: remark without wording`);

  return { ...found, ...OF_ROWS[no] };
}

/** The published denominator as a code, with what does not fit one. */
export const PUBLISHED_BASES: Readonly<
  Record<string, Readonly<{ code: PublishedResult["denominatorPublished"]; note?: string }>>
> = {
  "": { code: null },
  total: { code: "TOTAL" },
  "total households": { code: "TOTAL" },
  "total (implied)": { code: "TOTAL_IMPLIED" },
  registered: { code: "REGISTERED" },
  "registered as share of total": { code: "REGISTERED_OF_TOTAL" },
  "not stated": { code: "NOT_STATED" },
  "class khá or better": { code: null, note: "Tính các xã xếp loại khá trở lên" },
};

/** Sources of which only a short address was kept, in words for people. */
export const SOURCE_WORDS: Readonly<Record<string, string>> = {
  "GitHub tghao100/Web_KhuyenHoc csdl/qlctkh.sql":
    "Cơ sở dữ liệu bài làm của sinh viên trên GitHub (tghao100/Web_KhuyenHoc)",
};
