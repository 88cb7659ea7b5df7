import { cx } from "@/components/cx";
import { formatTarget } from "@/lib/format/number";
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
          style={{
            width: `${clampPercent(rate)}%`,
            background: seriesColor(series),
            borderColor: seriesEdge(series),
          }}
        />
      )}
      {orderTargets(targets).map((target) => (
        <div
          key={target.year}
          className={cx(
            "absolute -inset-y-1 w-0 border-l-2 border-ink ring-1 ring-paper",
            !target.isLast && "border-dashed",
          )}
          style={{ left: `calc(${clampPercent(target.rate)}% - 1px)` }}
        />
      ))}
    </div>
  );
}

/** The names of the target lines above a stack of bars, each written at its line. */
export function TargetLabels({ targets }: Readonly<{ targets: readonly Target[] }>) {
  // The highest on top, so that no line runs through the name of another.
  const ordered = orderTargets(targets).sort((a, b) => b.rate - a.rate);

  return (
    <div
      aria-hidden="true"
      className="tabular relative text-xs leading-5 text-ink"
      style={{ height: `${ordered.length * 1.25}rem` }}
    >
      {ordered.map((target, index) => {
        const isRight = target.rate >= 50;

        return (
          <span
            key={target.year}
            className={cx(
              "absolute -bottom-1 border-ink px-1.5 whitespace-nowrap",
              isRight ? "border-r-2" : "border-l-2",
              !target.isLast && "border-dashed",
            )}
            style={{
              top: `${index * 1.25}rem`,
              ...(isRight
                ? { right: `calc(${100 - clampPercent(target.rate)}% - 1px)` }
                : { left: `calc(${clampPercent(target.rate)}% - 1px)` }),
            }}
          >
            {target.year}: {formatTarget(target.rate)}
          </span>
        );
      })}
    </div>
  );
}
