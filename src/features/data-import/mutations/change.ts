import "server-only";
import type { JournalStep } from "@/features/registry/mutations/journal";
import { journal } from "@/features/registry/mutations/journal";
import { leaveHouseholds } from "@/features/registry/mutations/place";
import type { WriteContext } from "./write";

/**
 * Changes the entries whose rows differ: the fields the list has, nothing else. A household that moves takes those who live in
 * it along. @returns rows whose entry changed
 */
export async function changeEntries(write: WriteContext, step: JournalStep): Promise<number> {
  const { tx } = write;
  await collect(write);
  const touched = await tx.$queryRaw<{ id: string; isOwn: boolean }[]>`
    SELECT id, true AS "isOwn" FROM import_changed UNION ALL
    SELECT subject_id, false FROM import_move WHERE subject_id NOT IN (SELECT id FROM import_changed)`;
  if (touched.length === 0) return 0;

  await journal(
    tx,
    step,
    touched.map(({ id }) => id),
    async () => {
      await changeSubjects(write);
      await changeDetails(write);
      await move(write);
      await changeIdentities(write);
    },
  );
  await tx.$executeRaw`
    UPDATE import_entity e SET is_written = true FROM import_changed c WHERE c.id = e.id`;

  return touched.filter(({ isOwn }) => isOwn).length;
}

async function collect({ tx, batchId }: WriteContext): Promise<void> {
  await tx.$executeRaw`
    CREATE TEMP TABLE import_changed ON COMMIT DROP AS
    SELECT r.subject_id AS id, r.target, r.facts, coalesce(p.unit_id, r.unit_id) AS unit_id, coalesce(r.household_id, h.id) AS household_id,
           coalesce(r.clan_id, k.id) AS clan_id, coalesce(r.organisation_id, o.id) AS organisation_id, r.identity_hash, r.identity_cipher,
           r.changes @> '[{"field":"hamlet"}]' AS is_moving, r.changes @> '[{"field":"household"}]' AS has_household,
           r.changes @> '[{"field":"clan"}]' AS has_clan, r.changes @> '[{"field":"organisation"}]' AS has_organisation,
           r.changes @> '[{"field":"identityNumber"}]' AS has_identity
      FROM import_row r
      LEFT JOIN import_place p ON p.staged = r.unit_id
      LEFT JOIN import_entity h ON h.ordinal = r.household_ordinal
      LEFT JOIN import_new k ON k.target = 'CLAN' AND r.target = 'FAMILY' AND search_key(k.name) = search_key(r.facts ->> 'clan')
      LEFT JOIN import_new o ON o.target = 'ORGANISATION' AND r.target = 'CITIZEN' AND search_key(o.name) = search_key(r.facts ->> 'organisation')
     WHERE r.batch_id = ${batchId}::uuid AND NOT r.is_derived AND r.changes IS NOT NULL
       AND (r.verdict = 'CHANGED' OR r.verdict = 'DOUBTFUL' AND r.decision = 'SAME')`;
  await tx.$executeRaw`CREATE INDEX ON import_changed (id)`;
  await tx.$executeRaw`ANALYZE import_changed`;
  // Homes change from today on; one that began today has no day to end on and stays.
  await tx.$executeRaw`
    CREATE TEMP TABLE import_move ON COMMIT DROP AS
    WITH own AS (
      SELECT c.id, c.target, c.unit_id, s.unit_id AS was FROM import_changed c JOIN subject s ON s.id = c.id WHERE c.is_moving
    ), wanted AS (
      SELECT id AS subject_id, unit_id FROM own
      UNION ALL
      SELECT m.subject_id, o.unit_id FROM own o JOIN citizen m ON m.household_id = o.id JOIN subject s ON s.id = m.subject_id
       WHERE o.target = 'FAMILY' AND s.active_to IS NULL AND s.unit_id = o.was AND m.subject_id NOT IN (SELECT id FROM own)
    )
    SELECT w.subject_id, w.unit_id FROM wanted w JOIN subject_home h ON h.subject_id = w.subject_id AND h.valid_to IS NULL
     WHERE h.valid_from < app_today()`;
}

async function changeSubjects({ tx }: WriteContext): Promise<void> {
  await tx.$executeRaw`
    UPDATE subject s SET name = CASE WHEN c.target = 'COMMUNITY' THEN s.name ELSE coalesce(c.facts ->> 'name', s.name) END,
           version = s.version + 1, updated_at = now()
      FROM import_changed c WHERE c.id = s.id`;
}

