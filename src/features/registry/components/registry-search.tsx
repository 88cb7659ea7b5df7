"use client";

import type { ReactNode } from "react";
import { useState } from "react";
import { SearchBox } from "@/components/data/search-box";
import { EmptyState } from "@/components/feedback/empty-state";
import { LiveRegion } from "@/components/feedback/save-status";
import type { TitleCode } from "@/domain/title/title";
import { formatCount } from "@/lib/format/number";
import { kindOf } from "../constants";
import type { SearchAnswer } from "../search";
import { SubjectTable } from "./subject-table";
import { useRegistrySearch } from "./use-registry-search";

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
  const { answer, isLoading, error } = useRegistrySearch<SearchAnswer>(
    isSearching ? { mode: "search", unitId, title, year, hamletId, text: text.trim() } : null,
  );
  const { nounVi } = kindOf(title);

  return (
    <>
      <div className="flex flex-wrap items-start gap-x-3">
        <search className="mb-3 w-full sm:w-72">
          <SearchBox label="Tìm theo tên (không cần gõ dấu)" value={text} onChange={setText} />
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
