"use client";

import { ChevronDown, Search } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import type { FormEvent, ReactNode } from "react";
import { useRef, useTransition } from "react";
import { buttonClass } from "@/components/button";
import { cx } from "@/components/cx";

const controlClass =
  "min-h-11 w-full rounded-md border border-field bg-paper px-3 py-1.5 text-sm hover:border-ink md:min-h-10";

/** One filter chosen from a list; `""` is `allLabel` (no filter). */
export type FilterSelect = Readonly<{
  name: string;
  label: string;
  value?: string;
  allLabel?: string;
  options: ReadonlyArray<Readonly<{ value: string; label: string }>>;
}>;

/**
 * Search and filters of a list, kept in the address so that they can be sent on and come back with the browser's
 * back button; what is not chosen does not stand in it. A select applies at once, a search by its button or the Enter key;
 * without scripts a button does both. `keep` are parameters to carry along.
 *
 * @param action path of the list, without parameters
 * @param more filters wanted seldom, folded away until one is in use
 * @param status what stands at the right end ({@link SaveStatus}, a count)
 */
export function FilterBar({
  action,
  search,
  selects = [],
  more = [],
  keep = {},
  status,
  children,
}: Readonly<{
  action: string;
  search?: Readonly<{ name: string; label: string; value?: string; placeholder?: string }>;
  selects?: readonly FilterSelect[];
  more?: readonly FilterSelect[];
  keep?: Readonly<Record<string, string>>;
  status?: ReactNode;
  children?: ReactNode;
}>) {
  const form = useRef<HTMLFormElement>(null);
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const moreInUse = more.filter(({ value }) => value).length;

  function apply(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const chosen = new URLSearchParams();
    for (const [name, value] of new FormData(event.currentTarget)) {
      if (typeof value === "string" && value.trim() !== "") chosen.append(name, value);
    }
    startTransition(() => router.push(`${action}?${chosen}` as Route));
  }

  return (
    <search className="block print:hidden">
      <form
        ref={form}
        action={action}
        onSubmit={apply}
        aria-busy={isPending}
        className="mb-3 flex flex-wrap items-end gap-x-3 gap-y-2"
      >
        {Object.entries(keep).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} readOnly />
        ))}
        {search && (
          <label className="block w-full sm:w-64">
            <span className="mb-0.5 block text-xs font-medium text-muted">{search.label}</span>
            <span className="relative block">
              <Search
                aria-hidden="true"
                className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted"
              />
              <input
                key={search.value ?? ""}
                type="search"
                name={search.name}
                defaultValue={search.value}
                placeholder={search.placeholder}
                autoComplete="off"
                enterKeyHint="search"
                className={cx(controlClass, "pl-9")}
              />
            </span>
          </label>
        )}
        {selects.map((select) => (
          <SelectControl key={select.name} select={select} onChoose={() => form.current?.requestSubmit()} />
        ))}
        {more.length > 0 && (
          <details className="group w-full sm:w-auto sm:open:w-full" open={moreInUse > 0 || undefined}>
            <summary className="link inline-flex min-h-11 cursor-pointer items-center text-sm md:min-h-10">
              Bộ lọc khác{moreInUse > 0 ? ` (${moreInUse} đang dùng)` : ""}
            </summary>
            <div className="flex flex-wrap items-end gap-x-3 gap-y-2 pt-1 pb-2">
              {more.map((select) => (
                <SelectControl
                  key={select.name}
                  select={select}
                  onChoose={() => form.current?.requestSubmit()}
                />
              ))}
            </div>
          </details>
        )}
        {children}
        {search ? (
          <button type="submit" className={buttonClass("secondary")}>
            Tìm
          </button>
        ) : (
          <noscript>
            <button type="submit" className={buttonClass("secondary")}>
              Lọc
            </button>
          </noscript>
        )}
        {status && <div className="ml-auto self-center text-sm">{status}</div>}
      </form>
    </search>
  );
}

function SelectControl({ select, onChoose }: Readonly<{ select: FilterSelect; onChoose: () => void }>) {
  return (
    <label className="block min-w-0 flex-1 basis-36 sm:max-w-56 sm:flex-none sm:basis-auto">
      <span className="mb-0.5 block text-xs font-medium text-muted">{select.label}</span>
      <span className="relative block">
        <select
          key={select.value ?? ""}
          name={select.name}
          defaultValue={select.value ?? ""}
          onChange={onChoose}
          className={cx(controlClass, "appearance-none truncate pr-9")}
        >
          <option value="">{select.allLabel ?? "Tất cả"}</option>
          {select.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-muted"
        />
      </span>
    </label>
  );
}
