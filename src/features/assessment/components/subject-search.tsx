"use client";

import { Search } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { inputClass } from "@/components/form/form-field";
import type { TitleCode } from "@/domain/title/title";
import type { AssessmentListItem } from "@/features/assessment/types";
import { SubjectTable } from "./subject-table";

const PAUSE = 250;

/** Finds a subject by name while it is typed. Names travel in the body of a request, never in an address. */
export function SubjectSearch({
  unitId,
  title,
  year,
  canWrite,
}: Readonly<{ unitId: number; title: TitleCode; year: number; canWrite: boolean }>) {
  const id = useId();
  const [text, setText] = useState("");
  const [found, setFound] = useState<{ text: string; items: readonly AssessmentListItem[] } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const asked = useRef(0);

  useEffect(() => {
    const wanted = text.trim();
    const turn = ++asked.current;
    if (wanted.length < 2) {
      setFound(null);
      setProblem(null);
      return;
    }
    const timer = window.setTimeout(async () => {
      try {
        const response = await fetch("/api/cham-diem/tim", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ unitId, title, year, text: wanted }),
        });
        if (!response.ok) throw new Error(String(response.status));
        const { items } = (await response.json()) as { items: AssessmentListItem[] };
        if (turn !== asked.current) return;
        setFound({ text: wanted, items });
        setProblem(null);
      } catch {
        if (turn === asked.current) setProblem("Chưa tìm được vì mất mạng. Hãy thử lại.");
      }
    }, PAUSE);

    return () => window.clearTimeout(timer);
  }, [text, unitId, title, year]);

  return (
    <search className="mb-4 block print:hidden">
      <label htmlFor={id} className="mb-0.5 block text-xs font-medium text-muted">
        Tìm theo tên (không cần gõ dấu)
      </label>
      <span className="relative block max-w-sm">
        <Search aria-hidden="true" className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted" />
        <input
          id={id}
          type="search"
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
          className={`${inputClass} pl-9`}
        />
      </span>
      <p role="status" className="mt-1 min-h-5 text-sm text-muted">
        {problem ??
          (found ? `${found.items.length === 20 ? "20 kết quả đầu" : `${found.items.length} kết quả`}` : "")}
      </p>
      {found && found.items.length > 0 && (
        <SubjectTable items={found.items} title={title} year={year} canWrite={canWrite} />
      )}
    </search>
  );
}
