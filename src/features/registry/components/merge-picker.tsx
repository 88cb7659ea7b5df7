"use client";

import Link from "next/link";
import { useState } from "react";
import { SearchBox } from "@/components/data/search-box";
import type { TitleCode } from "@/domain/title/title";
import { kindOf } from "../constants";
import type { SearchAnswer } from "../search";
import { useRegistrySearch } from "./use-registry-search";

/** Finds by name the entry that another one is the same as; each result leads to the compare screen. */
export function MergePicker({
  subjectId,
  title,
  unitId,
  year,
}: Readonly<{ subjectId: string; title: TitleCode; unitId: number; year: number }>) {
  const [text, setText] = useState("");
  const isAsking = text.trim().length > 1;
  const { answer, error } = useRegistrySearch<SearchAnswer>(
    isAsking ? { mode: "pick", unitId, title, year, text: text.trim(), sort: "name", skip: 0 } : null,
  );
  const rows = answer?.rows.filter(({ id }) => id !== subjectId) ?? [];

  return (
    <search className="block max-w-xl">
      <SearchBox label={`Tìm ${kindOf(title).nounVi} trùng theo tên`} value={text} onChange={setText} />
      {error && (
        <p role="alert" className="mt-2 text-sm font-medium text-danger">
          ✕ {error}
        </p>
      )}
      {isAsking && answer && (
        <ul aria-label="Mục tìm thấy" className="mt-2 rounded-md border border-field bg-paper">
          {rows.length === 0 && <li className="px-3 py-2 text-sm text-muted">Không có mục nào khớp</li>}
          {rows.map((row) => (
            <li key={row.id} className="border-b border-line last:border-0">
              <Link
                href={`/so-theo-doi/gop?muc=${subjectId}&voi=${row.id}`}
                className="link flex min-h-11 items-center px-3 py-1"
              >
                So sánh với {row.name}
                {row.birthYear === null ? "" : `, ${row.birthYear}`} · {row.unitName}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </search>
  );
}
