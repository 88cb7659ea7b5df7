import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import os from "node:os";
import pg from "pg";
import { counterColumn, UNIT_YEAR_COUNTERS } from "@/domain/indicator/counters";
import { readArguments, writeFigures } from "../lib/args";
import { ownerUrl } from "../lib/owner-url";
import { applyMigrations } from "../lib/prisma.mjs";
import type { Size } from "./bench/rollup-data";
import { BENCH_YEAR, fill } from "./bench/rollup-data";

/*
 * npm run bench:rollup [-- --households N --citizens PER_HOUSEHOLD --leaves N --repeats N --json PATH]
 * What the counters of unit_year save a dashboard and cost a writer, on invented data in a database of its own on the same
 * server, dropped afterwards. Every time is the median of the repeats after one run that does not count.
 */
const args = readArguments({ households: "string", citizens: "string", leaves: "string", repeats: "string" });
const url = ownerUrl();

const size: Size = {
  households: count(args.households, 100_000),
  citizensPerHousehold: count(args.citizens, 3),
  leaves: count(args.leaves, 300),
};
const repeats = count(args.repeats, 5);
const ROWS_WRITTEN = 10_000;

/** The dashboard's sum, as the application asks for it. */
const SUM = `SELECT ${UNIT_YEAR_COUNTERS.map((one) => `sum(y.${counterColumn(one)})::int`).join(", ")}
  FROM ancestry a JOIN unit_year y ON y.unit_id = a.descendant_id AND y.year = $2
 WHERE a.ancestor_id = $1 AND a.valid_from <= make_date($2, 12, 31) AND (a.valid_to IS NULL OR a.valid_to > make_date($2, 12, 31))`;

/** The five stages of every title, without counters: counted from the raw rows each time somebody looks. */
const LIVE = `SELECT s.title, count(*), count(a.id), count(*) FILTER (WHERE a.is_complete),
       count(*) FILTER (WHERE a.state IN ('SUBMITTED', 'APPROVED', 'RECOGNISED')), count(DISTINCT r.subject_id)
  FROM ancestry x
  JOIN subject_home h ON h.unit_id = x.descendant_id AND h.valid_from <= make_date($2, 12, 31)
   AND (h.valid_to IS NULL OR h.valid_to > make_date($2, 12, 31))
  JOIN subject s ON s.id = h.subject_id
  LEFT JOIN assessment a ON a.subject_id = s.id AND a.title = s.title AND a.year = $2
  LEFT JOIN recognition r ON r.subject_id = s.id AND r.first_year <= $2 AND r.last_year >= $2
 WHERE x.ancestor_id = $1 AND x.valid_from <= make_date($2, 12, 31) AND (x.valid_to IS NULL OR x.valid_to > make_date($2, 12, 31))
 GROUP BY s.title`;

const INSERT_ASSESSMENTS = `INSERT INTO assessment (subject_id, round_id, title, year, unit_id, commune_id, criteria_set_id, state, registered_on)
  SELECT s.id, r.id, s.title, r.year, s.unit_id, p.parent_id, (SELECT k.id FROM criteria_set k WHERE k.title = s.title), 'REGISTERED', make_date(r.year, 3, 1)
    FROM (SELECT * FROM subject WHERE title = 'CITIZEN' ORDER BY unit_id, id LIMIT ${ROWS_WRITTEN}) s
    JOIN round r ON r.title = s.title AND r.year = ${BENCH_YEAR + 1} JOIN placement p ON p.child_id = s.unit_id`;
const INSERT_SUBJECTS = `CREATE TEMP TABLE newcomer ON COMMIT DROP AS SELECT gen_random_uuid() AS id, unit_id
    FROM (SELECT unit_id FROM subject WHERE title = 'CITIZEN' ORDER BY unit_id, id LIMIT ${ROWS_WRITTEN}) s;
  INSERT INTO subject (id, title, unit_id, name, active_from) SELECT id, 'FAMILY', unit_id, 'Hộ mới', '2015-01-01' FROM newcomer;
  INSERT INTO household (subject_id) SELECT id FROM newcomer`;
const INSERT_HOMES =
  "INSERT INTO subject_home (subject_id, unit_id, valid_from) SELECT id, unit_id, '2015-01-01' FROM newcomer";

const name = `bench_rollup_${randomBytes(4).toString("hex")}`;
const own = new URL(url);
own.pathname = `/${name}`;
const server = new pg.Client({ connectionString: url });
await server.connect();
await server.query(`CREATE DATABASE ${name}`);
try {
  await applyMigrations(own.href);
  const db = new pg.Client({ connectionString: own.href });
  await db.connect();
  try {
    await run(db);
  } finally {
    await db.end();
  }
} finally {
  await server.query(`DROP DATABASE ${name} WITH (FORCE)`);
  await server.end();
}

