import type { BatchState, CellProblemCode } from "./types";

/** A file of 4,000 units with every column stays below this. */
export const MAX_FIGURE_FILE_BYTES = 5 * 1024 * 1024;

export const CODE_HEADER = "Mã đơn vị";
export const NAME_HEADER = "Tên đơn vị";

/** What is wrong and how to mend it. */
export const PROBLEM_TEXTS: Readonly<Record<CellProblemCode, string>> = {
  UNIT_MISSING: "Dòng có số nhưng không ghi đơn vị nào. Hãy ghi mã hoặc tên đơn vị như trong mẫu.",
  UNIT_UNKNOWN: "Không có đơn vị này trong phạm vi được nhập. Hãy ghi mã hoặc tên đơn vị như trong mẫu.",
  UNIT_AMBIGUOUS: "Có hơn một đơn vị mang tên này. Hãy ghi mã đơn vị như trong mẫu.",
  UNIT_TWICE: "Đơn vị này đã có ở dòng trên. Hãy giữ lại một dòng.",
  NOT_A_COUNT: "Không phải số đếm. Hãy ghi số nguyên từ 0 trở lên, ví dụ 1.234.",
  FORMULA_ERROR: "Công thức trong ô bị lỗi. Hãy sửa công thức hoặc ghi thẳng con số.",
  MORE_THAN_TOTAL: "Lớn hơn tổng số. Hãy xem lại số này hoặc tổng số.",
};

export const BATCH_STATE_NAMES: Readonly<Record<BatchState, string>> = {
  CHECKED: "Đã kiểm tra, chưa ghi",
  WRITTEN: "Đã ghi",
  UNDONE: "Đã hoàn tác",
};
