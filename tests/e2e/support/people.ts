import { readFileSync } from "node:fs";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "@playwright/test";

type Account = {
  username: string;
  password: string;
  name: string;
  role: string;
  unit: string;
  roleCode: string;
};

/** The accounts of the demonstration, as `npm start` prints them. */
export const ACCOUNTS = JSON.parse(
  readFileSync(new URL("../../../scripts/demo-accounts.json", import.meta.url), "utf8"),
) as readonly Account[];

/** The account of a person. */
export function account(username: string): Account {
  const found = ACCOUNTS.find((one) => one.username === username);
  if (!found) throw new Error(`no demonstration account ${username}`);

  return found;
}

/** Signs in through the page, as a person does. */
export async function signIn(page: Page, username: string): Promise<void> {
  const { password } = account(username);
  await page.goto("/dang-nhap");
  await page.getByLabel("Tên đăng nhập").fill(username);
  await page.getByLabel("Mật khẩu", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  await page.waitForURL((url) => url.pathname !== "/dang-nhap");
}

/** A browser of one's own for a person, already signed in. */
export async function openAs(
  browser: Browser,
  username: string,
  options: BrowserContextOptions = {},
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await signIn(page, username);

  return { context, page };
}
