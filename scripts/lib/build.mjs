import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { inheritedEnvironment } from "./environment.mjs";
import { hashFiles } from "./hash.mjs";
import { inProject, NODE_MODULES, ROOT } from "./paths.mjs";
import { mustRun } from "./process.mjs";

export const NEXT = path.join(NODE_MODULES, "next", "dist", "bin", "next");

const SOURCES = [
  "src",
  "public",
  "prisma/schema.prisma",
  "prisma/models",
  "next.config.ts",
  "package-lock.json",
  "tsconfig.json",
  ".postcssrc.json",
];

/**
 * Builds the web application for production, unless the last build was made of the same files.
 * @returns {Promise<boolean>} whether there was work
 */
export async function buildWeb() {
  const stampFile = inProject(".next", "hieu-hoc-sources");
  const stamp = await hashFiles(
    ROOT,
    SOURCES.map((name) => inProject(name)),
    (file) => !file.includes(`${path.sep}generated${path.sep}`) && !/\.test\.tsx?$/.test(file),
  );
  const isBuilt = existsSync(inProject(".next", "BUILD_ID")) && existsSync(stampFile);
  if (isBuilt && (await readFile(stampFile, "utf8")) === stamp) return false;

  await rm(stampFile, { force: true });
  await mustRun(process.execPath, [NEXT, "build"], { cwd: ROOT, env: buildEnvironment(), quiet: true });
  await writeFile(stampFile, stamp);
  return true;
}

/** A build loads the server's modules but asks no database: the addresses only have to look like some. */
function buildEnvironment() {
  return {
    ...inheritedEnvironment(),
    NODE_ENV: /** @type {const} */ ("production"),
    APP_DATABASE_URL: "postgresql://build@127.0.0.1:1/build",
    AUTH_SECRET: "0".repeat(64),
    IDENTITY_KEY: "0".repeat(64),
  };
}
