import type { Tone } from "@/components/data/badge";
import type { TitleCode } from "@/domain/title/title";
import type { BatchState, ImportPlan, RowDecision, Verdict } from "./types";

/** Most bytes of one uploaded list. */
export const MAX_IMPORT_BYTES = 30 * 1024 * 1024;

/** Imports of one commune that are neither written, taken back nor dropped, and what its kept files may come to. */
export const MAX_OPEN_BATCHES = 20;
export const MAX_KEPT_BYTES = 300 * 1024 * 1024;

/** Rows on one page of any list of an import. */
export const IMPORT_PAGE_SIZE = 50;

/** The four steps of an import as the line above every page names them. */
export const IMPORT_STEPS = [
  { key: "file", label: "Tệp" },
  { key: "columns", label: "Cột" },
  { key: "check", label: "Kiểm tra" },
  { key: "write", label: "Ghi" },
] as const;
export type ImportStep = (typeof IMPORT_STEPS)[number]["key"];

/** Where a batch stands, in words, and the step it stands at. */
export const BATCH_STATE_LOOKS: Readonly<
  Record<BatchState, Readonly<{ label: string; tone: Tone; step: ImportStep }>>
> = {
  LOOKING: { label: "Đang đọc tệp", tone: "active", step: "columns" },
  LOOKED: { label: "Chờ chọn cột", tone: "warn", step: "columns" },
  CHECKING: { label: "Đang kiểm tra", tone: "active", step: "check" },
  CHECKED: { label: "Chờ ghi vào sổ", tone: "warn", step: "check" },
  WRITING: { label: "Đang ghi", tone: "active", step: "write" },
  WRITTEN: { label: "Đã ghi", tone: "ok", step: "write" },
  UNDOING: { label: "Đang hoàn tác", tone: "active", step: "write" },
  UNDONE: { label: "Đã hoàn tác", tone: "draft", step: "write" },
  FAILED: { label: "Không thực hiện được", tone: "danger", step: "file" },
  DISCARDED: { label: "Đã huỷ", tone: "draft", step: "file" },
};

/** The states in which the work is with the server and the page waits. */
export const BUSY_STATES: readonly BatchState[] = ["LOOKING", "CHECKING", "WRITING", "UNDOING"];

/** The verdicts in the order in which the check shows them: what needs somebody first. */
export const VERDICTS = [
  "REJECTED",
  "DOUBTFUL",
  "CHANGED",
  "NEW",
  "UNCHANGED",
  "REPEATED",
] as const satisfies readonly Verdict[];

/** What the rows of a verdict are called, and their word in an address. */
export const VERDICT_LOOKS: Readonly<Record<Verdict, Readonly<{ slug: string; label: string }>>> = {
  REJECTED: { slug: "loi", label: "Dòng lỗi" },
  DOUBTFUL: { slug: "nghi-trung", label: "Nghi trùng" },
  CHANGED: { slug: "khac", label: "Khác với sổ" },
  NEW: { slug: "moi", label: "Sẽ thêm" },
  UNCHANGED: { slug: "giu-nguyen", label: "Giữ nguyên" },
  REPEATED: { slug: "lap", label: "Trùng trong tệp" },
};

/** The registers a sheet can go to, in the order in which they are offered. */
export const IMPORT_TARGETS = [
  "FAMILY",
  "CITIZEN",
  "CLAN",
  "ORGANISATION",
  "COMMUNITY",
] as const satisfies readonly TitleCode[];

/** The registers in the words of the page. */
export const TARGET_NAMES: Readonly<Record<TitleCode, string>> = {
  FAMILY: "Hộ gia đình",
  CITIZEN: "Công dân (nhân khẩu)",
  CLAN: "Dòng họ",
  ORGANISATION: "Đơn vị",
  COMMUNITY: "Thôn, tổ dân phố",
};

/** What to do with rows that differ from an entry that is there, in plain words. */
export const POLICIES = [
  {
    value: "SKIP",
    label: "Giữ nguyên mục trong sổ, chỉ thêm mục mới",
    hint: "Dòng khác với sổ được bỏ qua; vẫn xem được từng chỗ khác ở bước kiểm tra.",
  },
  {
    value: "UPDATE",
    label: "Sửa mục trong sổ theo tệp",
    hint: "Chỉ sửa những cột có trong tệp. Ô trống trong tệp không xoá gì trong sổ.",
  },
  {
    value: "STOP",
    label: "Dừng lại, không ghi dòng nào",
    hint: "Dùng khi danh sách phải là mới hoàn toàn: có một dòng khác hoặc nghi trùng thì không ghi gì.",
  },
] as const satisfies readonly Readonly<{ value: ImportPlan["policy"]; label: string; hint: string }>[];

/** What can be done with a doubtful row. */
export const DECISIONS = [
  { value: "NEW", label: "Là mục mới", allLabel: "Đều là mục mới" },
  { value: "SAME", label: "Chính là mục này", allLabel: "Đều là mục đã có" },
  { value: "LEAVE", label: "Để lại, chưa ghi", allLabel: "Để lại tất cả" },
] as const satisfies readonly Readonly<{ value: RowDecision; label: string; allLabel: string }>[];
