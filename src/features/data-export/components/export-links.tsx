"use client";

import { Download } from "lucide-react";
import { buttonClass } from "@/components/button";
import { formatCount } from "@/lib/format/number";

/**
 * Takes the list on the page out as a file, all its pages: plain links, since a download is not a page to go to.
 * @param href address of the route with the filters of the page
 * @param count undefined where the page does not know exactly
 */
export function ExportLinks({
  href,
  count,
  noun,
  hasCsv = true,
}: Readonly<{ href: string; count: number | undefined; noun: string; hasCsv?: boolean }>) {
  if (count === 0) return null;
  const what = count === undefined ? `cả danh sách ${noun}` : `${formatCount(count)} ${noun}`;
  const separator = href.includes("?") ? "&" : "?";

  return (
    <p className="mt-3 flex flex-wrap items-center gap-2 text-sm print:hidden">
      <a href={`${href}${separator}dang=xlsx`} download className={buttonClass("secondary", "small")}>
        <Download className="size-4" aria-hidden="true" />
        Xuất Excel {what}
      </a>
      {hasCsv && (
        <a href={`${href}${separator}dang=csv`} download className={buttonClass("quiet", "small")}>
          Xuất CSV
          <span className="sr-only"> {what}</span>
        </a>
      )}
    </p>
  );
}
