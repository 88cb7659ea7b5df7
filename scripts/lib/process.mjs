import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** @type {Set<import("node:child_process").ChildProcess>} */
const children = new Set();

/**
 * Remembers a child process for `endChildren`.
 * @template {import("node:child_process").ChildProcess} T
 * @param {T} child
 * @returns {T}
 */
export function remember(child) {
  children.add(child);
  child.once("close", () => children.delete(child));
  return child;
}

/** Asks every child process that still runs to end. */
export function endChildren() {
  for (const child of children) child.kill("SIGTERM");
}

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean, inheritInput?: boolean,
 *   uid?: number, gid?: number, onOutput?: (text: string) => void }} [options]
 *   `quiet` keeps the output back and returns it; it is shown only in the error
 * @returns {Promise<{ code: number, output: string }>} never rejects on a non-zero exit code
 */
export function run(command, args, options = {}) {
  const { quiet = false, inheritInput = false, onOutput, ...rest } = options;
  return new Promise((resolve, reject) => {
    const piped = quiet || onOutput !== undefined;
    const sink = piped ? "pipe" : "inherit";
    const child = remember(
      spawn(command, args, { ...rest, stdio: [inheritInput ? "inherit" : "ignore", sink, sink] }),
    );
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text) => {
        output += text;
        onOutput?.(text);
      });
    }
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code: code ?? (signal ? 130 : 1), output }));
  });
}

/**
 * Like `run`, but a non-zero exit code is an error that carries the output.
 * @param {string} command
 * @param {string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 * @returns {Promise<string>} the output when it was kept back
 */
export async function mustRun(command, args, options) {
  const { code, output } = await run(command, args, options);
  if (code !== 0) {
    throw new Error(`Lệnh "${[command, ...args].join(" ")}" kết thúc với mã ${code}.\n${output}`.trim());
  }
  return output;
}

/**
 * What tells a process from a later one that got the same number: its start time. Undefined when there is none.
 * @param {number} pid
 * @returns {string | undefined}
 */
export function identify(pid) {
  if (process.platform === "linux") {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return fields[0] === "Z" ? undefined : `${pid} ${fields[19]}`;
    } catch {
      return undefined;
    }
  }
  const { status, stdout } = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" });
  return status === 0 && stdout.trim() ? `${pid} ${stdout.trim()}` : undefined;
}

/**
 * Does the process that `identify` described still run?
 * @param {string} identity
 */
export function isRunning(identity) {
  return identify(Number.parseInt(identity, 10)) === identity;
}

/** @param {number} milliseconds */
export function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/**
 * Asks again and again until the answer is yes.
 * @param {() => Promise<boolean> | boolean} isDone
 * @param {{ timeout: number, every?: number }} options milliseconds
 * @returns {Promise<boolean>} false when the time ran out
 */
export async function waitFor(isDone, { timeout, every = 100 }) {
  const end = Date.now() + timeout;
  do {
    if (await isDone()) return true;
    await sleep(every);
  } while (Date.now() < end);
  return false;
}
