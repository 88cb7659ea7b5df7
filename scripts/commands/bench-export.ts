import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import os from "node:os";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { readArguments, writeFigures } from "../lib/args";
import { ownerUrl } from "../lib/owner-url";
import { applyMigrations } from "../lib/prisma.mjs";
import { fill } from "./bench/registry-data";

/*
 * npm run bench:export [-- --households N --keep NAME --json PATH]
 * Takes the whole list of households of a province out as a province leader, from the database through row-level security to the
 * last byte of an .xlsx and of a CSV file, and prints rows/s and the peak memory of the process. The data is made in a database of
 * its own on the same server, dropped afterwards; --keep NAME leaves it (that of bench:registry will do), and uses it when it is there.
 */
const args = readArguments({ households: "string", keep: "string" });
const kept = typeof args.keep === "string" ? args.keep : undefined;
if (kept !== undefined && !/^[a-z_][a-z0-9_]{0,50}$/.test(kept))
  throw new TypeError("Tên cơ sở dữ liệu không hợp lệ.");
const households = Number(args.households ?? 1_000_000);
if (!Number.isInteger(households) || households < 1)
  throw new TypeError("--households: một số nguyên dương.");
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
  const { province } = await fill(db, { households, citizensPerHousehold: 0 });
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
  const { readRegistry } = await import("@/features/data-export/data/registry");
  const { registryColumns } = await import("@/features/data-export/columns");
  const { writeWorkbook } = await import("@/lib/spreadsheet/write");
  const { writeCsv } = await import("@/lib/spreadsheet/write-csv");
  const { rows } = await db.query<{ id: string; unitId: number; year: number; version: string }>(
    `SELECT u.id, g.unit_id AS "unitId", (SELECT max(year) FROM round)::int AS year, current_setting('server_version') AS version
       FROM app_user u JOIN role_grant g ON g.user_id = u.id WHERE u.username = 'bench-tinh'`,
  );
  const [asker] = rows;
  if (!asker) throw new Error("Không có người thử trong cơ sở dữ liệu này.");
  const { id, unitId, year, version } = asker;
  const columns = registryColumns(
    "FAMILY",
    { year, isAboveCommune: true, isClosed: false, showsIdentity: false },
    () => null,
  );
  const results: {
    format: string;
    rows: number;
    seconds: number;
    perSecond: number;
    megabytes: number;
    peakMb: number;
  }[] = [];

  for (const format of ["xlsx", "csv"] as const) {
    let [count, bytes, peak] = [0, 0, 0];
    async function* cells() {
      for await (const record of readRegistry({ id }, { unitId, year, title: "FAMILY", sort: "name" })) {
        count++;
        yield columns.map(({ value }) => value(record));
      }
    }
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 50);
    const started = performance.now();
    const file =
      format === "csv"
        ? writeCsv({ columns, rows: cells() })
        : writeWorkbook({ sheets: [{ name: "Hộ gia đình", columns, rows: cells() }] });
    await pipeline(
      file,
      new Writable({
        write(chunk: Buffer, _encoding, done) {
          bytes += chunk.length;
          done();
        },
      }),
    );
    clearInterval(watch);
    const seconds = (performance.now() - started) / 1000;
    results.push({
      format,
      rows: count,
      seconds: Math.round(seconds * 10) / 10,
      perSecond: Math.round(count / seconds),
      megabytes: Math.round(bytes / 1e6),
      peakMb: Math.round(peak / 1e6),
    });
  }

  const figures = {
    machine: {
      cpu: os.cpus()[0]?.model ?? "?",
      cores: os.cpus().length,
      memoryGb: Math.round(os.totalmem() / 2 ** 30),
    },
    load: os.loadavg()[0],
    postgres: version,
    commit: execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim(),
    results,
  };
  console.log(
    `Máy: ${figures.machine.cpu}, ${figures.machine.cores} nhân, tải ${figures.load?.toFixed(1)}; PostgreSQL ${version}; mã nguồn ${figures.commit}`,
  );
  for (const one of results) {
    console.log(
      `${one.format}: ${one.rows} dòng trong ${one.seconds} s (${one.perSecond} dòng/s), tệp ${one.megabytes} MB, bộ nhớ cao nhất của tiến trình ${one.peakMb} MB`,
    );
  }
  await writeFigures(args.json, figures);
}

function at(url: string, database: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;

  return address.href;
}
