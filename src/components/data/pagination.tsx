import { LinkButton } from "@/components/button";

/** The way to the page before and after, by cursor; `summary` says what is seen ("Dòng 51–100 trong 183"). */
export function Pagination({
  previousHref,
  nextHref,
  summary,
}: Readonly<{ previousHref?: string | null; nextHref?: string | null; summary?: string }>) {
  if (!previousHref && !nextHref && !summary) return null;

  return (
    <nav aria-label="Trang" className="mt-3 flex flex-wrap items-center gap-3 print:hidden">
      {previousHref && (
        <LinkButton href={previousHref} size="small">
          <span aria-hidden="true">‹</span> Trang trước
        </LinkButton>
      )}
      {nextHref && (
        <LinkButton href={nextHref} size="small">
          Trang sau <span aria-hidden="true">›</span>
        </LinkButton>
      )}
      {summary && <p className="tabular text-sm text-muted">{summary}</p>}
    </nav>
  );
}
