import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import os from "node:os";
import pg from "pg";
import { readArguments, writeFigures } from "../lib/args";
import { ownerUrl } from "../lib/owner-url";
import { applyMigrations } from "../lib/prisma.mjs";
import type { Case } from "./bench/registry-cases";
import type { World } from "./bench/registry-data";
import { fill } from "./bench/registry-data";

/*
 * npm run bench:registry [-- --households N --citizens PER_HOUSEHOLD --repeats N --keep NAME --strict --json PATH]
 * How long the first page of any list and any search takes, asked through the functions the pages ask, as a commune officer and
 * as a province leader, on invented people in a database of its own on the same server. The database is dropped afterwards;
 * --keep NAME leaves it, and uses it again when it is there. --strict: past the limits the command ends with 1.
 */
const LIMIT = { medianMs: 50, p95Ms: 150 };

const args = readArguments({
  households: "string",
  citizens: "string",
  repeats: "string",
  keep: "string",
  strict: "boolean",
});
const repeats = count(args.repeats, 40);
const size = { households: count(args.households, 1_000_000), citizensPerHousehold: count(args.citizens, 3) };

const kept = typeof args.keep === "string" ? args.keep : undefined;
if (kept !== undefined && !/^[a-z_][a-z0-9_]{0,50}$/.test(kept))
  throw new TypeError("Tên cơ sở dữ liệu không hợp lệ.");
const name = kept ?? `bench_registry_${randomBytes(4).toString("hex")}`;
const own = at(ownerUrl(), name);
const server = new pg.Client({ connectionString: ownerUrl() });
await server.connect();
try {
  const isThere = (await server.query("SELECT 1 FROM pg_database WHERE datname = $1", [name])).rowCount === 1;
  if (!isThere) await server.query(`CREATE DATABASE ${name}`);
  await applyMigrations(own);
  const db = new pg.Client({ connectionString: own });
  await db.connect();
  try {
    const loadMs = isThere ? undefined : await load(db);
    await run(db, loadMs);
  } finally {
    await db.end();
  }
} finally {
  if (kept === undefined) await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await server.end();
}

async function load(db: pg.Client): Promise<number> {
  const started = performance.now();
  execFileSync(
    process.execPath,
    [...process.execArgv, new URL("./seed-reference.ts", import.meta.url).pathname],
    {
      env: { ...process.env, DATABASE_URL: own },
      stdio: "ignore",
    },
  );
  const { province, commune } = await fill(db, size);
  await db.query(
    "INSERT INTO app_user (username, name, password_hash) VALUES ('bench-tinh', 'Người thử', '-'), ('bench-xa', 'Người thử', '-')",
  );
  await db.query(
    `INSERT INTO role_grant (user_id, role, unit_id, valid_from)
     SELECT id, CASE username WHEN 'bench-tinh' THEN 'PROVINCE_LEADER' ELSE 'COMMUNE_OFFICER' END,
            CASE username WHEN 'bench-tinh' THEN $1::int ELSE $2::int END, '2024-01-01' FROM app_user WHERE username IN ('bench-tinh', 'bench-xa')`,
    [province, commune],
  );
  await db.query("VACUUM ANALYZE");

  return Math.round(performance.now() - started);
}

