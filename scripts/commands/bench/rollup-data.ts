import type pg from "pg";

/** How much invented data the benchmark counts. */
export type Size = Readonly<{ households: number; citizensPerHousehold: number; leaves: number }>;

export const BENCH_YEAR = 2024;
const LEAVES_PER_COMMUNE = 10;
const COMMUNES_PER_DISTRICT = 15;

/** The tables whose own triggers are off while the bulk is loaded; the counters are filled in one recount afterwards. */
const BULK_TABLES = ["subject", "household", "citizen", "subject_home", "assessment", "recognition"];

/**
 * One province with districts, communes and hamlets, and its people with assessments in every state and recognitions,
 * by set-wise statements. Everything hangs together by row number, so that the same size gives the same data.
 */
export async function fill(db: pg.Client, size: Size): Promise<{ province: number; leaves: number[] }> {
  const { province, leaves } = await fillTerritory(db, size.leaves);
  for (const table of BULK_TABLES) await db.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  await fillSubjects(db, size, leaves);
  await fillAssessments(db, province);
  for (const table of BULK_TABLES) await db.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  await db.query("ANALYZE");

  return { province, leaves };
}

async function fillTerritory(
  db: pg.Client,
  leafCount: number,
): Promise<{ province: number; leaves: number[] }> {
  const communes = Math.ceil(leafCount / LEAVES_PER_COMMUNE);
  const counts = {
    PROVINCE: 1,
    DISTRICT: Math.ceil(communes / COMMUNES_PER_DISTRICT),
    COMMUNE: communes,
    HAMLET: leafCount,
  };
  for (const [level, count] of Object.entries(counts)) {
    await db.query(
      "INSERT INTO unit (level, code, name, type, valid_from) SELECT $1, 'B' || n, $1 || ' ' || n, '-', '2014-02-20' FROM generate_series(1, $2::int) n",
      [level, count],
    );
  }
  for (const [child, parent, share] of [
    ["DISTRICT", "PROVINCE", counts.DISTRICT],
    ["COMMUNE", "DISTRICT", COMMUNES_PER_DISTRICT],
    ["HAMLET", "COMMUNE", LEAVES_PER_COMMUNE],
  ] as const) {
    await db.query(
      `INSERT INTO placement (child_id, parent_id, valid_from)
       SELECT c.id, p.id, '2014-02-20' FROM unit c JOIN unit p ON p.level = $2 AND p.code = 'B' || ((substr(c.code, 2)::int - 1) / $3::int + 1)
        WHERE c.level = $1`,
      [child, parent, share],
    );
  }
  await db.query("SELECT refresh_ancestry(NULL)");
  const { rows } = await db.query<{ level: string; id: number }>(
    "SELECT level, id FROM unit WHERE level IN ('PROVINCE', 'HAMLET') ORDER BY id",
  );

  return {
    province: rows.find(({ level }) => level === "PROVINCE")?.id ?? 0,
    leaves: rows.filter(({ level }) => level === "HAMLET").map(({ id }) => id),
  };
}

async function fillSubjects(db: pg.Client, size: Size, leaves: readonly number[]): Promise<void> {
  const perHousehold = size.citizensPerHousehold;
  await db.query(
    `CREATE TEMP TABLE place AS
     SELECT gen_random_uuid() AS id, n, ($2::int[])[1 + (n - 1) % cardinality($2::int[])] AS unit_id FROM generate_series(1, $1::int) n`,
    [size.households, leaves],
  );
  await db.query(
    "INSERT INTO subject (id, title, unit_id, name, active_from) SELECT id, 'FAMILY', unit_id, 'Hộ ' || n, '2015-01-01' FROM place",
  );
  await db.query("INSERT INTO household (subject_id, is_association_member) SELECT id, n % 3 = 0 FROM place");
  await db.query(
    "CREATE TEMP TABLE member AS SELECT gen_random_uuid() AS id, p.id AS household, p.unit_id, p.n * 10 + k AS n FROM place p CROSS JOIN generate_series(1, $1::int) k",
    [perHousehold],
  );
  await db.query(
    "INSERT INTO subject (id, title, unit_id, name, active_from) SELECT id, 'CITIZEN', unit_id, 'Người ' || n, '2015-01-01' FROM member",
  );
  await db.query(
    `INSERT INTO citizen (subject_id, birth_year, sex, household_id, variant, is_worker)
     SELECT id, 1950 + n % 70, CASE WHEN n % 2 = 0 THEN 'FEMALE' ELSE 'MALE' END, household, 'FARMER', n % 5 < 3 FROM member`,
  );
  await db.query(
    "INSERT INTO subject_home (subject_id, unit_id, valid_from) SELECT id, unit_id, '2015-01-01' FROM subject",
  );
}

