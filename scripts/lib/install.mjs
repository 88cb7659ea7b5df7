import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { info } from "./log.mjs";
import { inProject, NODE_MODULES, ROOT } from "./paths.mjs";
import { run } from "./process.mjs";

/**
 * @typedef {{ version?: string, link?: boolean, optional?: boolean, dev?: boolean, devOptional?: boolean, peer?: boolean }} LockedPackage
 */

/** Refuses an older Node with a sentence instead of a syntax error somewhere inside a package. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(`Cần Node.js từ 20.19 trở lên (máy này có ${process.versions.node}).`);
}

/**
 * Installs the packages exactly as package-lock.json names them, unless they are there already.
 * @returns {Promise<boolean>} whether there was work
 */
export async function installPackages() {
  requireNode();
  if (isInstalled()) return false;
  info("  Đang cài các gói phần mềm (chỉ lần đầu hoặc khi có thay đổi)…");
  if ((await npm("ci")) !== 0) {
    // A registry that lacks the packages of other platforms makes `npm ci` doubt the lock file; the versions are the same.
    info("  npm ci không hoàn tất, thử lại bằng npm install…");
    if ((await npm("install", "--no-save")) !== 0) throw new Error("Không cài được các gói phần mềm.");
  }
  return true;
}

/**
 * @param {...string} args
 * @returns {Promise<number>} exit code
 */
async function npm(...args) {
  const cli = process.env.npm_execpath;
  const [command, ...before] = cli?.endsWith("npm-cli.js") ? [process.execPath, cli] : ["npm"];
  const flags = ["--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  const env = { ...process.env, NODE_ENV: /** @type {const} */ ("development") };
  return (await run(command ?? "npm", [...before, ...args, ...flags], { cwd: ROOT, env })).code;
}

/** A server with a database of its own runs without what only building and checking need. */
const canDoWithoutTools = process.env.HIEU_HOC_MODE === "production" && Boolean(process.env.DATABASE_URL);

/**
 * npm keeps its own account of what it installed, written when it has finished: compare it with what is asked for.
 */
function isInstalled() {
  const done = path.join(NODE_MODULES, ".package-lock.json");
  if (!existsSync(done)) return false;
  const wanted = readPackages(inProject("package-lock.json"));
  const present = readPackages(done);
  for (const [name, entry] of Object.entries(wanted)) {
    if (name === "" || entry.optional || entry.peer || entry.devOptional) continue;
    if (entry.dev && canDoWithoutTools) continue;
    if (present[name]?.version !== entry.version) return false;
  }
  return existsSync(path.join(NODE_MODULES, "next", "package.json"));
}

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage>}
 */
function readPackages(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages;
}
