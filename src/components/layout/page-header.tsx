import type { ReactNode } from "react";
import { formatNumber } from "@/lib/format/number";
import type { Crumb } from "./breadcrumbs";
import { Breadcrumbs } from "./breadcrumbs";

/** The head of a page: one h1, the state in one line of numbers, one primary action. */
export function PageHeader({
  title,
  crumbs,
  state,
  action,
  children,
}: Readonly<{
  title: ReactNode;
  crumbs?: readonly Crumb[];
  state?: ReactNode;
  action?: ReactNode;
  children?: ReactNode;
}>) {
  return (
    <header className="mb-5">
      {crumbs && crumbs.length > 0 && <Breadcrumbs items={crumbs} />}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <h1>{title}</h1>
          {state && <div className="mt-1 text-muted">{state}</div>}
        </div>
        {action && <div className="flex max-w-full flex-wrap items-center gap-3 print:hidden">{action}</div>}
      </div>
      {children && <div className="mt-3">{children}</div>}
    </header>
  );
}

/** One number of a {@link StatLine}: `{ value: 183, label: "gia đình" }`; `prefix` stands before it ("còn"). */
export type Stat = Readonly<{ value: number | string; label: string; prefix?: string; isStrong?: boolean }>;

/** The state in one line of numbers: "183 gia đình · 159 đăng ký · 126 đã chấm · còn 33". */
export function StatLine({ items }: Readonly<{ items: readonly Stat[] }>) {
  return (
    <ul className="tabular flex flex-wrap gap-x-2 text-base text-muted">
      {items.map((item, index) => (
        <li key={`${item.prefix ?? ""}${item.label}`} className="flex gap-2">
          <span>
            {item.prefix && `${item.prefix} `}
            <span className={item.isStrong ? "font-semibold text-warn" : "font-semibold text-ink"}>
              {typeof item.value === "number" ? formatNumber(item.value) : item.value}
            </span>
            {item.label && ` ${item.label}`}
          </span>
          {index < items.length - 1 && <span aria-hidden="true">·</span>}
        </li>
      ))}
    </ul>
  );
}
