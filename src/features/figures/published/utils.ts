import type { PublishedResult } from "@/domain/published/published-result";
import type { NotTaken, Trap, TrapCode } from "@/domain/published/traps";
import { formatCount, formatNumber } from "@/lib/format/number";
import { capitalised } from "@/lib/text/name";

const TIES: Readonly<Record<Exclude<PublishedResult["unitTie"], "TIED">, string>> = {
  AMBIGUOUS: "Có hơn một đơn vị mang tên này trong thời gian đó nên chưa gắn với đơn vị nào.",
  ENDED: "Cuối kỳ không còn đơn vị mang tên này (đã kết thúc ngày 30/6/2025) nên chưa gắn với đơn vị nào.",
  UNNAMED: "Nguồn không nêu tên nơi báo cáo.",
  PART: "Số của một phần địa bàn làm thí điểm, không phải của cả đơn vị.",
  REGION: "Số của một vùng, không phải một đơn vị hành chính.",
};

const TRAP_NAMES: Readonly<Record<TrapCode, string>> = {
  RATE_MISMATCH: "tỷ lệ không khớp",
  RATE_TRUNCATED: "tỷ lệ bị cắt bớt",
  RATE_ON_REGISTERED: "tỷ lệ trên số đăng ký",
  RATE_IS_REGISTRATION: "tỷ lệ đăng ký",
  DENOMINATOR_NOT_STATED: "không rõ tỷ lệ trên số nào",
  IMPLIED_TOTAL: "thiếu tổng số",
  RECOGNISED_ABOVE_TOTAL: "công nhận nhiều hơn tổng số",
  RECOGNISED_ABOVE_REGISTERED: "công nhận nhiều hơn đăng ký",
  RATE_WITHOUT_COUNTS: "chỉ có tỷ lệ",
  SEVERAL_YEARS: "gộp nhiều năm",
  PART_OF_YEAR: "chưa hết năm",
  UP_TO_DATE: "luỹ kế",
  PERIOD_UNKNOWN: "không rõ thời gian",
  PLACE_NOT_TIED: "chưa gắn với đơn vị",
  APPROXIMATE: "số không chính xác",
  PART_OF_PEOPLE: "một nhóm người",
  OLDER_TITLE: "danh hiệu cũ",
  MODEL_INFERRED: "mô hình suy ra",
  LOW_CONFIDENCE: "nguồn ít tin cậy",
};

/** What there is to beware of in one line: the first trap by its name, and how many more. */
export function trapLine(traps: readonly Trap[]): string | null {
  const [first, ...more] = traps;
  if (!first) return null;

  return `${capitalised(TRAP_NAMES[first.code])}${more.length > 0 ? ` và ${more.length} điều khác` : ""}`;
}

/** What a trap means, in a sentence. Numbers as they are, never put right. */
export function trapText(trap: Trap): string {
  switch (trap.code) {
    case "RATE_MISMATCH":
      return `Tỷ lệ công bố khác công nhận trên tổng số: tính lại được ${percent(trap.recomputed)}, công bố ${trap.difference > 0 ? "cao hơn" : "thấp hơn"} ${formatNumber(Math.abs(trap.difference), 2)} điểm %.`;
    case "RATE_TRUNCATED":
      return `Tỷ lệ công bố bị cắt bớt chứ không làm tròn: tính lại được ${formatNumber(trap.recomputed, 3)} %.`;
    case "RATE_ON_REGISTERED":
      return `Tỷ lệ công bố chỉ khớp với công nhận trên số đăng ký (${percent(trap.recomputed)}), không phải trên tổng số.`;
    case "RATE_IS_REGISTRATION":
      return "Tỷ lệ công bố là đăng ký trên tổng số, không phải tỷ lệ công nhận.";
    case "DENOMINATOR_NOT_STATED":
      return "Nguồn không nói tỷ lệ tính trên số nào.";
    case "IMPLIED_TOTAL":
      return `Nguồn không nêu tổng số; theo tỷ lệ công bố thì khoảng ${formatCount(trap.total)}.`;
    case "RECOGNISED_ABOVE_TOTAL":
      return "Số được công nhận lớn hơn tổng số.";
    case "RECOGNISED_ABOVE_REGISTERED":
      return "Số được công nhận lớn hơn số đăng ký.";
    case "RATE_WITHOUT_COUNTS":
      return "Chỉ có tỷ lệ, không có số đếm để tính lại.";
    case "SEVERAL_YEARS":
      return `Một số chung cho ${trap.years} năm: không rõ là cộng dồn hay của năm cuối.`;
    case "PART_OF_YEAR":
      return "Số chưa hết năm, không so được với số cả năm.";
    case "UP_TO_DATE":
      return "Số luỹ kế đến thời điểm báo cáo, không rõ từ năm nào.";
    case "PERIOD_UNKNOWN":
      return "Nguồn không ghi thời gian.";
    case "PLACE_NOT_TIED":
      return TIES[trap.tie];
    case "APPROXIMATE":
      return trap.what === "COUNTS"
        ? "Số đếm ghi “hơn”, “gần” hoặc “khoảng”, không phải số chính xác."
        : "Tỷ lệ ghi “trên” hoặc đã làm tròn, không phải số chính xác.";
    case "PART_OF_PEOPLE":
      return "Số của một nhóm người, không phải của tất cả.";
    case "OLDER_TITLE":
      return "Nguồn dùng tên danh hiệu hiếu học, khuyến học có trước các mô hình học tập.";
    case "MODEL_INFERRED":
      return "Nguồn không nói rõ con số thuộc mô hình nào; mô hình ghi ở đây là suy ra.";
    case "LOW_CONFIDENCE":
      return "Nguồn có độ tin cậy thấp.";
  }
}

