import "server-only";
import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "@/lib/db/scope";
import type { Batch } from "../data";
import type { MatchContext } from "./match";
import { addProblem } from "./match";

/** Gives every row its verdict; of a row that has its entry, what differs. */
export async function judge(context: MatchContext): Promise<void> {
  const { tx } = context;
  // A new citizen needs what an entry cannot be without; one that is there keeps its own.
  const isNew = Prisma.sql`NOT EXISTS (SELECT 1 FROM import_match m WHERE m.ordinal = s.ordinal)`;
  await addProblem(
    context,
    "name",
    "NAME_MISSING",
    Prisma.sql`s.name_key = '' AND s.problems = '[]' AND ${isNew}`,
  );
  await addProblem(
    context,
    "birthYear",
    "BIRTH_YEAR_MISSING",
    Prisma.sql`s.target = 'CITIZEN' AND s.birth_year IS NULL AND s.problems = '[]' AND ${isNew}`,
  );
  await addProblem(
    context,
    "sex",
    "SEX_UNKNOWN",
    Prisma.sql`s.target = 'CITIZEN' AND NOT s.facts ? 'sex' AND s.problems = '[]' AND ${isNew}`,
  );

  await tx.$executeRaw`
    CREATE TEMP TABLE import_verdict ON COMMIT DROP AS
    SELECT s.ordinal, m.subject_id, e.version,
           CASE WHEN s.is_derived THEN NULL ELSE d.changes END AS changes,
           coalesce(s.verdict, CASE
             WHEN s.problems <> '[]' THEN 'REJECTED'
             WHEN m.ordinal IS NULL THEN 'NEW'
             WHEN m.is_likely THEN 'DOUBTFUL'
             WHEN s.is_derived OR d.changes IS NULL THEN 'UNCHANGED'
             ELSE 'CHANGED' END) AS verdict
      FROM import_stage s
      LEFT JOIN import_match m ON m.ordinal = s.ordinal
      LEFT JOIN import_entry e ON e.id = m.subject_id
      LEFT JOIN LATERAL (${differences(context.year)}) d ON true`;
  await tx.$executeRaw`CREATE INDEX ON import_verdict (ordinal)`;
  await tx.$executeRaw`ANALYZE import_verdict`;
}

// Only what the file says counts; a citizen's form that the list does not tell stays as it is.
function differences(year: number): Prisma.Sql {
  return Prisma.sql`
    SELECT jsonb_agg(jsonb_build_object('field', f.field, 'from', f.stored, 'to', f.said)) AS changes
      FROM (VALUES
        ('name', CASE WHEN s.target <> 'COMMUNITY' THEN s.facts -> 'name' END, to_jsonb(e.name)),
        ('hamlet', CASE WHEN s.target IN ('FAMILY', 'CITIZEN', 'CLAN') THEN to_jsonb(s.unit_id) END, to_jsonb(e.unit_id)),
        ('headBirthYear', s.facts -> 'headBirthYear', to_jsonb(e.birth_year)),
        ('address', s.facts -> 'address', to_jsonb(e.address)),
        ('isAssociationMember', s.facts -> 'isAssociationMember', to_jsonb(e.is_association_member)),
        ('clan', CASE WHEN s.clan_key IS NULL THEN NULL ELSE coalesce(to_jsonb(s.clan_id), s.facts -> 'clan') END, to_jsonb(e.clan_id)),
        ('poverty', s.facts -> 'poverty', to_jsonb(e.poverty)),
        ('hasSchoolAgeChildren', s.facts -> 'hasSchoolAgeChildren', to_jsonb(e.has_school_age_children)),
        ('birthYear', CASE WHEN s.target = 'CITIZEN' THEN s.facts -> 'birthYear' END, to_jsonb(e.birth_year)),
        ('sex', s.facts -> 'sex', to_jsonb(e.sex)),
        ('household', CASE WHEN s.target = 'CITIZEN' THEN coalesce(to_jsonb(s.household_id), to_jsonb('#' || s.household_ordinal)) END, to_jsonb(e.household_id)),
        ('identityNumber', to_jsonb(encode(s.identity_hash, 'hex')), to_jsonb(encode(e.hash, 'hex'))),
        ('occupation', s.facts -> 'variant', to_jsonb(e.variant)),
        ('isWorker', s.facts -> 'isWorker', to_jsonb(e.is_worker)),
        ('organisation', CASE WHEN s.organisation_key IS NULL THEN NULL ELSE coalesce(to_jsonb(s.organisation_id), s.facts -> 'organisation') END, to_jsonb(e.organisation_id)),
        ('digitalSkill', s.facts -> 'digitalSkill', to_jsonb(e.digital_skill)),
        ('headName', s.facts -> 'headName', to_jsonb(e.head_name)),
        ('isPromotion', s.facts -> 'isPromotion', to_jsonb(e.is_promotion)),
        ('organisationKind', s.facts -> 'organisationKind', to_jsonb(e.kind)),
        ('organisationLevel', s.facts -> 'organisationLevel', to_jsonb(e.level)),
        ('isSpeciallyDifficult', s.facts -> 'isSpeciallyDifficult',
          CASE WHEN s.target = 'COMMUNITY' THEN to_jsonb(EXISTS (SELECT 1 FROM unit_flag f
            WHERE f.unit_id = s.unit_id AND f.year = ${year}::int AND f.flag = 'SPECIALLY_DIFFICULT')) END)
      ) f(field, said, stored)
     WHERE m.ordinal IS NOT NULL AND NOT s.is_derived AND f.said IS NOT NULL AND f.said IS DISTINCT FROM f.stored`;
}

/** Decisions on doubtful rows outlive another check as long as the row is in doubt about the same entry. */
export async function keepDecisions(tx: Tx, batchId: string): Promise<void> {
  await tx.$executeRaw`
    CREATE TEMP TABLE import_decided ON COMMIT DROP AS
    SELECT sheet, row_number, subject_id, decision FROM import_row WHERE batch_id = ${batchId}::uuid AND decision IS NOT NULL`;
  await tx.$executeRaw`DELETE FROM import_row WHERE batch_id = ${batchId}::uuid`;
}

/** The judged rows as they wait for the person. A new row has the id its entry will have. */
export async function saveRows(tx: Tx, batch: Pick<Batch, "id" | "communeId">): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO import_row (batch_id, ordinal, commune_id, sheet, row_number, target, is_derived, verdict, problems, facts, changes, unit_id,
                            subject_id, base_version, household_ordinal, household_id, clan_id, organisation_id, identity_hash, identity_cipher, decision)
    SELECT ${batch.id}::uuid, s.ordinal, ${batch.communeId}::int, s.sheet, s.row_number, s.target, s.is_derived, v.verdict, s.problems, s.facts,
           v.changes, s.unit_id, CASE WHEN v.verdict = 'NEW' THEN gen_random_uuid() ELSE v.subject_id END, v.version, s.household_ordinal,
           s.household_id, s.clan_id, s.organisation_id, s.identity_hash, s.identity_cipher, d.decision
      FROM import_stage s JOIN import_verdict v USING (ordinal)
      LEFT JOIN import_decided d ON v.verdict = 'DOUBTFUL' AND (d.sheet, d.row_number, d.subject_id) = (s.sheet, s.row_number, v.subject_id)
     ORDER BY s.ordinal`;
}
