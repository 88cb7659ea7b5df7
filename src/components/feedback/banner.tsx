import type { ReactNode } from "react";
import { cx } from "@/components/cx";

const tones = {
  info: { className: "border-active bg-active-soft", mark: "i", markClass: "bg-active" },
  ok: { className: "border-ok bg-ok-soft", mark: "✓", markClass: "bg-ok" },
  warn: { className: "border-warn bg-warn-soft", mark: "!", markClass: "bg-warn" },
  danger: { className: "border-danger bg-danger-soft", mark: "✕", markClass: "bg-danger" },
} as const;

/** One message that belongs to the whole page: what is so, what it means for the work, what to do. */
export function Banner({
  tone = "info",
  title,
  action,
  children,
  className,
}: Readonly<{
  tone?: keyof typeof tones;
  title: ReactNode;
  action?: ReactNode;
  children?: ReactNode;
  className?: string;
}>) {
  const look = tones[tone];

  return (
    <div
      className={cx("mb-4 flex items-start gap-3 rounded-md border-l-4 px-4 py-3", look.className, className)}
    >
      <span
        aria-hidden="true"
        className={cx(
          "print-fill mt-0.5 inline-flex size-5 shrink-0 items-center justify-center rounded-full text-xs font-bold text-white",
          look.markClass,
        )}
      >
        {look.mark}
      </span>
      <div className="min-w-0 flex-1">
        <p className="font-semibold">{title}</p>
        {children && <div className="text-sm">{children}</div>}
      </div>
      {action && <div className="shrink-0 self-center print:hidden">{action}</div>}
    </div>
  );
}
