import { defineConfig } from "@playwright/test";

const { E2E_BASE_URL: baseURL, E2E_BROWSER: browser } = process.env;
if (!baseURL || !browser) {
  throw new Error(
    "The browser tests need a server of their own: npm test -- browser [-- a Playwright argument]",
  );
}
const { executablePath, env } = JSON.parse(browser) as {
  executablePath: string;
  env: Record<string, string>;
};
const inherited = Object.entries(process.env).filter(
  (entry): entry is [string, string] => entry[1] !== undefined,
);

export default defineConfig({
  testDir: "e2e",
  outputDir: "../test-results",
  forbidOnly: true,
  // One demonstration, one story after the other.
  workers: 1,
  retries: 0,
  // A machine that does other things besides is slow, not wrong.
  timeout: 600_000,
  expect: { timeout: 60_000 },
  reporter: [["list"], ["json"]],
  use: {
    baseURL,
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
