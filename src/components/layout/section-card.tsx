import type { ReactNode } from "react";
import { cx } from "@/components/cx";

/** A block of a page that answers one question; the heading is that question ("Huyện nào đang chậm?"). */
export function SectionCard({
  title,
  note,
  action,
  children,
  id,
  isFlush = false,
  className,
}: Readonly<{
  title: ReactNode;
  note?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
  id?: string;
  isFlush?: boolean;
  className?: string;
}>) {
  return (
    <section
      id={id}
      className={cx("min-w-0 rounded-lg border border-line bg-paper print:border-field", className)}
    >
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 pt-4 pb-3 sm:px-5">
        <div className="min-w-0">
          <h2>{title}</h2>
          {note && <p className="text-sm text-muted">{note}</p>}
        </div>
        {action && <div className="shrink-0 print:hidden">{action}</div>}
      </div>
      <div className={isFlush ? "" : "px-4 pb-5 sm:px-5"}>{children}</div>
    </section>
  );
}
