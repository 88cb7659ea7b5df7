import "server-only";
import { STATE_FILTERS } from "@/domain/recognition/recognition";
import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "@/lib/db/scope";
import type { RegistryFilter } from "../filter";

/**
 * The condition on `subject s` under which a row belongs to a filtered list: what the page shows, a change of many rows
 * touches and a file takes out. What the asker may not see row-level security leaves out, as everywhere.
 */
export function filterSql(filter: RegistryFilter): Prisma.Sql {
  const { title } = filter;
  const end = Prisma.sql`make_date(${filter.year}::int, 12, 31)`;
  const stood = filter.isClosed
    ? Prisma.sql`h.valid_to = s.active_to AND h.valid_to <= ${end}`
    : Prisma.sql`h.valid_from <= ${end} AND (h.valid_to IS NULL OR h.valid_to > ${end})`;
  const conditions = [
    Prisma.sql`s.title = ${title}`,
    Prisma.sql`EXISTS (SELECT 1 FROM subject_home h WHERE h.subject_id = s.id AND ${stood} AND h.unit_id IN (${leavesSql(filter)}))`,
    ...detailsOf(filter),
    ...stateOf(filter),
  ];

  return Prisma.sql`(${Prisma.join(conditions, " AND ")})`;
}

/** The ids of all rows of a filtered list, as a set to join with or to lock in order of id. */
export function filteredIds(filter: RegistryFilter): Prisma.Sql {
  return Prisma.sql`SELECT s.id FROM subject s WHERE ${filterSql(filter)}`;
}

/** How many rows a filtered list has, exactly. */
export async function countFiltered(tx: Tx, filter: RegistryFilter): Promise<number> {
  const [row] = await tx.$queryRaw<
    { count: number }[]
  >`SELECT count(*)::int AS count FROM (${filteredIds(filter)}) x`;

  return row?.count ?? 0;
}

/** The leaves of the filter's unit (or the one hamlet chosen) on the last day of the year on which the unit stood. */
function leavesSql({ unitId, year, hamletId }: RegistryFilter): Prisma.Sql {
  const only = hamletId === undefined ? Prisma.empty : Prisma.sql`AND l.id = ${hamletId}::int`;

  return Prisma.sql`SELECT l.id FROM unit asked
    CROSS JOIN LATERAL (SELECT greatest(least(make_date(${year}::int, 12, 31), asked.valid_to - 1), asked.valid_from) AS day) d
    JOIN ancestry a ON a.ancestor_id = asked.id AND a.valid_from <= d.day AND (a.valid_to IS NULL OR a.valid_to > d.day)
    JOIN unit l ON l.id = a.descendant_id AND l.level IN ('COMMUNE', 'HAMLET')
   WHERE asked.id = ${unitId}::int ${only}`;
}

function stateOf({ state: slug, title, year }: RegistryFilter): Prisma.Sql[] {
  const filter = STATE_FILTERS.find((one) => one.slug === slug);
  if (!filter) return [];
  const { state, isComplete } = filter;
  const own = Prisma.sql`SELECT 1 FROM assessment fa WHERE fa.subject_id = s.id AND fa.title = ${title} AND fa.year = ${year}::int`;
  if (state === null) return [Prisma.sql`NOT EXISTS (${own})`];

  return [
    isComplete === undefined
      ? Prisma.sql`EXISTS (${own} AND fa.state = ${state})`
      : Prisma.sql`EXISTS (${own} AND fa.state = ${state} AND fa.is_complete = ${isComplete})`,
  ];
}

function detailsOf(filter: RegistryFilter): Prisma.Sql[] {
  const households: Prisma.Sql[] = [
    ...equal("poverty", filter.poverty),
    ...equal("is_association_member", filter.isAssociationMember),
    ...equal("has_school_age_children", filter.hasSchoolAgeChildren),
    ...present("clan_id", filter.hasClan),
    ...equalId("clan_id", filter.clanId),
  ];
  const citizens: Prisma.Sql[] = [
    ...equal("variant", filter.variant),
    ...equal("is_worker", filter.isWorker),
    ...present("household_id", filter.hasHousehold),
    ...equal("digital_skill", filter.digitalSkill),
    ...equalId("organisation_id", filter.organisationId),
  ];

  return [
    ...detail("household", households),
    ...detail("citizen", citizens),
    ...detail("clan", equal("is_promotion", filter.isPromotion)),
    ...detail("organisation", [...equal("kind", filter.kind), ...equal("level", filter.level)]),
  ];
}

function detail(table: string, conditions: readonly Prisma.Sql[]): Prisma.Sql[] {
  if (conditions.length === 0) return [];

  return [
    Prisma.sql`EXISTS (SELECT 1 FROM ${Prisma.raw(table)} fd WHERE fd.subject_id = s.id AND ${Prisma.join([...conditions], " AND ")})`,
  ];
}

function equal(column: string, value: string | boolean | undefined): Prisma.Sql[] {
  return value === undefined ? [] : [Prisma.sql`fd.${Prisma.raw(column)} = ${value}`];
}

function equalId(column: string, value: string | undefined): Prisma.Sql[] {
  return value === undefined ? [] : [Prisma.sql`fd.${Prisma.raw(column)} = ${value}::uuid`];
}

function present(column: string, isPresent: boolean | undefined): Prisma.Sql[] {
  if (isPresent === undefined) return [];

  return [Prisma.sql`fd.${Prisma.raw(column)} IS ${Prisma.raw(isPresent ? "NOT NULL" : "NULL")}`];
}
