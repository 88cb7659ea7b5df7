import type { Locator } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { one } from "./support/database";
import { openAs, signIn } from "./support/people";
import { countOf, textOf } from "./support/reading";
import { item, panel } from "./support/sheet";

const YEAR = 2026;

test("a form that is refused keeps what was typed and leads to the fields", async ({ page }) => {
  await signIn(page, "canbo.minhthanh");
  await page.goto(`/so-theo-doi/moi?loai=ho&nam=${YEAR}`);
  const form = page.getByRole("form", { name: "Ghi hộ mới" });
  await form.getByLabel("Họ và tên chủ hộ").fill("Ma Văn Khe Thuyền");
  await form.getByLabel("Địa chỉ").fill("Số 7, xóm Đình");
  await form.getByLabel("Họ và tên, người thứ 1").fill("Ma Thị Khe Thuyền");
  await form.getByLabel("Năm sinh", { exact: true }).first().fill("19x5");
  await form.getByRole("button", { name: "Ghi vào sổ" }).click();

  const summary = form.getByRole("alert");
  await expect(summary).toBeFocused();
  await expect(summary).toContainText("Hãy chọn thôn.");
  await expect(summary.getByRole("link", { name: /nhập năm sinh/ })).toBeVisible();
  await expect(form.getByLabel("Họ và tên chủ hộ")).toHaveValue("Ma Văn Khe Thuyền");
  await expect(form.getByLabel("Địa chỉ")).toHaveValue("Số 7, xóm Đình");
  await expect(form.getByLabel("Họ và tên, người thứ 1")).toHaveValue("Ma Thị Khe Thuyền");
  await expect(form.getByLabel("Năm sinh", { exact: true }).first()).toHaveValue("19x5");
  await expect(form.getByLabel("Năm sinh", { exact: true }).first()).toHaveAttribute("aria-invalid", "true");

  await summary.getByRole("link", { name: /nhập năm sinh/ }).click();
  await expect(form.getByLabel("Năm sinh", { exact: true }).first()).toBeFocused();
});

