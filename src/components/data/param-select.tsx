"use client";

import { ChevronDown } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useTransition } from "react";

/**
 * A choice that belongs to the whole page (the year) and lives in the address: changing it keeps the page and its
 * other parameters, except `drops` (a page cursor of the old choice).
 */
export function ParamSelect({
  label,
  param,
  value,
  options,
  drops = [],
}: Readonly<{
  label: string;
  param: string;
  value: string;
  options: ReadonlyArray<Readonly<{ value: string; label: string }>>;
  drops?: readonly string[];
}>) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();

  function choose(next: string) {
    const changed = new URLSearchParams(window.location.search);
    changed.set(param, next);
    for (const name of drops) changed.delete(name);
    startTransition(() => router.push(`${window.location.pathname}?${changed}` as Route));
  }

  return (
    <label className="flex items-center gap-2 text-sm" aria-busy={isPending}>
      <span className="text-muted max-sm:sr-only">{label}</span>
      <span className="relative">
        <select
          key={value}
          defaultValue={value}
          onChange={(event) => choose(event.target.value)}
          className="tabular min-h-11 appearance-none rounded-md border border-field bg-paper py-1 pr-8 pl-3 font-semibold hover:border-ink md:min-h-9"
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-muted"
        />
      </span>
    </label>
  );
}
