import "server-only";
import type { TitleCode } from "@/domain/title/title";
import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "@/lib/db/scope";
import { toSearchKey } from "@/lib/text/search-key";
import { PAGE_SIZE } from "../constants";
import type { SubjectRow } from "../types";
import { slipPatterns, wordPatterns } from "../utils";

/** What is looked for among the subjects of some leaves that are still followed. */
export type SearchQuery = Readonly<{
  leafIds: readonly number[];
  title: TitleCode;
  year: number;
  text: string;
  limit?: number;
}>;

/**
 * Subjects by name: words in any order, diacritics ignored, best match first; when nothing has all the words, names in which
 * every word is at most one slip away. `count` is exact up to 1,000.
 *
 * Row-level security lets no `LIKE`, regular expression or trigram operator reach an index (none is leakproof), so the names
 * of the leaves asked for are read through their index and filtered: those of one commune at the most.
 */
export async function searchSubjects(
  tx: Tx,
  query: SearchQuery,
): Promise<{ rows: SubjectRow[]; count: number; isGuess: boolean }> {
  const key = toSearchKey(query.text);
  const words = wordPatterns(key);
  if (words.length === 0) return { rows: [], count: 0, isGuess: false };

  const found = await match(tx, query, key, Prisma.sql`s.name_search LIKE ALL (${words}::text[])`);
  if (found.count > 0) return { ...found, isGuess: false };

  const slips = slipPatterns(key);
  if (slips.length === 0) return { ...found, isGuess: false };
  const near = slips.map((pattern) => Prisma.sql`s.name_search ~ ${pattern}`);

  return { ...(await match(tx, query, key, Prisma.join(near, " AND "))), isGuess: true };
}

async function match(
  tx: Tx,
  { leafIds, title, year, limit = PAGE_SIZE }: SearchQuery,
  key: string,
  condition: Prisma.Sql,
): Promise<{ rows: SubjectRow[]; count: number }> {
  const rows = await tx.$queryRaw<(SubjectRow & { count: number })[]>`
    WITH hit AS (
      SELECT s.id, s.unit_id, s.name, s.name_sort, s.active_to, similarity(s.name_search, ${key}) AS likeness
        FROM subject s
       WHERE s.unit_id = ANY (${leafIds}::int[]) AND s.title = ${title} AND s.active_to IS NULL AND ${condition}
       LIMIT 1000
    ), best AS (
      SELECT h.*, count(*) OVER ()::int AS count FROM hit h ORDER BY h.likeness DESC, h.name_sort, h.id LIMIT ${limit}
    )
    SELECT b.id, b.name, u.id AS "unitId", u.name AS "unitName", c.birth_year AS "birthYear", a.id AS "assessmentId", a.state,
           coalesce(a.is_complete, false) AS "isComplete",           a.total::float8 AS total, false AS "isClosed", b.count
      FROM best b JOIN unit u ON u.id = b.unit_id
      LEFT JOIN citizen c ON c.subject_id = b.id
      LEFT JOIN assessment a ON a.subject_id = b.id AND a.title = ${title} AND a.year = ${year}::int
     ORDER BY b.likeness DESC, b.name_sort, b.id`;

  return { rows: rows.map(({ count: _count, ...row }) => row), count: rows[0]?.count ?? 0 };
}

/** A likely duplicate; `at` is the index of the candidate it resembles. */
export type Duplicate = { at: number; id: string; name: string; unitName: string; birthYear: number | null };

/**
 * Entries of a commune that are likely the same as a new one: same title and same name but for diacritics and case; people
 * (citizens, and heads of households where both years are known) also born within a year of each other, since many people of
 * a commune share a name. At most ten.
 */
export async function findLikelyDuplicates(
  tx: Tx,
  query: Readonly<{
    leafIds: readonly number[];
    title: TitleCode;
    candidates: readonly Readonly<{ name: string; birthYear: number | null }>[];
  }>,
): Promise<Duplicate[]> {
  const keys = query.candidates.map(({ name }) => toSearchKey(name));
  const years = query.candidates.map(({ birthYear }) => birthYear ?? 0);
  if (keys.length === 0) return [];

  return await tx.$queryRaw<Duplicate[]>`
    SELECT (n.at - 1)::int AS at, s.id, s.name, u.name AS "unitName",
           coalesce(c.birth_year, h.head_birth_year) AS "birthYear"
      FROM unnest(${keys}::text[], ${years}::int[]) WITH ORDINALITY AS n(key, year, at)
      JOIN subject s ON s.name_search = n.key
      JOIN unit u ON u.id = s.unit_id
      LEFT JOIN citizen c ON c.subject_id = s.id
      LEFT JOIN household h ON h.subject_id = s.id
     WHERE s.unit_id = ANY (${query.leafIds}::int[]) AND s.title = ${query.title} AND s.active_to IS NULL
       AND (n.year = 0 OR coalesce(abs(coalesce(c.birth_year, h.head_birth_year) - n.year) <= 1, true))
     ORDER BY n.at, s.name_sort, s.id LIMIT 10`;
}
