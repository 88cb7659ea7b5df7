import { cp } from "node:fs/promises";
import { seed } from "./commands.mjs";
import { openThrowawayDatabase } from "./database.mjs";
import { step } from "./log.mjs";
import { prepareThrowaway } from "./throwaway.mjs";

/** @typedef {import("./environment.mjs").CommandEnvironment} CommandEnvironment */

/**
 * A throw-away database server with the demonstration.
 * @returns {Promise<{ env: CommandEnvironment, stop: () => Promise<void> }>}
 */
export async function openDemonstration() {
  const database = await openThrowawayDatabase();
  try {
    const env = await prepareThrowaway(database);
    await step("Demonstration data", () => seed(env, { demonstration: true }));
    return { env, stop: database.stop };
  } catch (error) {
    await database.stop();
    throw error;
  }
}

/**
 * A second demonstration of the same server, with files of its own. Nobody may be connected to the first meanwhile.
 * @param {CommandEnvironment} env the first
 * @param {string} name
 * @returns {Promise<CommandEnvironment>}
 */
export async function copyDemonstration(env, name) {
  const { default: pg } = await import("pg");
  const original = new URL(env.DATABASE_URL).pathname.slice(1);
  const client = new pg.Client({ connectionString: withDatabase(env.DATABASE_URL, "postgres") });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${original}_${name} TEMPLATE ${original} STRATEGY FILE_COPY`);
  } finally {
    await client.end();
  }
  const folder = `${env.DATA_DIR}-${name}`;
  await cp(env.DATA_DIR, folder, { recursive: true });

  return {
    ...env,
    DATABASE_URL: withDatabase(env.DATABASE_URL, `${original}_${name}`),
    APP_DATABASE_URL: withDatabase(env.APP_DATABASE_URL, `${original}_${name}`),
    DATA_DIR: folder,
  };
}

/**
 * @param {string} url
 * @param {string} database
 */
function withDatabase(url, database) {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.href;
}
