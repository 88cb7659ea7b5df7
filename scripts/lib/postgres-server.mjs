import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { chown, open, readFile, rename, rm, stat, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { freePort } from "./ports.mjs";
import { identify, run, sleep, waitFor } from "./process.mjs";

/**
 * One PostgreSQL server on this machine, reachable on 127.0.0.1 only.
 * @typedef {{ pgsql: string, folder: string, user: import("./postgres-home.mjs").SystemUser | undefined,
 *   password: string, durable: boolean }} ServerOptions
 *   `pgsql`: programs; `folder`: where the data are; `durable` false: nothing is flushed, for data to be thrown away
 * @typedef {{ pid: number, port: number }} RunningServer
 */

const START_TIMEOUT = 60_000;
const LOG_LIMIT = 8 * 1024 * 1024;

/** @param {{ folder: string }} options */
const dataFolder = ({ folder }) => path.join(folder, "data");

/** @param {{ folder: string }} options */
const logFile = ({ folder }) => path.join(folder, "postgres.log");

/**
 * Starts the server, or finds the one that already runs on these data.
 * @param {ServerOptions} options
 * @returns {Promise<RunningServer & { reused: boolean }>}
 */
export async function startServer(options) {
  if (!existsSync(path.join(dataFolder(options), "PG_VERSION"))) await initialise(options);

  const running = await findRunning(options);
  if (running) {
    await waitUntilReady(options, running);
    return { ...running, reused: true };
  }
  return { ...(await launch(options)), reused: false };
}

/**
 * Stops the server after its running statements were cancelled; returns when it is gone.
 * @param {ServerOptions} options
 */
export async function stopServer(options) {
  const running = await findRunning(options);
  if (!running) return;
  const identity = identify(running.pid);
  process.kill(running.pid, "SIGINT");
  const gone = await waitFor(() => identify(running.pid) !== identity, { timeout: 30_000, every: 25 });
  if (!gone) process.kill(running.pid, "SIGQUIT");
}

/**
 * Ends a server whose data are thrown away, at once.
 * @param {{ folder: string }} options
 */
export function killServer(options) {
  const data = dataFolder(options);
  try {
    const pid = Number(readFileSync(path.join(data, "postmaster.pid"), "utf8").split("\n")[0]);
    if (pid && isPostmaster(pid, data)) process.kill(pid, "SIGQUIT");
  } catch {
    // It ended by itself.
  }
}

/**
 * Makes an empty cluster. Complete or not at all: an interrupted attempt leaves only a draft.
 * @param {ServerOptions} options
 */
async function initialise(options) {
  const data = dataFolder(options);
  const draft = `${data}.draft`;
  const passwordFile = path.join(options.folder, "initial-password");
  await rm(draft, { recursive: true, force: true });
  await writeFile(passwordFile, `${options.password}\n`, { mode: 0o600 });
  if (options.user) await chown(passwordFile, options.user.uid, options.user.gid);
  try {
    // C.UTF-8 from PostgreSQL itself: the same upper and lower case on every machine. The system's C.UTF-8 besides it,
    // where there is one, because pg_trgm asks the system which characters are letters.
    const flags = [
      "-D",
      draft,
      "-U",
      "postgres",
      "-A",
      "scram-sha-256",
      `--pwfile=${passwordFile}`,
      "-E",
      "UTF8",
    ];
    flags.push("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions");
    if (!options.durable) flags.push("--no-sync");
    let result = await initdb(options, [...flags, "--locale=C", "--lc-ctype=C.UTF-8"]);
    if (result.code !== 0) {
      await rm(draft, { recursive: true, force: true });
      result = await initdb(options, [...flags, "--locale=C"]);
    }
    if (result.code !== 0) throw new Error(`Không tạo được cơ sở dữ liệu PostgreSQL.\n${result.output}`);
    await rename(draft, data);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/**
 * @param {ServerOptions} options
 * @param {string[]} flags
 */
function initdb(options, flags) {
  return run(path.join(options.pgsql, "bin", "initdb"), flags, {
    ...options.user,
    cwd: options.folder,
    env: serverEnvironment(),
    quiet: true,
  });
}

/**
 * The server that runs on these data, by the id it left in them.
 * @param {ServerOptions} options
 * @returns {Promise<RunningServer | undefined>}
 */
export async function findRunning(options) {
  const data = dataFolder(options);
  const lines = (await readFile(path.join(data, "postmaster.pid"), "utf8").catch(() => "")).split("\n");
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!pid || !port || !isPostmaster(pid, data)) return undefined;
  return { pid, port };
}

/**
 * A process number left by a server that was killed may belong to some other process by now.
 * @param {number} pid
 * @param {string} data
 */
function isPostmaster(pid, data) {
  if (identify(pid) === undefined) return false;
  const line = commandLine(pid);
  return line.includes("postgres") && line.includes(data);
}

/** @param {number} pid */
function commandLine(pid) {
  if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  return spawnSync("ps", ["-ww", "-o", "args=", "-p", String(pid)], { encoding: "utf8" }).stdout;
}

/**
 * @param {ServerOptions} options
 * @returns {Promise<RunningServer>}
 */
async function launch(options) {
  const data = dataFolder(options);
  const pidFile = path.join(data, "postmaster.pid");
  const left = (await readFile(pidFile, "utf8").catch(() => "")).split("\n");
  const lastPort = Number(left[3]) || 0;
  // PostgreSQL would take the other process that now has this number for itself and refuse.
  if (identify(Number(left[0])) !== undefined) await rm(pidFile, { force: true });

  const end = Date.now() + START_TIMEOUT;
  for (let attempt = 0; ; attempt += 1) {
    const port = await freePort(attempt === 0 ? lastPort : 0);
    const pid = await spawnPostmaster(options, port);
    if (await waitUntilAccepting(options, pid, end)) return { pid, port };
    // Children of a killed server may hold its shared memory for a moment; a port may have been taken meanwhile.
    if (Date.now() > end || attempt === 20) {
      const log = await readFile(logFile(options), "utf8").catch(() => "");
      throw new Error(`PostgreSQL không khởi động được. Cuối nhật ký:\n${log.slice(-2000)}`);
    }
    await sleep(500);
  }
}

/**
 * @param {ServerOptions} options
 * @param {number} port
 * @returns {Promise<number>} process id
 */
async function spawnPostmaster(options, port) {
  const { folder, pgsql, user, durable } = options;
  const log = logFile(options);
  const size = (await stat(log).catch(() => undefined))?.size ?? 0;
  if (size > LOG_LIMIT) await truncate(log);
  const output = await open(log, "a", 0o600);
  if (user) await output.chown(user.uid, user.gid);
  const settings = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "password_encryption=scram-sha-256",
    "max_connections=100",
    "shared_buffers=256MB",
    "log_timezone=UTC",
    "log_statement=none",
    "log_min_error_statement=panic",
    "log_parameter_max_length=0",
    "log_error_verbosity=terse",
    ...(durable ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"]),
  ];
  try {
    // Its own session: Ctrl-C in the terminal must reach the web server first and the database after it.
    const child = spawn(
      path.join(pgsql, "bin", "postgres"),
      ["-D", dataFolder(options), "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])],
      {
        ...user,
        cwd: folder,
        env: serverEnvironment(),
        detached: true,
        stdio: /** @type {const} */ (["ignore", output.fd, output.fd]),
      },
    );
    const spawned = new Promise((resolve, reject) => {
      child.once("spawn", () => resolve(undefined));
      child.once("error", reject);
    });
    await spawned;
    child.unref();
    return /** @type {number} */ (child.pid);
  } finally {
    await output.close();
  }
}

/**
 * @param {ServerOptions} options
 * @param {number} pid
 * @param {number} end
 * @returns {Promise<boolean>} false when the server gave up
 */
async function waitUntilAccepting(options, pid, end) {
  const file = path.join(dataFolder(options), "postmaster.pid");
  while (Date.now() < end) {
    if (identify(pid) === undefined) return false;
    const lines = (await readFile(file, "utf8").catch(() => "")).split("\n");
    if (Number(lines[0]) === pid && lines[7]?.trim() === "ready") return true;
    await sleep(20);
  }
  return false;
}

/**
 * @param {ServerOptions} options
 * @param {RunningServer} running
 */
async function waitUntilReady(options, running) {
  if (await waitUntilAccepting(options, running.pid, Date.now() + START_TIMEOUT)) return;
  throw new Error("PostgreSQL đang chạy nhưng không sẵn sàng.");
}

/**
 * The server gets nothing of our environment but the search path: no secrets, no PG* variables, no foreign locale.
 * @returns {NodeJS.ProcessEnv}
 */
function serverEnvironment() {
  return { NODE_ENV: "production", PATH: process.env.PATH ?? "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };
}
