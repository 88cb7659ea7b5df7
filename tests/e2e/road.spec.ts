import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { one } from "./support/database";
import { openEntry, waitingOf } from "./support/desk";
import { pdfFile, pngFile } from "./support/files";
import { openAs } from "./support/people";
import { cellUnder, countOf, readCard, textOf, today } from "./support/reading";
import { item, missingCount, panel, total } from "./support/sheet";

const YEAR = 2026;
const FAMILY = "Gia đình học tập";
const HEAD = "Đặng Thị Sông Hồng Minh";

test("a household is scored, submitted, returned, approved and recognised, and the province's chart moves", async ({
  browser,
}) => {
  const leader = await openAs(browser, "lanhdao.tuyenquang");
  const officer = await openAs(browser, "canbo.tantrao");
  const reviewer = await openAs(browser, "thamdinh.sonduong");

  await leader.page.goto(`/bang-dieu-hanh?nam=${YEAR}`);
  const before = await readCard(leader.page, FAMILY);
  expect(before.missing).toBe(missingOf(before));

  await test.step("the officer enters a household and its members", () => register(officer.page));
  await test.step("finds it without diacritics and opens its sheet", () => openSheet(officer.page));
  await test.step("answers every item and sees the total run along", () => scoreAll(officer.page));
  const sheet = officer.page.url();
  await test.step("attaches a photo and a PDF", () => attach(officer.page));
  await test.step("the answers are stored", async () => {
    await expect(panel(officer.page)).toContainText("Đã lưu");
    await officer.page.reload();
    await expect(panel(officer.page)).toContainText("Đã chấm đủ các tiêu chí.");
    await expect(total(officer.page)).toHaveText("90/100 điểm");
    await expect(officer.page.getByRole("list", { name: "Minh chứng của tiêu chí 3.1" })).toBeVisible();
  });
  const submitted = await test.step("submits the dossier of the commune", () => submit(officer.page));

  const dossier = await test.step("the reviewer finds it in the queue", () =>
    openDossier(reviewer.page, submitted));
  await test.step("sees score and evidence side by side", () => lookAtEntry(reviewer.page));
  await test.step("returns it with a reason", () => giveBack(reviewer.page));
  await test.step("approves another", async () => {
    const waiting = await waitingOf(reviewer.page);
    await reviewer.page.getByRole("button", { name: "Duyệt", exact: true }).click();
    await expect(reviewer.page.getByText("Đã duyệt mục trước")).toBeVisible();
    await expect.poll(() => waitingOf(reviewer.page)).toBe(waiting - 1);
  });

  await test.step("the officer sees the reason, corrects and resubmits", () => correct(officer.page, sheet));
  await test.step("the reviewer approves it by keyboard", async () => {
    await reviewer.page.goto(dossier);
    await openEntry(reviewer.page, HEAD);
    await expect(reviewer.page.getByText("Đã trả lại 1 lần; lý do lần trước")).toBeVisible();
    await reviewer.page.keyboard.press("a");
    await expect(reviewer.page.getByText("Đã duyệt mục trước")).toBeVisible();
  });
  const recognised = await test.step("and issues the decision", () => decide(reviewer.page));
  expect(recognised).toBe(2);

  await test.step("the leader's numbers have moved", async () => {
    await leader.page.reload();
    const after = await readCard(leader.page, FAMILY);
    expect(after.recognised).toBe(before.recognised + recognised);
    expect(after.missing).toBe(missingOf(after));
    expect(after.missing).toBeLessThan(before.missing);
    expect(after.total - before.total).toBeLessThanOrEqual(1);
  });
  await test.step("and lead down to the evidence", () => walkDown(leader.page));
});

test("the reviewer of the district reviews the round of 2024 and not that of 2026", async ({ browser }) => {
  const { page } = await openAs(browser, "phonggd.sonduong");

  await page.goto("/tham-dinh?nam=2024&tinh-trang=tat-ca");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Thẩm định năm 2024");
  await page.getByRole("table").getByRole("rowheader").getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("năm 2024 của");
  await expect(page.getByRole("region", { name: "Danh sách mục" })).toBeVisible();

  await page.goto(`/tham-dinh?nam=${YEAR}&tinh-trang=tat-ca`);
  await expect(page.getByText(`Chưa có hồ sơ nào năm ${YEAR}`)).toBeVisible();
  const { id } = await one<{ id: string }>(
    `SELECT d.id FROM dossier d JOIN unit u ON u.id = d.unit_id WHERE d.year = $1 AND u.name = 'Xã Minh Thanh' LIMIT 1`,
    [YEAR],
  );
  const answer = await page.goto(`/tham-dinh/${id}`);
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Không tìm thấy");
});

