import { cx } from "@/components/cx";
import type { ImportStep } from "../constants";
import { IMPORT_STEPS } from "../constants";

/** The four steps as a line: what is done, where one stands, what is to come. */
export function StepLine({
  current,
  isFinished = false,
}: Readonly<{ current: ImportStep; isFinished?: boolean }>) {
  const at = IMPORT_STEPS.findIndex((step) => step.key === current);

  return (
    <ol aria-label="Các bước nhập" className="flex items-center gap-1 text-sm sm:gap-2">
      {IMPORT_STEPS.map((step, index) => {
        const isDone = index < at || (index === at && isFinished);
        const isCurrent = index === at && !isFinished;

        return (
          <li
            key={step.key}
            aria-current={isCurrent ? "step" : undefined}
            className="flex min-w-0 items-center gap-1 sm:gap-2"
          >
            {index > 0 && (
              <span
                aria-hidden="true"
                className={cx("h-0.5 w-3 shrink-0 sm:w-10", index <= at ? "bg-accent" : "bg-line")}
              />
            )}
            <span
              aria-hidden="true"
              className={cx(
                "inline-flex size-6 shrink-0 items-center justify-center rounded-full border text-xs font-semibold",
                isDone && "border-ok bg-ok-soft text-ok",
                isCurrent && "border-accent bg-accent text-white",
                !isDone && !isCurrent && "border-field bg-paper text-muted",
              )}
            >
              {isDone ? "✓" : index + 1}
            </span>
            <span className={cx("truncate", isCurrent ? "font-semibold" : "text-muted")}>
              {step.label}
              {isDone && <span className="sr-only"> (đã xong)</span>}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
