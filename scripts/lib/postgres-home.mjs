import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { identify } from "./process.mjs";

/**
 * @typedef {{ uid: number, gid: number }} SystemUser
 * @typedef {{ folder: string, user: SystemUser | undefined }} PostgresHome where the database lives and as whom it runs;
 *   no user means: as ourselves
 */

const TEMPORARY = "hieu-hoc-test-";
const TEMPORARY_PARENTS = [tmpdir(), "/tmp", "/var/tmp", "/var/lib"];
const OWNER_FILE = "made-by";
const NOBODY = { uid: 65534, gid: 65534 };

/**
 * PostgreSQL refuses to run as root. Then it runs as the system user `postgres` when the machine has one, else as `nobody`.
 * @returns {Promise<SystemUser | undefined>}
 */
async function serverUser() {
  if (process.getuid?.() !== 0) return undefined;
  try {
    const entry = (await readFile("/etc/passwd", "utf8")).match(/^postgres:[^:]*:(\d+):(\d+):/m);
    if (entry) return { uid: Number(entry[1]), gid: Number(entry[2]) };
  } catch {
    // A machine without /etc/passwd still knows the number of `nobody`.
  }
  return NOBODY;
}

/**
 * Can that user enter the folder?
 * @param {string} folder existing
 * @param {SystemUser} user
 */
function canEnter(folder, user) {
  return (
    spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", folder], { ...user, cwd: "/", stdio: "ignore" }).status === 0
  );
}

/**
 * @param {string} folder
 * @param {SystemUser} user
 */
async function makeOwned(folder, user) {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chown(folder, user.uid, user.gid);
}

/**
 * Where the database of this data folder lives. Inside it whenever the server's user can get there; otherwise (root in
 * /root or in a private temporary folder) in a folder of its own under /var/lib, remembered in the data folder.
 * @param {string} dataDir existing
 * @returns {Promise<PostgresHome>}
 */
export async function keptHome(dataDir) {
  const note = path.join(dataDir, "postgres.json");
  const noted = await readJson(note);
  if (noted) {
    const kept = path.resolve(dataDir, noted.folder);
    const owner = await stat(kept).catch(() => undefined);
    if (!owner) throw new Error(`Không thấy thư mục dữ liệu PostgreSQL ${kept} ghi trong ${note}.`);
    return { folder: kept, user: asUser(owner) };
  }
  const user = await serverUser();
  const folder = await chooseFolder(dataDir, user);
  const inside = !path.relative(dataDir, folder).startsWith("..");
  const entry = { folder: inside ? path.relative(dataDir, folder) : folder };
  await writeFile(note, `${JSON.stringify(entry, null, 2)}\n`, { mode: 0o600 });
  return { folder, user };
}

/**
 * @param {string} dataDir
 * @param {SystemUser | undefined} user
 */
async function chooseFolder(dataDir, user) {
  const inside = path.join(dataDir, "postgres");
  if (!user) {
    await mkdir(inside, { recursive: true, mode: 0o700 });
    return inside;
  }
  if (canEnter(path.dirname(dataDir), user)) {
    await makeOwned(inside, user);
    // The data folder is closed to other users; the server only has to pass through it.
    await chown(dataDir, -1, user.gid);
    await chmod(dataDir, 0o710);
    if (canEnter(inside, user)) return inside;
  }
  for (const parent of ["/var/lib", "/var/tmp", tmpdir()]) {
    if (!canEnter(parent, user)) continue;
    const folder = path.join(parent, `hieu-hoc-${randomBytes(4).toString("hex")}`);
    await makeOwned(folder, user);
    return folder;
  }
  throw new Error("Không có thư mục nào mà người dùng chạy PostgreSQL vào được.");
}

/**
 * A folder for a database that is thrown away.
 * @returns {Promise<PostgresHome>}
 */
export async function temporaryHome() {
  const user = await serverUser();
  for (const parent of TEMPORARY_PARENTS) {
    if (user && !canEnter(parent, user)) continue;
    const folder = await mkdtemp(path.join(parent, TEMPORARY));
    if (user) await makeOwned(folder, user);
    await writeFile(path.join(folder, OWNER_FILE), identify(process.pid) ?? "", { mode: 0o600 });
    return { folder, user };
  }
  throw new Error("Không có thư mục tạm nào dùng được cho PostgreSQL.");
}

/**
 * The folders `temporaryHome` made and nobody took away yet, as far as they are ours to read.
 * @returns {Promise<{ folder: string, owner: string }[]>} `owner`: the process that made it, as `identify` describes it
 */
export async function temporaryHomes() {
  const homes = [];
  for (const parent of new Set(TEMPORARY_PARENTS)) {
    for (const name of await readdir(parent).catch(() => [])) {
      if (!name.startsWith(TEMPORARY)) continue;
      const folder = path.join(parent, name);
      const owner = await readFile(path.join(folder, OWNER_FILE), "utf8").catch(() => undefined);
      if (owner) homes.push({ folder, owner });
    }
  }
  return homes;
}

/** @param {import("node:fs").Stats} owner */
function asUser(owner) {
  return process.getuid?.() === 0 ? { uid: owner.uid, gid: owner.gid } : undefined;
}

/** @param {string} file */
async function readJson(file) {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return undefined;
    throw error;
  }
}
