import type { Route } from "next";
import Link from "next/link";
import { formatCount, formatPercent, percentOf } from "@/lib/format/number";
import { ChartFrame } from "./chart-frame";
import { ChartTable } from "./chart-table";
import type { Series } from "./series";
import { clampPercent, seriesColor, seriesEdge } from "./series";

/** One stage of the work; `note` says what holds the rest back ("33 gia đình chưa chấm"). */
export type FunnelStep = Readonly<{ label: string; value: number; href?: string; note?: string }>;

/** How many come through each stage of the work; between two stages, how many fall behind. */
export function Funnel({
  label,
  steps,
  unitLabel,
  series = 1,
  note,
}: Readonly<{
  label: string;
  steps: readonly FunnelStep[];
  unitLabel: string;
  series?: Series;
  note?: string;
}>) {
  const first = steps[0]?.value ?? 0;

  return (
    <ChartFrame
      label={label}
      note={note}
      chart={
        <ol className="flex flex-col gap-2">
          {steps.map((step, index) => {
            const before = steps[index - 1];
            const lost = before ? before.value - step.value : 0;
            const share = percentOf(step.value, first) ?? 0;

            return (
              <li key={step.label} className="grid items-center gap-x-4 gap-y-1 sm:grid-cols-[9rem_1fr]">
                <span className="text-sm sm:text-right">
                  <StepName step={step} />
                </span>
                <div className="min-w-0">
                  <div className="flex items-center gap-2">
                    <div
                      aria-hidden="true"
                      className="print-fill h-6 shrink-0 border"
                      style={{
                        width: `calc((100% - 6.5rem) * ${clampPercent(share) / 100})`,
                        background: seriesColor(series),
                        borderColor: seriesEdge(series),
                      }}
                    />
                    <strong className="tabular font-semibold">{formatCount(step.value)}</strong>
                    {index > 0 && (
                      <span className="tabular text-xs text-muted">
                        {formatPercent(percentOf(step.value, first))}
                      </span>
                    )}
                  </div>
                  {(step.note || lost > 0) && (
                    <p className="tabular text-xs text-warn">
                      <span aria-hidden="true">! </span>
                      {step.note ?? `${formatCount(lost)} ${unitLabel} chưa qua bước này`}
                    </p>
                  )}
                </div>
              </li>
            );
          })}
        </ol>
      }
      table={
        <ChartTable
          caption={label}
          columns={["Bước", `Số ${unitLabel}`, "So với bước đầu", "Chưa qua"]}
          rows={steps.map((step, index) => ({
            id: step.label,
            label: step.label,
            href: step.href,
            cells: [
              formatCount(step.value),
              formatPercent(percentOf(step.value, first)),
              index === 0 ? "–" : formatCount(Math.max(0, (steps[index - 1]?.value ?? 0) - step.value)),
            ],
          }))}
        />
      }
    />
  );
}

function StepName({ step }: Readonly<{ step: FunnelStep }>) {
  if (!step.href) return step.label;

  return (
    <Link href={step.href as Route} className="link inline-block max-md:py-1">
      {step.label}
    </Link>
  );
}
