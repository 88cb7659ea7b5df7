import "server-only";
import type { TitleCode } from "@/domain/title/title";
import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "@/lib/db/scope";
import { toSearchKey } from "@/lib/text/search-key";

/** A likely duplicate; `at` is the index of the candidate it resembles. */
export type Duplicate = { at: number; id: string; name: string; unitName: string; birthYear: number | null };

/**
 * Entries of a commune that are likely the same as a new one: same title and same name but for diacritics and case; people
 * (citizens, and heads of households where both years are known) also born within a year of each other, since many people of
 * a commune share a name. At most ten. `subjectId`: the candidates are names of this entry, which resembles neither itself nor
 * what it was found to be distinct from.
 */
export async function findLikelyDuplicates(
  tx: Tx,
  query: Readonly<{
    leafIds: readonly number[];
    title: TitleCode;
    candidates: readonly Readonly<{ name: string; birthYear: number | null }>[];
    subjectId?: string | undefined;
  }>,
): Promise<Duplicate[]> {
  const keys = query.candidates.map(({ name }) => toSearchKey(name));
  const years = query.candidates.map(({ birthYear }) => birthYear ?? 0);
  if (keys.length === 0) return [];
  const { subjectId } = query;
  const others =
    subjectId === undefined
      ? Prisma.empty
      : Prisma.sql`
       AND s.id <> ${subjectId}::uuid AND NOT EXISTS (
             SELECT 1 FROM distinct_pair d
              WHERE d.first_id = least(s.id, ${subjectId}::uuid) AND d.second_id = greatest(s.id, ${subjectId}::uuid))`;

  return await tx.$queryRaw<Duplicate[]>`
    SELECT (n.at - 1)::int AS at, s.id, s.name, u.name AS "unitName",
           coalesce(c.birth_year, h.head_birth_year) AS "birthYear"
      FROM unnest(${keys}::text[], ${years}::int[]) WITH ORDINALITY AS n(key, year, at)
      JOIN subject s ON s.name_search = n.key
      JOIN unit u ON u.id = s.unit_id
      LEFT JOIN citizen c ON c.subject_id = s.id
      LEFT JOIN household h ON h.subject_id = s.id
     WHERE s.unit_id = ANY (${query.leafIds}::int[]) AND s.title = ${query.title} AND s.active_to IS NULL
       AND (n.year = 0 OR coalesce(abs(coalesce(c.birth_year, h.head_birth_year) - n.year) <= 1, true)) ${others}
     ORDER BY n.at, s.name_sort, s.id LIMIT 10`;
}
