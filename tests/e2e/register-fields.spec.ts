import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { one, sql } from "./support/database";
import { signIn } from "./support/people";
import { communeId } from "./support/walls/targets";

const COMMUNE = "Xã Minh Thanh";
const OFFICER = "canbo.minhthanh";

test("a head's year of birth tells households of one name apart", async ({ page }) => {
  await signIn(page, OFFICER);
  await newHousehold(page, "Vi Văn Cùng Tên", "1950");
  await page.getByRole("button", { name: "Ghi vào sổ" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Hộ Vi Văn Cùng Tên" })).toBeVisible();
  await expect(page.getByText("Năm sinh chủ hộ").locator("..")).toContainText("1950");
  await expect(page.getByText(/^GD\d+ · Hộ gia đình/)).toBeVisible();

  await newHousehold(page, "Vi Văn Cùng Tên", "1951");
  await expect(page.getByText("Trong xã đã có 1 hộ gia đình trùng tên")).toBeVisible();
  await page.getByLabel("Năm sinh chủ hộ").fill("1987");
  await expect(page.getByText("Trong xã đã có 1 hộ gia đình trùng tên")).toBeHidden();
  await page.getByRole("button", { name: "Ghi vào sổ" }).click();
  await expect(page.getByText("Năm sinh chủ hộ").locator("..")).toContainText("1987");
});

test("a citizen's number is masked, shown on request with a line in the log, and taken once", async ({
  page,
}) => {
  await signIn(page, OFFICER);
  await newCitizen(page, "Lý Thị Có Số", "000000000 457");
  await page.getByRole("button", { name: "Ghi vào sổ" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Lý Thị Có Số" })).toBeVisible();
  const address = page.url();

  await expect(page.getByText("•••• •••• 0457")).toBeVisible();
  await expect(page.getByText(`Người lớn năm`).locator("..")).toContainText("Có");
  expect(await page.content()).not.toContain("000000000457");
  await expect(page.getByRole("row", { name: /Xem đủ số CCCD/ })).toHaveCount(0);
  await page.getByRole("button", { name: "Hiện số CCCD" }).click();
  await expect(page.getByText("0000 0000 0457")).toBeVisible();
  await expect(page.getByRole("row", { name: /Xem đủ số CCCD/ })).toHaveCount(1);
  expect(page.url()).toBe(address);
  const subjectId = new URL(address).pathname.split("/").at(-1);
  const log = await sql<{ verb: string; text: string }>(
    "SELECT verb, to_jsonb(a)::text AS text FROM action a WHERE entity_id = $1 ORDER BY seq",
    [subjectId],
  );
  expect(log.map(({ verb }) => verb)).toEqual(["subject.register", "identity.show"]);
  expect(log.map(({ text }) => text).join()).not.toContain("0457");

  await page.reload();
  await expect(page.getByText("•••• •••• 0457")).toBeVisible();
  await expect(page.getByText("0000 0000 0457")).toBeHidden();

  await newCitizen(page, "Lý Thị Trùng Số", "000000000457");
  await page.getByRole("button", { name: "Ghi vào sổ" }).click();
  await expect(page.getByText("Số này đã ghi cho một người khác trong sổ").first()).toBeVisible();
  await expect(page.getByRole("link", { name: /^Lý Thị Có Số ·/ })).toBeVisible();
  await page.getByLabel("Số CCCD").fill("");
  await page.getByRole("button", { name: "Ghi vào sổ" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Lý Thị Trùng Số" })).toBeVisible();

  await page.getByRole("button", { name: "Ghi số CCCD…" }).click();
  await page.getByRole("alertdialog").getByLabel("Số CCCD").fill("000 000 458");
  await page.getByRole("button", { name: "Lưu số CCCD" }).click();
  await expect(page.getByText("••••• 0458")).toBeVisible();
});

test("three households join a clan and one leaves it, in one step that can be taken back", async ({
  page,
}) => {
  const clan = await one<{ id: string; count: number }>(
    `SELECT s.id, count(h.subject_id)::int AS count FROM subject s
       JOIN ancestry a ON a.descendant_id = s.unit_id AND a.ancestor_id = $1 AND a.valid_to IS NULL
       JOIN household h ON h.clan_id = s.id JOIN subject f ON f.id = h.subject_id AND f.active_to IS NULL
      WHERE s.title = 'CLAN' AND s.active_to IS NULL GROUP BY s.id ORDER BY s.id LIMIT 1`,
    [await communeId(COMMUNE)],
  );
  await signIn(page, OFFICER);
  await page.goto(`/so-theo-doi/${clan.id}`);
  await page.getByRole("link", { name: "Sửa danh sách" }).click();
  await page.getByRole("checkbox").first().uncheck();
  await page.getByRole("button", { name: "Chưa thuộc dòng họ nào" }).click();
  await expect(page.getByText("chưa thuộc danh sách nào").first()).toBeVisible();
  for (const at of [0, 1, 2]) await page.getByRole("checkbox").nth(at).check();
  await expect(
    page.getByText(`Sẽ thêm 3 hộ, bỏ 1 hộ. Sau khi lưu, dòng họ có ${clan.count + 2} hộ.`),
  ).toBeVisible();
  await page.getByRole("button", { name: "Lưu: thêm 3 hộ, bỏ 1 hộ" }).click();

  await expect(page.getByText("Đã lưu danh sách: 4 mục thay đổi")).toBeVisible();
  await expect(page.getByText(`${clan.count + 2} hộ đang theo dõi`)).toBeVisible();
  await page.getByRole("button", { name: /^Hoàn tác/ }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /Hoàn tác/ })
    .click();
  await expect(page.getByText(`${clan.count} hộ đang theo dõi`)).toBeVisible();
});

async function newHousehold(page: Page, name: string, headBirthYear: string): Promise<void> {
  await page.goto("/so-theo-doi/moi?loai=ho");
  await page.getByLabel("Họ và tên chủ hộ").fill(name);
  await page.getByLabel("Thôn, tổ dân phố").selectOption({ index: 1 });
  await page.getByLabel("Năm sinh chủ hộ").fill(headBirthYear);
}

async function newCitizen(page: Page, name: string, number: string): Promise<void> {
  await page.goto("/so-theo-doi/moi?loai=cong-dan");
  await page.getByLabel("Họ và tên").fill(name);
  await page.getByLabel("Thôn, tổ dân phố").selectOption({ index: 1 });
  await page.getByLabel("Năm sinh").fill("1979");
  await page.getByLabel("Nữ", { exact: true }).check();
  await page.getByLabel("Nông dân và lao động nông thôn").check();
  await page.getByLabel("Số CCCD").fill(number);
}
