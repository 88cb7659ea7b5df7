import "server-only";
import { STATE_FILTERS } from "@/domain/recognition/recognition";
import { parseEntryCode } from "@/domain/title/entry-code";
import type { TitleCode } from "@/domain/title/title";
import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "@/lib/db/scope";
import { toSearchKey } from "@/lib/text/search-key";
import { PAGE_SIZE } from "../constants";
import type { RegistryFilter } from "../filter";
import type { SubjectRow, TitleCount } from "../types";
import { slipsOf } from "../utils";
import { findByIdentity } from "./identity";

// Raw SQL: lists and searches ask the functions register_*, which look into a table made for finding for the units the asker may
// read, and show no more of the rows found than the policies would.

/** Where a page begins: after a row or before one; an id, because a name in an address is personal data. */
export type Cursor = Readonly<{ after?: string | undefined; before?: string | undefined; limit?: number }>;

export type SubjectPage = { rows: SubjectRow[]; hasNext: boolean; hasPrevious: boolean };

/** A row found, and the hamlet or commune in which it stood. */
type Hit = Readonly<{ id: string; unitId: number }>;

/** One page of a filtered list, as the register stood at the end of the filter's year. */
export async function findPage(
  tx: Tx,
  filter: RegistryFilter,
  { after, before, limit = PAGE_SIZE }: Cursor = {},
): Promise<SubjectPage> {
  const backwards = after === undefined && before !== undefined;
  const hits = await tx.$queryRaw<Hit[]>`
    SELECT subject_id AS id, unit_id AS "unitId"
      FROM register_page(${asked(filter)}::jsonb, ${after ?? before ?? null}::uuid, ${backwards}, ${limit + 1}::int)`;
  const hasMore = hits.length > limit;
  const page = hits.slice(0, limit);
  if (backwards) page.reverse();

  return {
    rows: await show(tx, filter, page),
    hasNext: backwards ? true : hasMore,
    hasPrevious: backwards ? hasMore : after !== undefined,
  };
}

/** Opens the cursor `register_rows` over all rows of a filtered list with all a file shows of them, in the order of its pages. */
export function openRows(filter: RegistryFilter): Prisma.Sql {
  return Prisma.sql`SELECT register_open(${asked(filter)}::jsonb)`;
}

/** How many rows `openRows` draws, exactly: of a million about a second. */
export async function countRows(tx: Tx, filter: RegistryFilter): Promise<number> {
  const [row] = await tx.$queryRaw<
    { count: number }[]
  >`SELECT register_total(${asked(filter)}::jsonb) AS count`;

  return row?.count ?? 0;
}

/** How many rows a list has; not exact where counting them all would take too long: at least so many. */
export type RowCount = { count: number; isExact: boolean };

/** The rows of a filtered list, counted as far as it is quick. `countFiltered` counts exactly, whatever it takes. */
export async function countQuickly(tx: Tx, filter: RegistryFilter): Promise<RowCount> {
  const [row] = await tx.$queryRaw<
    RowCount[]
  >`SELECT count, is_exact AS "isExact" FROM register_count(${asked(filter)}::jsonb)`;

  return row ?? { count: 0, isExact: true };
}

/** How many entries a list has that nothing narrows, by the counters of its year: exact and quick however large the unit. */
export async function countByCounters(tx: Tx, filter: RegistryFilter): Promise<number> {
  const [row] = await tx.$queryRaw<
    { count: number }[]
  >`SELECT register_counted(${asked(filter)}::jsonb) AS count`;

  return row?.count ?? 0;
}

/** What an entry is called, for a list narrowed to what belongs to it. */
export async function nameOf(tx: Tx, id: string | undefined): Promise<string | undefined> {
  if (id === undefined) return undefined;
  const [row] = await tx.$queryRaw<{ name: string }[]>`SELECT name FROM subject WHERE id = ${id}::uuid`;

  return row?.name;
}

/** What a search found: at least `count`, exactly so many when `isExact`; `isGuess` when nothing has the words as they were typed. */
export type Found = { rows: SubjectRow[]; count: number; isExact: boolean; isGuess: boolean };

const WORDS = 12;

/**
 * Rows of a filtered list by words of the name or of the hamlet, in any order, diacritics ignored, the last one perhaps only
 * begun; closest first. When nothing has all the words, names whose words are one slip away. A code or an identity number finds
 * its one entry, wherever the asker may read it.
 */
