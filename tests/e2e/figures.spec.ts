import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { one } from "./support/database";
import { openAs, signIn } from "./support/people";

const OFFICER = "canbo.minhthanh";
const COMMUNE = "Xã Minh Thanh";

/** Two hamlets of the commune, in the order of the page. */
async function hamlets(): Promise<{ unit: number; first: string; second: string }> {
  return await one(
    `SELECT p.parent_id AS unit, min(u.name) AS first, max(u.name) AS second
       FROM placement p JOIN unit c ON c.id = p.parent_id AND c.name = $1 AND c.valid_to IS NULL
       JOIN unit u ON u.id = p.child_id AND u.level = 'HAMLET'
      WHERE p.valid_to IS NULL GROUP BY 1`,
    [COMMUNE],
  );
}

test("the grid is typed through by keyboard, saved, and warns where the whole differs from its parts", async ({
  page,
}) => {
  const { unit, first, second } = await hamlets();
  await signIn(page, OFFICER);
  await page.goto(`/bang-dieu-hanh/so-chinh-thuc/tung-noi?don-vi=${unit}&nam-so-lieu=2016`);
  const form = page.getByRole("form", { name: "Số chính thức từng nơi năm 2016" });
  const cells = form.getByRole("textbox", { name: /: Tổng số gia đình$/ });
  const count = await cells.count();
  await cells.first().click();
  for (let index = 0; index < count; index += 1) {
    await page.keyboard.type("10");
    await page.keyboard.press("Enter");
  }
  await form.getByLabel("Nguồn của các số vừa nhập hoặc sửa").fill("Báo cáo 12/BC-HKH");
  await form.getByLabel("Ngày của nguồn").fill("20/12/2016");
  await form.getByRole("button", { name: `Lưu ${count} số vừa nhập` }).click();
  await expect(form.getByRole("status")).toContainText(`Đã lưu ${count} số liệu năm 2016.`);
  await expect(form.getByRole("row", { name: /^Cộng số đã nhập/ })).toContainText(String(count * 10));

  await page.getByRole("link", { name: "Cả đơn vị" }).click();
  const own = page.getByRole("form", { name: "Số chính thức năm 2016" });
  await own.getByRole("textbox", { name: "Tổng số gia đình" }).fill(String(count * 10 + 5));
  await own.getByLabel("Nguồn của các số vừa nhập hoặc sửa").fill("Niên giám thống kê");
  await own.getByLabel("Ngày của nguồn").fill("31/12/2016");
  await own.getByRole("button", { name: "Lưu số liệu năm 2016" }).click();
  await expect(page.getByText("1 số của cả đơn vị không khớp với cộng từng nơi")).toBeVisible();
  await expect(page.getByText(/ít hơn 5/)).toBeVisible();

  await page.getByRole("link", { name: "Tổng số gia đình" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Nguồn số liệu: ${COMMUNE}`);
  await expect(page.getByRole("row", { name: /Niên giám thống kê/ })).toContainText("31/12/2016");
  await expect(page.getByRole("link", { name: first })).toBeVisible();
  await expect(page.getByRole("link", { name: second })).toBeVisible();
});

test("of two people at one cell the second sees both values", async ({ page, browser }) => {
  const { unit, first } = await hamlets();
  const address = `/bang-dieu-hanh/so-chinh-thuc/tung-noi?don-vi=${unit}&nam-so-lieu=2017`;
  const other = await openAs(browser, "quantri.tuyenquang");
  await signIn(page, OFFICER);
  for (const one of [page, other.page]) await one.goto(address);
  for (const [one, value] of [
    [page, "41"],
    [other.page, "43"],
  ] as const) {
    await one.getByRole("textbox", { name: `${first}: Tổng số gia đình` }).fill(value);
    await one.getByLabel("Nguồn của các số vừa nhập hoặc sửa").fill("Báo cáo");
    await one.getByLabel("Ngày của nguồn").fill("20/12/2017");
    await one.getByRole("button", { name: "Lưu 1 số vừa nhập" }).click();
    if (one === page) await expect(one.getByText("Đã lưu 1 số liệu năm 2017.")).toBeVisible();
  }
  const row = other.page.getByRole("row", { name: `${first}: Tổng số gia đình` });
  await expect(row).toContainText("43");
  await expect(row).toContainText("41");
  await other.page.getByRole("button", { name: "Lưu 1 số vừa nhập" }).click();
  await expect(other.page.getByText("Đã lưu 1 số liệu năm 2017.")).toBeVisible();
  await other.context.close();
});

test("a file is checked, written, found unchanged the second time, and undone", async ({ page }) => {
  const { unit, first } = await hamlets();
  await signIn(page, OFFICER);
  const upload = `/bang-dieu-hanh/so-chinh-thuc/tep?don-vi=${unit}&nam-so-lieu=2018`;
  const file = {
    name: "so-lieu-2018.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(
      `Tên đơn vị,Tổng số gia đình,Số gia đình đăng ký\n${COMMUNE},"1.190",150\n${first},22,x\nThôn Không Có,1,\n`,
    ),
  };
  const send = async () => {
    await page.goto(upload);
    const form = page.getByRole("form", { name: "Gửi tệp của năm 2018" });
    await form.getByLabel("Tệp số liệu").setInputFiles(file);
    await form.getByLabel("Nguồn của các số vừa nhập hoặc sửa").fill("Báo cáo 45/BC-HKH");
    await form.getByLabel("Ngày của nguồn").fill("20/12/2018");
    await form.getByRole("button", { name: "Kiểm tra tệp" }).click();
    await page.waitForURL(/\/tep\/[0-9a-f-]{36}$/);
  };

  await send();
  const written = page.url();
  await expect(page.getByText("Sẽ thêm 3 số, sửa 0 số")).toBeVisible();
  await expect(page.getByRole("row", { name: /Dòng 3 Số gia đình đăng ký Không phải số đếm/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /Dòng 4 Cả dòng Không có đơn vị này/ })).toBeVisible();
  await page.getByRole("button", { name: "Ghi 3 số" }).click();
  await expect(page.getByText("Đã ghi: thêm 3 số, sửa 0 số")).toBeVisible();

  await send();
  await expect(page.getByText("Tệp không có gì mới để ghi")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Ghi/ })).toHaveCount(0);

  await page.goto(written);
  await page.getByRole("button", { name: "Hoàn tác 3 số đã ghi" }).click();
  await expect(page.getByText("Đã hoàn tác 3 số của tệp")).toBeVisible();
});

test("the template comes down as a workbook", async ({ page }) => {
  const { unit } = await hamlets();
  await signIn(page, OFFICER);
  await page.goto(`/bang-dieu-hanh/so-chinh-thuc/tep?don-vi=${unit}&nam-so-lieu=2015`);
  const coming = page.waitForEvent("download");
  await page.getByRole("link", { name: "Tải mẫu năm 2015" }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe("so-chinh-thuc-2015-xa-minh-thanh.xlsx");
  expect((await readFile(await download.path())).subarray(0, 2).toString()).toBe("PK");
});

test("published results show their traps, and lead to the figures taken from them", async ({ page }) => {
  await signIn(page, "lanhdao.quangtri");
  await page.goto("/bang-dieu-hanh/ket-qua-da-cong-bo?noi=vinh+hao");
  const row = page.getByRole("row", { name: /Vĩnh Hảo/ });
  await expect(row).toContainText("70,48 %");
  await expect(row).toContainText("74,99 %");
  await expect(row).toContainText("thấp hơn 4,51 điểm %");

  await page.goto("/bang-dieu-hanh/ket-qua-da-cong-bo?noi=quang+tri&ky=2016–2020&mo-hinh=DVHT_XA");
  await expect(page.getByText("Tỷ lệ công bố bị cắt bớt chứ không làm tròn")).toBeVisible();
  await page.getByRole("link", { name: "Là số nhập năm 2020 của tỉnh Quảng Trị" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nguồn số liệu: Tỉnh Quảng Trị");
  await expect(page.getByRole("heading", { name: "Tổng số đơn vị trên địa bàn: 819" })).toBeVisible();
  await page.getByRole("link", { name: "Xem dòng đã công bố số 4" }).first().click();
  await expect(page.getByText("1 trong 94 dòng")).toBeVisible();

  const { id } = await one<{ id: number }>(
    "SELECT id FROM unit WHERE level = 'PROVINCE' AND code = '45' AND valid_to IS NOT NULL",
  );
  await page.goto(`/bang-dieu-hanh?don-vi=${id}&nam=2024`);
  await expect(page.getByRole("link", { name: "năm 2020" }).first()).toBeVisible();
});
