import type pg from "pg";

/** How large the register of the benchmark is. */
export type Size = Readonly<{ households: number; citizensPerHousehold: number }>;

export type World = Readonly<{ province: number; commune: number; year: number; leaves: number }>;

/** Half of everybody lives in this province; the others share the rest of the country. */
const DENSE_PROVINCE = "Tỉnh Tuyên Quang";
const DENSE_HAMLETS = 30;
const OTHER_HAMLETS = 6;

/** Words of invented names with how often each is drawn: as uneven as the names people bear. */
const SURNAMES =
  "Nguyễn 36,Trần 11,Lê 9,Phạm 7,Hoàng 5,Phan 4,Vũ 3,Đặng 3,Bùi 2,Đỗ 2,Hồ 2,Ngô 2,Dương 2,Lý 2,Ma 3,Nông 2,Hà 2,Quan 1,Lương 1,Triệu 1,Bàn 1,Sầm 1,Giàng 1,Vàng 1,Thào 1";
const MIDDLES =
  "Thị 30,Văn 26,Hữu 4,Đức 4,Minh 4,Thanh 4,Ngọc 4,Xuân 3,Quang 3,Công 2,Đình 2,Thu 2,Kim 2,Bích 1,Hồng 1";
const GIVENS =
  "Hoa 4,Lan 4,Hương 4,Hùng 4,Dũng 4,Tuấn 4,Anh 5,Linh 3,Nam 3,Hà 3,Mai 3,Thảo 3,Trang 3,Hải 3,Sơn 3,Long 2,Quân 2,Minh 3,Đức 2,Thắng 2,Thành 2,Tú 2,Yến 2,Nga 2,Oanh 2,Phương 3,Quyên 1,Sen 1,Tâm 2,Uyên 1,Vân 2,Xuân 2,Bình 2,Cường 2,Dung 2,Giang 2,Hiền 2,Khánh 2,Lâm 1,Nhung 2,Phúc 2,Quý 1,Toàn 1,Tùng 2,Việt 1,Đạt 2,Đông 1,Hạnh 2,Huệ 1,Kiên 1,Loan 1,Mạnh 1,Nghĩa 1,Ngân 1,Nhàn 1,Phong 1,Quyết 1,Tân 1,Thịnh 1,Thuỷ 2,Tiến 2,Trung 2,Vinh 1,Bảo 1,Chi 1,Diệp 1,Khoa 1,Ly 1,My 1,Na 1";
const HAMLET_FIRST = "Bờ,Gốc,Đồng,Cây,Khuôn,Nà,Bản,Vĩnh,Tân,Đèo,Làng,Phố,Suối,Ao,Hang,Bãi,Núi,Cầu,Chợ,Giếng";
const HAMLET_SECOND = "Suối,Đa,Mừa,Sấu,Lộc,Mạ,Chiềng,Hoà,Lập,Khế,Mới,Chợ,Cạn,Giếng,Sen,Đỏ,Lim,Trám,Vải,Bưởi";

/** The one person of the benchmark with a name that nobody else bears. */
export const RARE_NAME = "Quách Thuỳ Khuê";

/**
 * The register of the benchmark on the map of the reference data, by set-wise statements with the triggers off; the counters
 * and the finding table are filled in one pass afterwards.
 */
export async function fill(db: pg.Client, size: Size): Promise<World> {
  await db.query("SET session_replication_role = replica");
  await db.query("SET work_mem = '256MB'");
  await db.query("SET maintenance_work_mem = '1GB'");
  await db.query("SELECT setseed(0.42)");
  await fillHamlets(db);
  await fillNames(db);
  const restore = await dropKeys(db);
  await fillSubjects(db, size);
  const world = await findWorld(db);
  await fillAssessments(db, world.year);
  await db.query("SELECT register_rebuild()");
  for (const statement of restore) await db.query(statement);
  await db.query("ANALYZE");
  await db.query("SELECT recount_units(array_agg(DISTINCT unit_id), ARRAY[$1::int]) FROM subject", [
    world.year,
  ]);
  await db.query("SET session_replication_role = DEFAULT");

  return world;
}

