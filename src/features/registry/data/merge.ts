import "server-only";
import type { AssessmentState } from "@/domain/recognition/recognition";
import type { TitleCode } from "@/domain/title/title";
import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "@/lib/db/scope";
import { PAGE_SIZE } from "../constants";

/** Does a review of the subject's assessments run: submitted or approved, not yet decided. */
export async function findReviewed(tx: Tx, subjectId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM assessment WHERE subject_id = ${subjectId}::uuid AND state IN ('SUBMITTED', 'APPROVED') LIMIT 1`;

  return rows.length > 0;
}

/** One of two entries on the compare screen, with what hangs on it. */
export type MergeSide = {
  id: string;
  createdAt: Date;
  /** members, member households or staff still followed */
  linked: number;
  hasIdentity: boolean;
  assessments: { id: string; year: number; state: AssessmentState }[];
};

/** What hangs on entries that may be merged. Numbers of persons stay sealed: only that there is one. */
export async function listMergeSides(tx: Tx, ids: readonly string[]): Promise<MergeSide[]> {
  return await tx.$queryRaw<MergeSide[]>`
    SELECT s.id, s.created_at AS "createdAt",
           (SELECT count(*)::int FROM subject l
             WHERE l.active_to IS NULL AND l.id IN (
               SELECT subject_id FROM citizen WHERE household_id = s.id
               UNION SELECT subject_id FROM citizen WHERE organisation_id = s.id
               UNION SELECT subject_id FROM household WHERE clan_id = s.id)) AS linked,
           EXISTS (SELECT 1 FROM identity_number n WHERE n.subject_id = s.id) AS "hasIdentity",
           coalesce((SELECT jsonb_agg(jsonb_build_object('id', a.id, 'year', a.year, 'state', a.state) ORDER BY a.year DESC)
                       FROM assessment a WHERE a.subject_id = s.id), '[]') AS assessments
      FROM subject s WHERE s.id = ANY (${ids}::uuid[])`;
}

/** Two entries that are likely the same. The first has more history, or is the older one: the one to go on with. */
export type LikelyPair = {
  keepId: string;
  keepName: string;
  keepUnit: string;
  keepNumber: string;
  keepYear: number | null;
  dropId: string;
  dropName: string;
  dropUnit: string;
  dropNumber: string;
  dropYear: number | null;
};

// Of a pair the smaller id is a's, as in the table.
const NOT_DISTINCT = Prisma.sql`
  AND NOT EXISTS (SELECT 1 FROM distinct_pair n WHERE n.first_id = a.id AND n.second_id = b.id)`;

/**
 * Pairs of entries of some leaves that are likely the same and were not found to be two: one kind, one name but for diacritics and case; people, and heads
 * of households where both are known, born within a year of each other. One page, by name.
 */
export async function listLikelyPairs(
  tx: Tx,
  query: Readonly<{
    leafIds: readonly number[];
    title: TitleCode;
    /** pairs of one entry alone */
    subjectId?: string | undefined;
    after?: readonly [string, string] | undefined;
  }>,
): Promise<{ rows: LikelyPair[]; next: readonly [string, string] | undefined }> {
  const { leafIds, title, subjectId, after } = query;
  const own =
    subjectId === undefined
      ? Prisma.empty
      : Prisma.sql`AND (a.id = ${subjectId}::uuid OR b.id = ${subjectId}::uuid)`;
  const beyond =
    after === undefined
      ? Prisma.empty
      : Prisma.sql`AND (a.name_sort, a.id, b.id) > (SELECT k.name_sort, k.id, ${after[1]}::uuid FROM subject k WHERE k.id = ${after[0]}::uuid)`;
  const rows = await tx.$queryRaw<(LikelyPair & { aId: string; bId: string })[]>`
    WITH one AS MATERIALIZED (
      SELECT s.id, s.name, s.name_search, s.name_sort, s.number, s.unit_id, coalesce(c.birth_year, h.head_birth_year) AS year
        FROM subject s
        LEFT JOIN citizen c ON c.subject_id = s.id
        LEFT JOIN household h ON h.subject_id = s.id
       WHERE s.unit_id = ANY (${leafIds}::int[]) AND s.title = ${title} AND s.active_to IS NULL
    ), pair AS (
      SELECT a.id AS a_id, b.id AS b_id, a.name_sort
        FROM one a JOIN one b ON b.name_search = a.name_search AND b.id > a.id
       WHERE (a.year IS NULL OR b.year IS NULL OR abs(a.year - b.year) <= 1) ${NOT_DISTINCT} ${own} ${beyond}
       ORDER BY a.name_sort, a.id, b.id LIMIT ${PAGE_SIZE + 1}
    ), weighed AS (
      SELECT p.*, (w.of_b, -b.number) > (w.of_a, -a.number) AS is_turned
        FROM pair p JOIN one a ON a.id = p.a_id JOIN one b ON b.id = p.b_id
        CROSS JOIN LATERAL (SELECT (SELECT count(*) FROM assessment x WHERE x.subject_id = p.a_id) AS of_a,
                                   (SELECT count(*) FROM assessment x WHERE x.subject_id = p.b_id) AS of_b) w
    )
    SELECT w.a_id AS "aId", w.b_id AS "bId", k.id AS "keepId", k.name AS "keepName", ku.name AS "keepUnit", k.number::text AS "keepNumber",
           k.year AS "keepYear", d.id AS "dropId", d.name AS "dropName", du.name AS "dropUnit", d.number::text AS "dropNumber", d.year AS "dropYear"
      FROM weighed w
      JOIN one k ON k.id = CASE WHEN w.is_turned THEN w.b_id ELSE w.a_id END
      JOIN one d ON d.id = CASE WHEN w.is_turned THEN w.a_id ELSE w.b_id END
      JOIN unit ku ON ku.id = k.unit_id JOIN unit du ON du.id = d.unit_id
     ORDER BY w.name_sort, w.a_id, w.b_id`;
  const last = rows.length > PAGE_SIZE ? rows[PAGE_SIZE - 1] : undefined;

  return {
    rows: rows.slice(0, PAGE_SIZE).map(({ aId: _a, bId: _b, ...row }) => row),
    next: last && [last.aId, last.bId],
  };
}

/** How many such pairs there are in all, by kind; exact. */
export async function countLikelyPairs(
  tx: Tx,
  leafIds: readonly number[],
): Promise<ReadonlyMap<TitleCode, number>> {
  const rows = await tx.$queryRaw<{ title: TitleCode; count: number }[]>`
    WITH one AS MATERIALIZED (
      SELECT s.id, s.title, s.name_search, coalesce(c.birth_year, h.head_birth_year) AS year
        FROM subject s LEFT JOIN citizen c ON c.subject_id = s.id LEFT JOIN household h ON h.subject_id = s.id
       WHERE s.unit_id = ANY (${leafIds}::int[]) AND s.title <> 'COMMUNITY' AND s.active_to IS NULL
    )
    SELECT a.title, count(*)::int AS count FROM one a JOIN one b ON b.title = a.title AND b.name_search = a.name_search AND b.id > a.id
     WHERE (a.year IS NULL OR b.year IS NULL OR abs(a.year - b.year) <= 1) ${NOT_DISTINCT}
     GROUP BY a.title`;

  return new Map(rows.map(({ title, count }) => [title, count]));
}
