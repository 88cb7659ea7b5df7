"use client";

import { cx } from "@/components/cx";
import { formatTime } from "@/lib/format/date";

/**
 * Where what was typed stands now:
 * nothing to save, on its way, stored (with the time), waiting for the network, refused by the server.
 */
export type SaveState =
  | { status: "idle" }
  | { status: "saving" }
  | { status: "saved"; at: Date | string }
  | { status: "offline"; waiting?: number }
  | { status: "error"; message: string };

/** Says in words where what was typed stands; also to those who do not see it. */
export function SaveStatus({ state, className }: Readonly<{ state: SaveState; className?: string }>) {
  const { text, tone } = wordsOf(state);

  return (
    <p role="status" aria-live="polite" className={cx("min-h-5 text-sm", tone, className)}>
      {text}
    </p>
  );
}

/** Speaks a change of the page to a screen reader without showing it. */
export function LiveRegion({ message }: Readonly<{ message: string }>) {
  return (
    <p role="status" aria-live="polite" className="sr-only">
      {message}
    </p>
  );
}

function wordsOf(state: SaveState): { text: string; tone: string } {
  switch (state.status) {
    case "idle":
      return { text: "", tone: "text-muted" };
    case "saving":
      return { text: "● Đang lưu…", tone: "text-active" };
    case "saved":
      return { text: `✓ Đã lưu ${formatTime(state.at)}`, tone: "text-ok" };
    case "offline":
      return {
        text: `! Chưa lưu được vì mất mạng${state.waiting ? ` (${state.waiting} mục đang chờ)` : ""}. Số đã nhập vẫn còn trên máy này và sẽ tự gửi khi có mạng.`,
        tone: "font-medium text-warn",
      };
    case "error":
      return { text: `✕ ${state.message}`, tone: "font-medium text-danger" };
  }
}