/** Why the numbers of a row are not among the figures of a unit. */
export const NOT_TAKEN: Readonly<Record<NotTaken, string>> = {
  PLACE: "Không đưa vào số nhập: chưa gắn được với một đơn vị.",
  PERIOD: "Không đưa vào số nhập: không phải số của trọn năm.",
  TITLE: "Không đưa vào số nhập: danh hiệu này chưa quản lý ở đây.",
  PEOPLE: "Không đưa vào số nhập: chỉ là số của một nhóm người.",
  APPROXIMATE: "Không đưa vào số nhập: số không chính xác.",
  INFERRED: "Không đưa vào số nhập: mô hình là suy ra.",
  LOW: "Không đưa vào số nhập: nguồn có độ tin cậy thấp.",
  NO_COUNTS: "Không đưa vào số nhập: không có số đếm.",
};

const DENOMINATORS: Readonly<Record<NonNullable<PublishedResult["denominatorPublished"]>, string>> = {
  TOTAL: "trên tổng số",
  TOTAL_IMPLIED: "trên tổng số (suy ra)",
  REGISTERED: "trên số đăng ký",
  REGISTERED_OF_TOTAL: "đăng ký trên tổng số",
  NOT_STATED: "không nêu trên số nào",
};

/** The published rate exactly as printed, with as many decimals, and of what it is said to be. */
export function printedRate(
  row: Pick<PublishedResult, "ratePublished" | "rateDecimals" | "denominatorPublished">,
): { rate: string; of: string | null } {
  if (row.ratePublished === null) return { rate: "–", of: null };
  const rate = row.ratePublished.toFixed(row.rateDecimals ?? 0).replace(".", ",");

  return {
    rate: `${rate} %`,
    of: row.denominatorPublished === null ? null : DENOMINATORS[row.denominatorPublished],
  };
}

/** A recomputed rate with two decimals, to stand beside printed ones. */
export function percent(value: number | null): string {
  return value === null ? "–" : `${value.toFixed(2).replace(".", ",")} %`;
}

/** The address of a page of the published results with what is chosen. */
export function publishedHref(
  chosen: Readonly<{ place: string; province: string; period: string; model: string; page?: number }>,
): string {
  const query = new URLSearchParams();
  if (chosen.place) query.set("noi", chosen.place);
  if (chosen.province) query.set("tinh", chosen.province);
  if (chosen.period) query.set("ky", chosen.period);
  if (chosen.model) query.set("mo-hinh", chosen.model);
  if (chosen.page && chosen.page > 1) query.set("trang", String(chosen.page));

  return `/bang-dieu-hanh/ket-qua-da-cong-bo?${query}`;
}

/** The province a row is of; null above provinces. One whose name stands in no list is called as its source calls it. */
export function provinceOf({
  level,
  place,
  province,
}: Pick<PublishedResult, "level" | "place" | "province">) {
  return level === "PROVINCE" ? (province ?? place) : province;
}

/** The site of a source that is an address; null for one in words. */
export function hostOf(source: string): string | null {
  if (!/^https?:\/\/\S+$/.test(source) || !URL.canParse(source)) return null;

  return new URL(source).hostname.replace(/^www\./, "");
}
