import type { APIResponse, Browser } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { actionsOfBuild, handlersOnDisk, pagesOnDisk } from "./support/built";
import { account, openAs } from "./support/people";
import type { Session } from "./support/sessions";
import { openSession, openStranger, origin } from "./support/sessions";
import { ACTIONS, callAction, TRIED_ACCOUNT } from "./support/walls/actions";
import { HANDLERS } from "./support/walls/handlers";
import { isGuarded, PAGES } from "./support/walls/pages";
import { INSIDERS, OUTSIDERS, roleHas, sidesOf } from "./support/walls/people";
import type { Ids } from "./support/walls/targets";
import { findTargets, fingerprint, nobodysIds } from "./support/walls/targets";

const SIGNED_OUT = "Phiên làm việc đã hết";
const NOT_FOUND = "Không tìm thấy";

let targets: Awaited<ReturnType<typeof findTargets>>;
let stranger: Session;
const sessions = new Map<string, Session>();

test.beforeAll(async () => {
  targets = await findTargets();
  stranger = await openStranger();
  for (const username of [...INSIDERS, ...OUTSIDERS]) sessions.set(username, await openSession(username));
});

test.afterAll(async () => {
  for (const { http } of [stranger, ...sessions.values()]) await http.dispose();
});

function sessionOf(username: string): Session {
  const session = sessions.get(username);
  if (!session) throw new Error(`no session of ${username}`);

  return session;
}

/** The names behind the wall that a person does not carry on the own page's frame anyway. */
function secretsFor(who: string): string[] {
  const own = who === "stranger" ? [] : [account(who).name, account(who).unit];

  return Object.values(targets.names).filter((name) => !own.some((text) => text.includes(name)));
}

function expectNoNames(body: string, who: string): void {
  for (const name of secretsFor(who)) expect(body, `a name reached ${who}`).not.toContain(name);
}

/**
 * A page's body without the ids that were asked for, its parts in a fixed order (the server sends them as they get ready):
 * what is not there and what is not yours must not differ in a byte.
 */
function partsOf(body: string, ...ids: Ids[]): string[] {
  const anonymous = ids
    .flatMap((one) => Object.values(one))
    .filter((id) => id.length > 3)
    .reduce((text, id) => text.replaceAll(id, "#"), body);

  return anonymous.replaceAll('"])</script><script>self.__next_f.push([1,"', "").split("\\n").sort();
}

test("every page, route and server action stands in the tables of this test", () => {
  expect(Object.keys(PAGES).sort()).toEqual(pagesOnDisk());
  expect(Object.keys(HANDLERS).sort()).toEqual(handlersOnDisk());
  expect(Object.keys(ACTIONS).sort()).toEqual([...actionsOfBuild().keys()].sort());
});

test("a stranger is sent to the sign-in page by every page", async () => {
  for (const [route, page] of Object.entries(PAGES)) {
    const address = page.address(targets.ids);
    const answer = await stranger.http.get(address, { maxRedirects: 0 });
    const body = await answer.text();
    expectNoNames(body, "stranger");
    if (page.open === "all") {
      expect(answer.status(), route).toBe(200);
      continue;
    }
    expect(answer.status(), route).toBe(307);
    expect(answer.headers().location, route).toBe("/dang-nhap");
    const flight = await stranger.http.get(address, { headers: { RSC: "1" } });
    expectNoNames(await flight.text(), "stranger");
  }
});

test("pages without anybody's data open for everybody who is signed in", async () => {
  for (const [route, page] of Object.entries(PAGES)) {
    if (page.open !== "signedIn") continue;
    for (const { who, http } of sessions.values()) {
      expect((await http.get(page.address(targets.ids))).status(), `${who} at ${route}`).toBe(200);
    }
  }
});

for (const [route, page] of Object.entries(PAGES)) {
  if (!isGuarded(page)) continue;
  const { open, address, shows } = page;
  const { right, wrong } = sidesOf(open);
  test(`page ${route} opens for the right role alone`, async () => {
    for (const who of right) {
      const answer = await sessionOf(who).http.get(address(targets.ids));
      expect(answer.status(), who).toBe(200);
      if (shows !== "ownWork") expect(await answer.text(), who).toContain(targets.names[shows]);
    }
    for (const who of wrong) {
      if (shows === "ownWork" && roleHas(who, open)) continue;
      const { http } = sessionOf(who);
      const missing = nobodysIds();
      const [asked, random] = [await http.get(address(targets.ids)), await http.get(address(missing))];
      expect(asked.status(), who).toBe(404);
      const body = await asked.text();
      expectNoNames(body, who);
      if (shows !== "ownWork") {
        expect(random.status(), who).toBe(404);
        // Either page may name the asker's own unit, which stands among what was asked for.
        expect(partsOf(body, targets.ids, missing), who).toEqual(
          partsOf(await random.text(), targets.ids, missing),
        );
      }
      const flight = await http.get(address(targets.ids), { headers: { RSC: "1" } });
      expectNoNames(await flight.text(), who);
      const bare = address(targets.ids).split("?")[0] ?? "/";
      if (!roleHas(who, open)) expect((await http.get(bare)).status(), `${who} at ${bare}`).toBe(404);
    }
  });
}

