/** The life of an assessment. The same steps stand once more in the database (trigger `assessment_guard`). */

export const ASSESSMENT_STATES = [
  "REGISTERED",
  "DRAFT",
  "SUBMITTED",
  "RETURNED",
  "APPROVED",
  "RECOGNISED",
] as const;
export type AssessmentState = (typeof ASSESSMENT_STATES)[number];

const ASSESSMENT_STATE_NAMES: Record<AssessmentState, string> = {
  REGISTERED: "Đã đăng ký",
  DRAFT: "Đang chấm",
  SUBMITTED: "Chờ thẩm định",
  RETURNED: "Trả lại",
  APPROVED: "Đã duyệt",
  RECOGNISED: "Đã công nhận",
};

/** What a state means for the work: done, under way, missing, returned, not begun. */
export type StateTone = "ok" | "active" | "warn" | "danger" | "draft";

const STATE_TONES: Record<AssessmentState, StateTone> = {
  REGISTERED: "draft",
  DRAFT: "active",
  SUBMITTED: "active",
  RETURNED: "danger",
  APPROVED: "ok",
  RECOGNISED: "ok",
};

/** The state in the words of the office. A draft with every criterion answered is scored; without an assessment nobody registered. */
export function stateName(state: AssessmentState | null, isComplete = false): string {
  if (state === null) return "Chưa đăng ký";

  return state === "DRAFT" && isComplete ? "Đã chấm" : ASSESSMENT_STATE_NAMES[state];
}

/** The tone that goes with `stateName`. */
export function stateTone(state: AssessmentState | null, isComplete = false): StateTone {
  if (state === null) return "draft";

  return state === "DRAFT" && isComplete ? "ok" : STATE_TONES[state];
}

/** A state by which the lists can be narrowed; null is a subject without an assessment in the year. */
export type StateFilter = Readonly<{
  slug: string;
  state: AssessmentState | null;
  /** given where the name of the state tells complete sheets from others */
  isComplete?: boolean;
}>;

/** State filters of the lists: `?tinh-trang=`; each is called what `stateName` calls its rows. */
export const STATE_FILTERS: readonly StateFilter[] = [
  { slug: "chua-dang-ky", state: null },
  { slug: "da-dang-ky", state: "REGISTERED" },
  { slug: "dang-cham", state: "DRAFT", isComplete: false },
  { slug: "da-cham", state: "DRAFT", isComplete: true },
  { slug: "cho-tham-dinh", state: "SUBMITTED" },
  { slug: "tra-lai", state: "RETURNED" },
  { slug: "da-duyet", state: "APPROVED" },
  { slug: "da-cong-nhan", state: "RECOGNISED" },
];

export const VERBS = ["score", "submit", "approve", "requestChanges", "recognise"] as const;
export type Verb = (typeof VERBS)[number];

const STEPS: Record<Verb, { from: readonly AssessmentState[]; to: AssessmentState | null }> = {
  score: { from: ["REGISTERED", "DRAFT", "RETURNED"], to: null },
  submit: { from: ["DRAFT", "RETURNED"], to: "SUBMITTED" },
  approve: { from: ["SUBMITTED"], to: "APPROVED" },
  requestChanges: { from: ["SUBMITTED", "APPROVED"], to: "RETURNED" },
  recognise: { from: ["APPROVED"], to: "RECOGNISED" },
};

/** What a step asks of the row, beside its state. */
export type StepFacts = Readonly<{
  state: AssessmentState;
  isComplete: boolean;
  isRecognisable: boolean;
  submittedBy: string | null;
  scoredBy: string | null;
}>;

export type Refusal = "WRONG_STATE" | "INCOMPLETE" | "BELOW_THRESHOLD" | "OWN_WORK" | "REASON_MISSING";

/** The state after a verb. Scoring opens a registered assessment and leaves a returned one returned. */
export function stateAfter(verb: Verb, state: AssessmentState): AssessmentState {
  if (verb === "score") return state === "REGISTERED" ? "DRAFT" : state;

  return STEPS[verb].to ?? state;
}

/**
 * Why a verb is refused, or null when it may be taken. Nobody reviews what they submitted or scored; only what is complete
 * and reaches the threshold is proposed (Biểu trình danh sách đủ điều kiện) and approved; a return names its reason.
 */
export function refusalOf(
  verb: Verb,
  facts: StepFacts,
  by: { actorId: string; reason?: string },
): Refusal | null {
  if (!STEPS[verb].from.includes(facts.state)) return "WRONG_STATE";

  const isReview = verb === "approve" || verb === "requestChanges" || verb === "recognise";
  if (isReview && (facts.submittedBy === by.actorId || facts.scoredBy === by.actorId)) return "OWN_WORK";
  if (verb === "requestChanges" && !by.reason?.trim()) return "REASON_MISSING";

  const proposes = verb === "submit" || verb === "approve" || verb === "recognise";
  if (proposes && !facts.isComplete) return "INCOMPLETE";
  if (proposes && !facts.isRecognisable) return "BELOW_THRESHOLD";

  return null;
}

/** Are the answers still open to the commune. */
export function isScorable(state: AssessmentState): boolean {
  return STEPS.score.from.includes(state);
}

/**
 * The years in which a title is held: the year of the round and those its validity adds.
 * @param validityYears whole years, ≥ 1
 */
export function yearsHeld(roundYear: number, validityYears: number): { firstYear: number; lastYear: number } {
  if (!Number.isInteger(validityYears) || validityYears < 1) throw new RangeError("validityYears");

  return { firstYear: roundYear, lastYear: roundYear + validityYears - 1 };
}
