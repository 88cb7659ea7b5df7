"use client";

import { useState } from "react";
import { Button } from "@/components/button";
import { SearchBox } from "@/components/data/search-box";
import { useSearch } from "@/components/data/use-search";
import { LiveRegion } from "@/components/feedback/save-status";
import { formatCount } from "@/lib/format/number";
import type { ListOwner, ListPart, MemberPage, MemberRow } from "../member-list";
import { LIST_PARTS, MEMBER_LISTS } from "../member-list";
import { MemberChanges } from "./member-changes";
import { MemberTable } from "./member-table";

/** What is looked at; `trail` holds the last row of each page gone through, so that one can go back. */
type View = { part: ListPart; text: string; hamletId: number | undefined; trail: string[] };

/**
 * Edits the list of a clan or an organisation: everybody of the commune with a box that says whether they are in it. What is
 * ticked and unticked is kept over searches and pages and saved at once.
 */
export function MemberListEditor({
  subject,
  count,
  part,
  first,
  hamlets,
}: Readonly<{
  subject: Readonly<{ id: string; title: ListOwner; name: string }>;
  count: number;
  part: ListPart;
  first: MemberPage;
  hamlets: readonly Readonly<{ id: number; name: string }>[];
}>) {
  const words = MEMBER_LISTS[subject.title];
  const [view, setView] = useState<View>({ part, text: "", hamletId: undefined, trail: [] });
  const [changes, setChanges] = useState<ReadonlyMap<string, MemberRow>>(new Map());
  const isFirst =
    view.part === part && view.text === "" && view.hamletId === undefined && view.trail.length === 0;
  const after = view.trail.at(-1);
  const { answer, isLoading, error } = useSearch<MemberPage>(
    `/so-theo-doi/${subject.id}/danh-sach/tim`,
    isFirst
      ? null
      : {
          part: view.part,
          text: view.text.trim(),
          ...(view.hamletId === undefined ? {} : { hamletId: view.hamletId }),
          ...(after === undefined ? {} : { after }),
        },
  );
  const page = isFirst ? first : answer;
  const partNames: Readonly<Record<ListPart, string>> = {
    in: `Đang trong danh sách (${formatCount(count)})`,
    free: `Chưa thuộc ${words.ownerNoun} nào`,
    elsewhere: `Đang thuộc ${words.ownerNoun} khác`,
  };

  function look(next: Partial<View>) {
    setView((current) => ({ ...current, trail: [], ...next }));
  }

  function set(rows: readonly MemberRow[], isIn: boolean) {
    setChanges((current) => {
      const next = new Map(current);
      for (const row of rows) {
        if ((row.listedById === subject.id) === isIn) next.delete(row.id);
        else next.set(row.id, row);
      }

      return next;
    });
  }

  const last = page?.rows.at(-1);

  return (
    <div className="flex flex-col gap-4">
      <div>
        <fieldset className="mb-3 flex flex-wrap gap-2">
          <legend className="sr-only">Xem phần nào</legend>
          {LIST_PARTS.map((one) => (
            <Button
              key={one}
              size="small"
              aria-pressed={view.part === one}
              variant={view.part === one ? "primary" : "secondary"}
              onPress={() => look({ part: one })}
            >
              {partNames[one]}
            </Button>
          ))}
        </fieldset>
        <div className="mb-3 flex flex-wrap items-end gap-3">
          <search className="w-full sm:w-72">
            <SearchBox
              label="Tìm theo tên (không cần gõ dấu)"
              value={view.text}
              onChange={(text) => look({ text })}
            />
          </search>
          <label className="w-full sm:w-56">
            <span className="mb-0.5 block text-xs font-medium text-muted">Thôn, tổ dân phố</span>
            <select
              className="min-h-11 w-full rounded-md border border-field bg-paper px-3 py-1.5 text-sm md:min-h-10"
              value={view.hamletId ?? ""}
              onChange={(event) =>
                look({ hamletId: event.target.value === "" ? undefined : Number(event.target.value) })
              }
            >
              <option value="">Tất cả</option>
              {hamlets.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        </div>
        <LiveRegion message={page && !isLoading ? `${formatCount(page.count)} ${words.noun}` : ""} />
        {error && (
          <p role="alert" className="mb-3 text-sm font-medium text-danger">
            ✕ {error}
          </p>
        )}
        {page ? (
          <MemberTable
            subject={subject}
            caption={partNames[view.part]}
            rows={page.rows}
            changes={changes}
            isLoading={isLoading}
            onChange={set}
          />
        ) : (
          !error && <p className="py-6 text-sm text-muted">Đang tìm…</p>
        )}
        {page && (
          <div className="mt-2 flex flex-wrap items-center gap-3 text-sm">
            <span className="text-muted">
              {formatCount(page.count)} {words.noun}
              {view.trail.length > 0 || page.hasNext ? `, trang ${view.trail.length + 1}` : ""}
            </span>
            {view.trail.length > 0 && (
              <Button
                size="small"
                onPress={() => setView((current) => ({ ...current, trail: current.trail.slice(0, -1) }))}
              >
                Trang trước
              </Button>
            )}
            {page.hasNext && last && (
              <Button
                size="small"
                isDisabled={isLoading}
                onPress={() => setView((current) => ({ ...current, trail: [...current.trail, last.id] }))}
              >
                Trang sau
              </Button>
            )}
          </div>
        )}
      </div>
      <MemberChanges
        subject={subject}
        count={count}
        changes={changes}
        onUndo={(row) => set([row], row.listedById === subject.id)}
      />
    </div>
  );
}
