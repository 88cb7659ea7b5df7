import { spawn } from "node:child_process";
import { NEXT } from "./build.mjs";
import { inheritedEnvironment } from "./environment.mjs";
import { inProject, ROOT } from "./paths.mjs";
import { remember, waitFor } from "./process.mjs";

/**
 * @typedef {{ url: string, exited: Promise<number>, stop: () => Promise<void> }} WebServer
 *   `exited` settles with the exit code whenever the server ends, asked or not
 */

/**
 * Starts the web server and waits until it answers. It gets the application's database address only, never the owner's.
 * @param {import("./environment.mjs").CommandEnvironment} env
 * @param {{ port: number, host?: string | undefined, dev?: boolean, quiet?: boolean }} options
 * @returns {Promise<WebServer>}
 */
export async function startWeb(env, { port, host, dev = false, quiet = false }) {
  const isEverywhere = !host || host === "0.0.0.0" || host === "::";
  const url = `http://${isEverywhere ? "127.0.0.1" : host}:${port}`;
  const { DATABASE_URL: _owner, ...webEnvironment } = env;
  const inherited = inheritedEnvironment();
  const child = remember(
    spawn(
      process.execPath,
      [
        "--import",
        inProject("scripts", "lib", "end-with-parent.mjs"),
        NEXT,
        dev ? "dev" : "start",
        "-p",
        String(port),
        "-H",
        host ?? "127.0.0.1",
      ],
      {
        cwd: ROOT,
        stdio: ["ignore", quiet ? "ignore" : "inherit", "inherit", "ipc"],
        env: {
          ...inherited,
          ...webEnvironment,
          NODE_ENV: dev ? "development" : "production",
          NEXTAUTH_SECRET: env.AUTH_SECRET,
          NEXTAUTH_URL: inherited.NEXTAUTH_URL ?? url,
          // Reached under several names, sign-in has to follow the name the browser used.
          ...(host && !inherited.NEXTAUTH_URL ? { AUTH_TRUST_HOST: "true" } : {}),
        },
      },
    ),
  );
  /** @type {Promise<number>} */
  const exited = new Promise((resolve) => {
    child.once("error", () => resolve(1));
    child.once("exit", (code) => resolve(code ?? 0));
  });
  let ended = false;
  void exited.then(() => {
    ended = true;
  });

  const stop = async () => {
    if (ended) return;
    child.kill("SIGTERM");
    if (!(await waitFor(() => ended, { timeout: 10_000, every: 25 }))) child.kill("SIGKILL");
    await exited;
  };

  const answered = await waitFor(async () => ended || (await answers(url)), { timeout: 120_000, every: 50 });
  if (ended || !answered) {
    await stop();
    throw new Error("Máy chủ web không khởi động được.");
  }
  return { url, exited, stop };
}

/** @param {string} url */
async function answers(url) {
  try {
    await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(60_000) });
    return true;
  } catch {
    return false;
  }
}
