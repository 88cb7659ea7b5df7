import { createHmac, randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { DATA_DIR } from "./paths.mjs";

/** Makes the data folder, closed to other users of the machine. */
export async function ensureDataDir() {
  await mkdir(DATA_DIR, { recursive: true, mode: 0o700 });
}

/**
 * Reads a secret kept in the data folder, or makes it the first time.
 * @param {string} name file name
 * @param {string} [folder]
 * @returns {Promise<string>} 64 hexadecimal digits
 */
export async function keptSecret(name, folder = DATA_DIR) {
  const file = path.join(folder, name);
  try {
    const secret = (await readFile(file, "utf8")).trim();
    if (secret.length >= 32) return secret;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ENOENT") throw error;
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const secret = randomBytes(32).toString("hex");
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${secret}\n`, { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, file);
  return secret;
}

/** The application's master secret: from the environment, else made once and kept in the data folder. */
export async function authSecret() {
  return process.env.AUTH_SECRET || (await keptSecret("auth-secret"));
}

/**
 * The key of identity numbers: from the environment, else made once and kept in the data folder. Apart from AUTH_SECRET,
 * which may be changed; this one may not as long as numbers are sealed with it.
 */
export async function identityKey() {
  return process.env.IDENTITY_KEY || (await keptSecret("identity-key"));
}

/**
 * Password of the application's database role. Derived, so that every process of one installation knows it and nobody
 * has to keep it.
 * @param {string} secret AUTH_SECRET
 */
export function appRolePassword(secret) {
  return createHmac("sha256", secret).update("app-role").digest("hex");
}
