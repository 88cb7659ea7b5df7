"use client";

import { useState } from "react";
import { SearchBox } from "@/components/data/search-box";
import { useSearch } from "@/components/data/use-search";
import type { TitleCode } from "@/domain/title/title";
import type { AssessmentListItem } from "@/features/assessment/types";
import { SubjectTable } from "./subject-table";

/** Finds a subject by name while it is typed. */
export function SubjectSearch({
  unitId,
  title,
  year,
  canWrite,
}: Readonly<{ unitId: number; title: TitleCode; year: number; canWrite: boolean }>) {
  const [text, setText] = useState("");
  const wanted = text.trim();
  const { answer, error } = useSearch<{ items: readonly AssessmentListItem[] }>(
    "/api/cham-diem/tim",
    wanted.length < 2 ? null : { unitId, title, year, text: wanted },
  );
  const items = answer?.items ?? [];

  return (
    <search className="mb-4 block print:hidden">
      <div className="max-w-sm">
        <SearchBox label="Tìm theo tên (không cần gõ dấu)" value={text} onChange={setText} />
      </div>
      <p role="status" className="mt-1 min-h-5 text-sm text-muted">
        {error ?? (answer && (items.length === 20 ? "20 kết quả đầu" : `${items.length} kết quả`))}
      </p>
      {items.length > 0 && <SubjectTable items={items} title={title} year={year} canWrite={canWrite} />}
    </search>
  );
}
