import { rmSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { withLock } from "./lock.mjs";
import { DATA_DIR } from "./paths.mjs";
import { preparePostgres } from "./postgres-binaries.mjs";
import { keptHome, temporaryHome, temporaryHomes } from "./postgres-home.mjs";
import { killServer, startServer, stopServer } from "./postgres-server.mjs";
import { identify, isRunning } from "./process.mjs";
import { ensureDataDir, keptSecret } from "./secrets.mjs";

/** Owner of the tables: not a superuser, so that the embedded database behaves as one run by somebody else. */
const OWNER = "hieuhoc";
const DATABASE = "hieuhoc";

/**
 * @typedef {{ url: string, adminUrl: string, reused: boolean, stop: () => Promise<void> }} OpenDatabase
 *   `url`: the owner's; `adminUrl`: the superuser's, on the maintenance database; `reused`: it ran already
 */

/**
 * The installation's database: the one DATABASE_URL names, else the embedded one, started when it does not run yet. The
 * last process that uses the embedded one stops it.
 * @returns {Promise<OpenDatabase>}
 */
export async function openDatabase() {
  const external = process.env.DATABASE_URL;
  if (external) return { url: external, adminUrl: external, reused: true, stop: async () => undefined };

  await ensureDataDir();
  const home = await keptHome(DATA_DIR);
  const lock = path.join(DATA_DIR, "database.lock");
  const users = path.join(DATA_DIR, "database-users");
  const us = path.join(users, String(process.pid));
  const password = await keptSecret("database-secret");
  const options = { ...home, pgsql: await preparePostgres(home.folder, home.user), password, durable: true };

  const server = await withLock(lock, async () => {
    const found = await startServer(options);
    await mkdir(users, { recursive: true });
    await writeFile(us, identify(process.pid) ?? "");
    return found;
  });

  const stop = () =>
    withLock(lock, async () => {
      await rm(us, { force: true });
      if (!(await hasUsers(users))) await stopServer(options);
    });
  try {
    return { ...(await addresses(server.port, password)), reused: server.reused, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * An empty database of its own, in a temporary folder, not flushed to disk; gone after `stop`.
 * @returns {Promise<OpenDatabase & { dataDir: string }>} `dataDir`: for files that belong to it, gone with it
 */
export async function openThrowawayDatabase() {
  await sweepTemporaryHomes();
  const home = await temporaryHome();
  const remove = () => rm(home.folder, { recursive: true, force: true, maxRetries: 5 });
  const pgsql = await preparePostgres(home.folder, home.user);
  const options = { ...home, pgsql, password: randomPassword(), durable: false };
  try {
    const { port } = await startServer(options);
    const abandon = () => {
      killServer(options);
      rmSync(home.folder, { recursive: true, force: true });
    };
    const stop = async () => {
      process.off("exit", abandon);
      await stopServer(options);
      await remove();
    };
    process.once("exit", abandon);
    // Without a listener these signals end the process and skip the above.
    for (const signal of ["SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(143));
    const dataDir = path.join(home.folder, "files");
    await mkdir(dataDir, { mode: 0o700 });
    return { ...(await addresses(port, options.password)), dataDir, reused: false, stop };
  } catch (error) {
    await stopServer(options).catch(() => undefined);
    await remove();
    throw error;
  }
}

const randomPassword = () => crypto.randomUUID().replaceAll("-", "");

/** Takes away what processes that were killed outright left behind. */
async function sweepTemporaryHomes() {
  for (const { folder, owner } of await temporaryHomes()) {
    if (isRunning(owner)) continue;
    killServer({ folder });
    await rm(folder, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
  }
}

/** @param {string} folder */
async function hasUsers(folder) {
  let found = false;
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    if (isRunning(await readFile(file, "utf8").catch(() => ""))) found = true;
    else await rm(file, { force: true });
  }
  return found;
}

/**
 * Makes the owner and the database when they are missing.
 * @param {number} port
 * @param {string} password of superuser and owner
 */
async function addresses(port, password) {
  const { default: pg } = await import("pg");
  const adminUrl = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock(4201001)");
    const { rowCount: roles } = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [OWNER]);
    if (!roles) {
      await client.query(`CREATE ROLE ${OWNER} LOGIN CREATEDB CREATEROLE PASSWORD '${password}'`);
    }
    const { rowCount: found } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [
      DATABASE,
    ]);
    if (!found) await client.query(`CREATE DATABASE ${DATABASE} OWNER ${OWNER}`);
  } finally {
    await client.end();
  }
  return { url: `postgresql://${OWNER}:${password}@127.0.0.1:${port}/${DATABASE}`, adminUrl };
}
