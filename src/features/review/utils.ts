import type { AssessmentState } from "@/domain/recognition/recognition";
import type { QueueEntry } from "./data/queue";

/** Which entries of a dossier the desk lists, in addresses. */
export const DESK_FILTERS = ["cho", "tra-lai", "da-duyet", "cong-nhan", "tat-ca"] as const;
export type DeskFilter = (typeof DESK_FILTERS)[number];

export const DESK_FILTER_NAMES: Readonly<Record<DeskFilter, string>> = {
  cho: "Chờ thẩm định",
  "tra-lai": "Trả lại",
  "da-duyet": "Đã duyệt",
  "cong-nhan": "Đã công nhận",
  "tat-ca": "Tất cả",
};

export const STATE_OF_FILTER: Readonly<Record<DeskFilter, AssessmentState | null>> = {
  cho: "SUBMITTED",
  "tra-lai": "RETURNED",
  "da-duyet": "APPROVED",
  "cong-nhan": "RECOGNISED",
  "tat-ca": null,
};

/** The filter of an address; the waiting ones unless it names another. */
export function deskFilterOf(text: string | undefined): DeskFilter {
  return DESK_FILTERS.find((filter) => filter === text) ?? "cho";
}

/** Why an entry stands where it stands, in the order of weight. */
export function queueReasons(
  entry: Pick<QueueEntry, "wasReturned" | "isOverruled" | "lacksEvidence" | "isNearThreshold">,
): string[] {
  return [
    entry.wasReturned && "trả lại lần trước",
    entry.isOverruled && "chấm lại mục tự tính",
    entry.lacksEvidence && "thiếu minh chứng",
    entry.isNearThreshold && "gần ngưỡng",
  ].filter((reason): reason is string => reason !== false);
}
