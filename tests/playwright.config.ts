import { defineConfig } from "@playwright/test";

/** A production server with a demonstration of its own. */
type Server = { url: string; databaseUrl: string };

/** Who asks for every page: they would notice any write of a story. */
const WALLS = ["**/accessibility.spec.ts", "**/walls.spec.ts"];

const { E2E_SERVERS: servers, E2E_BROWSER: browser } = process.env;
if (!servers || !browser) {
  throw new Error(
    "The browser tests need a server of their own: npm test -- browser [-- a Playwright argument]",
  );
}
const { executablePath, env } = JSON.parse(browser) as {
  executablePath: string;
  env: Record<string, string>;
};
const [stories, walls] = JSON.parse(servers) as [Server, Server];
const inherited = Object.entries(process.env).filter(
  (entry): entry is [string, string] => entry[1] !== undefined,
);

export default defineConfig({
  testDir: "e2e",
  outputDir: "../test-results",
  forbidOnly: true,
  workers: 2,
  // One demonstration, one story after the other.
  projects: [
    { name: "stories", testIgnore: WALLS, ...at(stories) },
    { name: "walls", testMatch: WALLS, ...at(walls) },
  ],
  retries: 0,
  // A machine that does other things besides is slow, not wrong.
  timeout: 600_000,
  expect: { timeout: 60_000 },
  reporter: [["list"], ["json"]],
  use: {
    actionTimeout: 60_000,
    navigationTimeout: 120_000,
    locale: "vi-VN",
    timezoneId: "Asia/Ho_Chi_Minh",
    viewport: { width: 1280, height: 800 },
    screenshot: "only-on-failure",
    // Recording costs a sixth of the CPU: `npm test -- browser -- --trace retain-on-failure` when a failure asks for it.
    trace: "off",
    launchOptions: {
      executablePath,
      args: ["--disable-gpu"],
      env: { ...Object.fromEntries(inherited), ...env },
    },
  },
});

/** A project that stands alone before a server. */
function at({ url, databaseUrl }: Server) {
  return { workers: 1, use: { baseURL: url }, metadata: { url, databaseUrl } };
}
