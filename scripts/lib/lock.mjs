import { mkdir, open, readFile, rm, stat } from "node:fs/promises";
import path from "node:path";
import { identify, isRunning, sleep } from "./process.mjs";

/**
 * Runs `work` while no other process of this project runs under the same lock file. The lock of a process that was
 * killed is taken over.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {{ onWait?: () => void, timeout?: number }} [options]
 * @returns {Promise<T>}
 */
export async function withLock(file, work, { onWait, timeout = 15 * 60_000 } = {}) {
  await mkdir(path.dirname(file), { recursive: true });
  const end = Date.now() + timeout;
  let waited = false;
  while (!(await tryTake(file))) {
    if (await isAbandoned(file)) {
      await rm(file, { force: true });
      continue;
    }
    if (Date.now() > end) throw new Error(`Đã chờ quá lâu một tiến trình khác của chương trình (${file}).`);
    if (!waited) onWait?.();
    waited = true;
    await sleep(100);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/** @param {string} file */
async function tryTake(file) {
  try {
    const handle = await open(file, "wx", 0o600);
    await handle.writeFile(identify(process.pid) ?? String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") return false;
    throw error;
  }
}

/** @param {string} file */
async function isAbandoned(file) {
  try {
    const text = await readFile(file, "utf8");
    if (text === "") return Date.now() - (await stat(file)).mtimeMs > 2_000;
    return !isRunning(text);
  } catch {
    return false;
  }
}
