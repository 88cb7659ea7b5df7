import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { ImportPlan } from "@/features/data-import/types";
import { openSpreadsheet } from "@/lib/spreadsheet/read";
import { readArguments, writeFigures } from "../lib/args";
import { ownerUrl } from "../lib/owner-url";
import { applyMigrations } from "../lib/prisma.mjs";
import { openAppRole } from "../lib/roles.mjs";
import { startWorker } from "../lib/worker.mjs";
import { openDrive } from "./bench/import-drive";
import { listColumns, listRows, writeList } from "./bench/import-list";
import { buildTown } from "./bench/import-world";

/*
 * npm run bench:import [-- --rows N --list households --hamlets N --bad PERCENT --again --undo --json PATH --strict]
 * The list is one of people with identity numbers, who make their households, or one of households. How long a commune waits for a long list: look, check and write through a worker process of its own, on a database of its own
 * on the same server, dropped afterwards; beside two limits of the same run: only parsing the file, and COPY of the same rows.
 * --again imports the file once more, --undo takes it back. --strict ends with 1 past 60 s or 512 MB.
 */
const args = readArguments({
  rows: "string",
  list: "string",
  hamlets: "string",
  bad: "string",
  again: "boolean",
  undo: "boolean",
  strict: "boolean",
});
const size = {
  rows: Number(args.rows ?? 100_000),
  hamlets: Number(args.hamlets ?? 40),
  badPercent: Number(args.bad ?? 1),
  seed: "bench-import",
  kind: args.list === "households" ? ("households" as const) : ("people" as const),
};
const LIMIT_SECONDS = 60;
const LIMIT_MB = 512;

const url = ownerUrl();
const name = `bench_import_${randomBytes(4).toString("hex")}`;
const own = new URL(url);
own.pathname = `/${name}`;
const server = new pg.Client({ connectionString: url });
const folder = await mkdtemp(path.join(os.tmpdir(), "hieu-hoc-bench-"));
await server.connect();
await server.query(`CREATE DATABASE ${name}`);
try {
  await applyMigrations(own.href);
  const secret = process.env.AUTH_SECRET ?? "";
  const env = {
    DATABASE_URL: own.href,
    APP_DATABASE_URL: await openAppRole(own.href, secret),
    AUTH_SECRET: secret,
    IDENTITY_KEY: process.env.IDENTITY_KEY ?? "",
    DATA_DIR: folder,
  };
  Object.assign(process.env, {
    APP_DATABASE_URL: env.APP_DATABASE_URL,
    DATA_DIR: folder,
    FILES_DRIVER: "disk",
  });
  const db = new pg.Client({ connectionString: own.href });
  await db.connect();
  const worker = startWorker(env);
  try {
    await run(db, worker.pid);
  } finally {
    await worker.stop();
    await db.end();
    const { prisma } = await import("@/lib/db/client");
    await prisma.$disconnect();
  }
} finally {
  await server.query(`DROP DATABASE ${name} WITH (FORCE)`);
  await server.end();
  await rm(folder, { recursive: true, force: true });
}

async function run(db: pg.Client, workerPid: () => number | undefined): Promise<void> {
  const town = await buildTown(db, size.hamlets);
  const file = path.join(folder, "list.xlsx");
  const stored = await writeList(file, size);
  const drive = await openDrive(db, town, folder);

  const asked = await drive.bring(file, stored);
  const look = await drive.until(asked, "LOOKED");
  const check = await drive.until(await drive.check(asked.batchId), "CHECKED");
  const { plan, counts } = await drive.row(asked.batchId);
  const write = await drive.until(await drive.write(asked.batchId), "WRITTEN");
  const peakMb = peakOf(workerPid());
  const again = args.again ? await importAgain(drive, file, stored) : null;
  const undo = args.undo ? await drive.until(await drive.undo(asked.batchId), "UNDONE") : null;

  const seconds = look + check + write;
  const parse = await timed(() => parseOnly(file, plan));
  const copy = await timed(() => copyOnly(db));
  const { rows: subjects } = await db.query<{ title: string; count: number }>(
    "SELECT title, count(*)::int AS count FROM subject GROUP BY title ORDER BY title",
  );
  const figures = {
    machine: {
      cpu: os.cpus()[0]?.model ?? "?",
      cores: os.cpus().length,
      memoryGb: Math.round(os.totalmem() / 2 ** 30),
      load: os.loadavg()[0],
    },
    postgres: (await db.query<{ server_version: string }>("SHOW server_version")).rows[0]?.server_version,
    commit: commit(),
    file: { rows: size.rows, kind: size.kind, columns: listColumns(size).length, bytes: stored.bytes },
    rows: counts.rows,
    households: counts.households,
    subjects: Object.fromEntries(subjects.map(({ title, count }) => [title, count])),
    seconds: { look, check, write, all: seconds, again, undo },
    rowsPerSecond: Math.round(size.rows / seconds),
    limits: { parseSeconds: parse, copySeconds: copy },
    peakMb: { worker: peakMb, withSecondRun: peakOf(workerPid()) },
  };
  print(figures);
  writeFigures(args.json, figures);
  if (args.strict && (seconds > LIMIT_SECONDS || peakMb > LIMIT_MB)) process.exitCode = 1;
}

