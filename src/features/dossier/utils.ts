import type { AssessmentState } from "@/domain/recognition/recognition";

/** The states of an entry in a dossier, in addresses and in the order in which they want work. */
export const STATE_SLUGS = {
  cho: "SUBMITTED",
  "tra-lai": "RETURNED",
  "da-duyet": "APPROVED",
  "cong-nhan": "RECOGNISED",
} as const satisfies Record<string, AssessmentState>;
export type StateSlug = keyof typeof STATE_SLUGS;

/** The state filter of an address; undefined for none or anything else. */
export function stateSlugOf(text: string | undefined): StateSlug | undefined {
  return Object.keys(STATE_SLUGS).find((slug): slug is StateSlug => slug === text);
}

/** Why an open entry cannot be submitted yet. */
export const NOT_READY = ["UNSCORED", "MISSING", "BELOW"] as const;
export type NotReady = (typeof NOT_READY)[number];

export const NOT_READY_NAMES: Readonly<Record<NotReady, string>> = {
  UNSCORED: "chưa chấm",
  MISSING: "chấm chưa đủ tiêu chí",
  BELOW: "chưa đạt ngưỡng",
};

/** Why an entry stays behind; null when it is ready. */
export function notReadyReason(entry: {
  state: AssessmentState;
  isComplete: boolean;
  isRecognisable: boolean;
}): NotReady | null {
  if (entry.state === "REGISTERED") return "UNSCORED";
  if (!entry.isComplete) return "MISSING";

  return entry.isRecognisable ? null : "BELOW";
}

/** The lists of the submission page: what goes, and what stays behind by reason. */
export type Shown = "READY" | NotReady;

export const SHOWN_SLUGS: Readonly<Record<Shown, string>> = {
  READY: "se-nop",
  UNSCORED: "chua-cham",
  MISSING: "con-thieu",
  BELOW: "duoi-nguong",
};

/** The list of an address; undefined for none or anything else. */
export function shownOfSlug(slug: string | undefined): Shown | undefined {
  return (Object.keys(SHOWN_SLUGS) as Shown[]).find((shown) => SHOWN_SLUGS[shown] === slug);
}
