import "server-only";
import type { TitleCode } from "@/domain/title/title";
import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "@/lib/db/scope";
import { PAGE_SIZE } from "../constants";

type Side = { id: string; name: string; unitName: string; number: string; birthYear: number | null };

/** Two entries that look alike and were found to be two, with who said so and when. */
export type DistinctPair = { first: Side; second: Side; markedBy: string; markedAt: Date };

// From the entries of the leaves: the pairs of the whole country stand in one table.
const pairs = (leafIds: readonly number[], title: TitleCode) => Prisma.sql`
  subject a JOIN distinct_pair p ON p.first_id = a.id JOIN subject b ON b.id = p.second_id
   AND a.unit_id = ANY (${leafIds}::int[]) AND a.title = ${title} AND a.active_to IS NULL
   AND b.unit_id = ANY (${leafIds}::int[]) AND b.active_to IS NULL`;

const side = (alias: string) => {
  const s = Prisma.raw(alias);

  return Prisma.sql`jsonb_build_object('id', ${s}.id, 'name', ${s}.name, 'number', ${s}.number::text,
    'unitName', (SELECT u.name FROM unit u WHERE u.id = ${s}.unit_id),
    'birthYear', coalesce((SELECT c.birth_year FROM citizen c WHERE c.subject_id = ${s}.id),
                          (SELECT h.head_birth_year FROM household h WHERE h.subject_id = ${s}.id)))`;
};

/** Pairs of followed entries of some leaves that were found to be two, latest first, one page. */
export async function listDistinctPairs(
  tx: Tx,
  query: Readonly<{
    leafIds: readonly number[];
    title: TitleCode;
    after?: readonly [string, string] | undefined;
  }>,
): Promise<{ rows: DistinctPair[]; next: readonly [string, string] | undefined }> {
  const beyond = query.after
    ? Prisma.sql`WHERE (p.marked_at, a.id, b.id) < (
        SELECT k.marked_at, k.first_id, k.second_id FROM distinct_pair k
         WHERE k.first_id = ${query.after[0]}::uuid AND k.second_id = ${query.after[1]}::uuid)`
    : Prisma.empty;
  const rows = await tx.$queryRaw<DistinctPair[]>`
    SELECT ${side("a")} AS first, ${side("b")} AS second, p.marked_by::text AS "markedBy", p.marked_at AS "markedAt"
      FROM ${pairs(query.leafIds, query.title)} ${beyond}
     ORDER BY p.marked_at DESC, a.id DESC, b.id DESC LIMIT ${PAGE_SIZE + 1}`;
  const last = rows.length > PAGE_SIZE ? rows[PAGE_SIZE - 1] : undefined;

  return { rows: rows.slice(0, PAGE_SIZE), next: last && [last.first.id, last.second.id] };
}

/** How many such pairs there are; exact. */
export async function countDistinctPairs(
  tx: Tx,
  leafIds: readonly number[],
  title: TitleCode,
): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM ${pairs(leafIds, title)}`;

  return row?.count ?? 0;
}

/** Who found two entries to be two, and when; undefined where nobody did. */
export async function findDistinct(
  tx: Tx,
  ids: readonly [string, string],
): Promise<{ markedBy: string; markedAt: Date } | undefined> {
  const [firstId, secondId] = [...ids].sort();
  if (firstId === undefined || secondId === undefined) return undefined;
  const pair = await tx.distinctPair.findUnique({
    where: { firstId_secondId: { firstId, secondId } },
    select: { markedBy: true, markedAt: true },
  });

  return pair ?? undefined;
}