async function fillHamlets(db: pg.Client): Promise<void> {
  await db.query(
    `CREATE TEMP TABLE new_hamlet AS
     SELECT nextval('unit_id_seq')::int AS id, c.id AS commune_id, c.dense, n, c.code || '-' || lpad((900 + n)::text, 4, '0') AS code,
            concat_ws(' ', 'Thôn', (string_to_array($1, ','))[1 + (c.id * 7 + n) % 20], (string_to_array($3, ','))[1 + (c.id + n * 7) / 20 % 20]) AS name
       FROM (SELECT u.id, u.code, EXISTS (SELECT 1 FROM ancestry a JOIN unit p ON p.id = a.ancestor_id
                     WHERE a.descendant_id = u.id AND a.valid_to IS NULL AND p.level = 'PROVINCE' AND p.name = $2) AS dense
               FROM unit u WHERE u.level = 'COMMUNE' AND u.valid_to IS NULL) c
       CROSS JOIN LATERAL generate_series(1, CASE WHEN c.dense THEN ${DENSE_HAMLETS} ELSE ${OTHER_HAMLETS} END) n`,
    [HAMLET_FIRST, DENSE_PROVINCE, HAMLET_SECOND],
  );
  await db.query(
    `INSERT INTO unit (id, level, code, name, name_search, type, valid_from)
     SELECT id, 'HAMLET', code, name, search_key(name), 'Thôn', '2014-02-20' FROM new_hamlet`,
  );
  await db.query(
    "INSERT INTO unit_name (unit_id, name, type, valid_from) SELECT id, name, 'Thôn', '2014-02-20' FROM new_hamlet",
  );
  await db.query(
    "INSERT INTO placement (child_id, parent_id, valid_from) SELECT id, commune_id, '2014-02-20' FROM new_hamlet",
  );
  await db.query(
    `INSERT INTO ancestry (ancestor_id, descendant_id, depth, valid_from, valid_to)
     SELECT a.ancestor_id, h.id, a.depth + 1, a.valid_from, a.valid_to FROM new_hamlet h JOIN ancestry a ON a.descendant_id = h.commune_id
     UNION ALL SELECT id, id, 0, '2014-02-20', NULL FROM new_hamlet`,
  );
}

/** Every name that can be drawn, with its keys, so that millions of rows need not compute them one by one. */
async function fillNames(db: pg.Client): Promise<void> {
  for (const [table, words] of [
    ["surname", SURNAMES],
    ["middle", MIDDLES],
    ["given", GIVENS],
  ] as const) {
    await db.query(
      `CREATE TEMP TABLE ${table} AS
       SELECT word, weight, (sum(weight) OVER (ORDER BY n) - weight)::int AS low, sum(weight) OVER (ORDER BY n)::int AS high, n
         FROM (SELECT split_part(pair, ' ', 1) AS word, split_part(pair, ' ', 2)::int AS weight, n
                 FROM unnest(string_to_array($1, ',')) WITH ORDINALITY AS t(pair, n)) x`,
      [words],
    );
  }
  await db.query(
    `CREATE TEMP TABLE drawn_name AS
     SELECT s.n * 10000 + m.n * 100 + g.n AS id, x.name, search_key(x.name) AS name_search,
            regexp_replace(search_key(x.name), '^(.*) (\\S+)$', '\\2 \\1') AS name_sort
       FROM surname s CROSS JOIN middle m CROSS JOIN given g
       CROSS JOIN LATERAL (SELECT concat_ws(' ', s.word, m.word, g.word) AS name) x`,
  );
  await db.query("CREATE UNIQUE INDEX ON drawn_name (id)");
  for (const table of ["surname", "middle", "given"]) {
    await db.query(
      `CREATE TEMP TABLE ${table}_slot AS SELECT low + k AS slot, n FROM ${table} CROSS JOIN LATERAL generate_series(0, weight - 1) k`,
    );
  }
}

const draw = (table: string) =>
  `(SELECT array_agg(n ORDER BY slot) AS ${table}, count(*)::int AS ${table}_count FROM ${table}_slot)`;
const pick = (table: string) => `(${table})[1 + floor(random() * ${table}_count)::int]`;

