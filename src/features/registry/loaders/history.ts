import "server-only";
import { notFound } from "next/navigation";
import { can } from "@/domain/access/access";
import type { TitleCode } from "@/domain/title/title";
import type { UnitRef } from "@/features/territory/data";
import { pathOf, reachOf } from "@/features/territory/data";
import { namesOf } from "@/features/user/data";
import { assertCan } from "@/features/user/guard";
import type { SearchParams } from "@/features/user/page-scope";
import { idOf, param, readForPage } from "@/features/user/page-scope";
import { loadActor } from "@/features/user/session";
import type { Tx } from "@/lib/db/scope";
import type { Entry } from "../data/entry";
import { findEntry, today } from "../data/entry";
import type { HistoryCursor, HistoryLine } from "../data/history";
import { listHistory, namesOfImages } from "../data/history";
import { isUndoneElsewhere } from "../hindrance";
import type { ChangedFact } from "../images";
import { changedFacts, losesIdentity } from "../images";

/** One line of a history as people read it. */
export type HistoryRow = Omit<HistoryLine, "before" | "after" | "isLatest" | "detail" | "actorId"> & {
  actorName: string | undefined;
  facts: ChangedFact[];
  /** nothing that this entry shows stands in the way of taking the step back */
  canUndo: boolean;
};

export type EntryHistory = { rows: HistoryRow[]; next: string | undefined };

/** Lines of the history that the page of an entry shows. */
export const RECENT = 5;

/** One page of an entry's history with the names behind its ids. */
export async function historyOf(
  tx: Tx,
  entry: Readonly<{ id: string; title: TitleCode }>,
  { limit, before }: Readonly<{ limit?: number; before?: HistoryCursor | undefined }>,
): Promise<EntryHistory> {
  const page = await listHistory(tx, {
    subjectId: entry.id,
    before,
    ...(limit === undefined ? {} : { limit }),
  });
  const names = await namesOfImages(
    tx,
    page.rows.flatMap((row) => [row.before, row.after]),
  );
  const people = await namesOf(
    tx,
    page.rows.map(({ actorId }) => actorId),
  );

  return {
    rows: page.rows.map(({ before: was, after: is, actorId, isLatest, detail: _detail, ...row }) => ({
      ...row,
      actorName: actorId === null ? undefined : people.get(actorId),
      facts: was && is ? changedFacts(entry.title, was, is, names) : [],
      canUndo: isLatest && !isUndoneElsewhere(row.verb) && !losesIdentity(was),
    })),
    next: page.next && `${page.next.at.getTime()}_${page.next.key}`,
  };
}

export type HistoryPage = {
  entry: Entry;
  path: UnitRef[];
  canWrite: boolean;
  history: EntryHistory;
};

/** The whole history of an entry, page by page; `?truoc=` goes on from a line. */
export async function loadHistory(rawId: string, searchParams: SearchParams): Promise<HistoryPage> {
  const actor = await loadActor();
  const subjectId = idOf(rawId);
  const before = parseCursor(param(await searchParams, "truoc"));

  return await readForPage(actor, async (tx) => {
    const entry = await findEntry(tx, subjectId);
    if (!entry) notFound();
    await assertCan(tx, actor, "registry.read", entry.unitId);

    return {
      entry,
      path: await pathOf(tx, entry.unitId, new Date(await today(tx))),
      canWrite: can(actor, "registry.write", await reachOf(tx, entry.unitId)),
      history: await historyOf(tx, entry, { before }),
    };
  });
}

function parseCursor(text: string | undefined): HistoryCursor | undefined {
  const match = /^(\d{1,15})_([ac]\d{19,29})$/.exec(text ?? "");
  if (text !== undefined && !match) notFound();

  return match ? { at: new Date(Number(match[1])), key: match[2] ?? "" } : undefined;
}
