import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkStructure } from "../structure.mjs";
import { buildWeb, NEXT } from "./build.mjs";
import { findBrowser } from "./chromium.mjs";
import { runCommand } from "./commands.mjs";
import { copyDemonstration, openDemonstration } from "./demonstration.mjs";
import { alone, inheritedEnvironment } from "./environment.mjs";
import { info, warn } from "./log.mjs";
import { inProject, NODE_MODULES, ROOT } from "./paths.mjs";
import { freePort } from "./ports.mjs";
import { generateClient } from "./prisma.mjs";
import { run } from "./process.mjs";
import { readPlaywright, readVitest } from "./test-reports.mjs";
import { startWeb } from "./web.mjs";
import { startWorker } from "./worker.mjs";

/** @typedef {import("./test-reports.mjs").Count} Count */
/** @typedef {import("./environment.mjs").CommandEnvironment} CommandEnvironment */

const VITEST = path.join(NODE_MODULES, "vitest", "vitest.mjs");
const PLAYWRIGHT = path.join(NODE_MODULES, "@playwright", "test", "cli.js");
const BIOME = path.join(NODE_MODULES, "@biomejs", "biome", "bin", "biome");
const TSC = path.join(NODE_MODULES, "typescript", "bin", "tsc");

/**
 * The steps of `npm test`, sharing what is costly: the demonstration's database is loaded once for all that look at it.
 * @param {string[]} extra arguments for the test runner
 * @returns {{ run: (name: string) => Promise<Count>, close: () => Promise<void> }}
 */
export function openChecks(extra) {
  /** @type {(() => Promise<unknown>)[]} */
  const closers = [];
  /** @type {Promise<CommandEnvironment[]> | undefined} */
  let loading;

  const demonstrations = () => {
    loading ??= (async () => {
      const { env, stop } = await openDemonstration();
      closers.push(stop);
      return [env, await copyDemonstration(env, "walls")];
    })();
    return loading;
  };

  /** @type {Record<string, () => Promise<Count>>} */
  const steps = {
    format: () => one(BIOME, ["ci", ".", ...(process.stdout.isTTY ? [] : ["--colors=off"])]),
    types: async () => {
      await alone(generateClient);
      await run(process.execPath, [NEXT, "typegen"], { cwd: ROOT, env: inheritedEnvironment(), quiet: true });
      return one(TSC, ["--noEmit"]);
    },
    structure: async () => {
      const problems = await checkStructure();
      for (const problem of problems) warn(problem);
      return problems.length === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: problems.length };
    },
    unit: () => vitest("unit", extra),
    integration: () => vitest("integration", extra),
    build: async () => {
      await alone(generateClient);
      const isNew = await alone(buildWeb);
      info(isNew ? "Built." : "The present build is of these sources.");
      return { passed: 1, failed: 0 };
    },
    browser: async () => {
      await alone(generateClient);
      await alone(buildWeb);
      return playwright(await demonstrations(), extra);
    },
    recount: async () => command("recount", await demonstrations()),
    "audit-verify": async () => command("audit-verify", await demonstrations()),
  };

  return {
    run: async (name) => {
      const work = steps[name];
      if (!work) throw new Error(`Unknown step ${name}.`);
      return work();
    },
    close: async () => {
      for (const close of closers.reverse()) await close();
    },
  };
}

/**
 * A tool that is one check as a whole.
 * @param {string} script
 * @param {string[]} args
 * @returns {Promise<Count>}
 */
async function one(script, args) {
  const { code } = await run(process.execPath, [script, ...args], { cwd: ROOT, env: inheritedEnvironment() });
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * A command that is one check of each demonstration.
 * @param {string} name
 * @param {CommandEnvironment[]} envs
 * @returns {Promise<Count>}
 */
async function command(name, envs) {
  const count = { passed: 0, failed: 0 };
  for (const env of envs) {
    const { code } = await runCommand(name, [], env);
    count[code === 0 ? "passed" : "failed"] += 1;
  }
  return count;
}

/**
 * @param {string} project
 * @param {string[]} extra
 * @returns {Promise<Count>}
 */
async function vitest(project, extra) {
  await alone(generateClient);
  return withReport(async (report) => {
    const config = inProject("tests", "vitest.config.ts");
    const { code } = await run(
      process.execPath,
      [VITEST, "run", "--config", config, "--project", project]
        .concat(["--reporter=default", "--reporter=json", `--outputFile.json=${report}`])
        .concat(extra),
      { cwd: ROOT, env: { ...inheritedEnvironment(), NODE_ENV: "test" } },
    );
    return readVitest(await readFile(report, "utf8").catch(() => undefined), code);
  });
}

/**
 * The browser tests, each project against a production server, a worker and a demonstration of its own: so they run at the
 * same time without one meeting what the other wrote.
 * @param {CommandEnvironment[]} envs
 * @param {string[]} extra
 * @returns {Promise<Count>}
 */
async function playwright(envs, extra) {
  const browser = await findBrowser();
  /** @type {{ stop: () => Promise<void> }[]} */
  const running = [];
  try {
    /** @type {{ url: string, databaseUrl: string }[]} */
    const servers = [];
    for (const env of envs) {
      const web = await startWeb(env, { port: await freePort(), quiet: true });
      running.push(web, startWorker(env, { quiet: true }));
      servers.push({ url: web.url, databaseUrl: env.DATABASE_URL });
    }
    return await withReport(async (report) => {
      const config = inProject("tests", "playwright.config.ts");
      const { code } = await run(process.execPath, [PLAYWRIGHT, "test", "--config", config, ...extra], {
        cwd: ROOT,
        env: {
          ...inheritedEnvironment(),
          NODE_ENV: "test",
          E2E_SERVERS: JSON.stringify(servers),
          E2E_BROWSER: JSON.stringify(browser),
          PLAYWRIGHT_JSON_OUTPUT_NAME: report,
        },
      });
      return readPlaywright(await readFile(report, "utf8").catch(() => undefined), code);
    });
  } finally {
    for (const process of running.reverse()) await process.stop();
  }
}

/**
 * Lends a file name for a report.
 * @template T
 * @param {(file: string) => Promise<T>} work
 * @returns {Promise<T>}
 */
async function withReport(work) {
  const folder = await mkdtemp(path.join(tmpdir(), "hieu-hoc-report-"));
  try {
    return await work(path.join(folder, "report.json"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
