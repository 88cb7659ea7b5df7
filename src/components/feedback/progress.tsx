import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { cx } from "@/components/cx";
import type { Tone } from "@/components/data/badge";
import { StateBadge } from "@/components/data/badge";
import { formatCount } from "@/lib/format/number";

/** How much of a count is done: "126 / 159 đã chấm" over a bar. */
export function ProgressCount({
  done,
  total,
  label,
}: Readonly<{ done: number; total: number; label: string }>) {
  const share = total > 0 ? Math.min(100, (done / total) * 100) : 0;

  return (
    <div className="min-w-0">
      <p className="tabular text-sm">
        <span className="font-semibold">{formatCount(done)}</span> / {formatCount(total)} {label}
        {done < total && <span className="text-muted"> · còn {formatCount(total - done)}</span>}
      </p>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuenow={done}
        aria-valuemin={0}
        aria-valuemax={total}
        className="print-fill mt-1 h-2 overflow-hidden rounded-full border border-field bg-paper"
      >
        <div className="print-fill h-full bg-accent" style={{ width: `${share}%` }} />
      </div>
    </div>
  );
}

/** The steps of a short path as a line: those behind are links, the present one is marked. */
export function Stepper({
  label,
  steps,
  current,
}: Readonly<{
  label: string;
  steps: ReadonlyArray<Readonly<{ label: string; href?: string }>>;
  current: number;
}>) {
  return (
    <nav aria-label={label} className="mb-5 print:hidden">
      <ol className="flex flex-wrap gap-x-2 gap-y-2">
        {steps.map((step, index) => {
          const isDone = index < current;
          const isCurrent = index === current;

          return (
            <li
              key={step.label}
              aria-current={isCurrent ? "step" : undefined}
              className="flex items-center gap-2"
            >
              <span
                aria-hidden="true"
                className={cx(
                  "tabular inline-flex size-7 items-center justify-center rounded-full border text-sm font-semibold",
                  isDone && "border-ok bg-ok-soft text-ok",
                  isCurrent && "border-accent bg-accent text-white",
                  !isDone && !isCurrent && "border-field bg-paper text-muted",
                )}
              >
                {isDone ? "✓" : index + 1}
              </span>
              <span className={cx(isCurrent ? "font-semibold" : "text-muted")}>
                {isDone && step.href ? (
                  <Link href={step.href as Route} className="link">
                    {step.label}
                  </Link>
                ) : (
                  step.label
                )}
                {isDone && <span className="sr-only"> (đã xong)</span>}
              </span>
              {index < steps.length - 1 && (
                <span aria-hidden="true" className="h-px w-6 bg-field max-sm:hidden" />
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

const taskStates = {
  notStarted: { tone: "draft", label: "Chưa bắt đầu" },
  inProgress: { tone: "active", label: "Đang làm" },
  missing: { tone: "warn", label: "Thiếu thông tin" },
  done: { tone: "ok", label: "Hoàn thành" },
  blocked: { tone: "draft", label: "Chưa làm được" },
} as const satisfies Record<string, { tone: Tone; label: string }>;

/** Where one task of a list stands. */
export type TaskState = keyof typeof taskStates;

/** The tasks of a piece of work that takes days, each with its state; any order. */
export function TaskList({
  items,
}: Readonly<{
  items: ReadonlyArray<
    Readonly<{ title: string; state: TaskState; href?: string; hint?: ReactNode; stateLabel?: string }>
  >;
}>) {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {items.map((item) => {
        const state = taskStates[item.state];

        return (
          <li key={item.title} className="relative flex items-start justify-between gap-4 py-3 hover:bg-page">
            <div className="min-w-0">
              {item.href && item.state !== "blocked" ? (
                <Link href={item.href as Route} className="link font-medium after:absolute after:inset-0">
                  {item.title}
                </Link>
              ) : (
                <span className="font-medium">{item.title}</span>
              )}
              {item.hint && <div className="text-sm text-muted">{item.hint}</div>}
            </div>
            <span className="shrink-0">
              <StateBadge tone={state.tone}>{item.stateLabel ?? state.label}</StateBadge>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
