import "server-only";
import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "@/lib/db/scope";
import type { FieldColumns, ImportField, ProblemCode } from "../types";

// Every step is one statement over all rows. Names are compared without marks and case; a year that is missing counts as 0.

/** What the statements need to know of the file. */
export type MatchContext = Readonly<{
  tx: Tx;
  communeId: number;
  /** the commune and its hamlets */
  leafIds: readonly number[];
  year: number;
  /** column of each field by sheet, for saying where a problem stands */
  columns: FieldColumns;
}>;

/** The entries of the commune that are still followed, in the terms of a list. */
export async function loadEntries({ tx, leafIds }: MatchContext): Promise<void> {
  await tx.$executeRaw`
    CREATE TEMP TABLE import_entry ON COMMIT DROP AS
    SELECT s.id, s.title, s.unit_id, s.version, s.number, s.name, s.name_search AS name_key, coalesce(c.birth_year, h.head_birth_year) AS birth_year,
           h.address, h.is_association_member, h.clan_id, h.poverty, h.has_school_age_children,
           c.sex, c.variant, c.is_worker, c.digital_skill, c.household_id, c.organisation_id, hs.name_search AS household_key, i.hash,
           cl.head_name, cl.is_promotion, o.kind, o.level
      FROM subject s
      LEFT JOIN household h ON h.subject_id = s.id AND s.title = 'FAMILY'
      LEFT JOIN citizen c ON c.subject_id = s.id AND s.title = 'CITIZEN'
      LEFT JOIN subject hs ON hs.id = c.household_id
      LEFT JOIN clan cl ON cl.subject_id = s.id AND s.title = 'CLAN'
      LEFT JOIN organisation o ON o.subject_id = s.id AND s.title = 'ORGANISATION'
      LEFT JOIN identity_number i ON i.subject_id = s.id AND s.title = 'CITIZEN'
     WHERE s.unit_id = ANY (${[...leafIds]}::int[]) AND s.active_to IS NULL`;
  await tx.$executeRaw`CREATE INDEX ON import_entry (id)`;
  await tx.$executeRaw`ANALYZE import_entry`;
  await tx.$executeRaw`CREATE TEMP TABLE import_match (ordinal int PRIMARY KEY, subject_id uuid NOT NULL, is_likely boolean NOT NULL) ON COMMIT DROP`;
}

/** Marks rows that say the same as an earlier one. */
export async function markRepeats({ tx }: MatchContext): Promise<void> {
  await tx.$executeRaw`
    UPDATE import_stage s SET verdict = 'REPEATED'
      FROM (SELECT ordinal, row_number() OVER (PARTITION BY target, coalesce(unit_id, 0), content ORDER BY ordinal) AS n
              FROM import_stage WHERE problems = '[]') x
     WHERE x.n > 1 AND x.ordinal = s.ordinal`;
}

/** Rows that name their entry by its code. */
export async function matchCodes(context: MatchContext): Promise<void> {
  const { tx } = context;
  await addProblem(
    context,
    "code",
    "CODE_TWICE",
    Prisma.sql`s.ordinal IN (SELECT ordinal FROM (
      SELECT ordinal, row_number() OVER (PARTITION BY number ORDER BY ordinal) AS n FROM import_stage
       WHERE number IS NOT NULL AND verdict IS NULL) x WHERE x.n > 1)`,
  );
  await addProblem(
    context,
    "code",
    "CODE_UNKNOWN",
    Prisma.sql`s.number IS NOT NULL AND NOT EXISTS (SELECT 1 FROM import_entry e WHERE e.number = s.number AND e.title = s.target)`,
  );
  await tx.$executeRaw`
    INSERT INTO import_match
    SELECT s.ordinal, e.id, false FROM import_stage s JOIN import_entry e ON e.number = s.number AND e.title = s.target
     WHERE s.verdict IS NULL AND s.problems = '[]'`;
  // Named by its code without a hamlet: it stays where it stands.
  await tx.$executeRaw`
    UPDATE import_stage s SET unit_id = e.unit_id FROM import_match m JOIN import_entry e ON e.id = m.subject_id
     WHERE m.ordinal = s.ordinal AND s.unit_id IS NULL`;
}

