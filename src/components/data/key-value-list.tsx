import type { ReactNode } from "react";

/** Facts about one thing, name and value side by side; one above the other on a phone. */
export function KeyValueList({
  items,
}: Readonly<{ items: ReadonlyArray<Readonly<{ label: string; value: ReactNode; action?: ReactNode }>> }>) {
  return (
    <dl className="divide-y divide-line">
      {items.map((item) => (
        <div key={item.label} className="grid gap-x-4 py-2 sm:grid-cols-[minmax(8rem,14rem)_1fr_auto]">
          <dt className="text-muted">{item.label}</dt>
          <dd className="min-w-0">
            {item.value === null || item.value === undefined || item.value === "" ? "–" : item.value}
          </dd>
          {item.action && <dd className="print:hidden">{item.action}</dd>}
        </div>
      ))}
    </dl>
  );
}