test("a form sent without a network keeps what was typed and goes through once it is back", async ({
  page,
  context,
}) => {
  await signIn(page, "canbo.minhthanh");
  await page.goto(`/so-theo-doi/moi?loai=dong-ho&nam=${YEAR}`);
  const form = page.getByRole("form", { name: "Ghi dòng họ mới" });
  await form.getByLabel("Tên dòng họ").fill("Họ Ma Khe Thuyền Thượng");
  await form.getByLabel("Nơi có nhà thờ họ hoặc trưởng họ cư trú").selectOption({ index: 1 });
  await context.setOffline(true);
  await form.getByRole("button", { name: "Ghi vào sổ" }).click();
  await expect(form.getByRole("alert")).toContainText("mất mạng");
  await expect(form.getByLabel("Tên dòng họ")).toHaveValue("Họ Ma Khe Thuyền Thượng");

  await context.setOffline(false);
  await form.getByRole("button", { name: "Ghi vào sổ" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Họ Ma Khe Thuyền Thượng");
});

test("an answer given without a network is stored when it comes back, also after the browser was closed", async ({
  page,
  context,
}) => {
  const { id } = await openSheetOf("Xã Minh Thanh", 0);
  await signIn(page, "canbo.minhthanh");
  await page.goto(`/cham-diem/${id}`);
  const chosen = await unchosen(item(page, "1.3"));
  await context.setOffline(true);
  await chosen.check();
  await expect(panel(page)).toContainText("Chưa lưu được vì mất mạng");
  await expect(item(page, "1.3")).toContainText("Đang chờ mạng");

  await context.setOffline(false);
  await expect(panel(page)).toContainText("Đã lưu", { timeout: 60_000 });
  await page.reload();
  await expect(item(page, "1.3").getByRole("radio", { checked: true })).toHaveAttribute(
    "value",
    (await chosen.getAttribute("value")) ?? "",
  );

  // Closed while the network is gone: what waited is sent when the sheet is opened next.
  const other = await unchosen(item(page, "4.2"));
  const value = (await other.getAttribute("value")) ?? "";
  await page.route("**/api/cham-diem/**", (route) => route.abort());
  await other.check();
  await expect(panel(page)).toContainText("Chưa lưu được vì mất mạng");
  await page.close({ runBeforeUnload: false });
  const again = await context.newPage();
  await again.goto(`/cham-diem/${id}`);
  await expect(panel(again)).toContainText("Đã lưu");
  await expect.poll(() => storedYes(id, "4.2")).toBe(value === "yes");
});

test("two officers at one sheet: the later one sees the other's answer and chooses", async ({ browser }) => {
  const { id } = await openSheetOf("Xã Minh Thanh", 1);
  const stored = (await storedAnswer(id, "1.1")) as { numerator: number; denominator: number };
  const { denominator } = stored;
  const [mine = 0, theirs = 0] = [0, 1, 2].filter((count) => count !== stored.numerator);
  const first = await openAs(browser, "canbo.minhthanh");
  const second = await openAs(browser, "canbo.minhthanh");
  await first.page.goto(`/cham-diem/${id}`);
  await second.page.goto(`/cham-diem/${id}`);

  await item(first.page, "1.1").getByLabel("Số đạt:").fill(String(theirs));
  await expect(panel(first.page)).toContainText("Đã lưu");
  await item(second.page, "1.1").getByLabel("Số đạt:").fill(String(mine));

  const alert = item(second.page, "1.1").getByRole("alert");
  await expect(alert).toContainText("Người khác vừa sửa mục này");
  const keep = alert.getByRole("button", { name: "Giữ của tôi" });
  await expect(keep).toContainText(`${mine}/${denominator}`);
  await expect(alert.getByRole("button", { name: "Lấy của người kia" })).toContainText(
    `${theirs}/${denominator}`,
  );
  expect(await storedAnswer(id, "1.1")).toEqual({ numerator: theirs, denominator });

  await keep.click();
  await expect.poll(() => storedAnswer(id, "1.1")).toEqual({ numerator: mine, denominator });
  await expect(alert).toHaveCount(0);
});

test("a double click submits a dossier once", async ({ page }) => {
  const commune = "Xã Cần Đước";
  await signIn(page, "canbo.canduoc");
  await page.goto(`/ho-so?nam=${YEAR}`);
  const row = page.getByRole("row").filter({ hasText: "Gia đình học tập" });
  await row.getByRole("link", { name: /^Nộp \d+ gia đình$/ }).click();
  const button = page.getByRole("button", { name: /^Nộp \d+ gia đình$/ });
  const ready = countOf(await textOf(button));
  const before = await submissionsOf(commune);

  await button.dblclick();
  await expect(page.getByText(`Đã nộp ${ready} gia đình`)).toBeVisible();

  const after = await submissionsOf(commune);
  expect(after.dossier - before.dossier).toBe(1);
  expect(after.entries - before.entries).toBe(ready);
});

/** Of yes and no, the one that is not chosen. */
async function unchosen(article: Locator): Promise<Locator> {
  const yes = article.getByRole("radio", { name: "Có", exact: true });

  return (await yes.isChecked()) ? article.getByRole("radio", { name: "Không", exact: true }) : yes;
}

/** An open sheet of a family of a commune, every item of which applies. */
async function openSheetOf(commune: string, at: number): Promise<{ id: string }> {
  return one(
    `SELECT a.id FROM assessment a JOIN unit u ON u.id = a.commune_id
      WHERE u.name = $1 AND u.valid_to IS NULL AND a.year = $2 AND a.title = 'FAMILY' AND a.state = 'DRAFT'
        AND NOT EXISTS (SELECT 1 FROM jsonb_each(a.answers) answer WHERE answer.value ? 'notApplicable')
        AND (a.answers->'1.1'->>'denominator')::int >= 2
      ORDER BY a.id OFFSET $3 LIMIT 1`,
    [commune, YEAR, at],
  );
}

async function storedAnswer(assessment: string, code: string): Promise<unknown> {
  const { answer } = await one<{ answer: unknown }>(
    "SELECT answers->$2::text AS answer FROM assessment WHERE id = $1",
    [assessment, code],
  );

  return answer;
}

async function storedYes(assessment: string, code: string): Promise<unknown> {
  return ((await storedAnswer(assessment, code)) as { yes?: boolean } | null)?.yes;
}

/** What the log says of submissions of families in a commune: the dossier's own entries, and those of its assessments. */
async function submissionsOf(commune: string): Promise<{ dossier: number; entries: number }> {
  return one(
    `SELECT count(*) FILTER (WHERE a.verb = 'dossier.submit')::int AS dossier,
            count(*) FILTER (WHERE a.verb = 'assessment.submit')::int AS entries
       FROM action a JOIN unit u ON u.id = a.chain_id WHERE u.name = $1 AND u.valid_to IS NULL`,
    [commune],
  );
}
