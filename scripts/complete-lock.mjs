// `npm run lock:complete`, after adding a package from a registry that lacks those of other platforms.
import { readFile, writeFile } from "node:fs/promises";
import { completeLockFile, missingPackages } from "./lib/lock-file.mjs";
import { info } from "./lib/log.mjs";
import { inProject } from "./lib/paths.mjs";

const file = inProject("package-lock.json");
const lock = JSON.parse(await readFile(file, "utf8"));
const missing = missingPackages(lock);
if (missing.length > 0) await writeFile(file, `${JSON.stringify(completeLockFile(lock), null, 2)}\n`);
info(`package-lock.json: ${missing.length} packages added.`);
