import { ownerSql } from "./builders";

/**
 * Invented households, citizens, clans, organisations and hamlet communities under a commune, with assessments in every state
 * and recognitions, by a few set-wise statements as the owner. The same seed gives the same shares, not the same ids.
 */
export async function populate(world: {
  communeId: number;
  hamletIds: readonly number[];
  households: number;
  years: readonly number[];
  seed: number;
}): Promise<void> {
  const { communeId, hamletIds, households, years, seed } = world;
  const roll = (text: string) => `(('x' || substr(md5(${text} || '${seed}'), 1, 6))::bit(24)::int % 100)`;
  const args = [hamletIds, households, communeId];

  await ownerSql(
    `WITH made AS (
       SELECT gen_random_uuid() AS id, gen_random_uuid() AS clan, h AS hamlet, n
         FROM unnest($1::int[]) h CROSS JOIN generate_series(1, $2::int) n WHERE $3::int > 0
     ), place AS (
       SELECT id, 'FAMILY' AS title, hamlet AS unit_id, n FROM made
       UNION ALL SELECT clan, 'CLAN', hamlet, n FROM made WHERE n % 5 = 0
     ), subjects AS (
       INSERT INTO subject (id, title, unit_id, name, active_from) SELECT id, title, unit_id, title || ' thử ' || n, '2015-01-01' FROM place RETURNING id
     ), clans AS (
       INSERT INTO clan (subject_id, is_promotion) SELECT clan, n % 10 = 0 FROM made WHERE n % 5 = 0 RETURNING subject_id
     ), families AS (
       INSERT INTO household (subject_id, is_association_member, clan_id)
       SELECT id, n % 3 = 0, (SELECT m.clan FROM made m WHERE m.hamlet = made.hamlet AND m.n % 5 = 0 AND m.n >= made.n ORDER BY m.n LIMIT 1) FROM made RETURNING subject_id
     )
     INSERT INTO subject_home (subject_id, unit_id, valid_from) SELECT id, unit_id, '2015-01-01' FROM place`,
    args,
  );
  await ownerSql(
    `WITH made AS (
       SELECT gen_random_uuid() AS id, k AS n FROM generate_series(1, 2 + $2::int % 3) k
     ), subjects AS (
       INSERT INTO subject (id, title, unit_id, name, active_from) SELECT id, 'ORGANISATION', $1, 'Đơn vị thử ' || n, '2015-01-01' FROM made RETURNING id
     ), details AS (
       INSERT INTO organisation (subject_id, kind) SELECT id, 'SCHOOL' FROM made RETURNING subject_id
     )
     INSERT INTO subject_home (subject_id, unit_id, valid_from) SELECT id, $1, '2015-01-01' FROM made`,
    [communeId, seed],
  );
  await ownerSql(
    `WITH made AS (
       SELECT gen_random_uuid() AS id, s.id AS household, s.unit_id AS hamlet, k AS n
         FROM subject s CROSS JOIN generate_series(1, 3) k WHERE s.title = 'FAMILY' AND s.unit_id = ANY ($1::int[])
     ), subjects AS (
       INSERT INTO subject (id, title, unit_id, name, active_from) SELECT id, 'CITIZEN', hamlet, 'Người thử ' || n, '2015-01-01' FROM made RETURNING id
     ), details AS (
       INSERT INTO citizen (subject_id, birth_year, sex, household_id, variant, is_worker, organisation_id, digital_skill)
       SELECT id, 1960 + ${roll("id::text")} * 60 / 100, 'MALE', household, 'FARMER', ${roll("'w' || id::text")} < 60,
              CASE WHEN n = 1 THEN (SELECT o.id FROM subject o WHERE o.title = 'ORGANISATION' AND o.unit_id = $2 ORDER BY o.id LIMIT 1) END,
              CASE WHEN ${roll("'d' || id::text")} < 40 THEN 'FLUENT' ELSE 'NONE' END
         FROM made RETURNING subject_id
     )
     INSERT INTO subject_home (subject_id, unit_id, valid_from) SELECT id, hamlet, '2015-01-01' FROM made`,
    [hamletIds, communeId],
  );
  for (const hamlet of hamletIds) {
    await ownerSql(
      `WITH made AS (SELECT gen_random_uuid() AS id), subjects AS (
         INSERT INTO subject (id, title, unit_id, name, active_from) SELECT id, 'COMMUNITY', $1, 'Thôn thử', '2015-01-01' FROM made RETURNING id
       ), details AS (INSERT INTO community (subject_id, area_unit_id) SELECT id, $1 FROM made RETURNING subject_id)
       INSERT INTO subject_home (subject_id, unit_id, valid_from) SELECT id, $1, '2015-01-01' FROM made`,
      [hamlet],
    );
  }
  for (const year of years) await assess({ communeId, hamletIds, year, roll });
}

