import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { readArguments, writeFigures } from "../lib/args";
import { ownerUrl } from "../lib/owner-url";
import { applyMigrations } from "../lib/prisma.mjs";
import { openAppRole } from "../lib/roles.mjs";
import { importUnderFire } from "./fault/import-fire";

/*
 * npm run fault:import [-- --rows N --hamlets N --kills N --seed TEXT --json PATH]
 * The worker is killed outright (SIGKILL) at random moments while it imports a list with one bad row in a hundred; then the
 * import runs to its end. The register must say the same as after an undisturbed run. On a database of its own, dropped afterwards.
 */
const args = readArguments({ rows: "string", hamlets: "string", kills: "string", seed: "string" });
const size = {
  rows: Number(args.rows ?? 100_000),
  hamlets: Number(args.hamlets ?? 40),
  kills: Number(args.kills ?? 20),
  seed: args.seed ?? randomBytes(6).toString("hex"),
};
const url = ownerUrl();
const name = `fault_import_${randomBytes(4).toString("hex")}`;
const own = new URL(url);
own.pathname = `/${name}`;
const server = new pg.Client({ connectionString: url });
const folder = await mkdtemp(path.join(os.tmpdir(), "hieu-hoc-fault-"));
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
  try {
    console.log(`Hạt ngẫu nhiên: ${size.seed}`);
    const result = await importUnderFire(db, env, size);
    const isSame = result.calm === result.fire && result.halves === 0 && result.differences === 0;
    console.log(
      `${result.rows} dòng; giết ${result.kills} lần, ${result.hits} lần đang giữa việc; lượt yên ${result.calmSeconds.toFixed(1)} s; thấy dở dang ${result.halves} lần; bộ đếm lệch ${result.differences} dòng`,
    );
    console.log(isSame ? `Giống hệt lượt yên: ${result.fire}` : `KHÁC: ${result.calm} ≠ ${result.fire}`);
    writeFigures(args.json, { ...size, ...result });
    if (!isSame) process.exitCode = 1;
  } finally {
    await db.end();
    const { prisma } = await import("@/lib/db/client");
    await prisma.$disconnect();
  }
} finally {
  await server.query(`DROP DATABASE ${name} WITH (FORCE)`);
  await server.end();
  await rm(folder, { recursive: true, force: true });
}
