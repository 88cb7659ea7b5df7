"use client";

import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { useState } from "react";
import { Button } from "@/components/button";
import { SearchBox } from "@/components/data/search-box";
import { EmptyState } from "@/components/feedback/empty-state";
import { LiveRegion } from "@/components/feedback/save-status";
import { TITLE_SLUGS } from "@/domain/title/slug";
import { formatCount } from "@/lib/format/number";
import { kindOf, PAGE_SIZE, REGISTRY_KINDS } from "../constants";
import type { RegistryFilter } from "../filter";
import { isNarrowed } from "../filter";
import type { SearchAnswer } from "../search";
import { SubjectTable } from "./subject-table";
import { useRegistrySearch } from "./use-registry-search";

/**
 * What was typed last, for the way back from an entry and for a look into another register of the same unit. In this tab's memory
 * alone: names and numbers go into no address and no store.
 */
let last: Readonly<{ unitId: number; text: string }> = { unitId: 0, text: "" };

/**
 * The search box above a list. What is typed goes to the server in a request's body, never into the address; while there is
 * a text, what was found stands in the place of the list.
 */
export function RegistrySearch({
  filter,
  isAboveCommune,
  filters,
  children,
}: Readonly<{ filter: RegistryFilter; isAboveCommune: boolean; filters?: ReactNode; children: ReactNode }>) {
  const { unitId, title } = filter;
  const [text, setText] = useState(() => (last.unitId === unitId ? last.text : ""));
  const [skip, setSkip] = useState(0);
  const typed = text.trim();
  const isSearching = typed !== "";
  const { answer, isLoading, error } = useRegistrySearch<SearchAnswer>(
    isSearching ? { ...filter, mode: "search", text: typed, skip } : null,
  );
  const summary = answer ? summaryOf(answer, { noun: kindOf(title).nounVi, skip }) : "";

  function type(next: string) {
    setText(next);
    setSkip(0);
    last = { unitId, text: next };
  }

  return (
    <>
      <div className="flex flex-wrap items-start gap-x-3">
        <search className="mb-3 w-full sm:w-80">
          <SearchBox label="Tìm theo tên, thôn, mã hoặc số CCCD" value={text} onChange={type} />
        </search>
        {filters && <div className="min-w-0 flex-1">{filters}</div>}
      </div>
      <LiveRegion message={isSearching && !isLoading ? summary : ""} />
      {!isSearching && children}
      {isSearching && error && (
        <p role="alert" className="mb-3 text-sm font-medium text-danger">
          ✕ {error}
        </p>
      )}
      {isSearching && answer && (
        <div aria-busy={isLoading}>
          <p className="mb-2 text-sm text-muted">{summary}</p>
          <SubjectTable
            title={title}
            year={filter.year}
            rows={answer.rows}
            isAboveCommune={isAboveCommune}
            empty={
              <EmptyState title="Không có mục nào khớp">
                {isNarrowed(filter)
                  ? "Thử gõ ít chữ hơn, hoặc bỏ bớt bộ lọc."
                  : `Thử gõ ít chữ hơn. Chỉ tìm trong những mục được theo dõi năm ${filter.year}.`}
              </EmptyState>
            }
          />
          <ResultPages answer={answer} skip={skip} onSkip={setSkip} />
          <Elsewhere filter={filter} answer={answer} isAboveCommune={isAboveCommune} />
        </div>
      )}
      {isSearching && !answer && !error && <p className="text-sm text-muted">Đang tìm…</p>}
    </>
  );
}

function ResultPages({
  answer: { count, rows },
  skip,
  onSkip,
}: Readonly<{ answer: SearchAnswer; skip: number; onSkip: (skip: number) => void }>) {
  if (skip === 0 && count <= rows.length) return null;

  return (
    <nav aria-label="Kết quả tìm" className="mt-3 flex flex-wrap gap-3">
      {skip > 0 && (
        <Button size="small" onPress={() => onSkip(Math.max(0, skip - PAGE_SIZE))}>
          <span aria-hidden="true">‹</span> Kết quả trước
        </Button>
      )}
      {skip + rows.length < count && (
        <Button size="small" onPress={() => onSkip(skip + PAGE_SIZE)}>
          Kết quả sau <span aria-hidden="true">›</span>
        </Button>
      )}
    </nav>
  );
}

/** The other registers, with what they have of the same words where that is known; the text goes along. */
function Elsewhere({
  filter,
  answer,
  isAboveCommune,
}: Readonly<{ filter: RegistryFilter; answer: SearchAnswer; isAboveCommune: boolean }>) {
  const others = REGISTRY_KINDS.filter(({ title }) => title !== filter.title).flatMap(({ title, nounVi }) => {
    const count = answer.elsewhere.find((one) => one.title === title)?.count;
    if (!isAboveCommune && count === undefined) return [];

    return [{ title, label: count === undefined ? nounVi : `${formatCount(count)} ${nounVi}` }];
  });
  if (others.length === 0) return null;

  return (
    <p className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      <span className="text-muted">{isAboveCommune ? "Tìm từ này trong sổ khác:" : "Sổ khác cũng có:"}</span>
      {others.map(({ title, label }) => (
        <Link
          key={title}
          href={
            `/so-theo-doi?don-vi=${filter.unitId}&nam=${filter.year}&mo-hinh=${TITLE_SLUGS[title]}` as Route
          }
          className="link inline-flex min-h-11 items-center md:min-h-0"
        >
          {label}
        </Link>
      ))}
    </p>
  );
}

function summaryOf(
  { rows, count, isExact, isGuess }: SearchAnswer,
  { noun, skip }: Readonly<{ noun: string; skip: number }>,
): string {
  if (count === 0) return `Không tìm thấy ${noun} nào.`;
  const number = `${isExact ? "" : "ít nhất "}${formatCount(count)} ${noun}`;
  const found = isGuess ? `Không có tên khớp hẳn; ${number} có tên gần giống.` : `Tìm thấy ${number}.`;
  if (count <= rows.length) return found;

  return `${found} Đang hiện ${formatCount(skip + 1)}–${formatCount(skip + rows.length)}, sát nhất trước; gõ thêm chữ để thu hẹp.`;
}
