import { expect, test } from "@playwright/test";
import { one } from "./support/database";
import { signIn } from "./support/people";
import { communeId } from "./support/walls/targets";

const COMMUNE = "Xã Minh Thanh";

test("a part of a hamlet becomes a new one, is named and classified, and goes back", async ({ page }) => {
  const source = await one<{ id: number; name: string; household: string; members: number }>(
    `SELECT u.id, u.name, h.name AS household,
            (SELECT count(*)::int FROM citizen c JOIN subject m ON m.id = c.subject_id AND m.active_to IS NULL AND m.unit_id = u.id
              WHERE c.household_id = h.id) AS members
       FROM placement p JOIN unit u ON u.id = p.child_id AND u.valid_to IS NULL
       JOIN LATERAL (SELECT s.id, s.name FROM subject s WHERE s.unit_id = u.id AND s.title = 'FAMILY' AND s.active_to IS NULL
                       AND (SELECT count(*) FROM subject o WHERE o.unit_id = u.id AND o.title = 'FAMILY' AND o.name = s.name) = 1
                     ORDER BY s.id LIMIT 1) h ON true
      WHERE p.parent_id = $1 AND u.level = 'HAMLET' ORDER BY u.id LIMIT 1`,
    [await communeId(COMMUNE)],
  );
  await signIn(page, "canbo.minhthanh");

  await page.goto(`/so-theo-doi/thon/${source.id}`);
  await page.getByRole("link", { name: "Tách…" }).click();
  await page.getByLabel("Tên thôn mới").fill("Bờ Rào");
  await page.getByLabel("Từ ngày").fill("01/10/2026");
  await page.getByLabel("Lọc theo tên, địa chỉ").fill(source.household.toUpperCase());
  await page.getByRole("button", { name: /^Chọn 1 mục đang hiện/ }).click();
  await page.getByRole("button", { name: `Tách 1 mục và ${source.members} thành viên` }).click();

  await expect(page.getByRole("heading", { level: 1, name: "Thôn Bờ Rào" })).toBeVisible();
  await expect(page.getByText(`${source.members + 1} mục đã chuyển sang thôn này`)).toBeVisible();

  await page.getByRole("button", { name: "Đổi tên…" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByLabel("Tên mới").fill("Bờ Rào Trên");
  await dialog.getByLabel("Từ ngày").fill("01/11/2026");
  await dialog.getByRole("button", { name: "Đổi tên" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Thôn Bờ Rào Trên" })).toBeVisible();
  await expect(page.getByRole("row", { name: /Thôn Bờ Rào Thôn 01\/10\/2026 01\/11\/2026/ })).toBeVisible();

  await page.getByRole("button", { name: "Ghi thuộc diện năm 2026" }).click();
  await expect(page.getByText("▲ đặc biệt khó khăn")).toBeVisible();

  await page.getByRole("link", { name: "Sáp nhập…" }).click();
  await page.getByLabel("Thôn sau sáp nhập").selectOption({ label: source.name });
  await page.getByLabel("Từ ngày").fill("15/11/2026");
  await expect(page.getByText(/Thôn Bờ Rào Trên sẽ kết thúc; 1 hộ/)).toBeVisible();
  await page.getByRole("button", { name: "Sáp nhập 1 thôn" }).click();

  await expect(page.getByRole("heading", { level: 1, name: source.name })).toBeVisible();
  await expect(page.getByText(`${source.members + 1} mục đã chuyển về thôn này`)).toBeVisible();
  const back = await one<{ unitId: number }>(
    `SELECT unit_id AS "unitId" FROM subject WHERE title = 'FAMILY' AND name = $1 AND active_to IS NULL AND unit_id = $2`,
    [source.household, source.id],
  );
  expect(back.unitId).toBe(source.id);
});
