import { randomBytes } from "node:crypto";
import { applyMigrations } from "./prisma.mjs";
import { openAppRole } from "./roles.mjs";

/**
 * Migrates a throw-away database and gives it a secret and a data folder of its own, whatever the environment says.
 * @param {Awaited<ReturnType<typeof import("./database.mjs").openThrowawayDatabase>>} database
 * @returns {Promise<import("./environment.mjs").CommandEnvironment>}
 */
export async function prepareThrowaway(database) {
  const secret = randomBytes(32).toString("hex");
  await applyMigrations(database.url);
  return {
    DATABASE_URL: database.url,
    APP_DATABASE_URL: await openAppRole(database.url, secret),
    AUTH_SECRET: secret,
    IDENTITY_KEY: randomBytes(32).toString("hex"),
    DATA_DIR: database.dataDir,
  };
}
