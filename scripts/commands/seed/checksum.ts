import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const WATCHED = [
  new URL("../../../prisma/reference/", import.meta.url),
  new URL("./", import.meta.url),
  new URL("../../../src/domain/access/", import.meta.url),
  new URL("../../../src/domain/published/", import.meta.url),
  new URL("../../../src/domain/territory/", import.meta.url),
];

/** One hash over the reference files and the code that loads them: the same hash, nothing to load. */
export function referenceChecksum(): string {
  const hash = createHash("sha256");
  for (const folder of WATCHED) {
    for (const name of readdirSync(fileURLToPath(folder)).sort()) {
      if (!/\.(json|ts)$/.test(name) || name.endsWith(".test.ts")) continue;
      hash.update(name).update(readFileSync(new URL(name, folder)));
    }
  }

  return hash.digest("hex");
}
