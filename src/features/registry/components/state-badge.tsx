import type { Tone } from "@/components/data/badge";
import { StateBadge } from "@/components/data/badge";
import type { AssessmentState } from "@/domain/recognition/recognition";
import { ASSESSMENT_STATE_NAMES } from "@/domain/recognition/recognition";

const TONES: Readonly<Record<AssessmentState, Tone>> = {
  REGISTERED: "draft",
  DRAFT: "active",
  SUBMITTED: "active",
  RETURNED: "danger",
  APPROVED: "ok",
  RECOGNISED: "ok",
};

/** The state of a year's assessment; without one the subject is not registered in that year. */
export function AssessmentBadge({ state }: Readonly<{ state: AssessmentState | null }>) {
  if (state === null) return <span className="text-muted">Chưa đăng ký</span>;

  return <StateBadge tone={TONES[state]}>{ASSESSMENT_STATE_NAMES[state]}</StateBadge>;
}
