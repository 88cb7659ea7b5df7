import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { one, sql } from "./support/database";
import { openAs, signIn } from "./support/people";
import { countOf, textOf, today } from "./support/reading";

const WHO = "canbo.tantrao";
const MARK = `Kẻ ${String.fromCharCode(65 + (Date.now() % 26))}`;

/** The commune's two hamlets with the most households. */
async function hamlets(): Promise<[{ id: number; name: string }, { id: number; name: string }]> {
  const rows = await sql<{ id: number; name: string }>(
    `SELECT u.id, u.name FROM unit u JOIN ancestry a ON a.descendant_id = u.id AND a.valid_to IS NULL
       JOIN unit c ON c.id = a.ancestor_id AND c.name = 'Xã Tân Trào' AND c.level = 'COMMUNE' AND c.valid_to IS NULL
       JOIN subject s ON s.unit_id = u.id AND s.title = 'FAMILY' AND s.active_to IS NULL
      WHERE u.level = 'HAMLET' GROUP BY u.id ORDER BY count(*) DESC, u.id LIMIT 2`,
  );
  const [first, second] = rows;
  if (!first || !second) throw new Error("no hamlets");

  return [first, second];
}

/** Enters a household through its form and opens its entry. */
async function enter(
  page: Page,
  name: string,
  hamlet: { id: number },
  more?: () => Promise<void>,
): Promise<string> {
  const { id: commune } = await one<{ id: number }>(
    "SELECT id FROM unit WHERE name = 'Xã Tân Trào' AND level = 'COMMUNE' AND valid_to IS NULL",
  );
  await page.goto(`/so-theo-doi/moi?loai=ho&don-vi=${commune}&nam=2026`);
  await page.getByLabel("Họ và tên chủ hộ").fill(name);
  await page.getByLabel("Thôn, tổ dân phố").selectOption(String(hamlet.id));
  await more?.();
  // The likely duplicate may be shown before the first sending or by its answer.
  const confirm = page.getByRole("checkbox", { name: /Vẫn ghi mới/ });
  await expect(async () => {
    if (/so-theo-doi\/[0-9a-f-]{36}/.test(page.url())) return;
    if (await confirm.isVisible()) await confirm.check();
    await page.getByRole("button", { name: "Ghi vào sổ", exact: true }).click();
    await page.waitForURL(/so-theo-doi\/[0-9a-f-]{36}/, { timeout: 8_000 });
  }).toPass({ timeout: 300_000 });

  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

async function undoNow(page: Page): Promise<void> {
  await page
    .getByRole("status")
    .getByRole("button", { name: /Hoàn tác/ })
    .click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /^Hoàn tác/ })
    .click();
}

test("two tabs edit one entry: both values are shown and either can be taken", async ({ browser }) => {
  const [hamlet] = await hamlets();
  const first = await openAs(browser, WHO);
  const id = await enter(first.page, `Lò Văn ${MARK} Một`, hamlet);
  const second = await openAs(browser, WHO);
  for (const { page } of [first, second]) await page.goto(`/so-theo-doi/${id}/sua`);

  await first.page.getByLabel("Địa chỉ").fill("Ngõ Một");
  await first.page.getByRole("button", { name: "Lưu thay đổi" }).click();
  await expect(first.page.getByText("Đã xong: sửa thông tin")).toBeVisible();
  await second.page.getByLabel("Địa chỉ").fill("Ngõ Hai");
  await second.page.getByLabel("Hộ nghèo", { exact: true }).check();
  await second.page.getByRole("button", { name: "Lưu thay đổi" }).click();

  const row = second.page.getByRole("row").filter({ hasText: "Địa chỉ" });
  await expect(row).toContainText("Ngõ Hai");
  await expect(row).toContainText("Ngõ Một");
  await row.getByRole("button", { name: /Lấy giá trị đang lưu/ }).click();
  await expect(second.page.getByLabel("Địa chỉ")).toHaveValue("Ngõ Một");
  await expect(second.page.getByLabel("Hộ nghèo", { exact: true })).toBeChecked();
  await row.getByRole("button", { name: /Đã lấy/ }).click();
  await expect(second.page.getByLabel("Địa chỉ")).toHaveValue("Ngõ Hai");
  await second.page.getByRole("button", { name: "Lưu thay đổi" }).click();
  await expect(second.page.getByText("Đã xong: sửa thông tin")).toBeVisible();
  await expect(second.page.getByText("Địa chỉ: Ngõ Một → Ngõ Hai")).toBeVisible();
  await first.context.close();
  await second.context.close();
});

