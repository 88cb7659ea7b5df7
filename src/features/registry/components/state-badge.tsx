import { StateBadge } from "@/components/data/badge";
import type { AssessmentState } from "@/domain/recognition/recognition";
import { stateName, stateTone } from "@/domain/recognition/recognition";

/** The state of a year's assessment; without one the subject is not registered in that year. */
export function AssessmentBadge({
  row: { state, isComplete },
}: Readonly<{ row: { state: AssessmentState | null; isComplete: boolean } }>) {
  return <StateBadge tone={stateTone(state, isComplete)}>{stateName(state, isComplete)}</StateBadge>;
}
