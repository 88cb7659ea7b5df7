import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { countOf, textOf } from "./reading";

/** How many entries of the open dossier wait for review. */
export async function waitingOf(page: Page): Promise<number> {
  return countOf(await textOf(page.getByRole("listitem").filter({ hasText: "chờ thẩm định" }).first()));
}

/** Opens the entry of a name from the queue, page by page. */
export async function openEntry(page: Page, name: string): Promise<void> {
  const queue = page.getByRole("region", { name: "Danh sách mục" });
  const entry = queue.getByRole("link", { name });
  const onward = queue.getByRole("link", { name: "Trang sau" });
  await expect(queue.getByRole("link").first()).toBeVisible();
  while ((await entry.count()) === 0) {
    const first = await textOf(queue.getByRole("list").last());
    await onward.click();
    await expect(queue.getByRole("list").last()).not.toHaveText(first);
  }
  await entry.click();
  await expect(
    page.getByRole("region", { name: "Phiếu điểm" }).getByRole("heading", { level: 2 }).first(),
  ).toHaveText(name);
}
