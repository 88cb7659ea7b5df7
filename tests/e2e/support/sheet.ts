import type { Locator, Page } from "@playwright/test";
import { countOf, textOf } from "./reading";

/** The score of the open sheet as it stands while answering. */
export function panel(page: Page): Locator {
  return page.getByRole("region", { name: "Kết quả chấm" });
}

/** The line "90/100 điểm" of the score. */
export function total(page: Page): Locator {
  return panel(page)
    .getByRole("paragraph")
    .filter({ hasText: /\/100 điểm$/ });
}

/** One item of the open sheet. */
export function item(page: Page, code: string): Locator {
  return page
    .getByRole("article")
    .filter({ has: page.getByRole("heading", { name: new RegExp(`^${code.replace(".", "\\.")} `) }) });
}

/** How many items the score says are missing. */
export async function missingCount(page: Page): Promise<number> {
  const text = await textOf(panel(page));

  return text.includes("Đã chấm đủ các tiêu chí.")
    ? 0
    : countOf(/Còn thiếu \d+ tiêu chí/.exec(text)?.[0] ?? "");
}
