import path from "node:path";

/**
 * @typedef {{ name: string, target: string | undefined, isType: boolean }} Import
 *   `name`: as written; `target`: the file it means inside the project, undefined for a package; `isType`: gone at run time
 */

const STATEMENT =
  /(?:^|\n)\s*(?:import|export)(\s+type\b)?(?:\s*["']|[^"';]*?\bfrom\s*["'])([^"'\n]+)["']|\bimport\(\s*["']([^"'\n]+)["']\s*\)/g;
const ENDINGS = ["", ".ts", ".tsx", ".mjs", "/index.ts", "/index.tsx", "/client.ts"];

/**
 * The imports of one module, found by reading the statements rather than the grammar.
 * @param {string} file path inside the project, forward slashes
 * @param {string} text
 * @param {(file: string) => boolean} exists
 * @returns {Import[]}
 */
export function readImports(file, text, exists) {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, "");
  return [...code.matchAll(STATEMENT)].map(([, type, fixed, dynamic]) => {
    const name = /** @type {string} */ (fixed ?? dynamic);
    return { name, target: resolve(file, name, exists), isType: type !== undefined };
  });
}

/**
 * @param {string} file
 * @param {string} name
 * @param {(file: string) => boolean} exists
 */
function resolve(file, name, exists) {
  if (!name.startsWith(".") && !name.startsWith("@/")) return undefined;
  const base = name.startsWith("@/")
    ? `src/${name.slice(2)}`
    : path.posix.normalize(path.posix.join(path.posix.dirname(file), name));
  const isFile = /\.(?:tsx?|mjs|js|json|css)$/.test(base) && exists(base);
  return isFile
    ? base
    : (ENDINGS.slice(1)
        .map((ending) => base + ending)
        .find(exists) ?? base);
}

/**
 * Circles of modules that need each other at run time.
 * @param {{ file: string, imports: Import[] }[]} sources
 * @returns {string[][]} each circle once, its first module also last
 */
export function findCycles(sources) {
  const edges = new Map(
    sources.map(({ file, imports }) => [
      file,
      imports.flatMap((one) => (one.isType || !one.target ? [] : [one.target])),
    ]),
  );
  /** @type {string[][]} */
  const cycles = [];
  /** @type {Set<string>} */
  const finished = new Set();
  /** @type {string[]} */
  const trail = [];
  /** @param {string} file */
  const visit = (file) => {
    const at = trail.indexOf(file);
    if (at >= 0) {
      cycles.push([...trail.slice(at), file]);
      return;
    }
    if (finished.has(file)) return;
    trail.push(file);
    for (const target of edges.get(file) ?? []) visit(target);
    trail.pop();
    finished.add(file);
  };
  for (const file of edges.keys()) visit(file);
  return cycles;
}
