import { cx } from "@/components/cx";
import type { Series, Target } from "./series";
import { clampPercent, orderTargets, seriesColor, seriesEdge } from "./series";

/**
 * A rate as a bar from 0 to 100 % with the targets as lines across it: the last solid, earlier ones dashed.
 * A picture of numbers that stand beside it in words, so it is silent to screen readers.
 */
export function RateBar({
  rate,
  targets,
  series,
  className = "h-4",
}: Readonly<{ rate: number | null; targets: readonly Target[]; series: Series; className?: string }>) {
  return (
    <div aria-hidden="true" className={cx("print-fill relative bg-draft-soft", className)}>
      {rate !== null && (
        <div
          className="print-fill absolute inset-y-0 left-0 border"
          style={{ width: `${clampPercent(rate)}%`, background: seriesColor(series), borderColor: seriesEdge(series) }}
        />
      )}
      {orderTargets(targets).map((target) => (
        <div
          key={target.year}
          className={cx("absolute -inset-y-1 w-0 border-l-2 border-ink", !target.isLast && "border-dashed")}
          style={{ left: `calc(${clampPercent(target.rate)}% - 1px)` }}
        />
      ))}
    </div>
  );
}

/** The names of the target lines above a stack of bars, each at its line. */
export function TargetLabels({ targets }: Readonly<{ targets: readonly Target[] }>) {
  return (
    <div aria-hidden="true" className="tabular text-xs leading-5 text-muted">
      {orderTargets(targets).map((target) => (
        <div key={target.year} className="relative h-5">
          <span
            className="absolute whitespace-nowrap"
            style={{ left: `${clampPercent(target.rate)}%`, transform: `translateX(-${clampPercent(target.rate)}%)` }}
          >
            {target.isLast ? "│" : "┆"} {target.year}: {String(target.rate).replace(".", ",")} %
          </span>
        </div>
      ))}
    </div>
  );
}