export async function searchRegister(
  tx: Tx,
  filter: RegistryFilter,
  { text, skip = 0, limit = PAGE_SIZE }: Readonly<{ text: string; skip?: number; limit?: number }>,
): Promise<Found> {
  const single = await findSingle(tx, text);
  if (single) return await showSingle(tx, filter, single);

  const words = wordsOf(text);
  if (words.length === 0) return { rows: [], count: 0, isExact: true, isGuess: false };
  const found = await match(tx, filter, { words, slips: null, skip, limit });
  if (found.count > 0 || skip > 0) return { ...found, isGuess: false };
  const slips = words.map((word) => [...slipsOf(word)]);

  return { ...(await match(tx, filter, { words, slips, skip, limit })), isGuess: true };
}

/** How many entries of the other registers have the words too, where that is quick to know. */
export async function countElsewhere(tx: Tx, filter: RegistryFilter, text: string): Promise<TitleCount[]> {
  const words = wordsOf(text);
  if (words.length === 0) return [];

  return await tx.$queryRaw<TitleCount[]>`
    SELECT title, count FROM register_elsewhere(${asked(filter)}::jsonb, ${words}::text[])`;
}

function wordsOf(text: string): string[] {
  return toSearchKey(text)
    .split(" ")
    .filter((word) => word !== "")
    .slice(0, WORDS);
}

type Words = Readonly<{ words: string[]; slips: string[][] | null; skip: number; limit: number }>;

async function match(
  tx: Tx,
  filter: RegistryFilter,
  { words, slips, skip, limit }: Words,
): Promise<Omit<Found, "isGuess">> {
  const hits = await tx.$queryRaw<(Hit & RowCount)[]>`
    SELECT subject_id AS id, unit_id AS "unitId", count, is_exact AS "isExact"
      FROM register_search(${asked(filter)}::jsonb, ${words}::text[], ${slips && JSON.stringify(slips)}::jsonb, ${skip}::int, ${limit}::int)`;

  return {
    rows: await show(tx, filter, hits),
    count: hits[0]?.count ?? 0,
    isExact: hits[0]?.isExact ?? true,
  };
}

async function findSingle(
  tx: Tx,
  text: string,
): Promise<{ id: string; title: TitleCode; unitId: number } | "NONE" | undefined> {
  const code = parseEntryCode(text);
  if (code) {
    const [row] = await tx.$queryRaw<{ id: string; title: TitleCode; unitId: number }[]>`
      SELECT id, title, unit_id AS "unitId" FROM subject WHERE number = ${code.number}::bigint AND title = ${code.title}`;

    return row ?? "NONE";
  }
  if (!/^[\d .]{9,20}$/.test(text.trim())) return undefined;
  const holder = await findByIdentity(tx, text);

  return holder ? { id: holder.id, title: "CITIZEN", unitId: holder.unitId } : undefined;
}

async function showSingle(
  tx: Tx,
  filter: RegistryFilter,
  single: Exclude<Awaited<ReturnType<typeof findSingle>>, undefined>,
): Promise<Found> {
  if (single === "NONE") return { rows: [], count: 0, isExact: true, isGuess: false };
  const rows = await show(tx, { ...filter, title: single.title }, [single]);

  return { rows, count: rows.length, isExact: true, isGuess: false };
}

/** What the rows of a list show, in the order of the hits. */
async function show(
  tx: Tx,
  { title, year }: Pick<RegistryFilter, "title" | "year">,
  hits: readonly Hit[],
): Promise<SubjectRow[]> {
  if (hits.length === 0) return [];
  const [ids, units] = [hits.map(({ id }) => id), hits.map(({ unitId }) => unitId)];

  return await tx.$queryRaw<SubjectRow[]>`
    SELECT id, title, number::float8 AS number, name, "unitId", "unitName", "communeName", "birthYear", "assessmentId", state,
           "isComplete", total, "isClosed"
      FROM register_show(${ids}::uuid[], ${units}::int[], ${title}, ${year}::int)`;
}

/** A filter as the functions of the database take it: what is not narrowed is absent. */
function asked(filter: RegistryFilter): string {
  const { state: slug, ...rest } = filter;
  const state = STATE_FILTERS.find((one) => one.slug === slug);
  const given = state && {
    state: state.state,
    ...(state.isComplete === undefined ? {} : { isComplete: state.isComplete }),
  };

  return JSON.stringify({ ...rest, ...(given ? { state: given } : {}) });
}