/** Rows whose identity number is in the register. A number of somebody else is a problem, whoever that is. */
export async function matchIdentities(context: MatchContext): Promise<void> {
  const { tx } = context;
  await addProblem(
    context,
    "identityNumber",
    "IDENTITY_TAKEN",
    Prisma.sql`s.ordinal IN (SELECT ordinal FROM (
      SELECT ordinal, row_number() OVER (PARTITION BY identity_hash ORDER BY ordinal) AS n FROM import_stage
       WHERE identity_hash IS NOT NULL AND verdict IS NULL AND problems = '[]') x WHERE x.n > 1)`,
  );
  await addProblem(
    context,
    "identityNumber",
    "IDENTITY_TAKEN",
    Prisma.sql`s.identity_hash IN (SELECT h FROM import_taken_elsewhere(${context.communeId}::int,
        (SELECT array_agg(identity_hash) FROM import_stage WHERE identity_hash IS NOT NULL)) h)
      OR s.ordinal IN (SELECT x.ordinal FROM import_stage x JOIN import_entry e ON e.hash = x.identity_hash
                         LEFT JOIN import_match m ON m.ordinal = x.ordinal
                        WHERE e.id IS DISTINCT FROM m.subject_id
                          AND (m.ordinal IS NOT NULL OR e.name_key <> x.name_key AND e.birth_year <> x.birth_year))`,
  );
  await tx.$executeRaw`DELETE FROM import_match m USING import_stage s WHERE s.ordinal = m.ordinal AND s.problems <> '[]'`;
  await tx.$executeRaw`
    INSERT INTO import_match
    SELECT s.ordinal, e.id, false FROM import_stage s JOIN import_entry e ON e.hash = s.identity_hash
     WHERE s.verdict IS NULL AND s.problems = '[]' ON CONFLICT DO NOTHING`;
}

/**
 * Rows of one register by name, year and hamlet. Of several of one name and year each entry is taken once: first by those that
 * agree in everything, then in the order of the file, so that the same file a second time finds every entry it made.
 */
export async function matchNames(
  context: MatchContext,
  target: "FAMILY" | "CITIZEN" | "CLAN",
): Promise<void> {
  const ofRow = rowFacts(target, context.year);
  const ofEntry = entryFacts(target);
  for (const [row, entry] of [
    [ofRow, ofEntry],
    [Prisma.sql`''`, Prisma.sql`''`],
  ] as const) {
    await context.tx.$executeRaw`
      INSERT INTO import_match
      SELECT r.ordinal, e.id, false
        FROM (SELECT s.ordinal, s.unit_id, s.name_key, coalesce(s.birth_year, 0) AS birth_year, s.identity_hash, ${row} AS said,
                     row_number() OVER (PARTITION BY s.unit_id, s.name_key, coalesce(s.birth_year, 0), ${row} ORDER BY s.ordinal) AS n
                FROM import_stage s LEFT JOIN import_entry hh ON hh.id = s.household_id LEFT JOIN import_stage hr ON hr.ordinal = s.household_ordinal
               WHERE s.target = ${target} AND s.verdict IS NULL AND s.problems = '[]' AND NOT s.is_derived
                 AND NOT EXISTS (SELECT 1 FROM import_match m WHERE m.ordinal = s.ordinal)) r
        JOIN (SELECT e.id, e.unit_id, e.name_key, coalesce(e.birth_year, 0) AS birth_year, e.hash, ${entry} AS said,
                     row_number() OVER (PARTITION BY e.unit_id, e.name_key, coalesce(e.birth_year, 0), ${entry} ORDER BY e.number) AS n
                FROM import_entry e
               WHERE e.title = ${target} AND NOT EXISTS (SELECT 1 FROM import_match m WHERE m.subject_id = e.id)) e
          ON (e.unit_id, e.name_key, e.birth_year, e.said, e.n) = (r.unit_id, r.name_key, r.birth_year, r.said, r.n)
       WHERE e.hash IS NULL OR r.identity_hash IS NULL OR e.hash = r.identity_hash`;
    await context.tx.$executeRaw`ANALYZE import_match`;
  }
}

