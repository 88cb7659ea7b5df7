import { expect, it } from "vitest";
import { completeLockFile, missingPackages } from "./lock-file.mjs";

const lock = {
  packages: {
    "": { version: "1.0.0" },
    "node_modules/tool": {
      version: "2.0.0",
      dev: true,
      optionalDependencies: {
        "@tool/linux-x64": "2.0.0",
        "@tool/linux-x64-musl": "2.0.0",
        "@tool/windows-arm64": "^2.0.0",
      },
    },
    "node_modules/@tool/linux-x64": { version: "2.0.0", optional: true },
  },
};

it("finds the packages of other platforms that a registry left out", () => {
  expect(missingPackages(lock).map(({ name }) => name)).toEqual([
    "@tool/linux-x64-musl",
    "@tool/windows-arm64",
  ]);
});

it("restores them, each for its platform alone", () => {
  const { packages } = completeLockFile(lock);

  expect(packages["node_modules/@tool/linux-x64-musl"]).toEqual({
    version: "2.0.0",
    dev: true,
    optional: true,
    os: ["linux"],
    cpu: ["x64"],
    libc: ["musl"],
  });
  expect(packages["node_modules/@tool/windows-arm64"]).toMatchObject({
    version: "2.0.0",
    os: ["win32"],
    cpu: ["arm64"],
  });
  expect(missingPackages({ packages })).toEqual([]);
});
