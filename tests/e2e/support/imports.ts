import type { Locator, Page } from "@playwright/test";
import { expect } from "@playwright/test";

/** A file as it is chosen: a path, or bytes under a name. */
type Chosen = string | { name: string; mimeType: string; buffer: Buffer };

/** What the worker needs at the most on a busy machine. */
const WORK_MS = 300_000;

/** Sends a file from the list of imports and waits until its columns are shown. */
export async function sendList(page: Page, file: Chosen): Promise<void> {
  await page.goto("/nhap-lieu");
  await page.locator("input[type=file]").setInputFiles(file);
  await page.waitForURL(/\/nhap-lieu\/[0-9a-f-]{36}$/, { timeout: WORK_MS });
  await expect(checkButton(page)).toBeVisible({ timeout: WORK_MS });
}

/** Has the file checked for a year and waits for the sentence of what writing would do. */
export async function checkList(page: Page, year = "2026"): Promise<void> {
  await page.getByLabel("Danh sách này của năm nào?").selectOption(year);
  await checkButton(page).click();
  await expect(outcome(page)).toBeVisible({ timeout: WORK_MS });
}

/** Chooses what becomes of hamlets the commune does not have, and waits for the new check. */
export async function makeHamlets(page: Page, left: readonly string[] = []): Promise<number> {
  const form = page.getByRole("form", { name: "Thôn chưa có" });
  const lines = form.getByRole("listitem");
  let made = 0;
  for (const line of await lines.all()) {
    const text = (await line.textContent()) ?? "";
    if (left.some((name) => text.includes(name))) continue;
    await line.getByLabel(/^Làm gì/).selectOption({ label: "Tạo thôn mới" });
    made += 1;
  }
  const before = (await outcome(page).textContent()) ?? "";
  await form.getByRole("button", { name: "Kiểm tra lại với các thôn đã chọn" }).click();
  await expect(outcome(page)).not.toHaveText(before, { timeout: WORK_MS });

  return made;
}

/** Writes the rows the button counts and waits for the result. */
export async function writeList(page: Page, rows: number): Promise<void> {
  await page.getByRole("button", { name: `Ghi ${rows} dòng` }).click();
  await expect(page.getByRole("heading", { name: /^Đã ghi vào sổ lúc/ })).toBeVisible({ timeout: WORK_MS });
}

/** "Sẽ thêm 164, sửa 0, giữ nguyên 0, bỏ qua 9 dòng trùng, 27 dòng lỗi." */
export function outcome(page: Page): Locator {
  return page.getByRole("heading", { name: /^Sẽ thêm / });
}

function checkButton(page: Page): Locator {
  return page.getByRole("button", { name: "Kiểm tra, chưa ghi gì" });
}
