import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import type { TestSpecification } from "vitest/node";
import { BaseSequencer } from "vitest/node";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Ends a test that hangs; a machine that does other things besides is slow, not wrong. */
const UNHURRIED_MS = 300_000;

/** Files that take a quarter of a minute and more, the longest first: begun last, one of them would leave a core without work. */
const LONG = [
  "registry-bulk",
  "demo",
  "second-wall",
  "counters-under-fire",
  "registry-undo",
  "reach",
  "dossier-model",
];

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = LONG.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));

      return at < 0 ? LONG.length : at;
    };

    return (await super.sort(files)).sort((one, other) => place(one) - place(other));
  }
}

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
    sequence: { sequencer: LongFirst },
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
