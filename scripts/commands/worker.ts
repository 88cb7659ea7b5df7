import { sweepFolders } from "@/features/data-import/mutations/stage";
import { expireBatches, workOnce } from "@/features/data-import/mutations/worker";
import { openJobDatabase } from "@/lib/db/job";
import { reportError } from "@/lib/errors/report";

/*
 * npm run worker
 * Does what people ask of lists that come in: looks into files, checks, writes and undoes. `npm start` brings one along; more
 * may run beside it, also on other machines that reach the database and the file store. Ending one at any moment loses nothing:
 * a stage is one transaction, and the next worker begins it anew.
 */
const EVERY_MS = 1_000;
const CLEAN_EVERY_MS = 10 * 60_000;

const database = openJobDatabase();
let isEnding = false;
let isBusy = false;
let wake: () => void = () => undefined;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
// Whoever started this process was killed outright.
if (process.send) process.once("disconnect", end);

/** What is under way is rolled back by the database and begun anew by the next worker: there is nothing to wait for. */
function end(): void {
  isEnding = true;
  if (isBusy) process.exit(0);
  wake();
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function rest(milliseconds: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

await sweepFolders(isRunning);
let cleanedAt = Number.NEGATIVE_INFINITY;
let lastReport = Number.NEGATIVE_INFINITY;
while (!isEnding) {
  try {
    await database.listen("import_waiting", () => wake());
    if (performance.now() - cleanedAt > CLEAN_EVERY_MS) {
      await expireBatches(database);
      cleanedAt = performance.now();
    }
    isBusy = true;
    const worked = await workOnce(database);
    isBusy = false;
    if (!worked && !isEnding) await rest(EVERY_MS);
  } catch (error) {
    isBusy = false;
    // The database is away: said once a minute, tried every second.
    if (performance.now() - lastReport > 60_000) {
      reportError("worker", error);
      lastReport = performance.now();
    }
    if (!isEnding) await rest(EVERY_MS);
  }
}
await database.close();
process.exit(0);