/** Units of the commune and hamlets by name alone. */
export async function matchPlaces({ tx }: MatchContext): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO import_match
    SELECT DISTINCT ON (s.ordinal) s.ordinal, e.id, false
      FROM import_stage s JOIN import_entry e ON e.title = s.target
       AND (s.target = 'ORGANISATION' AND e.name_key = s.name_key OR s.target = 'COMMUNITY' AND e.unit_id = s.unit_id)
     WHERE s.target IN ('ORGANISATION', 'COMMUNITY') AND s.verdict IS NULL AND s.problems = '[]'
       AND NOT EXISTS (SELECT 1 FROM import_match m WHERE m.ordinal = s.ordinal)
     ORDER BY s.ordinal, e.number ON CONFLICT DO NOTHING`;
  // Two rows for one unit: the first counts.
  await tx.$executeRaw`
    WITH twice AS (
      SELECT ordinal FROM (SELECT m.ordinal, row_number() OVER (PARTITION BY m.subject_id ORDER BY m.ordinal) AS n
                             FROM import_match m JOIN import_stage s USING (ordinal) WHERE s.target IN ('ORGANISATION', 'COMMUNITY')) x WHERE x.n > 1
      UNION
      SELECT ordinal FROM (SELECT s.ordinal, row_number() OVER (PARTITION BY s.target, s.name_key ORDER BY s.ordinal) AS n FROM import_stage s
                            WHERE s.target IN ('ORGANISATION', 'COMMUNITY') AND s.verdict IS NULL AND s.problems = '[]' AND s.number IS NULL) x WHERE x.n > 1
    ), gone AS (DELETE FROM import_match m USING twice t WHERE t.ordinal = m.ordinal)
    UPDATE import_stage s SET verdict = 'REPEATED' FROM twice t WHERE t.ordinal = s.ordinal`;
}

/**
 * What is left and resembles an entry nobody took: the same name in the hamlet with a year known on one side only, or in the
 * commune with a year at most one off; a clan of the name in another hamlet.
 */
export async function markLikely({ tx }: MatchContext): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO import_match
    SELECT DISTINCT ON (s.ordinal) s.ordinal, e.id, true
      FROM import_stage s JOIN import_entry e ON e.title = s.target AND e.name_key = s.name_key
       AND (s.target = 'CLAN' OR e.unit_id = s.unit_id AND (e.birth_year IS NULL OR s.birth_year IS NULL) OR abs(e.birth_year - s.birth_year) <= 1)
       AND (e.hash IS NULL OR s.identity_hash IS NULL)
     WHERE s.target IN ('FAMILY', 'CITIZEN', 'CLAN') AND NOT s.is_derived AND s.verdict IS NULL AND s.problems = '[]' AND NOT s.facts ? 'isNew'
       AND NOT EXISTS (SELECT 1 FROM import_match m WHERE m.ordinal = s.ordinal)
       AND NOT EXISTS (SELECT 1 FROM import_match m WHERE m.subject_id = e.id AND NOT m.is_likely)
     ORDER BY s.ordinal, (e.unit_id = s.unit_id) DESC, abs(coalesce(e.birth_year, 0) - coalesce(s.birth_year, 0)), e.number`;
}

/** Adds a problem to the rows for which `condition` (over `s`) holds, unless they repeat an earlier row. */
export async function addProblem(
  { tx, columns }: MatchContext,
  field: ImportField,
  code: ProblemCode,
  condition: Prisma.Sql,
): Promise<number> {
  return await tx.$executeRaw`
    UPDATE import_stage s
       SET problems = s.problems || jsonb_build_array(jsonb_build_object('field', ${field}::text, 'code', ${code}::text,
             'column', ${JSON.stringify(columns)}::jsonb -> s.sheet -> ${field}::text))
     WHERE s.verdict IS NULL AND (${condition})`;
}

/** Everything a row will say of its entry once it is written, defaults filled in; `hh` and `hr` are its household. */
function rowFacts(target: "FAMILY" | "CITIZEN" | "CLAN", year: number): Prisma.Sql {
  switch (target) {
    case "FAMILY":
      return Prisma.sql`concat_ws('|', s.facts ->> 'name', coalesce(s.facts ->> 'address', ''), coalesce(s.facts ->> 'isAssociationMember', 'false'),
        coalesce(s.facts ->> 'poverty', 'NONE'), coalesce(s.facts ->> 'hasSchoolAgeChildren', 'false'))`;
    case "CITIZEN":
      return Prisma.sql`concat_ws('|', s.facts ->> 'name', s.facts ->> 'sex', ${variantOf(year)}, coalesce(s.facts ->> 'isWorker', 'false'),
        coalesce(s.facts ->> 'digitalSkill', 'NONE'), coalesce(hh.name_key, hr.name_key, ''), coalesce(encode(s.identity_hash, 'hex'), ''))`;
    case "CLAN":
      return Prisma.sql`concat_ws('|', s.facts ->> 'name', coalesce(s.facts ->> 'headName', ''), coalesce(s.facts ->> 'isPromotion', 'false'))`;
  }
}

function entryFacts(target: "FAMILY" | "CITIZEN" | "CLAN"): Prisma.Sql {
  switch (target) {
    case "FAMILY":
      return Prisma.sql`concat_ws('|', e.name, e.address, e.is_association_member::text, e.poverty, e.has_school_age_children::text)`;
    case "CITIZEN":
      return Prisma.sql`concat_ws('|', e.name, e.sex, e.variant, e.is_worker::text, e.digital_skill, coalesce(e.household_key, ''),
        coalesce(encode(e.hash, 'hex'), ''))`;
    case "CLAN":
      return Prisma.sql`concat_ws('|', e.name, e.head_name, e.is_promotion::text)`;
  }
}

/** The form of a citizen whose occupation the list does not tell: of school age a pupil, else a farmer. */
export function variantOf(year: number): Prisma.Sql {
  return Prisma.sql`coalesce(s.facts ->> 'variant', CASE WHEN ${year}::int - s.birth_year < 18 THEN 'STUDENT' ELSE 'FARMER' END)`;
}
