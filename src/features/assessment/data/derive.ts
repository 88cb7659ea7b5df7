import "server-only";
import type { DerivedMeasure } from "@/domain/criteria/criteria-set";
import type { Ratio } from "@/domain/criteria/ratio";
import type { TitleCode } from "@/domain/title/title";
import type { Derived, RegisterCount } from "@/features/assessment/types";
import type { Tx } from "@/lib/db/scope";

/** Whose shares are counted: subjects of one title, the year whose recognitions count, the day whose homes count. */
export type DeriveQuery = Readonly<{
  subjectIds: readonly string[];
  title: TitleCode;
  year: number;
  on: Date;
}>;

type Counted = {
  id: string;
  measure: DerivedMeasure;
  numerator: number;
  denominator: number;
  isOfficial: boolean;
};

/**
 * The shares the system counts itself (`DERIVED_MEASURES`), for many subjects in one statement: recognitions valid in the
 * year, homes on the day. Adult: 18 or older in that year (Bộ luật Dân sự 2015, Điều 20). A measure about which the register
 * knows nothing (no member, no family entered) is left out, so that the item is answered by hand; a register without
 * anybody to count (members, but no adult) gives 0/0, which is "not applicable".
 * A hamlet's families are counted against the official total (`figure.family_total`) where one is entered.
 */
export async function deriveMeasures(tx: Tx, query: DeriveQuery): Promise<Map<string, Derived>> {
  const derived = new Map<string, Derived>(
    query.subjectIds.map((id) => [id, { values: {}, official: [] } satisfies Derived]),
  );
  if (query.subjectIds.length === 0) return derived;

  for (const row of await countMeasures(tx, query)) {
    const known = derived.get(row.id);
    if (!known) continue;
    const ratio: Ratio = { numerator: row.numerator, denominator: row.denominator };
    derived.set(row.id, {
      values: { ...known.values, [row.measure]: ratio },
      official: row.isOfficial ? [...known.official, row.measure] : known.official,
    });
  }

  return derived;
}

async function countMeasures(tx: Tx, query: DeriveQuery): Promise<Counted[]> {
  switch (query.title) {
    case "FAMILY":
      return await countHouseholds(tx, query);
    case "CLAN":
      return await countClans(tx, query);
    case "COMMUNITY":
      return await countHamlets(tx, query);
    case "ORGANISATION":
      return await countOrganisations(tx, query);
    case "CITIZEN":
      return [];
  }
}

// Raw SQL below: set-wise counts over the register with conditional aggregates, which Prisma's groupBy cannot say.

async function countHouseholds(tx: Tx, { subjectIds, year, on }: DeriveQuery): Promise<Counted[]> {
  return await tx.$queryRaw<Counted[]>`
    SELECT c.household_id AS id, 'household.adultCitizenShare' AS measure, false AS "isOfficial",
           (count(*) FILTER (WHERE ${year} - c.birth_year >= 18 AND holds_title(c.subject_id, ${year}::int)))::int AS numerator,
           (count(*) FILTER (WHERE ${year} - c.birth_year >= 18))::int AS denominator
      FROM citizen c
      JOIN subject_home h ON h.subject_id = c.subject_id AND h.valid_from <= ${on}::date AND (h.valid_to IS NULL OR h.valid_to > ${on}::date)
     WHERE c.household_id = ANY (${[...subjectIds]}::uuid[])
     GROUP BY c.household_id`;
}

