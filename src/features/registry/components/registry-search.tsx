"use client";

import { Search } from "lucide-react";
import type { ReactNode } from "react";
import { useState } from "react";
import { EmptyState } from "@/components/feedback/empty-state";
import { LiveRegion } from "@/components/feedback/save-status";
import type { TitleCode } from "@/domain/title/title";
import { formatCount } from "@/lib/format/number";
import { kindOf } from "../constants";
import type { SearchAnswer } from "../search";
import { SubjectTable } from "./subject-table";
import { useSearch } from "./use-search";

/**
 * The search box above a list. What is typed goes to the server in a request's body, never into the address; while there is
 * a text, what was found stands in the place of the list.
 */
export function RegistrySearch({
  unitId,
  title,
  year,
  hamletId,
  filters,
  children,
}: Readonly<{
  unitId: number;
  title: TitleCode;
  year: number;
  hamletId: number | undefined;
  filters: ReactNode;
  children: ReactNode;
}>) {
  const [text, setText] = useState("");
  const isSearching = text.trim() !== "";
  const { answer, isLoading, error } = useSearch<SearchAnswer>(
    isSearching ? { mode: "search", unitId, title, year, hamletId, text: text.trim() } : null,
  );
  const { nounVi } = kindOf(title);

  return (
    <>
      <div className="flex flex-wrap items-start gap-x-3">
        <search className="mb-3 w-full sm:w-72">
          <label className="block">
            <span className="mb-0.5 block text-xs font-medium text-muted">
              Tìm theo tên, không cần gõ dấu
            </span>
            <span className="relative block">
              <Search
                aria-hidden="true"
                className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted"
              />
              <input
                type="search"
                value={text}
                onChange={(event) => setText(event.target.value)}
                maxLength={100}
                autoComplete="off"
                spellCheck={false}
                enterKeyHint="search"
                className="min-h-11 w-full rounded-md border border-field bg-paper py-1.5 pr-3 pl-9 text-sm hover:border-ink md:min-h-10"
              />
            </span>
          </label>
        </search>
        <div className="min-w-0 flex-1">{filters}</div>
      </div>
      <LiveRegion message={isSearching && answer && !isLoading ? summaryOf(answer, nounVi) : ""} />
      {!isSearching && children}
      {isSearching && error && (
        <p role="alert" className="mb-3 text-sm font-medium text-danger">
          ✕ {error}
        </p>
      )}
      {isSearching && answer && (
        <div aria-busy={isLoading}>
          <p className="mb-2 text-sm text-muted">{summaryOf(answer, nounVi)}</p>
          <SubjectTable
            title={title}
            year={year}
            rows={answer.rows}
            empty={
              <EmptyState title="Không có tên nào khớp">
                Thử gõ ít chữ hơn, hoặc bỏ bớt bộ lọc thôn.
              </EmptyState>
            }
          />
        </div>
      )}
      {isSearching && !answer && !error && <p className="text-sm text-muted">Đang tìm…</p>}
    </>
  );
}

function summaryOf(answer: SearchAnswer, nounVi: string): string {
  const { rows, count, isGuess } = answer;
  if (count === 0) return `Không tìm thấy ${nounVi} nào.`;
  const number = count >= 1000 ? "Hơn 1.000" : formatCount(count);
  const found = isGuess
    ? `Không có tên khớp hẳn; ${number.toLowerCase()} ${nounVi} có tên gần giống.`
    : `Tìm thấy ${number} ${nounVi}.`;

  return count > rows.length
    ? `${found} Đang hiện ${rows.length} kết quả sát nhất; gõ thêm chữ để thu hẹp.`
    : found;
}
