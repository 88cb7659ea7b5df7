import "server-only";
import type { JournalStep } from "@/features/registry/mutations/journal";
import { journalCreated } from "@/features/registry/mutations/journal";
import type { WrittenCounts } from "../types";
import { variantOf } from "./match";
import type { WriteContext } from "./write";

/** Makes the hamlets that rows of the batch stand in and the commune does not have yet, each with its community. */
export async function makeHamlets({ tx, batchId, communeId, base, from }: WriteContext): Promise<number> {
  await tx.$executeRaw`
    CREATE TEMP TABLE import_place (staged int PRIMARY KEY, unit_id int NOT NULL) ON COMMIT DROP`;
  const wanted = await tx.$queryRaw<{ unitId: number }[]>`
    SELECT DISTINCT unit_id AS "unitId" FROM import_row
     WHERE batch_id = ${batchId}::uuid AND unit_id < 0 AND (verdict IN ('NEW', 'CHANGED') OR verdict = 'DOUBTFUL' AND decision IN ('NEW', 'SAME'))`;
  const made = base.hamlets.filter(({ id }) => wanted.some(({ unitId }) => unitId === id));
  for (const { id, name, kind } of made) {
    await tx.$executeRaw`
      INSERT INTO import_place
      SELECT ${id}::int, hamlet_create(${communeId}::int, ${name}, ${kind ?? "Thôn"}, greatest(${from}::date, u.valid_from))
        FROM unit u WHERE u.id = ${communeId}::int`;
  }

  return made.length;
}

/**
 * Enters everything new: one statement a table, homes last, so that each leaf is counted once with the details in place. Order
 * of hamlet, then of the file: entries of one name keep the order of the list.
 */
export async function createEntries(
  write: WriteContext,
  step: JournalStep,
  tell: (done: number) => void,
): Promise<Pick<WrittenCounts, "created" | "households">> {
  const { tx } = write;
  await collect(write);
  const made = await tx.$queryRaw<{ id: string; isDerived: boolean }[]>`
    SELECT id, is_derived AS "isDerived" FROM import_new ORDER BY unit_id, ordinal`;
  await insertSubjects(write);
  tell(0.3);
  await insertDetails(write);
  tell(0.5);
  await tx.$executeRaw`
    INSERT INTO subject_home (subject_id, unit_id, valid_from) SELECT id, unit_id, active_from FROM import_new ORDER BY unit_id, ordinal`;
  tell(0.7);
  await tx.$executeRaw`
    INSERT INTO identity_number (subject_id, hash, cipher) SELECT id, identity_hash, identity_cipher FROM import_new WHERE identity_hash IS NOT NULL`;
  if (made.length > 0) {
    await journalCreated(
      tx,
      step,
      made.map(({ id }) => id),
    );
  }
  tell(0.8);
  const households = made.filter(({ isDerived }) => isDerived).length;
  const [{ communities } = { communities: 0 }] = await tx.$queryRaw<{ communities: number }[]>`
    SELECT count(*)::int AS communities FROM import_new WHERE ordinal < 0`;

  return { created: made.length - households - communities, households };
}

