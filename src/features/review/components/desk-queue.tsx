import type { Route } from "next";
import Link from "next/link";
import { cx } from "@/components/cx";
import { StateBadge } from "@/components/data/badge";
import { Pagination } from "@/components/data/pagination";
import { stateName, stateTone } from "@/domain/recognition/recognition";
import type { StateCounts } from "@/features/dossier/data/entries";
import { formatCount, formatNumber } from "@/lib/format/number";
import type { QueueEntry, QueuePage } from "../data/queue";
import type { DeskFilter } from "../utils";
import { DESK_FILTER_NAMES, DESK_FILTERS, queueReasons, STATE_OF_FILTER } from "../utils";

/** The address of the desk with an entry, under a filter. */
export function deskHref(dossierId: string, filter: DeskFilter, entryId?: string | null): string {
  const query = new URLSearchParams();
  if (filter !== "cho") query.set("tinh-trang", filter);
  if (entryId) query.set("muc", entryId);

  return `/tham-dinh/${dossierId}${query.size > 0 ? `?${query}` : ""}`;
}

/** The left pane of the desk: entries by risk, each with why it stands where it stands. */
export function DeskQueue({
  dossierId,
  filter,
  counts,
  queue,
  currentId,
}: Readonly<{
  dossierId: string;
  filter: DeskFilter;
  counts: StateCounts;
  queue: QueuePage;
  currentId: string | null;
}>) {
  const first = queue.rows[0]?.position ?? 0;
  const last = queue.rows.at(-1)?.position ?? 0;

  return (
    <>
      <nav aria-label="Tình trạng" className="flex flex-wrap gap-1 border-b border-line p-2">
        {DESK_FILTERS.map((slug) => (
          <Link
            key={slug}
            href={deskHref(dossierId, slug) as Route}
            aria-current={slug === filter ? "page" : undefined}
            className={cx(
              "inline-flex min-h-11 items-center gap-1.5 rounded-md px-2 text-sm no-underline md:min-h-8",
              slug === filter
                ? "bg-accent-soft font-semibold text-accent"
                : "text-muted hover:bg-page hover:text-ink",
            )}
          >
            {DESK_FILTER_NAMES[slug]}{" "}
            <span className="tabular font-normal">{formatCount(countOf(counts, slug))}</span>
          </Link>
        ))}
      </nav>
      {queue.rows.length === 0 ? (
        <p className="p-4 text-muted">Không có mục nào ở tình trạng này.</p>
      ) : (
        <ol start={first} className="divide-y divide-line">
          {queue.rows.map((entry) => (
            <li key={entry.id}>
              <QueueLink
                entry={entry}
                href={deskHref(dossierId, filter, entry.id)}
                isCurrent={entry.id === currentId}
                showsState={filter === "tat-ca"}
              />
            </li>
          ))}
        </ol>
      )}
      {queue.of > queue.rows.length && (
        <div className="border-t border-line px-3 pb-3">
          <Pagination
            previousHref={queue.previousPage && deskHref(dossierId, filter, queue.previousPage)}
            nextHref={queue.nextPage && deskHref(dossierId, filter, queue.nextPage)}
            summary={`${formatCount(first)}–${formatCount(last)} trong ${formatCount(queue.of)}`}
          />
        </div>
      )}
    </>
  );
}

function QueueLink({
  entry,
  href,
  isCurrent,
  showsState,
}: Readonly<{ entry: QueueEntry; href: string; isCurrent: boolean; showsState: boolean }>) {
  const reasons = queueReasons(entry);

  return (
    <Link
      href={href as Route}
      aria-current={isCurrent ? "true" : undefined}
      className={cx(
        "block border-l-4 px-3 py-2 text-sm text-ink no-underline -outline-offset-3 hover:bg-page focus-visible:-outline-offset-3",
        isCurrent ? "border-accent bg-accent-soft" : "border-transparent",
      )}
    >
      <span className="flex items-baseline justify-between gap-3">
        <span className="min-w-0 font-medium">{entry.name}</span>
        <span className="tabular shrink-0 font-semibold">
          {entry.total === null ? "–" : formatNumber(entry.total, 2)}
        </span>
      </span>
      <span className="block text-xs text-muted">{entry.hamletName}</span>
      {reasons.length > 0 && (
        <span className={cx("block text-xs font-medium", isCurrent ? "text-ink" : "text-warn")}>
          <span aria-hidden="true">! </span>
          {reasons.join(" · ")}
        </span>
      )}
      {showsState && <span className="block text-xs text-muted">{stateName(entry.state)}</span>}
    </Link>
  );
}

function countOf(counts: StateCounts, filter: DeskFilter): number {
  const state = STATE_OF_FILTER[filter];
  if (state === null) return Object.values(counts).reduce((sum, count) => sum + count, 0);

  return counts[state as keyof StateCounts] ?? 0;
}

/** The state of an entry in words, for the head of the middle pane. */
export function EntryState({ state }: Readonly<{ state: QueueEntry["state"] }>) {
  return <StateBadge tone={stateTone(state)}>{stateName(state)}</StateBadge>;
}