async function fillSubjects(db: pg.Client, size: Size): Promise<void> {
  await db.query(
    `CREATE TEMP TABLE place AS
     WITH leaf AS (
       SELECT array_agg(id) FILTER (WHERE dense) AS dense, array_agg(id) FILTER (WHERE NOT dense) AS other FROM new_hamlet
     ), drawn AS (
       SELECT h, random() AS r, ${pick("surname")} * 10000 + ${pick("middle")} * 100 + ${pick("given")} AS name_id
         FROM generate_series(1, $1::int) h CROSS JOIN ${draw("surname")} a CROSS JOIN ${draw("middle")} b CROSS JOIN ${draw("given")} c
     )
     SELECT gen_random_uuid() AS id, h AS n, name_id,
            CASE WHEN h % 2 = 0 THEN dense[1 + floor(r * cardinality(dense))::int] ELSE other[1 + floor(r * cardinality(other))::int] END AS unit_id
       FROM drawn CROSS JOIN leaf`,
    [size.households],
  );
  const subject = (title: string, from: string) => `
    INSERT INTO subject (id, title, unit_id, name, name_search, name_sort, active_from)
    SELECT p.id, '${title}', p.unit_id, d.name, d.name_search, d.name_sort, '2015-01-01' FROM ${from} p JOIN drawn_name d ON d.id = p.name_id`;
  await db.query(subject("FAMILY", "place"));
  await db.query(
    `INSERT INTO household (subject_id, address, is_association_member, poverty, has_school_age_children)
     SELECT id, '', n % 3 = 0, CASE WHEN n % 50 < 2 THEN 'POOR' WHEN n % 50 < 6 THEN 'NEAR_POOR' ELSE 'NONE' END, n % 5 < 2 FROM place`,
  );
  await db.query(
    `CREATE TEMP TABLE member AS
     SELECT gen_random_uuid() AS id, p.id AS household_id, p.unit_id, p.n * 10 + k AS n,
            p.name_id / 10000 * 10000 + ${pick("middle")} * 100 + ${pick("given")} AS name_id
       FROM place p CROSS JOIN generate_series(1, $1::int) k CROSS JOIN ${draw("middle")} b CROSS JOIN ${draw("given")} c`,
    [size.citizensPerHousehold],
  );
  await db.query(subject("CITIZEN", "member"));
  await db.query(
    `INSERT INTO citizen (subject_id, birth_year, sex, household_id, variant, is_worker, digital_skill)
     SELECT id, 1940 + n % 80, CASE WHEN n % 2 = 0 THEN 'FEMALE' ELSE 'MALE' END, CASE WHEN n % 97 > 0 THEN household_id END,
            CASE WHEN (n / 10 + n) % 20 < 11 THEN 'FARMER' WHEN (n / 10 + n) % 20 < 14 THEN 'WORKER' WHEN (n / 10 + n) % 20 < 16 THEN 'OFFICIAL' ELSE 'STUDENT' END,
            n % 5 < 3, CASE WHEN n % 3 = 0 THEN 'HAS' WHEN n % 17 = 0 THEN 'FLUENT' ELSE 'NONE' END
       FROM member`,
  );
  await fillOthers(db);
  await db.query(
    "UPDATE subject SET name = $1, name_search = search_key($1), name_sort = 'khue quach thuy' WHERE id = (SELECT id FROM member WHERE n = 20001)",
    [RARE_NAME],
  );
  // One in two hundred has left.
  await db.query("UPDATE subject SET active_to = '2025-06-30' WHERE number % 200 = 7");
  await db.query(
    "INSERT INTO subject_home (subject_id, unit_id, valid_from, valid_to) SELECT id, unit_id, active_from, active_to FROM subject",
  );
}

