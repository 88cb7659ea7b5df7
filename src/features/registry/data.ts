import "server-only";
import type { StateFilter } from "@/domain/recognition/recognition";
import type { TitleCode } from "@/domain/title/title";
import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "@/lib/db/scope";
import { compareText } from "@/lib/text/name";
import { PAGE_SIZE } from "./constants";
import type { Place, RegistryTotals, SubjectRow, UnitTotals } from "./types";

// Raw SQL throughout: the lists walk one index per hamlet (LATERAL), which Prisma's queries cannot say, and under row-level
// security only leakproof comparisons reach an index; text search is a filter on the names of the units asked for.

/** The leaves of a unit on a day: its hamlets and, for a commune, the commune itself (where its organisations stand). */
export async function leavesOf(tx: Tx, unitId: number, on: Date): Promise<Place[]> {
  const rows = await tx.$queryRaw<Place[]>`
    SELECT u.id, u.name, u.level, u.valid_from AS "validFrom"
      FROM ancestry a JOIN unit u ON u.id = a.descendant_id
     WHERE a.ancestor_id = ${unitId} AND u.level IN ('COMMUNE', 'HAMLET')
       AND a.valid_from <= ${on}::date AND (a.valid_to IS NULL OR a.valid_to > ${on}::date)`;

  return rows.sort((a, b) => compareText(a.name, b.name) || a.id - b.id);
}

/** The hamlets of a commune in which something new can stand on a day: not ended, not struck off the register. */
export async function openHamlets(tx: Tx, communeId: number, on: Date): Promise<Place[]> {
  const rows = await tx.$queryRaw<Place[]>`
    SELECT u.id, u.name, u.level, u.valid_from AS "validFrom"
      FROM ancestry a JOIN unit u ON u.id = a.descendant_id
     WHERE a.ancestor_id = ${communeId} AND u.level = 'HAMLET' AND (u.valid_to IS NULL OR u.valid_to > ${on}::date)
       AND a.valid_from <= ${on}::date AND (a.valid_to IS NULL OR a.valid_to > ${on}::date)
       AND NOT EXISTS (SELECT 1 FROM community c JOIN subject s ON s.id = c.subject_id
                        WHERE c.area_unit_id = u.id AND s.active_to IS NOT NULL)`;

  return rows.sort((a, b) => compareText(a.name, b.name) || a.id - b.id);
}

/** The counters of all five titles over the given leaves in a year. */
export async function sumTitles(tx: Tx, leafIds: readonly number[], year: number): Promise<RegistryTotals> {
  const rows = await tx.$queryRaw<({ title: TitleCode } & RegistryTotals[TitleCode])[]>`
    WITH y AS (SELECT * FROM unit_year WHERE unit_id = ANY (${leafIds}::int[]) AND year = ${year}::int)
    SELECT t.title, coalesce(sum(t.total), 0)::int AS total, coalesce(sum(t.registered), 0)::int AS registered,
           coalesce(sum(t.scored), 0)::int AS scored, coalesce(sum(t.submitted), 0)::int AS submitted,
           coalesce(sum(t.recognised), 0)::int AS recognised
      FROM y CROSS JOIN LATERAL (VALUES
        ('FAMILY', family_total, family_registered, family_scored, family_submitted, family_recognised),
        ('CLAN', clan_total, clan_registered, clan_scored, clan_submitted, clan_recognised),
        ('COMMUNITY', community_total, community_registered, community_scored, community_submitted, community_recognised),
        ('ORGANISATION', organisation_total, organisation_registered, organisation_scored, organisation_submitted, organisation_recognised),
        ('CITIZEN', citizen_total, citizen_registered, citizen_scored, citizen_submitted, citizen_recognised)
      ) AS t(title, total, registered, scored, submitted, recognised)
     GROUP BY t.title`;
  const of = (title: TitleCode) => {
    const { title: _title, ...totals } = rows.find((row) => row.title === title) ?? { title, ...NOTHING };

    return totals;
  };

  return {
    FAMILY: of("FAMILY"),
    CLAN: of("CLAN"),
    COMMUNITY: of("COMMUNITY"),
    ORGANISATION: of("ORGANISATION"),
    CITIZEN: of("CITIZEN"),
  };
}

