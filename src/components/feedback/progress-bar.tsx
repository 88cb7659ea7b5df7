import { cx } from "@/components/cx";

/** How far something is, 0–100; without a value only that it is under way. */
export function ProgressBar({
  label,
  percent,
  className,
}: Readonly<{ label: string; percent: number | null; className?: string }>) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent ?? undefined}
      className={cx("h-3 w-full overflow-hidden rounded-full bg-draft-soft", className)}
    >
      <div
        className={cx("h-full rounded-full bg-accent", percent === null && "animate-pulse opacity-40")}
        style={{ width: `${percent ?? 100}%` }}
      />
    </div>
  );
}
