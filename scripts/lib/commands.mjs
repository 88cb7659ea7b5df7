import { existsSync } from "node:fs";
import { inheritedEnvironment, TYPESCRIPT_FLAGS } from "./environment.mjs";
import { inProject, ROOT } from "./paths.mjs";
import { run } from "./process.mjs";

/**
 * Flags of Node for single commands: the worker's whole process stays below 512 MB.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const COMMAND_FLAGS = { worker: ["--max-old-space-size=224", "--max-semi-space-size=8"] };

/**
 * Runs one of `scripts/commands/*.ts` to its end.
 * @param {string} name file name without `.ts`
 * @param {string[]} args
 * @param {import("./environment.mjs").CommandEnvironment} env
 * @param {{ quiet?: boolean, inheritInput?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function runCommand(name, args, env, options = {}) {
  const file = inProject("scripts", "commands", `${name}.ts`);
  if (!existsSync(file)) throw new Error(`Không có lệnh "${name}".`);
  return run(process.execPath, [...(COMMAND_FLAGS[name] ?? []), ...TYPESCRIPT_FLAGS, file, ...args], {
    cwd: ROOT,
    env: { ...inheritedEnvironment(), ...env },
    ...options,
  });
}

/**
 * Loads reference data, and the demonstration where it belongs. Both find out by themselves what is left to do.
 * @param {import("./environment.mjs").CommandEnvironment} env
 * @param {{ demonstration: boolean }} options
 */
export async function seed(env, { demonstration }) {
  for (const name of demonstration ? ["seed-reference", "seed-demo"] : ["seed-reference"]) {
    const { code } = await runCommand(name, [], env);
    if (code !== 0) throw new Error(`Lệnh "${name}" kết thúc với mã ${code}.`);
  }
}