async function countClans(tx: Tx, { subjectIds, year, on }: DeriveQuery): Promise<Counted[]> {
  return await tx.$queryRaw<Counted[]>`
    WITH family AS (
      SELECT hh.clan_id, hh.subject_id
        FROM household hh
        JOIN subject_home h ON h.subject_id = hh.subject_id AND h.valid_from <= ${on}::date AND (h.valid_to IS NULL OR h.valid_to > ${on}::date)
       WHERE hh.clan_id = ANY (${[...subjectIds]}::uuid[])
    ), member AS (
      SELECT f.clan_id, c.subject_id, ${year} - c.birth_year >= 18 AS is_adult
        FROM family f
        JOIN citizen c ON c.household_id = f.subject_id
        JOIN subject_home h ON h.subject_id = c.subject_id AND h.valid_from <= ${on}::date AND (h.valid_to IS NULL OR h.valid_to > ${on}::date)
    )
    SELECT clan_id AS id, 'clan.familyShare' AS measure, false AS "isOfficial",
           (count(*) FILTER (WHERE holds_title(subject_id, ${year}::int)))::int AS numerator, count(*)::int AS denominator
      FROM family GROUP BY clan_id
    UNION ALL
    SELECT clan_id, 'clan.adultCitizenShare', false,
           (count(*) FILTER (WHERE is_adult AND holds_title(subject_id, ${year}::int)))::int, (count(*) FILTER (WHERE is_adult))::int
      FROM member GROUP BY clan_id`;
}

async function countHamlets(tx: Tx, { subjectIds, year, on }: DeriveQuery): Promise<Counted[]> {
  return await tx.$queryRaw<Counted[]>`
    WITH hamlet AS (
      SELECT co.subject_id AS id, co.area_unit_id AS unit_id, f.value::int AS official_families
        FROM community co
        LEFT JOIN figure f ON f.unit_id = co.area_unit_id AND f.year = ${year} AND f.key = 'family_total'
       WHERE co.subject_id = ANY (${[...subjectIds]}::uuid[])
    ), member AS (
      SELECT t.id, s.title, coalesce(c.is_worker, false) AS is_worker, holds_title(s.id, ${year}::int) AS held
        FROM hamlet t
        JOIN subject_home h ON h.unit_id = t.unit_id AND h.valid_from <= ${on}::date AND (h.valid_to IS NULL OR h.valid_to > ${on}::date)
        JOIN subject s ON s.id = h.subject_id AND s.title IN ('FAMILY', 'CLAN', 'CITIZEN')
        LEFT JOIN citizen c ON c.subject_id = s.id
    ), counted AS (
      SELECT t.id, t.official_families,
             (count(*) FILTER (WHERE m.title = 'FAMILY'))::int AS families,
             (count(*) FILTER (WHERE m.title = 'FAMILY' AND m.held))::int AS families_held,
             (count(*) FILTER (WHERE m.title = 'CLAN'))::int AS clans,
             (count(*) FILTER (WHERE m.title = 'CLAN' AND m.held))::int AS clans_held,
             (count(*) FILTER (WHERE m.title = 'CITIZEN'))::int AS citizens,
             (count(*) FILTER (WHERE m.title = 'CITIZEN' AND m.is_worker))::int AS workers,
             (count(*) FILTER (WHERE m.title = 'CITIZEN' AND m.is_worker AND m.held))::int AS workers_held
        FROM hamlet t LEFT JOIN member m ON m.id = t.id
       GROUP BY t.id, t.official_families
    )
    SELECT id, 'hamlet.familyShare' AS measure, families_held AS numerator,
           -- An official total below what is already recognised cannot be the total.
           CASE WHEN official_families >= greatest(families_held, 1) THEN official_families ELSE families END AS denominator,
           coalesce(official_families >= greatest(families_held, 1), false) AS "isOfficial"
      FROM counted WHERE families > 0 OR official_families > 0
    UNION ALL
    SELECT id, 'hamlet.clanShare', clans_held, clans, false FROM counted WHERE clans > 0
    UNION ALL
    SELECT id, 'hamlet.workerCitizenShare', workers_held, workers, false FROM counted WHERE citizens > 0`;
}

