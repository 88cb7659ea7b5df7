import { spawn } from "node:child_process";
import { COMMAND_FLAGS } from "./commands.mjs";
import { inheritedEnvironment, TYPESCRIPT_FLAGS } from "./environment.mjs";
import { inProject, ROOT } from "./paths.mjs";
import { remember, sleep, waitFor } from "./process.mjs";

const SHORTEST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Starts the worker beside the web server and starts it again whenever it ends, at longer and longer intervals as long as it
 * ends at once. It gets the application's database address only, never the owner's.
 * @param {import("./environment.mjs").CommandEnvironment} env
 * @param {{ quiet?: boolean, mostPauseMs?: number }} [options]
 * @returns {{ pid: () => number | undefined, stop: () => Promise<void> }}
 */
export function startWorker(env, { quiet = false, mostPauseMs = LONGEST_PAUSE_MS } = {}) {
  const { DATABASE_URL: _owner, ...workerEnvironment } = env;
  let isStopping = false;
  /** @type {import("node:child_process").ChildProcess | undefined} */
  let child;

  const keepRunning = async () => {
    let pause = Math.min(SHORTEST_PAUSE_MS, mostPauseMs);
    while (!isStopping) {
      const from = Date.now();
      child = remember(
        spawn(
          process.execPath,
          [
            ...(COMMAND_FLAGS.worker ?? []),
            ...TYPESCRIPT_FLAGS,
            inProject("scripts", "commands", "worker.ts"),
          ],
          {
            cwd: ROOT,
            stdio: ["ignore", quiet ? "ignore" : "inherit", "inherit", "ipc"],
            env: {
              ...inheritedEnvironment(),
              ...workerEnvironment,
              NODE_ENV: process.env.NODE_ENV === "development" ? "development" : "production",
            },
          },
        ),
      );
      await ended(child);
      pause =
        Date.now() - from > LONGEST_PAUSE_MS
          ? Math.min(SHORTEST_PAUSE_MS, mostPauseMs)
          : Math.min(pause * 2, mostPauseMs);
      if (!isStopping) await sleep(pause);
    }
  };
  const kept = keepRunning();

  return {
    pid: () => child?.pid,
    stop: async () => {
      isStopping = true;
      child?.kill("SIGTERM");
      if (!(await waitFor(() => hasEnded(child), { timeout: 5_000, every: 25 }))) child?.kill("SIGKILL");
      await Promise.race([kept, sleep(1_000)]);
    },
  };
}

/** @param {import("node:child_process").ChildProcess | undefined} child */
function hasEnded(child) {
  return child === undefined || child.exitCode !== null || child.signalCode !== null;
}

/** @param {import("node:child_process").ChildProcess} child */
function ended(child) {
  return new Promise((resolve) => {
    child.once("error", resolve);
    child.once("exit", resolve);
  });
}
