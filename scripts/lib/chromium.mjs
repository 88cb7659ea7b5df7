import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { NODE_MODULES, ROOT } from "./paths.mjs";
import { mustRun } from "./process.mjs";

/**
 * @typedef {{ executablePath: string, env: Record<string, string> }} Browser `env`: what it needs besides our environment
 */

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * A Chromium for the browser tests: the one that is named, else the one that comes as a package, with the libraries and fonts
 * a bare machine lacks (it draws no window of its own and takes half the CPU of an installed one), else the machine's own.
 * @returns {Promise<Browser>}
 */
export async function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named && starts({ executablePath: named, env: {} })) return { executablePath: named, env: {} };
  if (process.platform === "linux") {
    const packaged = await unpackBrowser();
    if (starts(packaged)) return packaged;
  }
  for (const executablePath of INSTALLED) {
    const installed = { executablePath, env: {} };
    if (existsSync(executablePath) && starts(installed)) return installed;
  }
  throw new Error("Không tìm thấy Chromium chạy được: hãy đặt CHROMIUM_PATH.");
}

/** @param {Browser} browser */
function starts({ executablePath, env }) {
  try {
    execFileSync(executablePath, ["--version"], {
      stdio: "ignore",
      timeout: 60_000,
      env: { ...process.env, ...env },
    });
    return true;
  } catch {
    return false;
  }
}

/**
 * Unpacks the packaged browser once per version, below node_modules.
 * @returns {Promise<Browser>}
 */
async function unpackBrowser() {
  const packageFile = path.join(NODE_MODULES, "@sparticuz", "chromium", "package.json");
  const { version } = JSON.parse(await readFile(packageFile, "utf8"));
  const folder = path.join(NODE_MODULES, ".cache", `chromium-${version}-${process.arch}`);
  if (!existsSync(folder)) {
    const draft = `${folder}.${process.pid}`;
    await mkdir(draft, { recursive: true });
    try {
      // The package unpacks into the temporary folder, and its libraries only where it believes to be in its cloud.
      await mustRun(
        process.execPath,
        [
          "--input-type=module",
          "--eval",
          'await (await import("@sparticuz/chromium")).default.executablePath();',
        ],
        {
          cwd: ROOT,
          quiet: true,
          env: { ...process.env, TMPDIR: draft, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x" },
        },
      );
      await writeFile(path.join(draft, "fonts", "fonts.conf"), fontSettings(path.join(folder, "fonts")));
      await rename(draft, folder);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  }
  return {
    executablePath: path.join(folder, "chromium"),
    env: {
      LD_LIBRARY_PATH: path.join(folder, "al2023", "lib"),
      FONTCONFIG_FILE: path.join(folder, "fonts", "fonts.conf"),
    },
  };
}

/**
 * The package's own settings look for its fonts in one fixed place; without any font the browser crashes.
 * @param {string} fonts
 */
function fontSettings(fonts) {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${fonts}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${path.join(path.dirname(fonts), "fonts-cache")}</cachedir>
</fontconfig>
`;
}