const NOTHING = { total: 0, registered: 0, scored: 0, submitted: 0, recognised: 0 };

/** The units directly under a unit on a day with the counters of all titles of the leaves below each in a year. */
export async function listChildTotals(
  tx: Tx,
  query: Readonly<{ unitId: number; on: Date; year: number; title: TitleCode }>,
): Promise<UnitTotals[]> {
  const { unitId, on, year, title } = query;
  const rows = await tx.$queryRaw<UnitTotals[]>`
    SELECT u.id, u.name, u.level, coalesce(sum(t.total), 0)::int AS total, coalesce(sum(t.registered), 0)::int AS registered,
           coalesce(sum(t.scored), 0)::int AS scored, coalesce(sum(t.submitted), 0)::int AS submitted,
           coalesce(sum(t.recognised), 0)::int AS recognised
      FROM placement p
      JOIN unit u ON u.id = p.child_id
      LEFT JOIN ancestry a ON a.ancestor_id = u.id AND a.valid_from <= ${on}::date AND (a.valid_to IS NULL OR a.valid_to > ${on}::date)
      LEFT JOIN unit_year y ON y.unit_id = a.descendant_id AND y.year = ${year}::int
      LEFT JOIN LATERAL (VALUES
        ('FAMILY', family_total, family_registered, family_scored, family_submitted, family_recognised),
        ('CLAN', clan_total, clan_registered, clan_scored, clan_submitted, clan_recognised),
        ('COMMUNITY', community_total, community_registered, community_scored, community_submitted, community_recognised),
        ('ORGANISATION', organisation_total, organisation_registered, organisation_scored, organisation_submitted, organisation_recognised),
        ('CITIZEN', citizen_total, citizen_registered, citizen_scored, citizen_submitted, citizen_recognised)
      ) AS t(title, total, registered, scored, submitted, recognised) ON t.title = ${title}
     WHERE p.parent_id = ${unitId} AND p.kind = 'TREE' AND u.level <> 'HAMLET'
       AND p.valid_from <= ${on}::date AND (p.valid_to IS NULL OR p.valid_to > ${on}::date)
     GROUP BY u.id`;

  return rows.sort((a, b) => compareText(a.name, b.name) || a.id - b.id);
}

/** What a list of the register asks for. */
export type SubjectQuery = Readonly<{
  /** ids of the leaves in which to look */
  leafIds: readonly number[];
  title: TitleCode;
  year: number;
  state?: StateFilter | undefined;
  /** id of the last row of the page before, or of the first row of the page after; a name in an address is personal data */
  after?: string | undefined;
  before?: string | undefined;
  limit?: number;
}>;

/**
 * One page of the register as it stood at the end of a year (as it stands now, in the year that runs): people by given name,
 * everything else with its numbers by value.
 */
export async function listSubjects(
  tx: Tx,
  query: SubjectQuery,
): Promise<{ rows: SubjectRow[]; hasNext: boolean; hasPrevious: boolean }> {
  const { limit = PAGE_SIZE } = query;
  const cursor = await findCursor(tx, query.after ?? query.before);
  const backwards = cursor !== undefined && query.after === undefined;
  const order = backwards ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const beyond = backwards ? Prisma.sql`<` : Prisma.sql`>`;
  const from = cursor
    ? Prisma.sql`AND (s.name_sort, s.id) ${beyond} (${cursor.nameSort}, ${cursor.id}::uuid)`
    : Prisma.empty;

  // The home is a scalar subquery (there is one at a time): EXISTS would become a join that reads every name of each leaf
  // before the first page is known.
  const rows = await tx.$queryRaw<SubjectRow[]>`
    WITH leaf AS (SELECT unnest(${query.leafIds}::int[]) AS id), page AS (
      SELECT x.id, x.leaf_id, x.name, x.name_sort, x.active_to FROM leaf CROSS JOIN LATERAL (
        (SELECT s.id, leaf.id AS leaf_id, s.name, s.name_sort, s.active_to FROM subject s
          WHERE s.unit_id = leaf.id AND s.title = ${query.title} ${from} AND (${homeAtYearsEnd(query)}) ${inState(query)}
          ORDER BY s.name_sort ${order}, s.id ${order} LIMIT ${limit + 1})
        ${movedSince(query, from)}
      ) x ORDER BY x.name_sort ${order}, x.id ${order} LIMIT ${limit + 1}
    )
    SELECT p.id, p.name, u.id AS "unitId", u.name AS "unitName", c.birth_year AS "birthYear", a.id AS "assessmentId", a.state,
           coalesce(a.is_complete, false) AS "isComplete",           a.total::float8 AS total, p.active_to IS NOT NULL AS "isClosed"
      FROM page p JOIN unit u ON u.id = p.leaf_id
      LEFT JOIN citizen c ON c.subject_id = p.id
      LEFT JOIN assessment a ON a.subject_id = p.id AND a.title = ${query.title} AND a.year = ${query.year}::int
     ORDER BY p.name_sort ${order}, p.id ${order}`;

  const hasMore = rows.length > limit;
  const page = rows.slice(0, limit);
  if (backwards) page.reverse();

  return {
    rows: page,
    hasNext: backwards ? true : hasMore,
    hasPrevious: backwards ? hasMore : cursor !== undefined,
  };
}

