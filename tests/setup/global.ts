import type { TestProject } from "vitest/node";
import { seed } from "../../scripts/lib/commands.mjs";
import { openThrowawayDatabase } from "../../scripts/lib/database.mjs";
import { generateClient } from "../../scripts/lib/prisma.mjs";
import { prepareThrowaway } from "../../scripts/lib/throwaway.mjs";

declare module "vitest" {
  interface ProvidedContext {
    /** Owner's address of the migrated database with reference data that each test file gets a copy of. */
    templateUrl: string;
    /** AUTH_SECRET of the run. */
    authSecret: string;
    /** IDENTITY_KEY of the run. */
    identityKey: string;
  }
}

/** One PostgreSQL server for the run, with a migrated database holding the reference data; gone afterwards. */
export default async function setup(project: TestProject) {
  await generateClient();
  const database = await openThrowawayDatabase();
  try {
    const env = await prepareThrowaway(database);
    await seed(env, { demonstration: false });
    project.provide("templateUrl", database.url);
    project.provide("authSecret", env.AUTH_SECRET);
    project.provide("identityKey", env.IDENTITY_KEY);
    return database.stop;
  } catch (error) {
    await database.stop();
    throw error;
  }
}
