import { Banner } from "@/components/feedback/banner";
import { VERB_NAMES } from "@/features/audit/constants";
import { formatCount } from "@/lib/format/number";
import { uncapitalised } from "@/lib/text/name";
import type { Step } from "../data/step";
import { UndoStep } from "./undo-step";

/** Says what the step that led here did, and offers the way back. */
export function StepDone({
  step,
  subjectId,
  noun,
  canUndo,
}: Readonly<{ step: Step; subjectId: string; noun: string; canUndo: boolean }>) {
  const name = VERB_NAMES[step.verb] ?? step.verb;
  const others = step.count > 1 ? `, cùng ${formatCount(step.count - 1)} mục khác` : "";

  return (
    <div role="status">
      <Banner
        tone="ok"
        title={
          step.verb === "subject.register"
            ? `Đã ghi ${noun} vào sổ${others}`
            : step.verb === "subject.list"
              ? `Đã lưu danh sách: ${formatCount(step.count)} mục thay đổi`
              : `Đã xong: ${uncapitalised(name)}${others}`
        }
        action={
          canUndo && (
            <UndoStep
              stepId={step.stepId}
              from={subjectId}
              what={name}
              count={step.count}
              isMade={step.made > 0}
            />
          )
        }
      />
    </div>
  );
}
