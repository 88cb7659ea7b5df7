import { LinkButton } from "@/components/button";
import { Banner } from "@/components/feedback/banner";
import { VERB_NAMES } from "@/features/audit/constants";
import { formatCount } from "@/lib/format/number";
import type { Step } from "../data/step";
import { UndoStep } from "./undo-step";

/** What a change of many rows did, and the way back. */
export function BulkDone({ step, listHref }: Readonly<{ step: Step; listHref: string }>) {
  return (
    <div role="status">
      <Banner
        tone={step.isUndone ? "info" : "ok"}
        title={
          step.isUndone
            ? `Đã hoàn tác: ${formatCount(step.count)} mục trở lại như trước`
            : `Đã đổi ${formatCount(step.count)} mục`
        }
        action={
          <div className="flex flex-wrap gap-2">
            {!step.isUndone && (
              <UndoStep
                stepId={step.stepId}
                what={VERB_NAMES[step.verb] ?? step.verb}
                count={step.count}
                isMade={false}
              />
            )}
            <LinkButton size="small" href={listHref}>
              Về danh sách
            </LinkButton>
          </div>
        }
      >
        {step.isUndone ? undefined : "Mỗi mục đã ghi lại giá trị cũ và mới trong lịch sử của nó."}
      </Banner>
    </div>
  );
}
