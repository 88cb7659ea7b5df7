import type { Download } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { openSpreadsheet } from "../../src/lib/spreadsheet/read";
import { one } from "./support/database";
import { openAs, signIn } from "./support/people";
import { communeId } from "./support/walls/targets";

type Sheets = Record<string, (readonly unknown[])[]>;

/** Every sheet of a downloaded file. */
async function sheetsOf(download: Download): Promise<Sheets> {
  const file = await download.path();
  const spreadsheet = await openSpreadsheet(file, { fileName: download.suggestedFilename() });
  try {
    const sheets: Sheets = {};
    for (const { name } of spreadsheet.sheets) {
      const rows: (readonly unknown[])[] = [];
      for await (const { cells } of spreadsheet.rows(name)) rows.push(cells);
      sheets[name] = rows;
    }

    return sheets;
  } finally {
    await spreadsheet.close();
  }
}

test("a filtered list leaves as a workbook with exactly its rows, and the log says so without names", async ({
  page,
}) => {
  const unit = await communeId("Xã Tân Trào");
  await signIn(page, "canbo.tantrao");
  await page.goto(`/so-theo-doi?don-vi=${unit}&nam=2025&mo-hinh=gia-dinh&tinh-trang=da-cong-nhan`);
  const link = page.getByRole("link", { name: /^Xuất Excel \d+ hộ gia đình$/ });
  const count = Number(/\d+/.exec((await link.textContent()) ?? "")?.[0]);
  expect(count).toBeGreaterThan(50);

  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  expect(download.suggestedFilename()).toBe("so-theo-doi-ho-gia-dinh-xa-tan-trao-2025.xlsx");
  const [sheet] = Object.values(await sheetsOf(download));
  expect(sheet).toHaveLength(count + 1);
  const header = sheet?.[0] ?? [];
  const state = header.indexOf("Tình trạng năm 2025");
  expect(new Set(sheet?.slice(1).map((cells) => cells[state]))).toEqual(new Set(["Đã công nhận"]));

  const entry = await one<{ detail: Record<string, unknown> }>(
    "SELECT detail FROM action WHERE chain_id = $1 AND verb = 'registry.export' ORDER BY seq DESC LIMIT 1",
    [unit],
  );
  expect(entry.detail).toMatchObject({ list: "registry", rows: count, format: "xlsx", filters: ["state"] });
});

test("the table of a dashboard leaves as it stands on the page, sums last, and the log says so", async ({
  page,
}) => {
  const unit = await communeId("Xã Tân Trào");
  await signIn(page, "canbo.tantrao");
  await page.goto(`/bang-dieu-hanh?don-vi=${unit}&nam=2025&mo-hinh=gia-dinh`);
  const link = page.getByRole("link", { name: /^Xuất Excel \d+ đơn vị$/ });
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  const [sheet = []] = Object.values(await sheetsOf(download));
  // The whole has an official total; what is registered is the sum of what is below.
  const registered = (sheet[0] ?? []).indexOf("Đăng ký");
  const sums = sheet.slice(1).map((cells) => Number(cells[registered] ?? 0));
  const whole = sums.pop();
  expect(sheet.at(-1)?.[0]).toBe("Toàn địa bàn");
  expect(whole).toBeGreaterThan(50);
  expect(sums.reduce((a, b) => a + b, 0)).toBe(whole);
  await expect(page.getByRole("table", { name: /của từng đơn vị năm 2025/ })).toContainText(`${whole}`);

  const entry = await one<{ detail: Record<string, unknown> }>(
    "SELECT detail FROM action WHERE chain_id = $1 AND verb = 'registry.export' ORDER BY seq DESC LIMIT 1",
    [unit],
  );
  expect(entry.detail).toMatchObject({ list: "dashboard", rows: sums.length, format: "xlsx" });
});

test("the template carries the commune's entries under their codes, and no identity number", async ({
  page,
}) => {
  const unit = await communeId("Xã Tân Trào");
  await signIn(page, "canbo.tantrao");
  await page.goto("/so-theo-doi");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.evaluate((address) => {
      window.location.href = address;
    }, `/nhap-lieu/mau?don-vi=${unit}&nam=2026&kem=du-lieu`),
  ]);
  const sheets = await sheetsOf(download);

  expect(Object.keys(sheets)).toEqual([
    "Hướng dẫn",
    "Thôn",
    "Dòng họ",
    "Đơn vị",
    "Hộ gia đình",
    "Công dân",
    "Danh mục",
  ]);
  const [header, ...citizens] = sheets["Công dân"] ?? [];
  const [code, identity] = [header?.indexOf("Mã") ?? -1, header?.indexOf("Số CCCD") ?? -1];
  expect(identity).toBeGreaterThan(0);
  expect(citizens.length).toBeGreaterThan(100);
  for (const cells of citizens) {
    expect(String(cells[code])).toMatch(/^CD\d+$/);
    expect(cells[identity] ?? null).toBeNull();
  }
});

test("the official list is printed on A4 and leaves as a workbook with the same rows", async ({
  page,
  browser,
}) => {
  const unit = await communeId("Xã Tân Trào");
  await signIn(page, "canbo.tantrao");
  const address = `/ho-so/danh-sach?don-vi=${unit}&nam=2025&mo-hinh=gia-dinh&gom=da-nop`;
  await page.goto(address);
  const paper = page.getByRole("article");
  await expect(paper.getByText("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")).toBeVisible();
  await expect(paper.getByText("TM. BAN CHẤP HÀNH")).toBeVisible();
  const rows = await paper.locator("tbody tr:has(td)").count();
  await expect(paper.getByText(`Danh sách có ${rows} gia đình`)).toBeVisible();

  const link = page.getByRole("link", { name: `Xuất Excel ${rows} gia đình` });
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  const sheet = (await sheetsOf(download))["Gia đình học tập"] ?? [];
  expect(sheet.filter(([first]) => typeof first === "number")).toHaveLength(rows);
  expect(sheet.flat()).toContain("CHỦ TỊCH");

  const { page: neighbour, context } = await openAs(browser, "canbo.binhca");
  expect((await neighbour.goto(address))?.status()).toBe(404);
  await context.close();
});
