import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Ends a test that hangs; a machine that does other things besides is slow, not wrong. */
const UNHURRIED_MS = 300_000;

export default defineConfig({
  root,
  resolve: {
    alias: {
      "@": `${root}src`,
      // Outside Next nothing decides whether a module runs on the server: these tests do.
      "server-only": `${root}node_modules/server-only/empty.js`,
    },
  },
  test: {
    // Vitest leaves one core out: with two that would be half of the machine.
    maxWorkers: "100%",
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["src/**/*.test.{ts,tsx}", "scripts/**/*.test.ts"],
          testTimeout: UNHURRIED_MS,
          hookTimeout: UNHURRIED_MS,
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts", "tests/access/**/*.test.ts"],
          globalSetup: ["tests/setup/global.ts"],
          setupFiles: ["tests/setup/per-file.ts"],
          testTimeout: UNHURRIED_MS,
          hookTimeout: UNHURRIED_MS,
        },
      },
    ],
  },
});
