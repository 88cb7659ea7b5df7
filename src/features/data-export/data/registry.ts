import "server-only";
import type { TitleCode } from "@/domain/title/title";
import { filterSql } from "@/features/registry/data/filter";
import type { RegistryFilter, RegistrySort } from "@/features/registry/filter";
import { Prisma } from "@/generated/prisma/client";
import { readByCursor } from "@/lib/db/cursor";
import type { Tx } from "@/lib/db/scope";
import type { RegistryRecord } from "../types";

// Raw SQL throughout: a cursor over one statement, whatever the size of the list.

/** Every row of a filtered list of the register with its facts and the year's assessment, as they are drawn. */
export function readRegistry(
  actor: Readonly<{ id: string }>,
  filter: RegistryFilter,
): AsyncGenerator<RegistryRecord, void, undefined> {
  return readByCursor<RegistryRecord>(actor, registrySql(filter));
}

/** The different names of a filtered list in order, for a list to choose from; at most 5,000. */
export async function listFilteredNames(tx: Tx, filter: RegistryFilter): Promise<string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT s.name FROM subject s WHERE ${filterSql(filter)} GROUP BY s.name ORDER BY min(s.name_sort), s.name LIMIT 5000`;

  return rows.map(({ name }) => name);
}

function registrySql(filter: RegistryFilter): Prisma.Sql {
  const { title, year } = filter;
  const end = Prisma.sql`make_date(${year}::int, 12, 31)`;
  const stood = filter.isClosed
    ? Prisma.sql`h.valid_to = s.active_to AND h.valid_to <= ${end}`
    : Prisma.sql`h.valid_from <= ${end} AND (h.valid_to IS NULL OR h.valid_to > ${end})`;
  const { columns, joins } = DETAILS[title](year);

  return Prisma.sql`
    WITH place AS MATERIALIZED (${placesSql(filter)})
    SELECT s.number::text AS number, s.name, p.name AS "unitName", p.commune_name AS "communeName",
           s.active_from::text AS "activeFrom", s.active_to::text AS "activeTo", s.close_reason AS "closeReason",
           a.id::text AS "assessmentId", a.state, coalesce(a.is_complete, false) AS "isComplete", a.total::float8 AS total,
           a.classification, a.criteria_set_id AS "criteriaSetId", ${columns}
      FROM subject s
      JOIN subject_home h ON h.subject_id = s.id AND ${stood}
      JOIN place p ON p.id = h.unit_id
      ${joins}
      LEFT JOIN assessment a ON a.subject_id = s.id AND a.title = ${title} AND a.year = ${year}::int
     WHERE ${filterSql(filter)}
     ORDER BY ${ORDERS[filter.sort]}`;
}

/** The leaves of the unit on the day that counts for the year, each with the commune it stands in; numbers sort by value. */
function placesSql({ unitId, year }: RegistryFilter): Prisma.Sql {
  return Prisma.sql`
    SELECT l.id, l.name, l.type, coalesce(c.name_search, '') AS commune_sort, c.name AS commune_name,
           regexp_replace(regexp_replace(l.name_search, '(\\d+)', '00000\\1', 'g'), '\\d*(\\d{6})', '\\1', 'g') AS sort
      FROM unit asked
      CROSS JOIN LATERAL (SELECT greatest(least(make_date(${year}::int, 12, 31), asked.valid_to - 1), asked.valid_from) AS day) d
      JOIN ancestry a ON a.ancestor_id = asked.id AND a.valid_from <= d.day AND (a.valid_to IS NULL OR a.valid_to > d.day)
      JOIN unit l ON l.id = a.descendant_id AND l.level IN ('COMMUNE', 'HAMLET')
      LEFT JOIN LATERAL (
        SELECT u.name, u.name_search FROM ancestry b JOIN unit u ON u.id = b.ancestor_id AND u.level = 'COMMUNE'
         WHERE b.descendant_id = l.id AND b.valid_from <= d.day AND (b.valid_to IS NULL OR b.valid_to > d.day)
         ORDER BY b.depth DESC LIMIT 1) c ON true
     WHERE asked.id = ${unitId}::int`;
}

const ORDERS: Readonly<Record<RegistrySort, Prisma.Sql>> = {
  name: Prisma.sql`s.name_sort, s.id`,
  hamlet: Prisma.sql`p.commune_sort, p.sort, p.id, s.name_sort, s.id`,
  newest: Prisma.sql`s.number DESC`,
};

const DETAILS: Readonly<Record<TitleCode, (year: number) => { columns: Prisma.Sql; joins: Prisma.Sql }>> = {
  FAMILY: () => ({
    columns: Prisma.sql`d.head_birth_year AS "headBirthYear", d.address, d.is_association_member AS "isAssociationMember",
      ref.name AS "clanName", d.poverty, d.has_school_age_children AS "hasSchoolAgeChildren"`,
    joins: Prisma.sql`JOIN household d ON d.subject_id = s.id LEFT JOIN subject ref ON ref.id = d.clan_id`,
  }),
  CITIZEN: () => ({
    columns: Prisma.sql`d.birth_year AS "birthYear", d.sex, ref.number::text AS "householdNumber", ref.name AS "householdName",
      d.variant, d.is_worker AS "isWorker", org.name AS "organisationName", d.digital_skill AS "digitalSkill",
      EXISTS (SELECT 1 FROM identity_number i WHERE i.subject_id = s.id) AS "hasIdentity"`,
    joins: Prisma.sql`JOIN citizen d ON d.subject_id = s.id LEFT JOIN subject ref ON ref.id = d.household_id
      LEFT JOIN subject org ON org.id = d.organisation_id`,
  }),
  CLAN: () => ({
    columns: Prisma.sql`d.head_name AS "headName", d.is_promotion AS "isPromotion"`,
    joins: Prisma.sql`JOIN clan d ON d.subject_id = s.id`,
  }),
  ORGANISATION: () => ({
    columns: Prisma.sql`d.kind AS "organisationKind", d.level AS "organisationLevel"`,
    joins: Prisma.sql`JOIN organisation d ON d.subject_id = s.id`,
  }),
  COMMUNITY: (year) => ({
    columns: Prisma.sql`p.type AS "hamletKind", EXISTS (SELECT 1 FROM unit_flag f WHERE f.unit_id = p.id AND f.year = ${year}::int
      AND f.flag = 'SPECIALLY_DIFFICULT') AS "isSpeciallyDifficult"`,
    joins: Prisma.empty,
  }),
};
