import type { Locator, Page } from "@playwright/test";
import { expect } from "@playwright/test";

/** A count as a page writes it, "1.234", as a number. */
export function countOf(text: string): number {
  const match = /\d{1,3}(?:\.\d{3})+|\d+/.exec(text);
  if (!match) throw new Error(`no number in "${text}"`);

  return Number(match[0].replaceAll(".", ""));
}

/** The text of the one element a locator finds. */
export async function textOf(locator: Locator): Promise<string> {
  return (await locator.textContent()) ?? "";
}

/** What the card of a title on the dashboard says. */
export type Card = { recognised: number; total: number; missing: number; target: number };

/** Reads a card of the dashboard: "59 / 663", "còn thiếu 406 … để đạt 2025", "2025: 70 %". */
export async function readCard(page: Page, title: string): Promise<Card> {
  const card = page
    .getByRole("article")
    .filter({ has: page.getByRole("heading", { name: title, exact: true }) });
  const lacking = card.getByText(/còn thiếu .* để đạt \d{4}/);
  await expect(lacking).toBeVisible();
  const [recognised = "", total = ""] = (await textOf(card.getByText(/^[\d.]+ \/ [\d.]+$/))).split("/");
  const [, missing = "", year = ""] = /thiếu ([\d.]+) .* (\d{4})/.exec(await textOf(lacking)) ?? [];
  const target = await textOf(card.getByRole("listitem").filter({ hasText: `${year}:` }));

  return {
    recognised: countOf(recognised),
    total: countOf(total),
    missing: countOf(missing),
    target: Number(/: ([\d,]+) %/.exec(target)?.[1]?.replace(",", ".")),
  };
}

/** Today as a person in Vietnam writes it, "05/01/2027". */
export function today(): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Ho_Chi_Minh" }).format(new Date());
}

/** The cell of a table's row under a header. */
export async function cellUnder(table: Locator, row: Locator, header: string): Promise<Locator> {
  await expect(table.getByRole("columnheader", { name: header, exact: true })).toBeVisible();
  const headers = await table.getByRole("columnheader").allInnerTexts();
  const at = headers.findIndex((text) => text.trim() === header);
  if (at < 0) throw new Error(`no column ${header} among ${headers.join(", ")}`);

  return row.locator("th, td").nth(at);
}