test("a household moves and closes, and each step is taken back", async ({ page }) => {
  const [here, there] = await hamlets();
  await signIn(page, WHO);
  await enter(page, `Lò Văn ${MARK} Hai`, here);

  await page.getByRole("button", { name: "Chuyển thôn…" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByLabel("Thôn chuyển đến").selectOption(String(there.id));
  await dialog.getByLabel("Chuyển từ ngày").fill(today());
  await dialog.getByRole("button", { name: "Chuyển thôn", exact: true }).click();
  await expect(page.getByText("Đã xong: chuyển thôn")).toBeVisible();
  await expect(page.getByText(`Thôn: ${here.name} → ${there.name}`)).toBeVisible();
  await undoNow(page);
  await expect(page.getByText("Đã xong: hoàn tác")).toBeVisible();
  await expect(page.getByText("đã hoàn tác").first()).toBeVisible();
  await expect(page.getByText(`Hộ gia đình · ${here.name}`)).toBeVisible();

  await page.getByRole("button", { name: "Thôi theo dõi…" }).click();
  await dialog.getByLabel("Hộ chuyển đi nơi khác").check();
  await dialog.getByLabel("Từ ngày").fill(today());
  await dialog.getByRole("button", { name: "Thôi theo dõi", exact: true }).click();
  await expect(page.getByText(/Đã thôi theo dõi từ ngày .*: hộ chuyển đi nơi khác/)).toBeVisible();
  await undoNow(page);
  await expect(page.getByText("Đã xong: hoàn tác")).toBeVisible();
  await expect(page.getByText(/Đã thôi theo dõi từ ngày/)).toHaveCount(0);
});

test("two duplicates are found, compared and merged, and two again", async ({ page }) => {
  const [here, there] = await hamlets();
  const name = `Lò Thị ${MARK} Trùng`;
  await signIn(page, WHO);
  await enter(page, name, here);
  const second = await enter(page, name.toUpperCase(), there, async () => {
    await page.getByLabel("Địa chỉ").fill("Ngõ Ba");
  });

  await page.getByRole("link", { name: "Gộp với mục trùng…" }).click();
  await page.getByRole("row").filter({ hasText: name }).getByRole("link").first().click();
  const address = page.getByRole("row").filter({ hasText: "Địa chỉ" });
  await expect(address).toContainText("khác nhau");
  await address.getByRole("radio").filter({ visible: true }).last().check();
  await page.getByRole("button", { name: "Gộp hai mục làm một" }).click();
  await expect(page.getByText(/Đã xong: gộp mục trùng/)).toBeVisible();

  const [merged] = await sql<{ n: number }>(
    "SELECT count(*)::int AS n FROM subject WHERE name = $1 AND merged_into_id IS NOT NULL AND close_reason = 'MERGED'",
    [name],
  );
  expect(merged?.n).toBe(1);
  await undoNow(page);
  await expect(page.getByText(/Đã xong: hoàn tác/)).toBeVisible();
  const [row] = await sql<{ n: number }>(
    "SELECT count(*)::int AS n FROM subject WHERE name = $1 AND active_to IS NULL",
    [name],
  );
  expect(row?.n).toBe(2);
  expect(second).not.toBe("");
});

test("every household of a filtered list changes, exactly as many as the preview said", async ({ page }) => {
  const [hamlet] = await hamlets();
  await signIn(page, WHO);
  await page.goto("/so-theo-doi?nam=2026&mo-hinh=gia-dinh");
  const unit = await one<{ id: number }>(
    "SELECT id FROM unit WHERE name = 'Xã Tân Trào' AND level = 'COMMUNE' AND valid_to IS NULL",
  );
  const list = `don-vi=${unit.id}&nam=2026&mo-hinh=gia-dinh&thon=${hamlet.id}`;
  await page.goto(`/so-theo-doi?${list}`);
  await page.getByRole("link", { name: /^Sửa tất cả/ }).click();
  await page.getByRole("link", { name: "Có con trong độ tuổi đi học" }).click();
  const expected = await one<{ all: number; changing: number }>(
    `SELECT count(*)::int AS all, count(*) FILTER (WHERE NOT h.has_school_age_children)::int AS changing
       FROM subject s JOIN household h ON h.subject_id = s.id WHERE s.unit_id = $1 AND s.active_to IS NULL`,
    [hamlet.id],
  );
  expect(countOf(await textOf(page.getByText(/^Tất cả [\d.]+ hộ gia đình theo bộ lọc$/)))).toBe(expected.all);
  await page.getByLabel("Có", { exact: true }).check();
  await page.getByRole("button", { name: "Xem trước" }).click();
  const confirm = page.getByRole("button", { name: /^Đổi [\d.]+ hộ gia đình$/ });
  expect(countOf(await textOf(confirm))).toBe(expected.changing);

  await confirm.click();
  await expect(page.getByText(`Đã đổi ${expected.changing.toLocaleString("vi-VN")} mục`)).toBeVisible();
  const isSet = () =>
    one<{ n: number }>(
      `SELECT count(*)::int AS n FROM subject s JOIN household h ON h.subject_id = s.id
        WHERE s.unit_id = $1 AND s.active_to IS NULL AND h.has_school_age_children`,
      [hamlet.id],
    );
  expect((await isSet()).n).toBe(expected.all);
  await undoNow(page);
  await expect(page.getByText(/^Đã hoàn tác:/)).toBeVisible();
  expect((await isSet()).n).toBe(expected.all - expected.changing);
});
