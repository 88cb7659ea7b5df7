import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import os from "node:os";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import type { RegistryColumn } from "@/features/data-export/columns";
import type { RegistryRecord } from "@/features/data-export/types";
import { writeWorkbook } from "@/lib/spreadsheet/write";
import { writeCsv } from "@/lib/spreadsheet/write-csv";
import { readArguments, writeFigures } from "../lib/args";
import { ownerUrl } from "../lib/owner-url";
import { applyMigrations } from "../lib/prisma.mjs";
import { fill } from "./bench/registry-data";

/*
 * npm run bench:export [-- --rows N --keep NAME --json PATH]
 * Takes all households of a province out (200,000; --rows 1000000 for a million) as its leader, through row-level security to the last
 * byte of a CSV and of an .xlsx file, and beside each the same number of rows from memory: what the writer alone can do. Prints
 * rows/s, seconds to the first byte and the peak memory of the process. The data is made in a database of its own on the same
 * server, dropped afterwards; --keep NAME leaves it (that of bench:registry will do), and uses it when it is there.
 */
const args = readArguments({ rows: "string", keep: "string" });
const kept = args.keep;
if (kept !== undefined && !/^[a-z_][a-z0-9_]{0,50}$/.test(kept))
  throw new TypeError("Tên cơ sở dữ liệu không hợp lệ.");
const wanted = Number(args.rows ?? 200_000);
if (!Number.isInteger(wanted) || wanted < 1_000 || wanted > 10_000_000)
  throw new TypeError("--rows: một số từ 1000 đến 10000000.");
const name = kept ?? `bench_export_${randomBytes(4).toString("hex")}`;
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
    if (!isThere) await load(db);
    await run(db);
  } finally {
    await db.end();
  }
} finally {
  if (kept === undefined) await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await server.end();
}

async function load(db: pg.Client): Promise<void> {
  execFileSync(
    process.execPath,
    [...process.execArgv, new URL("./seed-reference.ts", import.meta.url).pathname],
    { env: { ...process.env, DATABASE_URL: own }, stdio: "ignore" },
  );
  // The province holds every other household.
  const { province } = await fill(db, { households: wanted * 2, citizensPerHousehold: 0 });
  await db.query(
    "INSERT INTO app_user (username, name, password_hash) VALUES ('bench-tinh', 'Người thử', '-')",
  );
  await db.query(
    `INSERT INTO role_grant (user_id, role, unit_id, valid_from)
     SELECT id, 'PROVINCE_LEADER', $1::int, '2024-01-01' FROM app_user WHERE username = 'bench-tinh'`,
    [province],
  );
  await db.query("VACUUM ANALYZE");
}

async function run(db: pg.Client): Promise<void> {
  process.env.APP_DATABASE_URL = at(process.env.APP_DATABASE_URL ?? "", name);
  // After the address of the database is set: what reads it reads the environment as it is loaded.
  const { readRegistry } = await import("@/features/data-export/data/registry");
  const { registryColumns } = await import("@/features/data-export/columns");
  const { rows: found } = await db.query<{ id: string; unitId: number; year: number; version: string }>(
    `SELECT u.id, g.unit_id AS "unitId", (SELECT max(year) FROM round)::int AS year, current_setting('server_version') AS version
       FROM app_user u JOIN role_grant g ON g.user_id = u.id WHERE u.username = 'bench-tinh'`,
  );
  const [asker] = found;
  if (!asker) throw new Error("Không có người thử trong cơ sở dữ liệu này.");
  const { id, unitId, year, version } = asker;
  const columns = registryColumns(
    "FAMILY",
    { year, isAboveCommune: true, isClosed: false, showsIdentity: false },
    () => null,
  );
  const read = () => readRegistry({ id }, { unitId, year, title: "FAMILY", sort: "name" });
  const sample: RegistryRecord[] = [];
  for await (const record of read()) if (sample.push(record) === 1_000) break;

  const results: Result[] = [];
  for (const format of ["csv", "xlsx"] as const) {
    const whole = await measure(format, "cơ sở dữ liệu", columns, read());
    results.push(whole, await measure(format, "bộ nhớ", columns, repeated(sample, whole.rows)));
  }

  const figures = {
    machine: {
      cpu: os.cpus()[0]?.model ?? "?",
      cores: os.cpus().length,
      memoryGb: Math.round(os.totalmem() / 2 ** 30),
    },
    load: os.loadavg()[0],
    postgres: version,
    commit: commit(),
    registerRows: await countAll(db),
    results,
  };
  const { cpu, cores, memoryGb } = figures.machine;
  console.log(
    `Máy: ${cpu}, ${cores} nhân, ${memoryGb} GB, tải ${figures.load?.toFixed(1)}; PostgreSQL ${version}; mã nguồn ${figures.commit}; cả sổ ${figures.registerRows} mục`,
  );
  for (const one of results) {
    console.log(
      `${one.format.padEnd(4)} từ ${one.from.padEnd(13)} ${String(one.rows).padStart(8)} dòng, ${String(one.perSecond).padStart(7)} dòng/s, byte đầu sau ${one.firstByteSeconds} s, cả tệp ${one.seconds} s, ${one.megabytes} MB, bộ nhớ cao nhất ${one.peakMb} MB`,
    );
  }
  writeFigures(args.json, figures);
}

type Result = {
  format: "csv" | "xlsx";
  from: string;
  rows: number;
  perSecond: number;
  firstByteSeconds: number;
  seconds: number;
  megabytes: number;
  peakMb: number;
};

async function measure(
  format: Result["format"],
  from: string,
  columns: readonly RegistryColumn[],
  records: AsyncIterable<RegistryRecord>,
): Promise<Result> {
  let [count, bytes, peak, first] = [0, 0, 0, 0];
  async function* cells() {
    for await (const record of records) {
      count++;
      yield columns.map(({ value }) => value(record));
    }
  }
  const look = () => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const watch = setInterval(look, 50);
  const started = performance.now();
  const file =
    format === "csv"
      ? writeCsv({ columns, rows: cells() })
      : writeWorkbook({ sheets: [{ name: "Hộ gia đình", columns, rows: cells() }] });
  await pipeline(
    file,
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        if (bytes === 0) first = performance.now() - started;
        bytes += chunk.length;
        look();
        done();
      },
    }),
  );
  clearInterval(watch);
  const seconds = (performance.now() - started) / 1000;

  return {
    format,
    from,
    rows: count,
    perSecond: Math.round(count / seconds),
    firstByteSeconds: Math.round(first / 10) / 100,
    seconds: Math.round(seconds * 10) / 10,
    megabytes: Math.round(bytes / 1e6),
    peakMb: Math.round(peak / 1e6),
  };
}

async function* repeated<Row>(rows: readonly Row[], times: number): AsyncGenerator<Row> {
  for (let left = times; left > 0; left -= rows.length) yield* rows.slice(0, left);
}

async function countAll(db: pg.Client): Promise<number> {
  const { rows } = await db.query<{ n: number }>("SELECT count(*)::int AS n FROM register_row");

  return rows[0]?.n ?? 0;
}

function at(url: string, database: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;

  return address.href;
}

function commit(): string {
  try {
    return execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
  } catch {
    return "không rõ";
  }
}
