import path from "node:path";
import { openDatabase } from "./database.mjs";
import { installPackages } from "./install.mjs";
import { withLock } from "./lock.mjs";
import { info, step } from "./log.mjs";
import { DATA_DIR, NODE_MODULES } from "./paths.mjs";
import { applyMigrations, generateClient } from "./prisma.mjs";
import { openAppRole } from "./roles.mjs";
import { authSecret, ensureDataDir, identityKey } from "./secrets.mjs";

/** Production has no demonstration data and no demonstration accounts. */
export const isProduction = process.env.HIEU_HOC_MODE === "production";

/**
 * @typedef {{ DATABASE_URL: string, APP_DATABASE_URL: string, AUTH_SECRET: string, IDENTITY_KEY: string, DATA_DIR: string }} CommandEnvironment
 *   what a command of the operator gets; the web process gets the same without DATABASE_URL
 */

/**
 * Runs `work` while no other start, test or command of this checkout installs, generates or builds.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export function alone(work) {
  return withLock(path.join(DATA_DIR, "prepare.lock"), work, {
    onWait: () => info("  Đang chờ một lệnh khác của chương trình chuẩn bị xong…"),
  });
}

/** Packages and the generated database client: all that needs no database. */
export async function prepareCode() {
  await ensureDataDir();
  await alone(async () => {
    await step("Gói phần mềm", installPackages, (done) => (done ? "đã cài" : "đã có đủ"));
    await step("Mã truy cập dữ liệu", generateClient, (done) => (done ? "đã sinh lại" : "không đổi"));
  });
}

/**
 * Brings an open database to the present schema and lets the application sign in to it. With APP_DATABASE_URL set,
 * somebody else takes care of the application's role.
 * @param {string} url the owner's
 * @returns {Promise<CommandEnvironment>}
 */
export async function prepareDatabase(url) {
  const secret = await authSecret();
  await applyMigrations(url);
  const appUrl = process.env.APP_DATABASE_URL || (await openAppRole(url, secret));
  return {
    DATABASE_URL: url,
    APP_DATABASE_URL: appUrl,
    AUTH_SECRET: secret,
    IDENTITY_KEY: await identityKey(),
    DATA_DIR,
  };
}

/**
 * Opens the installation's database, started if need be, at the present schema.
 * @returns {Promise<{ env: CommandEnvironment, stop: () => Promise<void> }>}
 */
export async function openPrepared() {
  const database = await step("PostgreSQL", openDatabase, ({ reused }) =>
    process.env.DATABASE_URL ? "theo DATABASE_URL" : reused ? "đang chạy sẵn" : "đã khởi động",
  );
  try {
    const env = await step("Cấu trúc dữ liệu", () => prepareDatabase(database.url));
    return { env, stop: database.stop };
  } catch (error) {
    await database.stop();
    throw error;
  }
}

/**
 * The environment of a child process: ours, without what it has no business to know.
 * @returns {NodeJS.ProcessEnv}
 */
export function inheritedEnvironment() {
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
  delete env.DATABASE_URL;
  delete env.APP_DATABASE_URL;
  return env;
}

/** Flags with which Node runs a TypeScript module of the server, outside Next. */
export const TYPESCRIPT_FLAGS = [
  "--conditions=react-server",
  "--import",
  path.join(NODE_MODULES, "tsx", "dist", "loader.mjs"),
];
