import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { Logo } from "./logo";
import type { NavItem } from "./navigation";
import { BottomNavigation, SideNavigation } from "./navigation";

/**
 * The frame of every signed-in page: where am I, which year, who am I above; the jobs at the left (on a phone in
 * a bar at the bottom); the page in the middle. Paper gets the page alone.
 *
 * @param scope the unit and its parents ({@link ScopePath})
 * @param yearSwitch the year all numbers below belong to
 * @param userMenu who is signed in, and the way out
 */
export function AppShell({
  productName = "Hiếu Học",
  homeHref = "/",
  items,
  scope,
  yearSwitch,
  userMenu,
  children,
}: Readonly<{
  productName?: string;
  homeHref?: string;
  items: readonly NavItem[];
  scope?: ReactNode;
  yearSwitch?: ReactNode;
  userMenu?: ReactNode;
  children: ReactNode;
}>) {
  return (
    <>
      <a
        href="#noi-dung"
        className="sr-only bg-paper text-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:px-4 focus:py-3"
      >
        Tới nội dung chính
      </a>
      <header className="sticky top-0 z-30 border-b border-line bg-paper print:hidden">
        <div className="flex h-14 items-center gap-2 px-4 sm:gap-4 md:px-5">
          <Link
            href={homeHref as Route}
            className="flex min-h-11 shrink-0 items-center gap-2 text-base font-bold text-accent md:w-44"
          >
            <Logo className="size-7" />
            <span className="max-md:sr-only">{productName}</span>
          </Link>
          <div className="min-w-0 flex-1">{scope}</div>
          {yearSwitch && <div className="shrink-0">{yearSwitch}</div>}
          {userMenu && <div className="shrink-0">{userMenu}</div>}
        </div>
      </header>
      <div className="flex min-h-[calc(100dvh-3.5rem)]">
        {items.length > 0 && <SideNavigation items={items} />}
        <main
          id="noi-dung"
          tabIndex={-1}
          className="min-w-0 flex-1 px-4 py-5 pb-24 focus-visible:outline-none md:px-6 md:pb-12 print:p-0"
        >
          <div className="mx-auto max-w-[90rem]">{children}</div>
        </main>
      </div>
      {items.length > 0 && <BottomNavigation items={items} />}
    </>
  );
}

/** The frame of pages before signing in: the product's name and one narrow column. */
export function PlainShell({
  productName = "Hiếu Học",
  tagline,
  children,
}: Readonly<{ productName?: string; tagline?: string; children: ReactNode }>) {
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-lg flex-col px-4 py-8 sm:py-14">
      <div className="mb-6 flex items-center gap-3">
        <Logo className="size-10 shrink-0" />
        <div>
          <p className="text-lg font-bold text-accent">{productName}</p>
          {tagline && <p className="text-sm text-muted">{tagline}</p>}
        </div>
      </div>
      <main id="noi-dung">{children}</main>
    </div>
  );
}
