import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { one } from "./support/database";
import { openAs, signIn } from "./support/people";
import { communeId } from "./support/walls/targets";

const YEAR = 2026;
const COMMUNE = "Xã Bình Ca";

type Sought = { id: string; name: string; code: string; hamlet: string };

/** A household of the commune whose name nobody else there has. */
async function sought(): Promise<Sought> {
  return await one<Sought>(
    `SELECT s.id, s.name, 'GD' || s.number AS code, u.name AS hamlet FROM placement p JOIN unit u ON u.id = p.child_id
       JOIN subject s ON s.unit_id = u.id AND s.title = 'FAMILY' AND s.active_to IS NULL
      WHERE p.parent_id = $1 AND u.level = 'HAMLET' AND array_length(string_to_array(s.name, ' '), 1) = 3
        AND length(split_part(s.name, ' ', 3)) >= 4
        AND (SELECT count(*) FROM placement q JOIN subject o ON o.unit_id = q.child_id
              WHERE q.parent_id = $1 AND o.title = 'FAMILY' AND o.name_search = s.name_search) = 1
      ORDER BY s.number LIMIT 1`,
    [await communeId(COMMUNE)],
  );
}

const box = (page: Page) => page.getByRole("searchbox", { name: "Tìm theo tên, thôn, mã hoặc số CCCD" });
const plain = (text: string) =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replaceAll("đ", "d")
    .replaceAll("Đ", "D")
    .toLowerCase();

test("one box finds by words in any order, with a slip, by code and by hamlet; no text reaches the address", async ({
  page,
}) => {
  const family = await sought();
  const [surname = "", middle = "", given = ""] = plain(family.name).split(" ");
  await signIn(page, "canbo.binhca");
  await page.goto(`/so-theo-doi?nam=${YEAR}`);
  const found = page.getByRole("link", { name: family.name, exact: true });

  for (const text of [
    `${given} ${surname} ${middle}`,
    family.code.toLowerCase(),
    `${plain(family.name)} ${plain(family.hamlet)}`,
  ]) {
    await box(page).fill(text);
    await expect(found, text).toBeVisible();
    await expect(page.getByText(/^Tìm thấy \d/).first()).toBeVisible();
  }

  const slipped = `${surname} ${middle} ${given.slice(0, -1)}${given.endsWith("x") ? "w" : "x"}`;
  await box(page).fill(slipped);
  await expect(page.getByText(/^Không có tên khớp hẳn; /).first()).toBeVisible();
  await expect(found).toBeVisible();
  expect(plain(decodeURIComponent(page.url()))).not.toContain(given);

  await found.click();
  await expect(page.getByRole("heading", { level: 1, name: family.name })).toBeVisible();
  await page.goBack();
  await expect(box(page)).toHaveValue(slipped);
  await expect(found).toBeVisible();
});

test("filters and order stand in the address: they survive reload and back, and work by keyboard", async ({
  page,
}) => {
  await signIn(page, "canbo.binhca");
  await page.goto(`/so-theo-doi?nam=${YEAR}`);
  const all = await page.getByText(/^Trang này \d+ trong /).textContent();

  await page.getByText("Bộ lọc khác").focus();
  await page.keyboard.press("Enter");
  await page.getByLabel("Diện hộ").selectOption("Hộ nghèo");
  await expect(page).toHaveURL(/dien=ngheo/);
  // What is not chosen does not stand in the address.
  expect(new URL(page.url()).search).not.toMatch(/=(&|$)/);
  await expect(page.getByText("Bộ lọc khác (1 đang dùng)")).toBeVisible();
  const poor = await page.getByText(/^Trang này \d+ trong /).textContent();
  expect(poor).not.toBe(all);

  await page.getByLabel("Sắp xếp").selectOption("Theo thôn, rồi theo tên");
  await expect(page).toHaveURL(/sap-xep=thon/);
  await page.reload();
  await expect(page.getByLabel("Diện hộ")).toHaveValue("ngheo");
  await expect(page.getByText(/^Trang này \d+ trong /)).toHaveText(poor ?? "");
  const hamlets = await page
    .getByRole("row")
    .getByRole("cell")
    .filter({ hasText: /^Thôn / })
    .allTextContents();
  expect(new Set(hamlets).size).toBe(hamlets.filter((hamlet, at) => hamlet !== hamlets[at - 1]).length);

  await page.goBack();
  await page.goBack();
  await expect(page.getByText(/^Trang này \d+ trong /)).toHaveText(all ?? "");
});

test("a province leader lists and searches everybody below", async ({ browser }) => {
  const family = await sought();
  const { page } = await openAs(browser, "lanhdao.tuyenquang");
  await page.goto(`/so-theo-doi?nam=${YEAR}`);
  await box(page).fill(plain(family.name));
  await expect(
    page.getByRole("row", { name: new RegExp(`${family.name}.*${COMMUNE}`) }).first(),
  ).toBeVisible();
  await box(page).fill("");
  await page.getByRole("link", { name: "Danh sách", exact: true }).click();
  await expect(page.getByText(/^Trang này 50 trong /)).toBeVisible();
  await page.getByRole("link", { name: "Trang sau" }).click();
  await expect(page).toHaveURL(/sau=/);
  await expect(page.getByRole("link", { name: "Trang trước" })).toBeVisible();
});
