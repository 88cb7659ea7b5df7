/**
 * A registry that carries only the packages of its own platform makes npm leave the others out of the lock file, and
 * `npm ci` then refuses that lock file everywhere. These functions find and restore what is missing.
 *
 * @typedef {{ version: string, dev?: boolean, optional?: boolean, os?: string[], cpu?: string[], libc?: string[],
 *   optionalDependencies?: Record<string, string> }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} LockFile
 */

const SYSTEMS = [
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
];
const PROCESSORS = [
  "arm64",
  "ia32",
  "loong64",
  "mips64el",
  "ppc64",
  "riscv64",
  "s390x",
  "wasm32",
  "x64",
  "arm",
];

/**
 * Optional packages that others name and the lock file lacks.
 * @param {LockFile} lock
 * @returns {{ name: string, version: string, dev: boolean }[]}
 */
export function missingPackages({ packages }) {
  return Object.entries(packages).flatMap(([owner, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !isLocked(packages, owner, name))
      .map(([name, range]) => ({ name, version: range.replace(/^[\^~]/, ""), dev: entry.dev === true })),
  );
}

/**
 * The lock file with those packages in it, each bound to the platform its name tells.
 * @param {LockFile} lock
 * @returns {LockFile}
 */
export function completeLockFile(lock) {
  const packages = { ...lock.packages };
  for (const { name, version, dev } of missingPackages(lock)) {
    const os = SYSTEMS.find((system) => name.replace("windows", "win32").includes(system));
    const cpu = PROCESSORS.find((processor) => name.includes(processor));
    packages[`node_modules/${name}`] = {
      version,
      ...(cpu ? { cpu: [cpu] } : {}),
      ...(dev ? { dev } : {}),
      ...(os === "linux" && name.includes("musl") ? { libc: ["musl"] } : {}),
      optional: true,
      ...(os ? { os: [os] } : {}),
    };
  }
  const sorted = Object.entries(packages).sort(([one], [other]) => (one < other ? -1 : 1));
  return { ...lock, packages: Object.fromEntries(sorted) };
}

/**
 * Looks where Node would look: beside the owner, then in every folder above it.
 * @param {Record<string, LockedPackage>} packages
 * @param {string} owner
 * @param {string} name
 */
function isLocked(packages, owner, name) {
  for (let folder = owner; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))) {
    if (packages[`${folder ? `${folder}/` : ""}node_modules/${name}`]) return true;
    if (folder === "") return false;
  }
}
