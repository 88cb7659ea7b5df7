import "server-only";
import type { TitleCode } from "@/domain/title/title";
import { filterSql } from "@/features/registry/data/filter";
import { openRows } from "@/features/registry/data/finding";
import type { RegistryFilter } from "@/features/registry/filter";
import { Prisma } from "@/generated/prisma/client";
import { readByCursor } from "@/lib/db/cursor";
import type { Tx } from "@/lib/db/scope";
import type { RegistryRecord } from "../types";

// Raw SQL throughout: ids from one cursor, whatever the size of the list, then what the rows show, a batch at a time.

/** The walls cost the same for one row as for thousands, so few large batches; the first is small, that the file begins at once. */
const FIRST_BATCH = 500;
const BATCH = 4_000;

type Id = { subject_id: string; unit_id: number };

/**
 * Every row of a filtered list of the register with its facts and the year's assessment, as they are drawn: the rows of its pages
 * in their order.
 */
export function readRegistry(
  actor: Readonly<{ id: string }>,
  filter: RegistryFilter,
): AsyncGenerator<RegistryRecord, void, undefined> {
  return readByCursor<RegistryRecord>(actor, async (query) => {
    const communes = new Map(
      (await query<{ id: number; name: string }>(communesSql(filter))).map(({ id, name }) => [id, name]),
    );
    await query(openRows(filter));

    let size = FIRST_BATCH;

    return async () => {
      const ids = await query<Id>(Prisma.sql`FETCH ${Prisma.raw(String(size))} FROM register_rows`);
      size = BATCH;
      if (ids.length === 0) return [];
      const rows = await query<Omit<RegistryRecord, "communeName"> & { unitId: number }>(
        rowsSql(filter, ids),
      );

      return rows.map(({ unitId, ...row }) => ({ ...row, communeName: communes.get(unitId) ?? null }));
    };
  });
}

/** The different names of a filtered list in order, for a list to choose from; at most 5,000. */
export async function listFilteredNames(tx: Tx, filter: RegistryFilter): Promise<string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT s.name FROM subject s WHERE ${filterSql(filter)} GROUP BY s.name ORDER BY min(s.name_sort), s.name LIMIT 5000`;

  return rows.map(({ name }) => name);
}

/** What the file shows of the rows given, in their order. */
function rowsSql({ title, year }: RegistryFilter, ids: readonly Id[]): Prisma.Sql {
  const { columns, joins } = DETAILS[title](year);

  return Prisma.sql`
    SELECT s.number::text AS number, s.name, u.id AS "unitId", u.name AS "unitName",
           s.active_from::text AS "activeFrom", s.active_to::text AS "activeTo", s.close_reason AS "closeReason",
           a.id::text AS "assessmentId", a.state, coalesce(a.is_complete, false) AS "isComplete", a.total::float8 AS total,
           a.classification, a.criteria_set_id AS "criteriaSetId", ${columns}
      FROM unnest(${ids.map(({ subject_id }) => subject_id)}::uuid[], ${ids.map(({ unit_id }) => unit_id)}::int[])
           WITH ORDINALITY AS p(id, unit_id, at)
      JOIN subject s ON s.id = p.id
      JOIN unit u ON u.id = p.unit_id
      ${joins}
      LEFT JOIN assessment a ON a.subject_id = s.id AND a.title = ${title} AND a.year = ${year}::int
     ORDER BY p.at`;
}

/** The commune in which each leaf of the unit stands on the day that counts for the year. */
function communesSql({ unitId, year }: RegistryFilter): Prisma.Sql {
  return Prisma.sql`
    SELECT DISTINCT ON (b.descendant_id) b.descendant_id AS id, c.name
      FROM unit asked
      CROSS JOIN LATERAL (SELECT greatest(least(make_date(${year}::int, 12, 31), asked.valid_to - 1), asked.valid_from) AS day) d
      JOIN ancestry a ON a.ancestor_id = asked.id AND a.valid_from <= d.day AND (a.valid_to IS NULL OR a.valid_to > d.day)
      JOIN ancestry b ON b.descendant_id = a.descendant_id AND b.valid_from <= d.day AND (b.valid_to IS NULL OR b.valid_to > d.day)
      JOIN unit c ON c.id = b.ancestor_id AND c.level = 'COMMUNE'
     WHERE asked.id = ${unitId}::int
     ORDER BY b.descendant_id, b.depth DESC`;
}

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
    columns: Prisma.sql`u.type AS "hamletKind", EXISTS (SELECT 1 FROM unit_flag f WHERE f.unit_id = u.id AND f.year = ${year}::int
      AND f.flag = 'SPECIALLY_DIFFICULT') AS "isSpeciallyDifficult"`,
    joins: Prisma.empty,
  }),
};
