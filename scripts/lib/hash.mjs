import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";

/**
 * Every file below the given paths, sorted; missing paths are left out.
 * @param {string[]} targets absolute files or folders
 * @param {(file: string) => boolean} [keep]
 * @returns {Promise<string[]>}
 */
export async function listFiles(targets, keep = () => true) {
  /** @type {string[]} */
  const files = [];
  for (const target of targets) {
    if (!existsSync(target)) continue;
    if ((await stat(target)).isFile()) {
      if (keep(target)) files.push(target);
      continue;
    }
    const entries = await readdir(target, { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      const file = path.join(entry.parentPath, entry.name);
      if (entry.isFile() && keep(file)) files.push(file);
    }
  }
  return files.sort();
}

/**
 * One hash over names and contents of files; equal only when nothing was added, removed or changed.
 * @param {string} base folder the names are taken relative to
 * @param {string[]} targets absolute files or folders
 * @param {(file: string) => boolean} [keep]
 * @returns {Promise<string>}
 */
export async function hashFiles(base, targets, keep) {
  const hash = createHash("sha256");
  for (const file of await listFiles(targets, keep)) {
    hash.update(`${path.relative(base, file)}\0`);
    hash.update(await readFile(file));
    hash.update("\0");
  }
  return hash.digest("hex");
}