for (const who of ["canbo.binhca", "lanhdao.tantrao", "quantri.tuyenquang"]) {
  test(`what ${who} reads about Tân Trào is what they read about nothing`, async ({ browser }) => {
    const seen = await mainTexts(browser, who);

    expect(Object.keys(seen).length).toBeGreaterThan(5);
    for (const [route, [asked, random]] of Object.entries(seen)) {
      expect(asked, route).toContain(NOT_FOUND);
      expect(asked, route).toBe(random);
    }
  });
}

/** The main text of every page a person may not open: with the ids of Tân Trào, and with ids that nothing has. */
async function mainTexts(browser: Browser, who: string): Promise<Record<string, [string, string]>> {
  const { context, page } = await openAs(browser, who);
  const seen: Record<string, [string, string]> = {};
  for (const [route, wall] of Object.entries(PAGES)) {
    if (!isGuarded(wall) || !sidesOf(wall.open).wrong.includes(who)) continue;
    const texts: string[] = [];
    for (const ids of [targets.ids, nobodysIds()]) {
      await page.goto(wall.address(ids));
      const main = page.getByRole("main");
      await expect(main.getByRole("heading", { level: 1 })).toBeVisible();
      texts.push((await main.textContent()) ?? "");
    }
    seen[route] = [texts[0] ?? "", texts[1] ?? ""];
  }
  await context.close();

  return seen;
}

for (const [route, handler] of Object.entries(HANDLERS)) {
  if (handler.open === "auth") continue;
  const { open, call } = handler;
  const { right, wrong } = sidesOf(open);
  test(`${route} answers the right role alone`, async () => {
    const same = { Origin: origin() };
    const before = await fingerprint();

    const refusal = await call(stranger, targets.ids, same);
    expect([401, 404]).toContain(refusal.status());
    await expectRefusalAsJson(refusal, "stranger");
    for (const who of wrong) {
      const asked = await call(sessionOf(who), targets.ids, same);
      const random = await call(sessionOf(who), nobodysIds(), same);
      expect(asked.status(), who).toBe(404);
      expect(random.status(), who).toBe(404);
      expect(await asked.text(), who).toBe(await random.text());
      await expectRefusalAsJson(asked, who);
    }
    if (!route.startsWith("GET")) {
      for (const from of ["https://example.org", "null"]) {
        const foreign = await call(sessionOf(right[0] ?? ""), targets.ids, { Origin: from });
        expect(foreign.status()).toBe(404);
        await expectRefusalAsJson(foreign, "stranger");
      }
    }
    expect(await fingerprint()).toBe(before);

    for (const who of right) expect((await call(sessionOf(who), targets.ids, same)).ok(), who).toBe(true);
  });
}

async function expectRefusalAsJson(answer: APIResponse, who: string): Promise<void> {
  expect(answer.headers()["content-type"]).toContain("application/json");
  expect(((await answer.json()) as { error: { code: string } }).error.code).toMatch(
    /^(UNAUTHENTICATED|NOT_FOUND)$/,
  );
  expectNoNames(await answer.text(), who);
}

test("the sign-in's routes give no session without a password or from another site", async () => {
  const fresh = await openStranger();
  expect(await (await fresh.http.get("/api/auth/session")).json()).toEqual({});

  const { password } = account("canbo.tantrao");
  const form = { username: "canbo.tantrao", json: "true" };
  await fresh.http.post("/api/auth/callback/credentials", {
    form: { ...form, password, csrfToken: "0".repeat(64) },
  });
  expect(await (await fresh.http.get("/api/auth/session")).json()).toEqual({});

  const { csrfToken } = (await (await fresh.http.get("/api/auth/csrf")).json()) as { csrfToken: string };
  await fresh.http.post("/api/auth/callback/credentials", { form: { ...form, csrfToken, password: "" } });
  expect(await (await fresh.http.get("/api/auth/session")).json()).toEqual({});
  await fresh.http.dispose();
});

for (const [name, action] of Object.entries(ACTIONS)) {
  test(`${name} refuses everybody but the right person, who succeeds once`, async () => {
    const id = actionsOfBuild().get(name) ?? "";
    const fields = await action.fields();
    const right =
      action.open === "own"
        ? await openSession(TRIED_ACCOUNT.username, TRIED_ACCOUNT.password)
        : sessionOf(sidesOf(action.open, action.at).right[0] ?? "");
    const wrong = action.open === "own" ? [...INSIDERS, ...OUTSIDERS] : sidesOf(action.open, action.at).wrong;
    const before = await fingerprint();

    const unknown = await callAction(stranger, id, fields);
    expect(unknown.body).toContain(SIGNED_OUT);
    expectRefused(unknown, "stranger");
    for (const who of wrong) {
      const answer = await callAction(sessionOf(who), id, fields);
      expectRefused(answer, who);
      // One's own password is changed by whoever knows it: anybody else's is simply not the right one.
      expect(answer.body, who).toContain(action.open === "own" ? "Mật khẩu đang dùng không đúng" : NOT_FOUND);
    }
    for (const from of ["https://example.org", "null"]) {
      expectRefused(await callAction(right, id, fields, from), "stranger");
    }
    expect(await fingerprint()).toBe(before);

    const done = await callAction(right, id, fields);
    expect(done.redirect !== undefined || done.body.includes('"status":"success"'), done.body).toBe(true);
    expect(await fingerprint()).not.toBe(before);
  });
}

function expectRefused(answer: { body: string; redirect: string | undefined }, who: string): void {
  expect(answer.redirect, who).toBeUndefined();
  expect(answer.body, who).not.toContain('"status":"success"');
  expectNoNames(answer.body, who);
}