async function run(db: pg.Client): Promise<void> {
  const loaded = performance.now();
  const { province, leaves } = await fill(db, size);
  const loadMs = Math.round(performance.now() - loaded);
  const counted = performance.now();
  await db.query("SELECT recount_units($1::int[], tracked_years())", [leaves]);
  const fullRecountMs = Math.round(performance.now() - counted);
  await db.query("VACUUM ANALYZE");

  const [leaf] = leaves;
  const liveMs = await median(() => db.query(LIVE, [province, BENCH_YEAR]));
  const sumMs = await median(() => db.query(SUM, [province, BENCH_YEAR]));
  const leafRecountMs = await median(() =>
    db.query("SELECT recount_units(ARRAY[$1::int], ARRAY[$2::int])", [leaf, BENCH_YEAR]),
  );
  const write = {
    assessment: await writeCost(db, {
      table: "assessment",
      trigger: "assessment_counted_insert",
      insert: INSERT_ASSESSMENTS,
    }),
    subject_home: await writeCost(db, {
      table: "subject_home",
      trigger: "subject_home_counted_insert",
      prepare: INSERT_SUBJECTS,
      insert: INSERT_HOMES,
    }),
  };
  const { rows } = await db.query<{ stored: unknown }>("SELECT * FROM recount_differences()");
  if (rows.length > 0) throw new Error(`Bộ đếm lệch ${rows.length} dòng sau phép đo.`);

  const figures = {
    machine: {
      cpu: os.cpus()[0]?.model ?? "?",
      cores: os.cpus().length,
      memoryGb: Math.round(os.totalmem() / 2 ** 30),
    },
    postgres: (await db.query<{ server_version: string }>("SHOW server_version")).rows[0]?.server_version,
    commit: commit(),
    rows: await rowCounts(db),
    loadMs,
    fullRecountMs,
    liveMs,
    sumMs,
    ratio: round(liveMs / sumMs),
    leafRecountMs,
    write,
    repeats,
  };
  print(figures);
  writeFigures(args.json, figures);
}

type Write = { table: string; trigger: string; prepare?: string; insert: string };

/** The same insert with the counting trigger and without it, each rolled back. */
async function writeCost(
  db: pg.Client,
  { table, trigger, prepare, insert }: Write,
): Promise<{ rows: number; leaves: number; withMs: number; withoutMs: number; ratio: number }> {
  const { rows } = await db.query<{ rows: number; leaves: number }>(
    `SELECT count(*)::int AS rows, count(DISTINCT unit_id)::int AS leaves FROM (SELECT unit_id FROM subject WHERE title = 'CITIZEN' ORDER BY unit_id, id LIMIT ${ROWS_WRITTEN}) s`,
  );
  const timed = async (counts: boolean): Promise<number> => {
    await db.query("BEGIN");
    if (!counts) await db.query(`ALTER TABLE ${table} DISABLE TRIGGER ${trigger}`);
    if (prepare) await db.query(prepare);
    const started = performance.now();
    await db.query(insert);
    const ms = performance.now() - started;
    await db.query("ROLLBACK");

    return ms;
  };
  const samples: [number, number][] = [];
  for (let n = 0; n <= repeats; n++) samples.push([await timed(true), await timed(false)]);
  const kept = samples.slice(1);
  const withMs = middle(kept.map(([one]) => one));
  const withoutMs = middle(kept.map(([, one]) => one));

  return {
    rows: rows[0]?.rows ?? 0,
    leaves: rows[0]?.leaves ?? 0,
    withMs,
    withoutMs,
    ratio: round(withMs / withoutMs),
  };
}

async function median(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n <= repeats; n++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }

  return middle(times.slice(1));
}

function middle(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);

  return round(sorted[Math.floor(sorted.length / 2)] ?? 0);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

async function rowCounts(db: pg.Client): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of ["household", "citizen", "assessment", "recognition", "unit_year"]) {
    const { rows } = await db.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`);
    counts[table] = rows[0]?.n ?? 0;
  }

  return { ...counts, leaves: size.leaves };
}

function commit(): string {
  try {
    const git = (...rest: string[]) =>
      execFileSync("git", rest, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();

    return git("rev-parse", "--short", "HEAD") + (git("status", "--porcelain") === "" ? "" : " (có sửa đổi)");
  } catch {
    return "không rõ";
  }
}

function print(figures: {
  machine: { cpu: string; cores: number };
  postgres: string | undefined;
  commit: string;
  rows: Record<string, number>;
  fullRecountMs: number;
  liveMs: number;
  sumMs: number;
  ratio: number;
  leafRecountMs: number;
  write: Record<string, { rows: number; leaves: number; withMs: number; withoutMs: number; ratio: number }>;
}): void {
  const { machine, rows, write } = figures;
  console.log(
    `Máy: ${machine.cpu}, ${machine.cores} nhân; PostgreSQL ${figures.postgres}; mã nguồn ${figures.commit}`,
  );
  console.log(
    `Dữ liệu: ${Object.entries(rows)
      .map(([table, n]) => `${table} ${n}`)
      .join(", ")}`,
  );
  console.log(
    `Đếm thẳng từ dòng gốc: ${figures.liveMs} ms · cộng unit_year: ${figures.sumMs} ms · nhanh hơn ${figures.ratio} lần`,
  );
  console.log(`Đếm lại một thôn: ${figures.leafRecountMs} ms · đếm lại tất cả: ${figures.fullRecountMs} ms`);
  for (const [table, cost] of Object.entries(write)) {
    console.log(
      `Ghi ${cost.rows} dòng ${table} ở ${cost.leaves} thôn: có bộ đếm ${cost.withMs} ms, không ${cost.withoutMs} ms · gấp ${cost.ratio} lần`,
    );
  }
}

function count(text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 100_000_000)
    throw new TypeError(`Số không hợp lệ: ${text}`);

  return value;
}