async function run(db: pg.Client, loadMs: number | undefined): Promise<void> {
  const cases = await prepare(db);
  const results = [];
  for (const one of cases) results.push(await measure(one));
  const { rows } = await db.query<{ version: string; figures: Record<string, number> }>(
    `SELECT current_setting('server_version') AS version,
            (SELECT jsonb_object_agg(title, n) FROM (SELECT title, count(*) AS n FROM subject GROUP BY title) t) AS figures`,
  );
  const figures = {
    machine: {
      cpu: os.cpus()[0]?.model ?? "?",
      cores: os.cpus().length,
      memoryGb: Math.round(os.totalmem() / 2 ** 30),
    },
    load: os.loadavg()[0],
    postgres: rows[0]?.version,
    commit: commit(),
    rows: rows[0]?.figures,
    loadMs,
    repeats,
    limit: LIMIT,
    results,
  };
  console.log(
    `Máy: ${figures.machine.cpu}, ${figures.machine.cores} nhân, tải ${figures.load?.toFixed(1)}; PostgreSQL ${figures.postgres}; mã nguồn ${figures.commit}`,
  );
  console.log(
    `Dữ liệu: ${JSON.stringify(figures.rows)}${loadMs === undefined ? "" : `, nạp trong ${Math.round(loadMs / 1000)} s`}`,
  );
  console.log(`Giới hạn: trung vị ${LIMIT.medianMs} ms, p95 ${LIMIT.p95Ms} ms; mỗi phép ${repeats} lần`);
  for (const { who, name: what, medianMs, p95Ms, rows: found, isWithin } of results) {
    console.log(
      `${isWithin ? " " : "!"} ${who.padEnd(5)} ${what.padEnd(42)} ${String(medianMs).padStart(8)} ms ${String(p95Ms).padStart(8)} ms  ${found} dòng`,
    );
  }
  writeFigures(args.json, figures);
  const past = results.filter(({ isWithin }) => !isWithin).length;
  console.log(past === 0 ? "Mọi phép trong giới hạn." : `${past} phép vượt giới hạn.`);
  if (past > 0 && args.strict) process.exitCode = 1;
}

/** Signs the functions of the application in as the web role, and says what the two askers ask. */
async function prepare(db: pg.Client): Promise<Case[]> {
  process.env.APP_DATABASE_URL = at(process.env.APP_DATABASE_URL ?? "", name);
  const { casesOf } = await import("./bench/registry-cases");
  const { rows: askers } = await db.query<{ id: string; unitId: number; username: string }>(
    `SELECT u.id, g.unit_id AS "unitId", u.username FROM app_user u JOIN role_grant g ON g.user_id = u.id WHERE u.username LIKE 'bench-%' ORDER BY u.username`,
  );
  const year =
    (await db.query<Pick<World, "year">>("SELECT max(year) AS year FROM round")).rows[0]?.year ?? 0;
  const cases: Case[] = [];
  for (const { id, unitId, username } of askers) {
    const { rows } = await db.query<{ id: string; number: string }>(
      `SELECT s.id, s.number FROM ancestry a JOIN subject s ON s.unit_id = a.descendant_id
        WHERE a.ancestor_id = $1 AND a.valid_to IS NULL AND s.title = 'CITIZEN' AND s.active_to IS NULL AND s.name_sort >= 'long' ORDER BY s.name_sort LIMIT 1`,
      [unitId],
    );
    const [row] = rows;
    if (!row) throw new Error("no rows");
    cases.push(
      ...casesOf(
        username === "bench-xa" ? "xã" : "tỉnh",
        { id },
        { unitId, year, code: `CD${row.number}`, from: row.id },
      ),
    );
  }

  return cases;
}

type Result = { name: string; who: string; medianMs: number; p95Ms: number; rows: number; isWithin: boolean };

async function measure({ name: what, who, ask }: Case): Promise<Result> {
  let rows = await ask();
  const times: number[] = [];
  for (let n = 0; n < repeats; n++) {
    const started = performance.now();
    rows = await ask();
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  const medianMs = round(times[Math.floor(times.length / 2)] ?? 0);
  const p95Ms = round(times[Math.min(times.length - 1, Math.floor(times.length * 0.95))] ?? 0);

  return {
    name: what,
    who,
    medianMs,
    p95Ms,
    rows,
    isWithin: medianMs <= LIMIT.medianMs && p95Ms <= LIMIT.p95Ms,
  };
}

function at(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;

  return changed.href;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function count(text: string | boolean | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 100_000_000)
    throw new TypeError(`Số không hợp lệ: ${text}`);

  return value;
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
