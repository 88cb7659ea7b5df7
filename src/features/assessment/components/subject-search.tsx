"use client";

import type { ReactNode } from "react";
import { useState } from "react";
import { SearchBox } from "@/components/data/search-box";
import { useSearch } from "@/components/data/use-search";
import type { TitleCode } from "@/domain/title/title";
import type { AssessmentListItem } from "@/features/assessment/types";
import { SubjectTable } from "./subject-table";

/** Finds a subject by name while it is typed: what is found stands in the place of the list. */
export function SubjectSearch({
  unitId,
  title,
  year,
  canWrite,
  filters,
  children,
}: Readonly<{
  unitId: number;
  title: TitleCode;
  year: number;
  canWrite: boolean;
  filters: ReactNode;
  /** The list. */
  children: ReactNode;
}>) {
  const [text, setText] = useState("");
  const wanted = text.trim();
  const isSearching = wanted.length >= 2;
  const { answer, error } = useSearch<{ items: readonly AssessmentListItem[] }>(
    "/api/cham-diem/tim",
    isSearching ? { unitId, title, year, text: wanted } : null,
  );
  const items = answer?.items;

  return (
    <>
      <div className="flex flex-wrap items-start gap-x-3">
        <search className="mb-3 w-full sm:w-72 print:hidden">
          <SearchBox label="Tìm theo tên (không cần gõ dấu)" value={text} onChange={setText} />
        </search>
        <div className="min-w-0 flex-1">{filters}</div>
      </div>
      <p role="status" className={isSearching ? "mb-2 min-h-5 text-sm text-muted" : "sr-only"}>
        {isSearching && (error ?? (items && foundText(items.length)))}
      </p>
      {isSearching
        ? items && (
            <SubjectTable
              items={items}
              title={title}
              year={year}
              canWrite={canWrite}
              empty="Không có tên nào khớp"
            />
          )
        : children}
    </>
  );
}

function foundText(count: number): string {
  if (count === 0) return "Không tìm thấy tên nào.";

  return count === 20 ? "Đang hiện 20 kết quả đầu; gõ thêm chữ để thu hẹp." : `Tìm thấy ${count} kết quả.`;
}