/** How many rows a list has in all. */
export async function countSubjects(tx: Tx, query: SubjectQuery): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    WITH leaf AS (SELECT unnest(${query.leafIds}::int[]) AS id)
    SELECT count(*)::int AS count FROM leaf CROSS JOIN LATERAL (
      (SELECT s.id FROM subject s
        WHERE s.unit_id = leaf.id AND s.title = ${query.title} AND EXISTS (${homeAtYearsEnd(query)}) ${inState(query)})
      ${movedSince(query, Prisma.empty, true)}
    ) x`;

  return row?.count ?? 0;
}

async function findCursor(
  tx: Tx,
  id: string | undefined,
): Promise<{ id: string; nameSort: string } | undefined> {
  if (id === undefined) return undefined;
  const rows = await tx.$queryRaw<{ id: string; nameSort: string }[]>`
    SELECT id, name_sort AS "nameSort" FROM subject WHERE id = ${id}::uuid`;

  return rows[0];
}

function homeAtYearsEnd({ year }: SubjectQuery): Prisma.Sql {
  return Prisma.sql`SELECT true FROM subject_home h WHERE h.subject_id = s.id AND h.unit_id = s.unit_id
    AND h.valid_from <= make_date(${year}::int, 12, 31) AND (h.valid_to IS NULL OR h.valid_to > make_date(${year}::int, 12, 31))`;
}

function inState({ state: filter, title, year }: SubjectQuery): Prisma.Sql {
  if (filter === undefined) return Prisma.empty;
  const { state, isComplete } = filter;
  const own = Prisma.sql`SELECT 1 FROM assessment a WHERE a.subject_id = s.id AND a.title = ${title} AND a.year = ${year}::int`;

  if (state === null) return Prisma.sql`AND NOT EXISTS (${own})`;

  return isComplete === undefined
    ? Prisma.sql`AND EXISTS (${own} AND a.state = ${state})`
    : Prisma.sql`AND EXISTS (${own} AND a.state = ${state} AND a.is_complete = ${isComplete})`;
}

// Whoever stood here at the end of a past year and moved since. In the running year nobody can have moved after its end.
function movedSince(query: SubjectQuery, from: Prisma.Sql, onlyId = false): Prisma.Sql {
  if (query.year >= new Date().getUTCFullYear()) return Prisma.empty;
  const columns = onlyId
    ? Prisma.sql`s.id`
    : Prisma.sql`s.id, leaf.id AS leaf_id, s.name, s.name_sort, s.active_to`;

  return Prisma.sql`UNION ALL (SELECT ${columns} FROM subject_home h JOIN subject s ON s.id = h.subject_id
     WHERE h.unit_id = leaf.id AND s.unit_id <> leaf.id AND s.title = ${query.title}
       AND h.valid_from <= make_date(${query.year}::int, 12, 31) AND h.valid_to > make_date(${query.year}::int, 12, 31)
       ${from} ${inState(query)})`;
}
