import type { Locator, Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { bringAxe, graveFaults } from "./support/axe";
import { pagesOnDisk } from "./support/built";
import { one } from "./support/database";
import { account, signIn } from "./support/people";
import { countOf, textOf } from "./support/reading";
import { item, panel, total } from "./support/sheet";
import { isGuarded, PAGES } from "./support/walls/pages";
import { roleHas } from "./support/walls/people";
import type { Ids } from "./support/walls/targets";
import { findTargets } from "./support/walls/targets";

const COMMUNE = "Xã Minh Thanh";
const WIDTHS = [1280, 360] as const;
/** Who looks at a page: the first whose role may. Between them they reach every page. */
const LOOKERS = ["canbo.tantrao", "thamdinh.sonduong", "quantri.tuyenquang"] as const;

/** Pages that show something else by their address, beside those of the table. */
const VIEWS: Partial<Record<string, readonly ((ids: Ids) => string)[]>> = {
  "/bang-dieu-hanh": [
    ({ unit }) => `/bang-dieu-hanh?don-vi=${unit}&nam=2026&mo-hinh=don-vi`,
    ({ unit }) => `/bang-dieu-hanh?don-vi=${unit}&nam=2026&mo-hinh=cong-dan`,
  ],
  "/so-theo-doi/moi": ["thon", "don-vi", "cong-dan", "dong-ho"].map(
    (kind) =>
      ({ unit }: Ids) =>
        `/so-theo-doi/moi?loai=${kind}&don-vi=${unit}&nam=2026`,
  ),
  "/so-theo-doi/gop": [
    ({ unit }) => `/so-theo-doi/gop?don-vi=${unit}&nam=2026&mo-hinh=gia-dinh`,
    ({ unit }) => `/so-theo-doi/gop?don-vi=${unit}&nam=2026&mo-hinh=gia-dinh&xem=khong-trung`,
  ],
  "/so-theo-doi/hang-loat": [
    ({ unit }) =>
      `/so-theo-doi/hang-loat?don-vi=${unit}&nam=2026&mo-hinh=gia-dinh&viec=close&gia-tri=MOVED_AWAY&ngay=2026-03-01`,
  ],
  "/nhap-lieu/[batchId]": [({ importBatch }) => `/nhap-lieu/${importBatch}?buoc=cot`],
  "/cham-diem/[assessmentId]": [({ assessment }) => `/cham-diem/${assessment}?xem=phieu`],
  "/ke-hoach": [() => "/ke-hoach?pham-vi=tat-ca"],
};

for (const who of LOOKERS) {
  test(`the pages of ${who} are accessible and fit a phone`, async ({ page }) => {
    test.setTimeout(1_200_000);
    const { ids } = await findTargets();
    await signIn(page, who);
    for (const route of pagesOnDisk()) {
      if (lookerOf(route) !== who) continue;
      const wall = PAGES[route];
      if (!wall) throw new Error(`no address of ${route}`);
      for (const address of [wall.address, ...(VIEWS[route] ?? [])]) await inspect(page, address(ids));
    }
  });
}

test("the sign-in page and what is not found are accessible and fit a phone", async ({ page }) => {
  await inspect(page, "/dang-nhap");
  await inspect(page, "/khong-co-trang-nay");
});

test("a fault is found where there is one, also the second of one colour", async ({ page }) => {
  await page.setContent(`<html lang="vi"><title>Thử</title><main><h1>Thử</h1>
    <p style="color: rgb(0 0 0 / 0.9)">Rõ</p><p id="first" style="color: #aaa">Mờ</p><p id="second" style="color: #aaa">Mờ</p>
    <img src="data:," id="third"></main>`);
  await bringAxe(page);

  expect(await graveFaults(page)).toEqual(["color-contrast: #first | #second", "image-alt: #third"]);
});

/** Who looks at a page; the sign-in page is looked at without anybody. */
function lookerOf(route: string): string | undefined {
  const wall = PAGES[route];
  if (!wall || wall.open === "all" || route === "/") return undefined;

  return LOOKERS.find((who) => !isGuarded(wall) || roleHas(who, wall.open));
}

async function inspect(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await bringAxe(page);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    expect.soft(await graveFaults(page), `${address} at ${width}`).toEqual([]);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect.soft(overflow, `${address} at ${width} moves sideways`).toBeLessThanOrEqual(0);
  }
}

test("an officer signs in, scores and saves with the keyboard alone", async ({ page }) => {
  const { id } = await one<{ id: string }>(
    `SELECT a.id FROM assessment a JOIN unit u ON u.id = a.commune_id
      WHERE u.name = $1 AND a.year = 2026 AND a.title = 'FAMILY' AND a.state = 'REGISTERED' ORDER BY a.id DESC LIMIT 1`,
    [COMMUNE],
  );
  await signInByKeyboard(page, "canbo.minhthanh");
  await page.goto(`/cham-diem/${id}`);
  const before = countOf(await textOf(total(page)));
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Tới nội dung chính" });
  await expect(skip).toBeFocused();
  await expectVisibleFocus(skip);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();

  const share = item(page, "1.1");
  await tabTo(page, share.getByLabel("Số đạt:"));
  await expectVisibleFocus(share.getByLabel("Số đạt:"));
  await page.keyboard.type("2");
  await page.keyboard.press("Tab");
  await page.keyboard.type("2");
  const yes = item(page, "1.3").getByRole("radio", { name: "Có", exact: true });
  await tabTo(page, yes);
  await page.keyboard.press("Space");
  await expect(yes).toBeChecked();
  await expectVisibleFocus(yes);

  await expect(total(page)).toHaveText(`${before + 20}/100 điểm`);
  await expect(panel(page)).toContainText("Đã lưu");
});

test("a reviewer finds and approves an entry with the keyboard alone", async ({ page }) => {
  await signInByKeyboard(page, "thamdinh.sonduong");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Thẩm định");
  await page.goto("/tham-dinh?nam=2026");
  const row = page.getByRole("row").filter({ hasText: COMMUNE }).filter({ hasText: "Gia đình học tập" });
  await tabTo(page, row.getByRole("link"), 80);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(`của ${COMMUNE.replace("Xã", "xã")}`);

  const waiting = page.getByRole("listitem").filter({ hasText: "chờ thẩm định" }).first();
  const before = countOf(await textOf(waiting));
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Phím tắt" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("m");
  await expect(page.getByRole("region", { name: "Minh chứng", exact: true })).toBeFocused();
  await page.keyboard.press("a");
  await expect(page.getByText("Đã duyệt mục trước")).toBeVisible();
  await expect.poll(async () => countOf(await textOf(waiting))).toBe(before - 1);
});

async function signInByKeyboard(page: Page, username: string): Promise<void> {
  await page.goto("/dang-nhap");
  await tabTo(page, page.getByLabel("Tên đăng nhập"));
  await page.keyboard.type(username);
  await page.keyboard.press("Tab");
  await page.keyboard.type(account(username).password);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname !== "/dang-nhap");
}

/** Presses Tab until an element has the focus. */
async function tabTo(page: Page, target: Locator, most = 60): Promise<void> {
  await expect(target).toBeVisible();
  for (let pressed = 0; pressed <= most; pressed += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${target} is not reached with ${most} tabs`);
}

/** The focused element has an outline, a shadow or a border of its own. */
async function expectVisibleFocus(target: Locator): Promise<void> {
  const outline = await target.evaluate((element) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);

    return { isOutlined: outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2, boxShadow };
  });
  expect(outline.isOutlined || outline.boxShadow !== "none").toBe(true);
}
