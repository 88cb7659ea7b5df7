import path from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** Where everything that must outlive a restart is kept: database, evidence files, secrets. */
export const DATA_DIR = path.resolve(ROOT, process.env.DATA_DIR || ".data");

/** Node's own module folder of this project. */
export const NODE_MODULES = path.join(ROOT, "node_modules");

/**
 * Path inside the project.
 * @param {...string} parts
 */
export function inProject(...parts) {
  return path.join(ROOT, ...parts);
}
