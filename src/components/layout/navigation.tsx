"use client";

import { Ellipsis } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Button, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { cx } from "@/components/cx";
import { formatCount } from "@/lib/format/number";

/**
 * One job in the navigation. `count` is work that waits for this person, nothing else; `shortLabel` is for the
 * bar at the bottom of a phone.
 */
export type NavItem = Readonly<{
  href: string;
  label: string;
  shortLabel?: string;
  icon?: ReactNode;
  count?: number;
  /** other addresses that belong to the job */
  alsoAt?: readonly string[];
}>;

const PHONE_ITEMS = 5;

/** The jobs at the left of a wide screen. */
export function SideNavigation({ items }: Readonly<{ items: readonly NavItem[] }>) {
  const current = useCurrent(items);

  return (
    <div className="hidden w-52 shrink-0 border-r border-line bg-paper md:block print:hidden">
      <nav aria-label="Công việc" className="sticky top-14 max-h-[calc(100dvh-3.5rem)] overflow-y-auto py-3">
        <ul>
          {items.map((item) => (
            <li key={item.href}>
              <Link
                href={item.href as Route}
                aria-current={item === current ? "page" : undefined}
                className={cx(
                  "flex min-h-11 items-center gap-3 border-l-4 px-4 -outline-offset-3 focus-visible:-outline-offset-3",
                  item === current
                    ? "border-accent bg-accent-soft font-semibold text-accent"
                    : "border-transparent hover:bg-page",
                )}
              >
                {item.icon && (
                  <span aria-hidden="true" className="shrink-0 [&>svg]:size-5">
                    {item.icon}
                  </span>
                )}
                <span className="min-w-0 flex-1">{item.label}</span>
                <WaitingCount count={item.count} />
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  );
}

/** The jobs at the bottom of a phone: at most five places, what does not fit stands behind "Thêm". */
export function BottomNavigation({ items }: Readonly<{ items: readonly NavItem[] }>) {
  const current = useCurrent(items);
  const hasMore = items.length > PHONE_ITEMS;
  const shown = hasMore ? items.slice(0, PHONE_ITEMS - 1) : items;
  const rest = hasMore ? items.slice(PHONE_ITEMS - 1) : [];
  const waiting = rest.reduce((sum, item) => sum + (item.count ?? 0), 0);

  return (
    <nav
      aria-label="Công việc"
      className="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-paper pb-[env(safe-area-inset-bottom)] md:hidden print:hidden"
    >
      <ul className="flex">
        {shown.map((item) => (
          <li key={item.href} className="min-w-0 flex-1">
            <Link
              href={item.href as Route}
              aria-current={item === current ? "page" : undefined}
              className={placeClass(item === current)}
            >
              <Place icon={item.icon} label={item.shortLabel ?? item.label} count={item.count} />
            </Link>
          </li>
        ))}
        {hasMore && (
          <li className="min-w-0 flex-1">
            <DialogTrigger>
              <Button className={placeClass(current !== undefined && rest.includes(current))}>
                <Place icon={<Ellipsis />} label="Thêm" count={waiting} />
              </Button>
              <Popover
                placement="top end"
                className="w-64 rounded-md border border-field bg-paper shadow-float"
              >
                <Dialog aria-label="Công việc khác" className="py-2 outline-none">
                  {({ close }) => (
                    <ul>
                      {rest.map((item) => (
                        <li key={item.href}>
                          <Link
                            href={item.href as Route}
                            onClick={close}
                            aria-current={item === current ? "page" : undefined}
                            className={cx(
                              "flex min-h-12 items-center gap-3 px-4 focus-visible:-outline-offset-3",
                              item === current && "bg-accent-soft font-semibold text-accent",
                            )}
                          >
                            <span aria-hidden="true" className="[&>svg]:size-5">
                              {item.icon}
                            </span>
                            <span className="flex-1">{item.label}</span>
                            <WaitingCount count={item.count} />
                          </Link>
                        </li>
                      ))}
                    </ul>
                  )}
                </Dialog>
              </Popover>
            </DialogTrigger>
          </li>
        )}
      </ul>
    </nav>
  );
}

function placeClass(isCurrent: boolean): string {
  return cx(
    "flex h-14 w-full flex-col items-center justify-center gap-0.5 border-t-3 px-0.5 text-[0.75rem] leading-tight",
    "focus-visible:-outline-offset-3",
    isCurrent ? "border-accent font-semibold text-accent" : "border-transparent text-muted",
  );
}

function Place({ icon, label, count }: Readonly<{ icon?: ReactNode; label: string; count?: number }>) {
  return (
    <>
      <span className="relative">
        <span aria-hidden="true" className="[&>svg]:size-5">
          {icon}
        </span>
        {count ? (
          <span className="tabular absolute -top-1.5 left-full -ml-2 min-w-4.5 rounded-full bg-danger px-1 text-center text-[0.6875rem] leading-[1.125rem] font-semibold text-white">
            {count > 99 ? "99+" : count}
            <span className="sr-only"> việc đang chờ, </span>
          </span>
        ) : null}
      </span>
      <span className="max-w-full truncate">{label}</span>
    </>
  );
}

function WaitingCount({ count }: Readonly<{ count?: number }>) {
  if (!count) return null;

  return (
    <span className="tabular min-w-6 rounded-full bg-accent px-1.5 text-center text-xs font-semibold text-white">
      {formatCount(count)}
      <span className="sr-only"> việc đang chờ</span>
    </span>
  );
}

function useCurrent(items: readonly NavItem[]): NavItem | undefined {
  const pathname = usePathname();
  const isAt = (href: string) => pathname === href || pathname.startsWith(`${href}/`);
  const matching = items.filter((item) => isAt(item.href) || item.alsoAt?.some(isAt));

  return matching.sort((a, b) => b.href.length - a.href.length)[0];
}
