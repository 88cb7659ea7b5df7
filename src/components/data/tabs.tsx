import type { Route } from "next";
import Link from "next/link";
import { cx } from "@/components/cx";
import { formatCount } from "@/lib/format/number";

/** Views of the same thing, each with its own address. */
export function Tabs({
  label,
  items,
}: Readonly<{
  label: string;
  items: ReadonlyArray<Readonly<{ href: string; label: string; count?: number; isCurrent: boolean }>>;
}>) {
  return (
    <nav
      aria-label={label}
      className="mb-4 overflow-x-auto contain-inline-size border-b border-line print:hidden"
    >
      <ul className="flex min-w-max gap-1">
        {items.map((item) => (
          <li key={item.href}>
            <Link
              href={item.href as Route}
              aria-current={item.isCurrent ? "page" : undefined}
              className={cx(
                "flex min-h-11 items-center gap-2 border-b-3 px-3 focus-visible:-outline-offset-3",
                item.isCurrent
                  ? "border-accent font-semibold text-accent"
                  : "border-transparent text-muted hover:border-field hover:text-ink",
              )}
            >
              {item.label}
              {item.count !== undefined && (
                <span className="tabular text-sm font-normal">{formatCount(item.count)}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