/** Nine in ten subjects have an assessment; six in ten hold the title. */
async function fillAssessments(db: pg.Client, province: number): Promise<void> {
  await db.query(
    `INSERT INTO app_user (username, name, password_hash) VALUES ('bench-1', 'Người thử', '-'), ('bench-2', 'Người thử', '-')`,
  );
  await db.query(
    `INSERT INTO criteria_set (code, title, unit_id, name, legal_basis, issuer, valid_from, status, definition)
     SELECT 'BENCH-' || t, t, $1, '-', '-', '-', '2015-01-01', 'TEMPLATE', '{}' FROM unnest(ARRAY['FAMILY', 'CITIZEN']) t`,
    [province],
  );
  await db.query(
    `INSERT INTO round (title, year, unit_id, reference_date, opens_on, submit_by, review_by)
     SELECT t, y, $1, make_date(y, 12, 31), make_date(y, 1, 1), make_date(y, 11, 30), make_date(y, 12, 31)
       FROM unnest(ARRAY['FAMILY', 'CITIZEN']) t CROSS JOIN unnest(ARRAY[$2::int, $2::int + 1]) y`,
    [province, BENCH_YEAR],
  );
  await db.query(
    `INSERT INTO dossier (round_id, title, year, unit_id, reviewer_unit_id, submitted_by)
     SELECT r.id, r.title, r.year, c.id, c.id, u.id FROM round r CROSS JOIN unit c CROSS JOIN app_user u
      WHERE r.year = $1 AND c.level = 'COMMUNE' AND u.username = 'bench-1'`,
    [BENCH_YEAR],
  );
  await db.query(
    "INSERT INTO decision (dossier_id, unit_id, number, decided_on, signer, created_by) SELECT d.id, d.unit_id, '1', '2024-12-20', '-', u.id FROM dossier d, app_user u WHERE u.username = 'bench-2'",
  );
  await db.query(
    `INSERT INTO assessment (subject_id, round_id, title, year, unit_id, commune_id, criteria_set_id, state, is_complete, is_recognisable,
                             registered_on, dossier_id, submitted_by, reviewed_by, answers)
     SELECT s.id, r.id, s.title, r.year, s.unit_id, p.parent_id, k.id,
            CASE WHEN s.n < 1 THEN 'REGISTERED' WHEN s.n < 2 THEN 'DRAFT' WHEN s.n < 3 THEN 'SUBMITTED' ELSE 'RECOGNISED' END,
            s.n >= 1, s.n >= 1, make_date(r.year, 3, 1), CASE WHEN s.n >= 2 THEN d.id END, CASE WHEN s.n >= 2 THEN d.submitted_by END,
            CASE WHEN s.n >= 3 THEN u.id END, '{"1.1":{"yes":true},"1.2":{"yes":true},"1.3":{"yes":false}}'
       FROM (SELECT *, hashtext(id::text) & 2147483647, (hashtext(id::text) & 2147483647) % 10 AS n FROM subject) s
       JOIN round r ON r.title = s.title AND r.year = $1
       JOIN placement p ON p.child_id = s.unit_id
       JOIN dossier d ON d.round_id = r.id AND d.unit_id = p.parent_id
       JOIN criteria_set k ON k.title = s.title CROSS JOIN app_user u
      WHERE s.n < 9 AND u.username = 'bench-2'`,
    [BENCH_YEAR],
  );
  await db.query(
    `INSERT INTO recognition (subject_id, title, assessment_id, decision_id, commune_id, first_year, last_year)
     SELECT a.subject_id, a.title, a.id, k.id, a.commune_id, a.year, a.year
       FROM assessment a JOIN decision k ON k.dossier_id = a.dossier_id WHERE a.state = 'RECOGNISED'`,
  );
}
