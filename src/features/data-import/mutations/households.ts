import "server-only";
import { Prisma } from "@/generated/prisma/client";
import type { MatchContext } from "./match";
import { addProblem } from "./match";

/**
 * Finds the household of every person of the list: by its code, by its head's name in the hamlet, or by the list's own number
 * of a household. A number whose household is neither in the register nor in the file tells of a new one, named after its head.
 */
export async function findHouseholds(context: MatchContext): Promise<void> {
  await byCode(context);
  await byHead(context);
  await byNumber(context);
}

async function byCode(context: MatchContext): Promise<void> {
  await context.tx.$executeRaw`
    UPDATE import_stage s SET household_id = e.id FROM import_entry e
     WHERE s.household_code = e.number AND e.title = 'FAMILY' AND e.unit_id = s.unit_id AND s.target = 'CITIZEN' AND s.verdict IS NULL`;
  await addProblem(
    context,
    "household",
    "HOUSEHOLD_UNKNOWN",
    Prisma.sql`s.household_code IS NOT NULL AND s.household_id IS NULL`,
  );
}

/** One household of the name in the hamlet, in the register or in the file; with several of one name the code must tell. */
async function byHead(context: MatchContext): Promise<void> {
  await context.tx.$executeRaw`
    WITH head AS (
      SELECT unit_id, name_key, count(*) AS n, min(ordinal) AS ordinal, (array_agg(id))[1] AS id FROM (
        SELECT s.unit_id, s.name_key, s.ordinal, m.subject_id AS id FROM import_stage s LEFT JOIN import_match m ON m.ordinal = s.ordinal AND NOT m.is_likely
         WHERE s.target = 'FAMILY' AND s.verdict IS NULL AND s.problems = '[]'
        UNION ALL
        SELECT e.unit_id, e.name_key, NULL, e.id FROM import_entry e
         WHERE e.title = 'FAMILY' AND NOT EXISTS (SELECT 1 FROM import_match m WHERE m.subject_id = e.id AND NOT m.is_likely)) x
      GROUP BY unit_id, name_key
    )
    UPDATE import_stage s SET household_id = h.id, household_ordinal = CASE WHEN h.id IS NULL THEN h.ordinal END
      FROM head h
     WHERE s.target = 'CITIZEN' AND s.verdict IS NULL AND s.household_key IS NOT NULL
       AND h.unit_id = s.unit_id AND h.name_key = s.household_key AND h.n = 1`;
  // Somebody who is in one of several households of the name already stays there.
  await context.tx.$executeRaw`
    UPDATE import_stage s SET household_id = c.household_id
      FROM import_match m JOIN import_entry c ON c.id = m.subject_id
     WHERE m.ordinal = s.ordinal AND s.target = 'CITIZEN' AND s.verdict IS NULL AND s.household_key IS NOT NULL
       AND s.household_id IS NULL AND s.household_ordinal IS NULL AND c.household_key = s.household_key`;
  await addProblem(
    context,
    "household",
    "HOUSEHOLD_UNKNOWN",
    Prisma.sql`s.household_key IS NOT NULL AND s.household_id IS NULL AND s.household_ordinal IS NULL AND s.unit_id IS NOT NULL`,
  );
}