async function importAgain(
  drive: Awaited<ReturnType<typeof openDrive>>,
  file: string,
  stored: Readonly<{ bytes: number; sha256: string }>,
): Promise<{ check: number; counts: Record<string, number> }> {
  const asked = await drive.bring(file, stored);
  await drive.until(asked, "LOOKED");
  const check = await drive.until(await drive.check(asked.batchId), "CHECKED");

  return { check, counts: (await drive.row(asked.batchId)).counts.rows };
}

async function parseOnly(file: string, plan: ImportPlan): Promise<void> {
  const { parseRows } = await import("@/features/data-import/parse/rows");
  const spreadsheet = await openSpreadsheet(file, { fileName: "list.xlsx" });
  let count = 0;
  for await (const row of parseRows(spreadsheet, plan)) count += row.rowNumber > 0 ? 1 : 0;
  await spreadsheet.close();
  if (count !== size.rows) throw new Error(`${count} dòng thay vì ${size.rows}`);
}

async function copyOnly(db: pg.Client): Promise<void> {
  await db.query(
    `CREATE TABLE bench_copy (${listColumns(size)
      .map((_, index) => `c${index} text`)
      .join(", ")})`,
  );
  function* lines() {
    for (const cells of listRows(size)) {
      yield `${cells.map((cell) => (cell === null ? "\\N" : typeof cell === "object" ? cell.date : String(cell))).join("\t")}\n`;
    }
  }
  await pipeline(lines, db.query(copyFrom("COPY bench_copy FROM STDIN")));
}

async function timed(work: () => Promise<void>): Promise<number> {
  const from = performance.now();
  await work();

  return (performance.now() - from) / 1000;
}

/** The most memory the process ever held, all of it, in MB; Linux tells. */
function peakOf(pid: number | undefined): number {
  const status = pid === undefined ? "" : readFileSync(`/proc/${pid}/status`, "utf8");

  return Math.round(Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024);
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
  machine: { cpu: string; cores: number; load: number | undefined };
  postgres: string | undefined;
  commit: string;
  file: { kind: string; rows: number; columns: number; bytes: number };
  rows: Record<string, number>;
  subjects: Record<string, number>;
  seconds: {
    look: number;
    check: number;
    write: number;
    all: number;
    again: { check: number } | null;
    undo: number | null;
  };
  rowsPerSecond: number;
  limits: { parseSeconds: number; copySeconds: number };
  peakMb: { worker: number; withSecondRun: number };
}): void {
  const { machine, seconds, limits } = figures;
  const s = (value: number) => `${value.toFixed(1)} s`;
  console.log(
    `Máy: ${machine.cpu}, ${machine.cores} nhân, tải ${machine.load?.toFixed(1)}; PostgreSQL ${figures.postgres}; mã nguồn ${figures.commit}`,
  );
  console.log(
    `Tệp: ${figures.file.kind === "households" ? "danh sách hộ" : "danh sách nhân khẩu có CCCD"}, ${figures.file.rows} dòng × ${figures.file.columns} cột, ${Math.round(figures.file.bytes / 1024)} KB; kết quả ${JSON.stringify(figures.rows)}`,
  );
  console.log(`Sổ sau khi ghi: ${JSON.stringify(figures.subjects)}`);
  console.log(
    `Xem ${s(seconds.look)} · kiểm tra ${s(seconds.check)} · ghi ${s(seconds.write)} · tất cả ${s(seconds.all)} (giới hạn ${LIMIT_SECONDS} s) · ${figures.rowsPerSecond} dòng/s`,
  );
  console.log(
    `Giới hạn đo cùng lượt: chỉ đọc tệp ${s(limits.parseSeconds)} (${Math.round(figures.file.rows / limits.parseSeconds)} dòng/s) · COPY ${s(limits.copySeconds)} (${Math.round(figures.file.rows / limits.copySeconds)} dòng/s)`,
  );
  console.log(`Bộ nhớ cao nhất của tiến trình nhập: ${figures.peakMb.worker} MB (giới hạn ${LIMIT_MB} MB)`);
  if (seconds.again) console.log(`Cùng tệp lần nữa: kiểm tra ${s(seconds.again.check)}`);
  if (seconds.undo !== null) console.log(`Hoàn tác: ${s(seconds.undo)}`);
}
