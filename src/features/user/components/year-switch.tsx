"use client";

import { useSearchParams } from "next/navigation";
import { useEffect } from "react";
import { ParamSelect } from "@/components/data/param-select";

const CURSORS = ["sau", "truoc"] as const;

/** The year every page stands in. It lives in the address; the one chosen last is remembered for the next page. */
export function YearSwitch({
  years,
  remembered,
}: Readonly<{ years: readonly number[]; remembered: number }>) {
  const asked = Number(useSearchParams().get("nam"));
  const year = years.includes(asked) ? asked : remembered;

  useEffect(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http, where offices run this
    document.cookie = `nam=${year}; path=/; max-age=31536000; samesite=lax`;
  }, [year]);

  return (
    <ParamSelect
      label="Năm"
      param="nam"
      value={String(year)}
      options={years.map((option) => ({ value: String(option), label: String(option) }))}
      drops={CURSORS}
    />
  );
}