async function countOrganisations(tx: Tx, { subjectIds, year, on }: DeriveQuery): Promise<Counted[]> {
  return await tx.$queryRaw<Counted[]>`
    SELECT c.organisation_id AS id, 'organisation.memberCitizenShare' AS measure, false AS "isOfficial",
           (count(*) FILTER (WHERE holds_title(c.subject_id, ${year}::int)))::int AS numerator, count(*)::int AS denominator
      FROM citizen c
      JOIN subject_home h ON h.subject_id = c.subject_id AND h.valid_from <= ${on}::date AND (h.valid_to IS NULL OR h.valid_to > ${on}::date)
     WHERE c.organisation_id = ANY (${[...subjectIds]}::uuid[])
     GROUP BY c.organisation_id`;
}

type RegisterRow = {
  families: number;
  members: number;
  adults: number;
  literacy: number;
  children: number;
  isSaidToHaveChildren: boolean;
};

/**
 * What the register counts of one subject, offered as denominators. Ages by year of birth: children 6 to 17, adults from 18,
 * the literacy group 19 to 60. A household with its members entered tells also whom it does not have; a larger subject's
 * register may not be complete, so its empty groups say nothing.
 */
export async function countRegister(
  tx: Tx,
  subject: Readonly<{ id: string; title: TitleCode; year: number; on: Date }>,
): Promise<RegisterCount[]> {
  if (subject.title === "CITIZEN") return [];
  const { id, year, on } = subject;
  const rows = await tx.$queryRaw<RegisterRow[]>`
    WITH family AS (
      SELECT hh.subject_id FROM household hh WHERE hh.subject_id = ${id}::uuid OR hh.clan_id = ${id}::uuid
      UNION
      SELECT h.subject_id FROM community co
        JOIN subject_home h ON h.unit_id = co.area_unit_id AND h.valid_from <= ${on}::date AND (h.valid_to IS NULL OR h.valid_to > ${on}::date)
        JOIN household hh ON hh.subject_id = h.subject_id
       WHERE co.subject_id = ${id}::uuid
    ), living AS (
      SELECT f.subject_id FROM family f
        JOIN subject_home h ON h.subject_id = f.subject_id AND h.valid_from <= ${on}::date AND (h.valid_to IS NULL OR h.valid_to > ${on}::date)
    ), member AS (
      SELECT c.subject_id, ${year} - c.birth_year AS age
        FROM citizen c
        JOIN subject_home h ON h.subject_id = c.subject_id AND h.valid_from <= ${on}::date AND (h.valid_to IS NULL OR h.valid_to > ${on}::date)
       WHERE c.household_id IN (SELECT subject_id FROM living) OR c.organisation_id = ${id}::uuid
    )
    SELECT (SELECT count(*) FROM living)::int AS families, count(*)::int AS members,
           (count(*) FILTER (WHERE age >= 18))::int AS adults, (count(*) FILTER (WHERE age BETWEEN 19 AND 60))::int AS literacy,
           (count(*) FILTER (WHERE age BETWEEN 6 AND 17))::int AS children,
           coalesce((SELECT hh.has_school_age_children FROM household hh WHERE hh.subject_id = ${id}::uuid), false) AS "isSaidToHaveChildren"
      FROM member`;
  const counts = rows[0];
  if (!counts) return [];

  const { families, members, adults, literacy, children, isSaidToHaveChildren } = counts;
  if (subject.title === "ORGANISATION") {
    return [{ group: "members", label: "thành viên", count: members, reasonWhenNone: null }];
  }
  const knows = subject.title === "FAMILY" && members > 0;

  return [
    ...(subject.title === "FAMILY"
      ? []
      : [{ group: "families", label: "gia đình", count: families, reasonWhenNone: null } as const]),
    {
      group: "adults",
      label: "người lớn",
      count: adults,
      reasonWhenNone: knows ? "Hộ không có người từ 18 tuổi" : null,
    },
    {
      group: "literacy",
      label: "người 19–60 tuổi",
      count: literacy,
      reasonWhenNone: knows ? "Hộ không có người từ 19 đến 60 tuổi" : null,
    },
    {
      group: "children",
      label: "trẻ 6–17 tuổi",
      count: children,
      reasonWhenNone: knows && !isSaidToHaveChildren ? "Hộ không có trẻ trong độ tuổi đi học" : null,
    },
  ];
}
