import "server-only";
import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "@/lib/db/scope";
import type { BulkVerdict } from "../bulk";
import { BULK_FACTS, isFact } from "../bulk";
import type { RegistryFilter } from "../filter";
import type { BulkChange } from "../schema";
import { filterSql } from "./filter";

/** Rows of one list of a commune: all of them, or those ticked. */
export type Selection = Readonly<{
  filter: RegistryFilter;
  ids: readonly string[];
  leafIds: readonly number[];
}>;

/** What a change would do to a selection. The fingerprint names the rows, their versions and what becomes of each. */
export type BulkPreview = {
  verdicts: Readonly<Record<BulkVerdict, number>>;
  count: number;
  /** members of the households: they go along, or, when a household closes without them, stay and leave it */
  members: number;
  fingerprint: string;
};

/** The rows of a selection, as a condition on `subject s`. */
export function selectionSql({ filter, ids }: Selection): Prisma.Sql {
  return ids.length === 0
    ? filterSql(filter)
    : Prisma.sql`${filterSql(filter)} AND s.id = ANY (${ids}::uuid[])`;
}

/** How each row of a selection stands to a change, as a query of id, version and verdict. */
export function verdictsSql(selection: Selection, change: BulkChange): Prisma.Sql {
  return Prisma.sql`
    SELECT s.id, s.version, CASE
             WHEN s.active_to IS NOT NULL THEN 'CLOSED'
             WHEN s.unit_id <> ALL (${selection.leafIds}::int[]) THEN 'ELSEWHERE'
             ${already(selection, change)}
             ${tooEarly(selection, change)}
             ELSE 'CHANGES' END AS verdict
      FROM subject s WHERE ${selectionSql(selection)}`;
}

function already({ filter }: Selection, { job, value }: BulkChange): Prisma.Sql {
  if (job === "close") return Prisma.empty;
  if (job === "move") return Prisma.sql`WHEN s.unit_id = ${Number(value)}::int THEN 'ALREADY'`;
  const { column, type, title } = BULK_FACTS[job];
  if (title !== filter.title) return Prisma.sql`WHEN true THEN 'ALREADY'`;
  const stored = Prisma.raw(`v.${column}`);

  return Prisma.sql`
    WHEN EXISTS (SELECT 1 FROM ${Prisma.raw(tableOf(job))} v WHERE v.subject_id = s.id
                    AND ${stored} IS NOT DISTINCT FROM ${value === "" ? null : value}::${Prisma.raw(type)}) THEN 'ALREADY'`;
}

/** The table whose column a fact stands in. */
export function tableOf(job: keyof typeof BULK_FACTS): string {
  return {
    FAMILY: "household",
    CITIZEN: "citizen",
    CLAN: "clan",
    ORGANISATION: "organisation",
    COMMUNITY: "community",
  }[BULK_FACTS[job].title];
}

// A home that begins on the day or later cannot end on it: that of the entry, or of members who go along.
function tooEarly({ filter }: Selection, { job, on, withMembers }: BulkChange): Prisma.Sql {
  if (isFact(job) || on === undefined) return Prisma.empty;
  const late = Prisma.sql`SELECT 1 FROM subject_home e WHERE e.valid_to IS NULL AND e.valid_from >= ${on}::date AND e.subject_id`;
  const own = Prisma.sql`EXISTS (${late} = s.id)`;
  if (filter.title !== "FAMILY" || (job === "close" && !withMembers))
    return Prisma.sql`WHEN ${own} THEN 'TOO_EARLY'`;
  const members =
    job === "move"
      ? Prisma.sql`SELECT m.subject_id FROM citizen m JOIN subject ms ON ms.id = m.subject_id WHERE m.household_id = s.id AND ms.active_to IS NULL AND ms.unit_id = s.unit_id`
      : Prisma.sql`SELECT m.subject_id FROM citizen m JOIN subject ms ON ms.id = m.subject_id WHERE m.household_id = s.id AND ms.active_to IS NULL`;

  return Prisma.sql`WHEN ${own} OR EXISTS (${late} IN (${members})) THEN 'TOO_EARLY'`;
}

/** Says what a change would do, without doing it. */
export async function previewBulk(tx: Tx, selection: Selection, change: BulkChange): Promise<BulkPreview> {
  const members =
    selection.filter.title !== "FAMILY" || isFact(change.job)
      ? Prisma.sql`0`
      : Prisma.sql`(SELECT count(*) FROM citizen m JOIN subject ms ON ms.id = m.subject_id JOIN v ON v.id = m.household_id
                      JOIN subject h ON h.id = v.id
                     WHERE v.verdict = 'CHANGES' AND ms.active_to IS NULL AND (${change.job} = 'close' OR ms.unit_id = h.unit_id))`;
  const [row] = await tx.$queryRaw<
    {
      verdicts: Partial<Record<BulkVerdict, number>> | null;
      count: number;
      members: number;
      fingerprint: string | null;
    }[]
  >`
    WITH v AS MATERIALIZED (${verdictsSql(selection, change)})
    SELECT (SELECT jsonb_object_agg(g.verdict, g.n) FROM (SELECT verdict, count(*) AS n FROM v GROUP BY verdict) g) AS verdicts,
           count(*)::int AS count, ${members}::int AS members,
           md5(string_agg(v.id || ':' || v.version || v.verdict, ',' ORDER BY v.id)) AS fingerprint
      FROM v`;
  const verdicts = { CHANGES: 0, ALREADY: 0, CLOSED: 0, ELSEWHERE: 0, TOO_EARLY: 0, ...row?.verdicts };

  return {
    verdicts,
    count: row?.count ?? 0,
    members: row?.members ?? 0,
    fingerprint: row?.fingerprint ?? "",
  };
}

/** Clans or units of a commune to choose from, by name: a few dozen. */
export async function listChoices(
  tx: Tx,
  leafIds: readonly number[],
  title: "CLAN" | "ORGANISATION",
): Promise<{ id: string; name: string }[]> {
  return await tx.$queryRaw<{ id: string; name: string }[]>`
    SELECT id, name FROM subject WHERE unit_id = ANY (${leafIds}::int[]) AND title = ${title} AND active_to IS NULL
     ORDER BY name_sort, id LIMIT 1000`;
}