/** What will be made, with place, day and links; and for every row of the list which entry it is. */
async function collect({ tx, batchId, from }: WriteContext): Promise<void> {
  await tx.$executeRaw`
    CREATE TEMP TABLE import_new ON COMMIT DROP AS
    SELECT r.ordinal, CASE WHEN r.verdict = 'NEW' THEN r.subject_id ELSE gen_random_uuid() END AS id, r.target, r.is_derived,
           CASE WHEN r.target = 'COMMUNITY' THEN u.name ELSE r.facts ->> 'name' END AS name, u.id AS unit_id,
           greatest(${from}::date, u.valid_from) AS active_from, r.facts, (r.facts ->> 'birthYear')::int AS birth_year,
           r.household_ordinal, r.household_id, r.clan_id, r.organisation_id, r.identity_hash, r.identity_cipher
      FROM import_row r LEFT JOIN import_place p ON p.staged = r.unit_id JOIN unit u ON u.id = coalesce(p.unit_id, r.unit_id)
     WHERE r.batch_id = ${batchId}::uuid AND (r.verdict = 'NEW' OR r.verdict = 'DOUBTFUL' AND r.decision = 'NEW')`;
  // A new hamlet that no row of the list enters is an entry of the register like any other.
  await tx.$executeRaw`
    INSERT INTO import_new (ordinal, id, target, is_derived, name, unit_id, active_from, facts)
    SELECT p.staged, gen_random_uuid(), 'COMMUNITY', false, u.name, u.id, greatest(${from}::date, u.valid_from), '{}'
      FROM import_place p JOIN unit u ON u.id = p.unit_id
     WHERE NOT EXISTS (SELECT 1 FROM import_new n WHERE n.target = 'COMMUNITY' AND n.unit_id = u.id)`;
  await tx.$executeRaw`CREATE INDEX ON import_new (ordinal)`;
  await tx.$executeRaw`ANALYZE import_new`;
  await tx.$executeRaw`
    CREATE TEMP TABLE import_entity ON COMMIT DROP AS
    SELECT ordinal, id, true AS is_written FROM import_new
    UNION ALL
    SELECT r.ordinal, r.subject_id, false FROM import_row r
     WHERE r.batch_id = ${batchId}::uuid AND (r.verdict IN ('CHANGED', 'UNCHANGED') OR r.verdict = 'DOUBTFUL' AND r.decision = 'SAME')`;
  await tx.$executeRaw`CREATE INDEX ON import_entity (ordinal)`;
  await tx.$executeRaw`ANALYZE import_entity`;
  await tx.$executeRaw`
    UPDATE import_new n SET household_id = e.id FROM import_entity e WHERE e.ordinal = n.household_ordinal AND n.household_id IS NULL`;
  for (const { key, target } of [
    { key: "clan", target: "CLAN" },
    { key: "organisation", target: "ORGANISATION" },
  ] as const) {
    const isClan = key === "clan";
    await tx.$executeRaw`
      UPDATE import_new n SET clan_id = CASE WHEN ${isClan} THEN k.id ELSE n.clan_id END,
             organisation_id = CASE WHEN ${isClan} THEN n.organisation_id ELSE k.id END
        FROM import_new k
       WHERE k.target = ${target} AND n.facts ->> ${key} IS NOT NULL AND search_key(k.name) = search_key(n.facts ->> ${key})
         AND CASE WHEN ${isClan} THEN n.clan_id ELSE n.organisation_id END IS NULL`;
  }
}

async function insertSubjects({ tx, actorId }: WriteContext): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO subject (id, title, unit_id, name, active_from, created_by)
    SELECT id, target, unit_id, name, active_from, ${actorId}::uuid FROM import_new ORDER BY unit_id, ordinal`;
}

async function insertDetails({ tx, plan }: WriteContext): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO community (subject_id, area_unit_id) SELECT id, unit_id FROM import_new WHERE target = 'COMMUNITY'`;
  await tx.$executeRaw`
    SELECT hamlet_classify(unit_id, ${plan.year}::int, true) FROM import_new WHERE target = 'COMMUNITY' AND (facts -> 'isSpeciallyDifficult') = 'true'`;
  await tx.$executeRaw`
    INSERT INTO clan (subject_id, head_name, is_promotion)
    SELECT id, coalesce(facts ->> 'headName', ''), coalesce((facts ->> 'isPromotion')::boolean, false) FROM import_new WHERE target = 'CLAN'`;
  await tx.$executeRaw`
    INSERT INTO organisation (subject_id, kind, level)
    SELECT id, coalesce(facts ->> 'organisationKind', 'OTHER'), coalesce(facts ->> 'organisationLevel', 'COMMUNE')
      FROM import_new WHERE target = 'ORGANISATION'`;
  await tx.$executeRaw`
    INSERT INTO household (subject_id, head_birth_year, address, is_association_member, clan_id, poverty, has_school_age_children)
    SELECT id, (facts ->> 'headBirthYear')::int, coalesce(facts ->> 'address', ''), coalesce((facts ->> 'isAssociationMember')::boolean, false),
           clan_id, coalesce(facts ->> 'poverty', 'NONE'), coalesce((facts ->> 'hasSchoolAgeChildren')::boolean, false)
      FROM import_new WHERE target = 'FAMILY' ORDER BY unit_id, ordinal`;
  await tx.$executeRaw`
    INSERT INTO citizen (subject_id, birth_year, sex, household_id, variant, is_worker, organisation_id, digital_skill)
    SELECT s.id, s.birth_year, s.facts ->> 'sex', s.household_id, ${variantOf(plan.year)}, coalesce((s.facts ->> 'isWorker')::boolean, false),
           s.organisation_id, coalesce(s.facts ->> 'digitalSkill', 'NONE')
      FROM import_new s WHERE s.target = 'CITIZEN' ORDER BY s.unit_id, s.ordinal`;
}
