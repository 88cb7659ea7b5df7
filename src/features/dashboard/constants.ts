import type { Series } from "@/components/charts/series";
import type { TitleCode } from "@/domain/title/title";

/** The series of each title in every chart. */
export const TITLE_SERIES: Readonly<Record<TitleCode, Series>> = {
  FAMILY: 1,
  CLAN: 2,
  COMMUNITY: 3,
  ORGANISATION: 4,
  CITIZEN: 5,
};

/** The stages of the work, as the list of a leaf can be narrowed to them: `?buoc=da-cham`. */
export const STEPS = ["tat-ca", "dang-ky", "da-cham", "da-nop", "cong-nhan"] as const;
export type Step = (typeof STEPS)[number];

export const STEP_NAMES: Readonly<Record<Step, string>> = {
  "tat-ca": "Tất cả",
  "dang-ky": "Đã đăng ký",
  "da-cham": "Đã chấm xong",
  "da-nop": "Đã nộp",
  "cong-nhan": "Được công nhận",
};