/** Gives about four in five of the subjects an assessment of the year, in every state; one in three holds the title. */
async function assess(world: {
  communeId: number;
  hamletIds: readonly number[];
  year: number;
  roll: (text: string) => string;
}): Promise<void> {
  const { communeId, hamletIds, year, roll } = world;
  await ownerSql(
    `WITH person AS (
       INSERT INTO app_user (username, name, password_hash) SELECT 'thu-' || gen_random_uuid(), 'Người thử', '-' FROM generate_series(1, 2) RETURNING id
     ), officer AS (SELECT min(id::text)::uuid AS id FROM person), reviewer AS (SELECT max(id::text)::uuid AS id FROM person),
     rounds AS (
       SELECT DISTINCT ON (r.title) r.id, r.title FROM round r JOIN ancestry a ON a.ancestor_id = r.unit_id AND a.descendant_id = $1
        WHERE r.year = $3 AND a.valid_from <= r.reference_date AND (a.valid_to IS NULL OR a.valid_to > r.reference_date) ORDER BY r.title, a.depth
     ), dossiers AS (
       INSERT INTO dossier (round_id, title, year, unit_id, reviewer_unit_id, submitted_by)
       SELECT r.id, r.title, $3, $1, $1, officer.id FROM rounds r, officer RETURNING id, round_id, title, submitted_by
     ), decisions AS (
       INSERT INTO decision (dossier_id, unit_id, number, decided_on, signer, created_by)
       SELECT d.id, $1, '01/QĐ', make_date($3, 12, 20), 'Người ký', reviewer.id FROM dossiers d, reviewer
     ), chosen AS (
       SELECT gen_random_uuid() AS id, s.id AS subject_id, s.title, s.unit_id, ${roll("s.id::text")} AS r
         FROM subject s WHERE s.unit_id = $1 OR s.unit_id = ANY ($2::int[])
     )
     INSERT INTO assessment (id, subject_id, round_id, title, year, unit_id, commune_id, criteria_set_id, state, is_complete, is_recognisable,
                               registered_on, dossier_id, submitted_by, reviewed_by, return_reason)
       SELECT c.id, c.subject_id, d.round_id, c.title, $3, c.unit_id, $1, (SELECT min(k.id) FROM criteria_set k WHERE k.title = c.title),
              CASE WHEN r < 12 THEN 'REGISTERED' WHEN r < 25 THEN 'DRAFT' WHEN r < 33 THEN 'SUBMITTED' WHEN r < 38 THEN 'RETURNED'
                   WHEN r < 45 THEN 'APPROVED' ELSE 'RECOGNISED' END,
              r >= 18, r >= 18, make_date($3, 3, 1), CASE WHEN r >= 25 THEN d.id END, CASE WHEN r >= 25 THEN d.submitted_by END,
              CASE WHEN r >= 33 THEN (SELECT id FROM reviewer) END, CASE WHEN r BETWEEN 33 AND 37 THEN 'Thiếu minh chứng' END
         FROM chosen c JOIN dossiers d ON d.title = c.title WHERE r < 80`,
    [communeId, hamletIds, year],
  );
  // In a statement of its own: the guard of recognitions looks at the assessments.
  await ownerSql(
    `INSERT INTO recognition (subject_id, title, assessment_id, decision_id, commune_id, first_year, last_year)
     SELECT a.subject_id, a.title, a.id, k.id, a.commune_id, a.year, a.year
       FROM assessment a JOIN decision k ON k.dossier_id = a.dossier_id WHERE a.state = 'RECOGNISED' AND a.commune_id = $1 AND a.year = $2`,
    [communeId, year],
  );
}
