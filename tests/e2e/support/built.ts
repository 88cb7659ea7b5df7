import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const APP = path.join(ROOT, "src", "app");

/** The addresses of all pages on disk, as Next reads them: `/cham-diem/[assessmentId]`. */
export function pagesOnDisk(): string[] {
  return filesNamed("page.tsx").map(addressOf).sort();
}

/** The methods of all route handlers on disk: `PUT /api/cham-diem/[assessmentId]/[itemCode]`. */
export function handlersOnDisk(): string[] {
  return filesNamed("route.ts")
    .flatMap((file) => {
      const text = readFileSync(file, "utf8");
      const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"].filter((method) =>
        new RegExp(`export [^;]*\\b${method}\\b`).test(text),
      );
      if (methods.length === 0) throw new Error(`no method in ${file}`);

      return methods.map((method) => `${method} ${addressOf(file)}`);
    })
    .sort();
}

/** The server actions of the build: exported name → the id a browser calls it by. */
export function actionsOfBuild(): Map<string, string> {
  const file = path.resolve(
    ROOT,
    process.env.NEXT_DIST_DIR ?? ".next",
    "server",
    "server-reference-manifest.json",
  );
  if (!existsSync(file)) throw new Error(`no build at ${file}`);
  const manifest = JSON.parse(readFileSync(file, "utf8")) as Record<
    "node" | "edge",
    Record<string, { exportedName: string }>
  >;
  const entries = Object.entries({ ...manifest.node, ...manifest.edge });

  return new Map(entries.map(([id, { exportedName }]) => [exportedName, id]));
}

function filesNamed(name: string): string[] {
  return readdirSync(APP, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name === name)
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function addressOf(file: string): string {
  const parts = path.relative(APP, path.dirname(file)).split(path.sep);

  return `/${parts.filter((part) => part !== "" && !part.startsWith("(")).join("/")}`;
}
