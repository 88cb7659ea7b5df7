import { cx } from "@/components/cx";

const STEPS = ["Tệp", "Kiểm tra", "Ghi"] as const;

/** How far a file of figures is. */
export function Steps({ current }: Readonly<{ current: (typeof STEPS)[number] }>) {
  const at = STEPS.indexOf(current);

  return (
    <ol aria-label="Các bước" className="mb-4 flex flex-wrap gap-x-2 gap-y-1 text-sm">
      {STEPS.map((step, index) => (
        <li key={step} aria-current={index === at ? "step" : undefined} className="flex items-center gap-2">
          <span className={cx(index === at ? "font-semibold text-accent" : "text-muted")}>
            {index + 1}. {step}
            {index < at && <span className="sr-only"> (xong)</span>}
          </span>
          {index < STEPS.length - 1 && (
            <span aria-hidden="true" className="text-muted">
              →
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}