/** How many are missing to a target, as the plan counts: the target's share of the whole, rounded up. */
function missingOf(card: { recognised: number; total: number; target: number }): number {
  return Math.ceil(Math.round(card.target * card.total) / 100) - card.recognised;
}

async function register(page: Page): Promise<void> {
  await page.goto(`/so-theo-doi?nam=${YEAR}`);
  await page.getByRole("link", { name: "Ghi hộ mới" }).click();
  await page.getByLabel("Họ và tên chủ hộ").fill(HEAD);
  await page.getByLabel("Thôn, tổ dân phố").selectOption({ index: 1 });
  await fillMember(page, 0, { name: HEAD, birthYear: "1984", sex: "Nữ", variant: "Nông dân" });
  await fillMember(page, 1, {
    name: "Lý Văn Sông Gâm",
    birthYear: "1981",
    sex: "Nam",
    variant: "Công nhân, thợ",
  });
  await page.getByRole("button", { name: "Ghi vào sổ" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Hộ ${HEAD}`);
  const members = page.getByRole("table", { name: "Thành viên trong hộ" });
  await expect(members.getByRole("rowheader")).toHaveCount(2);
  await expect(members).toContainText("Lý Văn Sông Gâm");
}

type Member = { name: string; birthYear: string; sex: string; variant: string };

async function fillMember(page: Page, at: number, member: Member): Promise<void> {
  await page.getByLabel(`Họ và tên, người thứ ${at + 1}`).fill(member.name);
  await page.getByLabel("Năm sinh", { exact: true }).nth(at).fill(member.birthYear);
  await page.getByLabel("Giới tính").nth(at).selectOption({ label: member.sex });
  await page.getByLabel("Nghề nghiệp").nth(at).selectOption({ label: member.variant });
  await page.getByLabel("Người lao động").nth(at).check();
}

async function openSheet(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Chấm điểm", exact: true }).click();
  await page.getByLabel("Tìm theo tên (không cần gõ dấu)").fill("dang thi song ho");
  const row = page.getByRole("row").filter({ hasText: HEAD });
  await expect(row).toContainText("Chưa đăng ký");
  await row.getByRole("button", { name: `Đăng ký và chấm ${HEAD}` }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText(HEAD);
  await expect(page.getByText("Bộ tiêu chí mẫu — chưa cơ quan nào ban hành")).toBeVisible();
}

async function scoreAll(page: Page): Promise<void> {
  const codes = (await page.getByRole("article").getByRole("heading").allInnerTexts()).map((text) =>
    text.slice(0, text.indexOf(" ")),
  );
  expect(codes.length).toBeGreaterThan(5);

  const counted = page.getByRole("article").filter({ hasText: "Hệ thống tự đếm:" });
  await expect(counted).toHaveCount(1);
  await expect(counted).toContainText("0/2");
  await expect(counted.getByRole("textbox")).toHaveCount(0);

  const left = await missingCount(page);
  expect(left).toBe(codes.length - 1);
  await expect(total(page)).toHaveText("0/100 điểm");
  await expect(panel(page).getByRole("heading", { name: "Còn thiếu gì" })).toBeVisible();
  await expect(panel(page)).toContainText("Chưa xếp loại");

  let open = left;
  for (const code of codes) {
    const article = item(page, code);
    if (await article.getByText("Hệ thống tự đếm:").isVisible()) continue;
    const listed = panel(page).getByRole("link", { name: new RegExp(`^${code.replace(".", "\\.")} `) });
    await expect(listed).toBeVisible();
    if ((await article.getByRole("radio").count()) > 0) {
      await article.getByRole("radio", { name: "Có", exact: true }).check();
    } else {
      await article.getByLabel("Số đạt:").fill("2");
      await article.getByLabel("Tổng số:").fill("2");
    }
    open -= 1;
    await expect(listed).toHaveCount(0);
    await expect(total(page)).toHaveText(`${(left - open) * 10}/100 điểm`);
    await expect.poll(() => missingCount(page)).toBe(open);
  }
  await expect(panel(page)).toContainText("Đã chấm đủ các tiêu chí.");
  await expect(panel(page)).toContainText("✓ Đạt");

  for (const [choice, points, outcome] of [
    ["Không", 70, "✕ Chưa đạt"],
    ["Có", 90, "✓ Đạt"],
  ] as const) {
    await item(page, "4.1").getByRole("radio", { name: choice, exact: true }).check();
    await item(page, "4.2").getByRole("radio", { name: choice, exact: true }).check();
    await expect(total(page)).toHaveText(`${points}/100 điểm`);
    await expect(panel(page)).toContainText(outcome);
  }
  await expect(panel(page)).toContainText("Đã lưu");
}

async function attach(page: Page): Promise<void> {
  await page.getByLabel("Chọn minh chứng cho tiêu chí 3.1").setInputFiles(pngFile("goc-hoc-tap.png"));
  const photo = page.getByRole("list", { name: "Minh chứng của tiêu chí 3.1" });
  await expect(photo.getByRole("link")).toHaveCount(1);
  await page.getByLabel("Chọn minh chứng cho tiêu chí 2.2").setInputFiles(pdfFile("lop-hoc.pdf"));
  await expect(page.getByRole("list", { name: "Minh chứng của tiêu chí 2.2" }).getByRole("link")).toHaveCount(
    1,
  );
}

async function submit(page: Page): Promise<number> {
  await page
    .getByRole("link", { name: /^Hồ sơ/ })
    .first()
    .click();
  const table = page.getByRole("table");
  const row = table.getByRole("row").filter({ hasText: FAMILY });
  const ready = countOf(await textOf(await cellUnder(table, row, "Nộp được")));
  const { count } = await one<{ count: number }>(
    `SELECT count(*)::int AS count FROM assessment a JOIN unit u ON u.id = a.commune_id
      WHERE u.name = 'Xã Tân Trào' AND a.title = 'FAMILY' AND a.year = $1
        AND a.state IN ('DRAFT', 'RETURNED') AND a.is_recognisable`,
    [YEAR],
  );
  expect(ready).toBe(count);
  await row.getByRole("link", { name: /^Nộp \d+ gia đình$/ }).click();

  await expect(page.getByText(`${ready} gia đình`, { exact: true })).toBeVisible();
  await page.getByRole("button", { name: `Nộp ${ready} gia đình` }).click();
  await expect(page.getByText(`Đã nộp ${ready} gia đình`)).toBeVisible();

  return ready;
}

async function openDossier(page: Page, submitted: number): Promise<string> {
  await page.getByRole("link", { name: "Thẩm định" }).first().click();
  const table = page.getByRole("table");
  const row = table.getByRole("row").filter({ hasText: "Xã Tân Trào" }).filter({ hasText: FAMILY });
  await expect(await cellUnder(table, row, "Chờ thẩm định")).toHaveText(String(submitted));
  await row.getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${FAMILY} năm ${YEAR} của xã Tân Trào`);

  return page.url();
}

async function lookAtEntry(page: Page): Promise<void> {
  await openEntry(page, HEAD);
  const sheet = page.getByRole("region", { name: "Phiếu điểm" });
  const evidence = page.getByRole("region", { name: "Minh chứng", exact: true });
  await expect(sheet).toContainText("90");
  const [left, right] = [await sheet.boundingBox(), await evidence.boundingBox()];
  if (!left || !right) throw new Error("a pane is hidden");
  expect(left.x + left.width).toBeLessThanOrEqual(right.x + 1);
  expect(Math.abs(left.y - right.y)).toBeLessThan(5);

  const next = evidence.getByRole("button", { name: "Tệp sau" });
  await expect(evidence.getByText("1 / 2")).toBeVisible();
  const image = evidence.getByRole("img");
  if ((await image.count()) === 0) await next.click();
  await expect(image).toBeVisible();
  await expect
    .poll(() => image.evaluate((element: HTMLImageElement) => element.naturalWidth))
    .toBeGreaterThan(0);
}

async function giveBack(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Trả lại…" }).click();
  const dialog = page.getByRole("alertdialog").or(page.getByRole("dialog"));
  const reason = dialog.getByLabel("Lý do trả lại");
  await dialog.getByRole("button", { name: "Trả lại", exact: true }).click();
  await expect(reason).toHaveAttribute("aria-invalid", "true");
  await expect(dialog.getByRole("alert")).toContainText("Hãy ghi lý do trả lại");
  await reason.fill("Tiêu chí 4.1: chưa có căn cứ về thu nhập, đề nghị xem lại.");
  await dialog.getByRole("button", { name: "Trả lại", exact: true }).click();
  await expect(page.getByText("Đã trả lại mục trước cho xã")).toBeVisible();
}

async function correct(page: Page, sheet: string): Promise<void> {
  await page.goto("/");
  await page
    .getByRole("link", { name: /^Hồ sơ/ })
    .first()
    .click();
  await page
    .getByRole("row")
    .filter({ hasText: FAMILY })
    .getByRole("link", { name: "1", exact: true })
    .click();
  const row = page.getByRole("row").filter({ hasText: HEAD });
  await expect(row).toContainText("Tiêu chí 4.1: chưa có căn cứ về thu nhập");
  await row.getByRole("link", { name: "Sửa phiếu" }).click();
  await expect(page).toHaveURL(sheet);
  await expect(page.getByText("Tiêu chí 4.1: chưa có căn cứ về thu nhập")).toBeVisible();

  await item(page, "4.1").getByRole("radio", { name: "Không", exact: true }).check();
  await expect(total(page)).toHaveText("80/100 điểm");
  await expect(panel(page)).toContainText("Đã lưu");

  await page
    .getByRole("link", { name: /^Hồ sơ/ })
    .first()
    .click();
  await page
    .getByRole("row")
    .filter({ hasText: FAMILY })
    .getByRole("link", { name: "1", exact: true })
    .click();
  await row.getByRole("button", { name: "Nộp lại" }).click();
  await expect(page.getByText("Đã nộp 1 gia đình")).toBeVisible();
}

async function decide(page: Page): Promise<number> {
  const form = page.getByRole("form", { name: /^Ban hành quyết định cho \d+ mục đã duyệt$/ });
  const approved = countOf((await form.getAttribute("aria-label")) ?? "");
  await form.getByLabel("Số quyết định").fill("212/QĐ-UBND");
  await form.getByLabel("Ngày quyết định").fill(today());
  await form.getByLabel("Người ký").fill("Nguyễn Văn Ký");
  await form.getByRole("button", { name: `Ban hành quyết định cho ${approved} mục đã duyệt` }).click();
  await expect(page.getByText(`Đã ghi quyết định: ${approved} mục được công nhận`)).toBeVisible();
  await expect(page.getByRole("table", { name: "Quyết định công nhận" })).toContainText("212/QĐ-UBND");

  return approved;
}

async function walkDown(page: Page): Promise<void> {
  const { hamlet } = await one<{ hamlet: string }>(
    `SELECT u.name AS hamlet FROM subject s JOIN unit u ON u.id = s.unit_id WHERE s.title = 'FAMILY' AND s.name = $1`,
    [HEAD],
  );
  for (const unit of ["Khu vực Sơn Dương", "Xã Tân Trào", hamlet]) {
    await page
      .getByRole("table")
      .getByRole("rowheader")
      .getByRole("link", { name: unit, exact: true })
      .click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Bảng điều hành: ${unit}`);
  }
  await page.getByRole("link", { name: HEAD, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Hộ ${HEAD}`);
  const year = page
    .getByRole("table", { name: "Đánh giá theo năm" })
    .getByRole("row")
    .filter({ hasText: `Năm ${YEAR}` });
  await expect(year).toContainText("212/QĐ-UBND");
  await year.getByRole("link").click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText(HEAD);
  await expect(page.getByRole("main")).toContainText("212/QĐ-UBND");
  const link = page.getByRole("list", { name: "Minh chứng" }).getByRole("link").last();
  const href = (await link.getAttribute("href")) ?? "";
  const [opened] = await Promise.all([page.waitForEvent("popup"), link.click()]);
  await expect(opened).toHaveURL(new RegExp(`${href}$`));
  const answer = await page.request.get(href);
  expect(answer.status()).toBe(200);
  expect(answer.headers()["content-type"]).toMatch(/^image\//);
}