async function changeDetails({ tx, plan }: WriteContext): Promise<void> {
  await tx.$executeRaw`
    UPDATE household h SET head_birth_year = coalesce((c.facts ->> 'headBirthYear')::int, h.head_birth_year), address = coalesce(c.facts ->> 'address', h.address),
           is_association_member = coalesce((c.facts ->> 'isAssociationMember')::boolean, h.is_association_member),
           clan_id = CASE WHEN c.has_clan THEN c.clan_id ELSE h.clan_id END, poverty = coalesce(c.facts ->> 'poverty', h.poverty),
           has_school_age_children = coalesce((c.facts ->> 'hasSchoolAgeChildren')::boolean, h.has_school_age_children)
      FROM import_changed c WHERE c.id = h.subject_id`;
  await tx.$executeRaw`
    UPDATE citizen z SET birth_year = coalesce((c.facts ->> 'birthYear')::int, z.birth_year), sex = coalesce(c.facts ->> 'sex', z.sex),
           household_id = CASE WHEN c.has_household THEN c.household_id ELSE z.household_id END, variant = coalesce(c.facts ->> 'variant', z.variant),
           is_worker = coalesce((c.facts ->> 'isWorker')::boolean, z.is_worker),
           organisation_id = CASE WHEN c.has_organisation THEN c.organisation_id ELSE z.organisation_id END,
           digital_skill = coalesce(c.facts ->> 'digitalSkill', z.digital_skill)
      FROM import_changed c WHERE c.id = z.subject_id`;
  await tx.$executeRaw`
    UPDATE clan k SET head_name = coalesce(c.facts ->> 'headName', k.head_name), is_promotion = coalesce((c.facts ->> 'isPromotion')::boolean, k.is_promotion)
      FROM import_changed c WHERE c.id = k.subject_id`;
  await tx.$executeRaw`
    UPDATE organisation o SET kind = coalesce(c.facts ->> 'organisationKind', o.kind), level = coalesce(c.facts ->> 'organisationLevel', o.level)
      FROM import_changed c WHERE c.id = o.subject_id`;
  await tx.$executeRaw`
    SELECT hamlet_classify(c.unit_id, ${plan.year}::int, (c.facts ->> 'isSpeciallyDifficult')::boolean)
      FROM import_changed c WHERE c.target = 'COMMUNITY' AND c.facts ? 'isSpeciallyDifficult'`;
}

async function move({ tx }: WriteContext): Promise<void> {
  await tx.$executeRaw`
    UPDATE subject_home h SET valid_to = app_today() FROM import_move m WHERE m.subject_id = h.subject_id AND h.valid_to IS NULL`;
  await tx.$executeRaw`
    UPDATE subject s SET unit_id = m.unit_id, version = s.version + CASE WHEN c.id IS NULL THEN 1 ELSE 0 END, updated_at = now()
      FROM import_move m LEFT JOIN import_changed c ON c.id = m.subject_id WHERE m.subject_id = s.id`;
  // Who moves away from the household no longer belongs to it.
  const apart = await tx.$queryRaw<{ id: string }[]>`
    SELECT s.id FROM import_move m JOIN subject s ON s.id = m.subject_id JOIN citizen c ON c.subject_id = s.id JOIN subject h ON h.id = c.household_id
     WHERE h.unit_id <> s.unit_id`;
  await leaveHouseholds(
    tx,
    apart.map(({ id }) => id),
    { isOwnStep: false },
  );
  await tx.$executeRaw`
    INSERT INTO subject_home (subject_id, unit_id, valid_from) SELECT subject_id, unit_id, app_today() FROM import_move`;
}

async function changeIdentities({ tx, batchId }: WriteContext): Promise<void> {
  await tx.$executeRaw`
    WITH was AS (
      SELECT c.id, n.hash, n.cipher FROM import_changed c LEFT JOIN identity_number n ON n.subject_id = c.id WHERE c.has_identity
    ), written AS (
      INSERT INTO identity_number (subject_id, hash, cipher)
      SELECT id, identity_hash, identity_cipher FROM import_changed WHERE has_identity
      ON CONFLICT (subject_id) DO UPDATE SET hash = excluded.hash, cipher = excluded.cipher, version = identity_number.version + 1
      RETURNING subject_id, hash, version
    )
    INSERT INTO import_identity (batch_id, subject_id, hash_before, cipher_before, hash_after, version_after)
    SELECT ${batchId}::uuid, was.id, was.hash, was.cipher, written.hash, written.version FROM written JOIN was ON was.id = written.subject_id`;
}
