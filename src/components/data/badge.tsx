import type { ReactNode } from "react";
import { cx } from "@/components/cx";

/** What a state means for the work: done, under way, missing or due soon, returned or late, not sent yet. */
export type Tone = "ok" | "active" | "warn" | "danger" | "draft";

/** The mark of each tone, so that a state is told apart without its colour. */
export const toneMark: Readonly<Record<Tone, string>> = {
  ok: "✓",
  active: "●",
  warn: "!",
  danger: "✕",
  draft: "○",
};

const toneClass: Readonly<Record<Tone, string>> = {
  ok: "border-ok bg-ok-soft text-ok",
  active: "border-active bg-active-soft text-active",
  warn: "border-warn bg-warn-soft text-warn",
  danger: "border-danger bg-danger-soft text-danger",
  draft: "border-draft bg-draft-soft text-draft",
};

/** A state as a mark and a word. */
export function StateBadge({ tone, children }: Readonly<{ tone: Tone; children: ReactNode }>) {
  return (
    <span
      className={cx(
        "inline-flex items-center gap-1.5 rounded-md border px-2 py-px text-xs font-medium whitespace-nowrap",
        toneClass[tone],
      )}
    >
      <span aria-hidden="true" className="inline-block w-3 text-center font-bold">
        {toneMark[tone]}
      </span>
      {children}
    </span>
  );
}

/** A plain label that is no state ("dữ liệu minh hoạ", "vùng đặc biệt khó khăn"). */
export function Badge({ children }: Readonly<{ children: ReactNode }>) {
  return (
    <span className="inline-flex items-center rounded-md border border-line bg-page px-2 py-px text-xs font-medium whitespace-nowrap text-muted">
      {children}
    </span>
  );
}

/** A number or word in the colour of its state with its mark ("✓ đạt", "! thiếu 12"). */
export function ToneText({ tone, children }: Readonly<{ tone: Tone; children: ReactNode }>) {
  const color: Readonly<Record<Tone, string>> = {
    ok: "text-ok",
    active: "text-active",
    warn: "text-warn",
    danger: "text-danger",
    draft: "text-draft",
  };

  return (
    <span className={cx("font-medium", color[tone])}>
      <span aria-hidden="true">{toneMark[tone]} </span>
      {children}
    </span>
  );
}
