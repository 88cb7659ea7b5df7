import { mkdtemp, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import type { CellValue } from "../../src/lib/spreadsheet/cell";
import { openSpreadsheet } from "../../src/lib/spreadsheet/read";
import { writeWorkbook } from "../../src/lib/spreadsheet/write";
import { one } from "./support/database";
import { pngFile } from "./support/files";
import { checkList, makeHamlets, outcome, sendList, writeList } from "./support/imports";
import { signIn } from "./support/people";
import { openSession, origin } from "./support/sessions";

const LISTS = fileURLToPath(new URL("../fixtures/lists/", import.meta.url));
/** Hamlets of the lists; none of the communes below has them. */
const HAMLETS = ["Thôn Bờ Suối", "Thôn Gốc Đa", "Thôn Đồng Mía", "Thôn Khuôn Bưởi", "Thôn Vực Trầu"];

test("a list of households with titles, sections and sums: to the exact counts, twice the same, and back", async ({
  page,
}) => {
  const commune = "Xã Tân Lân";
  await signIn(page, "canbo.tanlan");
  await sendList(page, `${LISTS}01-ho-gia-dinh-mot-trang.xlsx`);
  await expect(page.getByRole("radio", { name: /7/, checked: true })).toBeVisible();
  await expect(
    page.getByRole("navigation", { name: "Công việc" }).getByRole("link", { name: "Sổ theo dõi" }),
  ).toHaveAttribute("aria-current", "page");
  await checkList(page);
  expect(await makeHamlets(page)).toBe(5);
  await expect(outcome(page)).toHaveText(
    "Sẽ thêm 183, sửa 0, giữ nguyên 0, bỏ qua 0 dòng trùng, 0 dòng lỗi.",
  );
  await expect(page.getByText("đăng ký thi đua năm 2026 cho 159 mục")).toBeVisible();

  // Left in the middle of the writing: the server goes on.
  const address = page.url();
  await page.getByRole("button", { name: "Ghi 183 dòng" }).click();
  await page.waitForURL((url) => url.search === "");
  await page.goto("/tai-khoan");
  await page.goto(address);
  await expect(page.getByRole("heading", { name: /^Đã ghi vào sổ lúc/ })).toBeVisible({ timeout: 300_000 });
  await expect(page.getByText("Thêm 183 mục, sửa 0 mục.")).toBeVisible();
  await expect(page.getByText("Tạo 5 thôn mới.")).toBeVisible();
  expect(await countIn(commune, "FAMILY")).toBe(183);
  const { registered } = await one<{ registered: number }>(
    `SELECT count(*)::int AS registered FROM assessment a JOIN subject s ON s.id = a.subject_id JOIN unit u ON u.id = s.unit_id
      WHERE u.name = ANY ($1) AND a.year = 2026 AND a.commune_id = (SELECT id FROM unit WHERE name = $2 AND level = 'COMMUNE' AND valid_to IS NULL)`,
    [HAMLETS, commune],
  );
  expect(registered).toBe(159);

  await sendList(page, `${LISTS}01-ho-gia-dinh-mot-trang.xlsx`);
  await expect(page.getByText(/^Tệp này đã được nhập, gửi lúc/)).toBeVisible();
  await checkList(page);
  await expect(outcome(page)).toHaveText(
    "Sẽ thêm 0, sửa 0, giữ nguyên 183, bỏ qua 0 dòng trùng, 0 dòng lỗi.",
  );
  await expect(page.getByRole("button", { name: "Ghi 0 dòng" })).toBeDisabled();
  await page.getByRole("button", { name: "Huỷ lần nhập này" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Huỷ lần nhập này" }).click();
  await page.waitForURL((url) => url.pathname === "/nhap-lieu");

  await page.goto(address);
  await page.getByRole("button", { name: "Hoàn tác cả lần nhập này" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Hoàn tác 183 mục" }).click();
  await expect(page.getByText(/^Đã hoàn tác lúc/)).toBeVisible({ timeout: 300_000 });
  expect(await countIn(commune, "FAMILY")).toBe(0);
});

test("a CSV of organisations, then people of three sheets, who make their households", async ({ page }) => {
  await signIn(page, "canbo.tananhoi");
  await sendList(page, `${LISTS}03-don-vi.csv`);
  await checkList(page);
  await expect(outcome(page)).toHaveText("Sẽ thêm 7, sửa 0, giữ nguyên 0, bỏ qua 0 dòng trùng, 0 dòng lỗi.");
  await writeList(page, 7);
  await expect(page.getByText("Thêm 7 mục, sửa 0 mục.")).toBeVisible();

  // People name the organisations they belong to: these have to be there before.
  await sendList(page, `${LISTS}02-nhan-khau-moi-thon-mot-trang.xlsx`);
  await checkList(page);
  expect(await makeHamlets(page)).toBe(3);
  await expect(outcome(page)).toHaveText(
    "Sẽ thêm 144, sửa 0, giữ nguyên 0, bỏ qua 0 dòng trùng, 0 dòng lỗi.",
  );
  await expect(page.getByText("thêm 45 hộ gia đình theo chủ hộ ghi trong tệp")).toBeVisible();
  await writeList(page, 144);
  expect(await countIn("Xã Tân An Hội", "CITIZEN")).toBe(144);
  expect(await countIn("Xã Tân An Hội", "FAMILY")).toBe(45);
});

test("bad rows are named with their reasons, mended in the downloaded file and imported", async ({
  page,
}) => {
  await signIn(page, "canbo.huonglap");
  await sendList(page, `${LISTS}04-hai-tram-dong-co-loi.xlsx`);
  await checkList(page);
  const unknown = await page
    .getByRole("form", { name: "Thôn chưa có" })
    .getByRole("listitem")
    .allTextContents();
  const left = unknown.flatMap((text) => {
    const name = /“(.+?)”/.exec(text)?.[1] ?? "";

    return HAMLETS.some((hamlet) => hamlet.toLowerCase().endsWith(name.toLowerCase().replace(/^thôn /, "")))
      ? []
      : [name];
  });
  expect(left.length).toBeGreaterThan(0);
  await makeHamlets(page, left);
  await expect(outcome(page)).toHaveText(
    "Sẽ thêm 164, sửa 0, giữ nguyên 0, bỏ qua 9 dòng trùng, 27 dòng lỗi.",
  );
  const bad = page.getByRole("table", { name: "Các dòng lỗi" });
  await expect(bad.getByRole("rowheader")).toHaveCount(27);
  await page.getByLabel("Lý do").selectOption({ label: "Không có tên (3)" });
  await expect(bad.getByRole("rowheader")).toHaveCount(3);
  await writeList(page, 164);

  const mended = await mend(await downloadBadRows(page, 27));
  await sendList(page, { name: "da-sua.xlsx", mimeType: "", buffer: mended });
  await checkList(page);
  await expect(outcome(page)).toHaveText("Sẽ thêm 27, sửa 0, giữ nguyên 0, bỏ qua 0 dòng trùng, 0 dòng lỗi.");
  await writeList(page, 27);
});

test("files that are no lists are refused in a sentence and leave nothing", async ({ page }) => {
  await signIn(page, "canbo.huonglap");
  await page.goto("/nhap-lieu");
  const input = page.locator("input[type=file]");
  const alert = page.getByRole("main").getByRole("alert").filter({ hasText: "✕" });
  const { batches } = await countBatches();

  await input.setInputFiles({ name: "rong.xlsx", mimeType: "", buffer: Buffer.alloc(0) });
  await expect(alert).toContainText("0 byte");
  await input.setInputFiles({ ...pngFile("anh.xlsx", 64), mimeType: "" });
  await expect(alert).toContainText("không phải bảng tính");
  await input.setInputFiles({ name: "macro.xlsm", mimeType: "", buffer: Buffer.from("PK") });
  await expect(alert).toContainText("có macro");
  await input.setInputFiles({ name: "to.xlsx", mimeType: "", buffer: Buffer.alloc(40 * 1024 * 1024) });
  await expect(alert).toContainText("tối đa 30 MB");

  // What the page would stop is stopped by the server too.
  const { http } = await openSession("canbo.huonglap");
  const { id } = await one<{ id: number }>(
    `SELECT id FROM unit WHERE name = 'Xã Hướng Lập' AND level = 'COMMUNE' AND valid_to IS NULL`,
  );
  for (const [body, status] of [
    [Buffer.alloc(0), 415],
    [Buffer.alloc(31 * 1024 * 1024, 65), 413],
  ] as const) {
    const answer = await http.post(`/api/nhap-lieu?don-vi=${id}`, {
      headers: {
        Origin: origin(),
        "Content-Type": "application/octet-stream",
        "X-Request-Id": "0f2f1f2e-3a3b-4c4d-8e8f-9a9b9c9d9e9f",
        "X-File-Name": "tep.xlsx",
      },
      data: body,
    });
    expect(answer.status()).toBe(status);
  }
  await http.dispose();
  expect((await countBatches()).batches).toBe(batches);
});

async function downloadBadRows(page: Page, rows: number): Promise<string> {
  const started = page.waitForEvent("download");
  await page.getByRole("link", { name: `Tải ${rows} dòng lỗi` }).click();
  const download = await started;
  const file = path.join(await mkdtemp(path.join(os.tmpdir(), "hieu-hoc-e2e-")), "dong-loi.xlsx");
  await download.saveAs(file);

  return file;
}

/** What a clerk does in Excel: every row gets what its reason asks for. */
async function mend(file: string): Promise<Buffer> {
  const spreadsheet = await openSpreadsheet(file, { fileName: "dong-loi.xlsx" });
  const [sheet] = spreadsheet.sheets;
  if (!sheet) throw new Error("the workbook of bad rows has no sheet");
  const rows: CellValue[][] = [];
  for await (const { cells } of spreadsheet.rows(sheet.name)) {
    rows.push(
      cells.map((cell) => (cell !== null && typeof cell === "object" && "error" in cell ? null : cell)),
    );
  }
  await spreadsheet.close();

  const at = rows.findIndex((cells) => cells.includes("Lý do cần sửa"));
  const header = (rows[at] ?? []).map((cell) => String(cell ?? ""));
  const column = (name: RegExp) => {
    const found = header.findIndex((text) => name.test(text));
    if (found < 0) throw new Error(`no column ${name} in ${header.join(" | ")}`);

    return found;
  };
  const reason = column(/^Lý do cần sửa$/);
  const letters = "ABCDEGHIKLMNOPQRSTUVXY";
  let mended = 0;
  for (const cells of rows.slice(at + 1)) {
    const why = String(cells[reason] ?? "");
    mended += 1;
    if (why.includes("Không có tên"))
      cells[column(/họ và tên|họ tên/i)] = `Nguyễn Văn ${letters[mended % letters.length]}n`;
    if (why.includes("Năm sinh")) cells[column(/năm sinh/i)] = 1950 + mended;
    if (why.includes("không có thôn này")) cells[column(/thôn/i)] = "Thôn Bờ Suối";
  }
  expect(mended).toBe(27);
  const bytes = await buffer(
    writeWorkbook({
      sheets: [
        { name: sheet.name, columns: header.map((text) => ({ header: text })), rows: rows.slice(at + 1) },
      ],
    }),
  );
  await writeFile(`${file}.da-sua.xlsx`, bytes);

  return bytes;
}

async function countIn(commune: string, title: string): Promise<number> {
  const { count } = await one<{ count: number }>(
    `SELECT count(*)::int AS count FROM subject s JOIN unit u ON u.id = s.unit_id
      JOIN ancestry a ON a.descendant_id = u.id AND a.valid_to IS NULL JOIN unit c ON c.id = a.ancestor_id
     WHERE c.name = $1 AND c.level = 'COMMUNE' AND u.name = ANY ($2) AND s.title = $3 AND s.active_to IS NULL`,
    [commune, HAMLETS, title],
  );

  return count;
}

async function countBatches(): Promise<{ batches: number }> {
  return await one(`SELECT count(*)::int AS batches FROM import_batch`);
}
