// Holds the rules of the house that a formatter cannot know: what may stand where, and who may import whom.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { listFiles } from "./lib/hash.mjs";
import { findCycles, readImports } from "./lib/imports.mjs";
import { missingPackages } from "./lib/lock-file.mjs";
import { info, warn } from "./lib/log.mjs";
import { inProject, ROOT } from "./lib/paths.mjs";

const TOP_LEVEL = new Set([
  "Dockerfile",
  "README.md",
  "docker-compose.yml",
  "docs",
  "next.config.ts",
  "package-lock.json",
  "package.json",
  "prisma",
  "public",
  "scripts",
  "src",
  "tests",
  "tsconfig.json",
]);
/** Made by tools and ignored by git. */
const GENERATED = new Set([
  "node_modules",
  "next-env.d.ts",
  "test-results",
  "playwright-report",
  "tsconfig.tsbuildinfo",
]);
const LONGEST_FILE = 350;

/**
 * @typedef {{ file: string, text: string, imports: import("./lib/imports.mjs").Import[] }} Source
 *   `file`: path inside the project with forward slashes
 */

/** @type {((source: Source) => string[])[]} */
const RULES = [
  function length({ file, text }) {
    const lines = text.split("\n").length - 1;
    return file.startsWith("src/") && lines > LONGEST_FILE ? [`${lines} lines, at most ${LONGEST_FILE}`] : [];
  },

  function barrels({ file }) {
    return /^src\/.*\/index\.tsx?$/.test(file) ? ["a barrel: import the file that has the thing"] : [];
  },

  function environment({ file, text }) {
    if (!file.startsWith("src/") || file === "src/lib/env.ts") return [];
    return text.includes("process.env") ? ["reads process.env: only src/lib/env.ts does"] : [];
  },

  function leftovers({ text }) {
    const marks = [/\bTO[D]O\b/, /\bFIX[M]E\b/].filter((mark) => mark.test(text));
    const narrowed = /\b(?:it|test|describe|suite)\.(?:only|skip)\b/.test(text);
    return [
      ...(marks.length > 0 ? ["an unfinished-work mark: name an issue or finish it"] : []),
      ...(narrowed ? ["a test is narrowed or skipped"] : []),
    ];
  },

  function domain({ file, imports }) {
    if (!file.startsWith("src/domain/")) return [];
    const isTest = /\.(?:test|examples|arbitraries)\.tsx?$/.test(file);
    return imports
      .filter(({ target, name }) => !(target ?? "").startsWith("src/domain/") && name !== "zod")
      .filter(({ target, name }) => !(isTest && isTestMaterial(target ?? name)))
      .map(({ name }) => `the domain imports ${name}: it may import zod and itself`);
  },

  function layers({ file, imports }) {
    const forbidden = Object.entries({
      "src/lib/": ["src/domain/", "src/features/", "src/components/", "src/app/"],
      "src/components/": ["src/domain/", "src/features/", "src/app/"],
      "src/features/": ["src/app/"],
    }).find(([layer]) => file.startsWith(layer))?.[1];
    return imports
      .filter(({ target }) => forbidden?.some((layer) => target?.startsWith(layer)))
      .map(({ target }) => `imports ${target}: layers point app, features, components, lib`);
  },

  function database({ file, imports }) {
    if (!file.startsWith("src/") || file.startsWith("src/lib/db/")) return [];
    if (isDataModule(file) || /\.test\.tsx?$/.test(file)) return [];
    return imports
      .filter(({ target, isType }) => !isType && target && isDatabase(target))
      .map(({ target }) => `imports ${target}: only data.ts and mutations.ts use the database`);
  },

  function pages({ file, imports }) {
    if (!file.startsWith("src/app/") || /\/route\.ts$/.test(file)) return [];
    return imports
      .filter(({ target, isType }) => !isType && target?.startsWith("src/features/") && isDataModule(target))
      .map(({ target }) => `imports ${target}: pages use loaders.ts and actions.ts`);
  },

  function serverOnly({ file, imports }) {
    if (!/^src\/features\/.*\/(?:data|loaders|mutations)\.ts$/.test(file)) return [];
    return imports.some(({ name }) => name === "server-only") ? [] : ['does not import "server-only"'];
  },
];

/** @param {string} name package, or file inside the project */
function isTestMaterial(name) {
  return (
    name === "vitest" ||
    name === "fast-check" ||
    name.startsWith("node:") ||
    name.startsWith("prisma/reference/")
  );
}

/**
 * A feature's `data.ts` or `mutations.ts`, or a file of the folder such a file was split into.
 * @param {string} file
 */
function isDataModule(file) {
  return /\/(?:data|mutations)(?:\.ts|\/[^/]+\.ts)$/.test(file);
}

/** @param {string} target */
function isDatabase(target) {
  return target.startsWith("src/generated/prisma") || target === "src/lib/db/client.ts";
}

/**
 * Checks the whole project.
 * @returns {Promise<string[]>} what is wrong, one line each
 */
export async function checkStructure() {
  const strays = readdirSync(ROOT)
    .filter((name) => !name.startsWith(".") && !TOP_LEVEL.has(name) && !GENERATED.has(name))
    .map((name) => `${name}: does not belong at the top level`);
  const files = await listFiles(
    ["src", "scripts", "tests", "prisma"].map((name) => inProject(name)),
    (file) => /\.(?:tsx?|mjs)$/.test(file) && !file.includes(`${path.sep}generated${path.sep}`),
  );
  const sources = files.map((absolute) => {
    const file = path.relative(ROOT, absolute).split(path.sep).join("/");
    const text = readFileSync(absolute, "utf8");
    return { file, text, imports: readImports(file, text, (name) => existsSync(inProject(name))) };
  });
  const broken = sources.flatMap((source) =>
    RULES.flatMap((rule) => rule(source).map((problem) => `${source.file}: ${problem}`)),
  );
  const cycles = findCycles(sources).map((cycle) => `import cycle: ${cycle.join(" → ")}`);
  const unlocked = missingPackages(JSON.parse(readFileSync(inProject("package-lock.json"), "utf8"))).map(
    ({ name }) => `package-lock.json: lacks ${name}, so npm ci refuses it (npm run lock:complete)`,
  );
  return [...strays, ...broken, ...cycles, ...unlocked];
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const problems = await checkStructure();
  for (const problem of problems) warn(problem);
  info(problems.length === 0 ? "Structure: nothing to object." : `Structure: ${problems.length} objections.`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