async function byNumber(context: MatchContext): Promise<void> {
  const { tx, communeId } = context;
  // The head names the household even when the head's own row has to be mended; else the first person who is right.
  await tx.$executeRaw`
    CREATE TEMP TABLE import_group ON COMMIT DROP AS
    WITH member AS (
      SELECT ordinal, sheet, row_number, unit_id, household_no, is_head IS TRUE AS is_head, is_head IS FALSE AS is_other, name_key, birth_year, facts, problems = '[]' AS is_good
        FROM import_stage
       WHERE target = 'CITIZEN' AND household_no IS NOT NULL AND unit_id IS NOT NULL AND household_key IS NULL AND household_code IS NULL
         AND verdict IS NULL
    ), whole AS (
      SELECT unit_id, household_no, bool_or(is_head) AS has_head, bool_and(is_other) AS has_others_only FROM member GROUP BY unit_id, household_no HAVING bool_or(is_good)
    )
    SELECT DISTINCT ON (m.unit_id, m.household_no) m.unit_id, m.household_no, w.has_head, w.has_others_only, m.ordinal, m.sheet, m.row_number, m.name_key, m.birth_year,
           m.facts ->> 'name' AS name, NULL::uuid AS household_id, NULL::int AS household_ordinal
      FROM member m JOIN whole w USING (unit_id, household_no)
     WHERE m.name_key <> ''
     ORDER BY m.unit_id, m.household_no, m.is_head DESC, m.is_good DESC, m.ordinal`;

  // The rest of a household whose head came earlier: the number tells which it was.
  await tx.$executeRaw`
    UPDATE import_group g SET household_id = k.household_id
      FROM import_household k JOIN import_entry e ON e.id = k.household_id
     WHERE k.commune_id = ${communeId}::int AND k.unit_id = g.unit_id AND k.number = g.household_no AND NOT g.has_head AND e.unit_id = g.unit_id`;
  // A household the file itself enters.
  await tx.$executeRaw`
    UPDATE import_group g SET household_ordinal = x.ordinal
      FROM (SELECT unit_id, name_key, min(ordinal) AS ordinal FROM import_stage
             WHERE target = 'FAMILY' AND verdict IS NULL AND problems = '[]' GROUP BY unit_id, name_key HAVING count(*) = 1) x
     WHERE x.unit_id = g.unit_id AND x.name_key = g.name_key AND g.household_id IS NULL`;
  // Those in the register, each taken once: a year that agrees before one that is not known.
  await tx.$executeRaw`
    WITH pair AS (
      SELECT g.unit_id, g.household_no, e.id, (e.birth_year = g.birth_year) IS TRUE AS is_sure,
             dense_rank() OVER (PARTITION BY g.unit_id, g.name_key ORDER BY (e.birth_year = g.birth_year) IS TRUE DESC, g.ordinal) AS g_rank,
             dense_rank() OVER (PARTITION BY g.unit_id, g.name_key ORDER BY (e.birth_year = g.birth_year) IS TRUE DESC, e.number) AS e_rank
        FROM import_group g JOIN import_entry e ON e.title = 'FAMILY' AND e.unit_id = g.unit_id AND e.name_key = g.name_key
         AND (e.birth_year = g.birth_year OR e.birth_year IS NULL OR g.birth_year IS NULL)
       WHERE g.household_id IS NULL AND g.household_ordinal IS NULL
         AND NOT EXISTS (SELECT 1 FROM import_match m WHERE m.subject_id = e.id AND NOT m.is_likely)
    ), chosen AS (
      SELECT DISTINCT ON (unit_id, household_no) unit_id, household_no, id FROM pair WHERE g_rank = e_rank ORDER BY unit_id, household_no, is_sure DESC
    )
    UPDATE import_group g SET household_id = c.id FROM chosen c WHERE (c.unit_id, c.household_no) = (g.unit_id, g.household_no)`;

  await askForHouseholds(context);
  await tx.$executeRaw`
    WITH last AS (SELECT coalesce(max(ordinal), -1) AS ordinal FROM import_stage), made AS (
      SELECT g.*, last.ordinal + row_number() OVER (ORDER BY g.ordinal) AS new_ordinal
        FROM import_group g, last WHERE g.household_ordinal IS NULL
    ), kept AS (
      INSERT INTO import_stage (ordinal, sheet, row_number, target, unit_id, problems, facts, name_key, birth_year, household_no, is_derived)
      SELECT new_ordinal, sheet, row_number, 'FAMILY', unit_id, '[]', jsonb_strip_nulls(jsonb_build_object('name', name, 'headBirthYear', birth_year)),
             name_key, birth_year, household_no, true FROM made
    ), matched AS (
      INSERT INTO import_match SELECT new_ordinal, household_id, false FROM made WHERE household_id IS NOT NULL ON CONFLICT DO NOTHING
    )
    UPDATE import_group g SET household_ordinal = made.new_ordinal FROM made
     WHERE (made.unit_id, made.household_no) = (g.unit_id, g.household_no)`;
  await tx.$executeRaw`
    UPDATE import_stage s SET household_ordinal = g.household_ordinal, household_id = g.household_id
      FROM import_group g
     WHERE s.target = 'CITIZEN' AND s.verdict IS NULL AND s.household_key IS NULL AND s.household_code IS NULL
       AND (s.unit_id, s.household_no) = (g.unit_id, g.household_no)`;
}

/**
 * People of whom the list says that somebody else is their head, and that head is nowhere: the household they belong to must be
 * named. None of them becomes the head of a new one.
 */
async function askForHouseholds(context: MatchContext): Promise<void> {
  const isLost = Prisma.sql`s.target = 'CITIZEN' AND s.household_key IS NULL AND s.household_code IS NULL
    AND NOT EXISTS (SELECT 1 FROM import_match m WHERE m.ordinal = s.ordinal)
    AND (s.unit_id, s.household_no) IN (SELECT g.unit_id, g.household_no FROM import_group g
                                         WHERE g.has_others_only AND g.household_id IS NULL AND g.household_ordinal IS NULL)`;
  await addProblem(context, "household", "HOUSEHOLD_UNKNOWN", isLost);
  await context.tx.$executeRaw`
    DELETE FROM import_group WHERE has_others_only AND household_id IS NULL AND household_ordinal IS NULL`;
}
