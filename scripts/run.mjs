// `node scripts/run.mjs <task> [args]`: one command of the operator, with the database it needs.
import { runCommand, seed } from "./lib/commands.mjs";
import { openPrepared, prepareCode } from "./lib/environment.mjs";
import { info, warn } from "./lib/log.mjs";
import { schemaDrift } from "./lib/prisma.mjs";
import { endChildren } from "./lib/process.mjs";

const [task, ...args] = process.argv.slice(2);

/**
 * @param {string} name
 * @param {import("./lib/environment.mjs").CommandEnvironment} env
 * @returns {Promise<number>} exit code
 */
async function perform(name, env) {
  if (name === "db-migrate") return 0;
  if (name === "db-diff") {
    const drift = await schemaDrift(env.DATABASE_URL);
    info(drift || "Cơ sở dữ liệu khớp với lược đồ Prisma.");
    return drift ? 1 : 0;
  }
  // The first administrator may be made before the first start.
  await seed(env, { demonstration: false });
  return (await runCommand(name, args, env, { inheritInput: true })).code;
}

if (!task) {
  warn("Cách dùng: node scripts/run.mjs <lệnh> [tham số]");
  process.exit(2);
}
try {
  await prepareCode();
  const { env, stop } = await openPrepared();
  // The command ends first, the database after it.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, endChildren);
  try {
    process.exitCode = await perform(task, env);
  } finally {
    await stop();
  }
} catch (error) {
  warn(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