/** Five clans and the hamlet itself in every hamlet, four organisations in every commune; two in five households in a clan. */
async function fillOthers(db: pg.Client): Promise<void> {
  const insert = (title: string, from: string) => `
    INSERT INTO subject (id, title, unit_id, name, name_search, name_sort, active_from)
    SELECT id, '${title}', unit_id, name, search_key(name), search_key(name), '2015-01-01' FROM ${from}`;
  await db.query(
    `CREATE TEMP TABLE new_clan AS SELECT gen_random_uuid() AS id, h.id AS unit_id, 'Dòng họ ' || s.word AS name, s.n
       FROM new_hamlet h CROSS JOIN surname s WHERE s.n <= 5`,
  );
  await db.query(insert("CLAN", "new_clan"));
  await db.query("INSERT INTO clan (subject_id, is_promotion) SELECT id, n = 2 FROM new_clan");
  await db.query(
    `UPDATE household h SET clan_id = c.id FROM place p JOIN new_clan c ON c.unit_id = p.unit_id AND c.n = 1 + p.n / 2 % 5
      WHERE h.subject_id = p.id AND p.n % 5 < 2`,
  );
  await db.query(
    "CREATE TEMP TABLE new_community AS SELECT gen_random_uuid() AS id, id AS unit_id, name FROM new_hamlet",
  );
  await db.query(insert("COMMUNITY", "new_community"));
  await db.query("INSERT INTO community (subject_id, area_unit_id) SELECT id, unit_id FROM new_community");
  await db.query(
    `CREATE TEMP TABLE new_organisation AS SELECT gen_random_uuid() AS id, u.id AS unit_id, k,
            (ARRAY['Trường tiểu học ', 'Trạm y tế ', 'Hợp tác xã ', 'Uỷ ban nhân dân '])[k] || u.name AS name
       FROM unit u CROSS JOIN generate_series(1, 4) k WHERE u.level = 'COMMUNE' AND u.valid_to IS NULL`,
  );
  await db.query(insert("ORGANISATION", "new_organisation"));
  await db.query(
    "INSERT INTO organisation (subject_id, kind) SELECT id, (ARRAY['SCHOOL', 'HEALTH', 'COOPERATIVE', 'AGENCY'])[k] FROM new_organisation",
  );
}

/** Eight households in ten and every other citizen are registered in the year; half are scored, very few only in part. */
async function fillAssessments(db: pg.Client, year: number): Promise<void> {
  await db.query(
    `INSERT INTO assessment (subject_id, round_id, title, year, unit_id, commune_id, criteria_set_id, state, total, is_complete, registered_on)
     SELECT s.id, r.id, s.title, r.year, s.unit_id, p.parent_id, (SELECT min(k.id) FROM criteria_set k WHERE k.title = s.title),
            CASE WHEN s.number % 10 < 5 THEN 'DRAFT' ELSE 'REGISTERED' END, 60 + s.number % 40, s.number % 10 < 5 AND s.number % 2000 <> 4,
            make_date(r.year, 3, 1)
       FROM subject s JOIN round r ON r.title = s.title AND r.year = $1
       JOIN placement p ON p.child_id = s.unit_id AND p.valid_to IS NULL
      WHERE s.title = 'FAMILY' AND s.number % 10 < 8 OR s.title = 'CITIZEN' AND s.number % 2 = 0`,
    [year],
  );
}

const LARGE = ["subject", "household", "citizen", "subject_home", "assessment", "register_row"];

/**
 * Takes keys and indexes of the largest tables away for the load: made once from all rows they take a fraction of the time of
 * millions of random insertions. Returns the statements that bring them back. The exclusion of two homes at a time stays away:
 * its check takes longer than everything else here, and no list asks it.
 */
async function dropKeys(db: pg.Client): Promise<string[]> {
  const { rows: constraints } = await db.query<{
    table: string;
    name: string;
    kind: string;
    definition: string;
  }>(
    `SELECT conrelid::regclass::text AS "table", quote_ident(conname) AS name, contype::text AS kind, pg_get_constraintdef(oid) AS definition
       FROM pg_constraint
      WHERE contype IN ('f', 'p', 'u', 'x') AND conparentid = 0
        AND (conrelid = ANY ($1::regclass[]) OR contype = 'f' AND confrelid = ANY ($1::regclass[]))
      ORDER BY contype`,
    [LARGE],
  );
  for (const { table, name } of constraints) await db.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
  const { rows: indexes } = await db.query<{ name: string; definition: string }>(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index WHERE indrelid = ANY ($1::regclass[])`,
    [LARGE],
  );
  for (const { name } of indexes) await db.query(`DROP INDEX ${name}`);
  const add = (kinds: string) =>
    constraints
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ table, name, definition }) => `ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`);

  return [...add("pu"), ...indexes.map(({ definition }) => definition), ...add("f")];
}

async function findWorld(db: pg.Client): Promise<World> {
  const { rows } = await db.query<World>(
    `SELECT p.id AS province, (SELECT min(commune_id) FROM new_hamlet WHERE dense) AS commune,
            (SELECT max(year) FROM round) AS year, (SELECT count(*)::int FROM new_hamlet) AS leaves
       FROM unit p WHERE p.level = 'PROVINCE' AND p.valid_to IS NULL AND p.name = $1`,
    [DENSE_PROVINCE],
  );
  const [world] = rows;
  if (!world) throw new Error("no province");

  return world;
}
