// `npm test`: every check in order, one last line with the count. `npm test -- integration -- -t name` runs one step.
import { alone } from "./lib/environment.mjs";
import { installPackages } from "./lib/install.mjs";
import { bold, elapsed, info, warn } from "./lib/log.mjs";
import { endChildren } from "./lib/process.mjs";
import { forgetSettings } from "./lib/test-environment.mjs";

/** @typedef {import("./lib/test-reports.mjs").Count} Count */

/** @type {Record<string, string>} title of each step, in the order they run */
const STEPS = {
  format: "Format and lint",
  types: "Types",
  structure: "Structure",
  unit: "Unit tests",
  integration: "Integration tests",
  build: "Production build",
  browser: "Browser tests",
  recount: "Recount of the demonstration",
  "audit-verify": "Chain of the action log",
};

const split = process.argv.indexOf("--", 2);
const chosen = process.argv.slice(2, split < 0 ? undefined : split);
const extra = split < 0 ? [] : process.argv.slice(split + 1);
const unknown = chosen.filter((name) => !(name in STEPS));
if (unknown.length > 0) {
  warn(`Unknown step: ${unknown.join(", ")}. Steps: ${Object.keys(STEPS).join(", ")}.`);
  process.exit(2);
}
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.on(signal, () => {
    endChildren();
    process.exit(130);
  });
}

/** @type {Count} */
const total = { passed: 0, failed: 0 };
forgetSettings();
if (!process.stdout.isTTY) {
  delete process.env.FORCE_COLOR;
  process.env.NO_COLOR = "1";
}
try {
  await alone(installPackages);
  const { openChecks } = await import("./lib/checks.mjs");
  const checks = openChecks(extra);
  try {
    for (const [name, title] of Object.entries(STEPS)) {
      if (chosen.length > 0 && !chosen.includes(name)) continue;
      const from = Date.now();
      info(`\n${bold(`== ${title}`)}`);
      const { passed, failed } = await attempt(() => checks.run(name));
      total.passed += passed;
      total.failed += failed;
      info(`== ${title}: ${passed} passed, ${failed} failed (${elapsed(from)})`);
    }
  } finally {
    await checks.close();
  }
} catch (error) {
  warn(describe(error));
  total.failed += 1;
}

process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
info(`\n${total.passed} passed, ${total.failed} failed`);

/**
 * A step that breaks is one failed check, and the next ones still run.
 * @param {() => Promise<Count>} work
 * @returns {Promise<Count>}
 */
async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    warn(describe(error));
    return { passed: 0, failed: 1 };
  }
}

/** @param {unknown} error */
function describe(error) {
  return error instanceof Error ? error.message : String(error);
}
