import { randomUUID } from "node:crypto";
import { hash } from "@node-rs/argon2";
import { beforeAll, describe, expect, test } from "vitest";
import { firstGrant } from "@/domain/access/access";
import { checkCredentials } from "@/features/user/credentials";
import { findManagedUser, findSessionActor, listManagedUsers } from "@/features/user/data";
import {
  ARGON2,
  changeOwnPassword,
  createUser,
  setActive,
  setPassword,
  setRole,
} from "@/features/user/mutations";
import { jobsOf } from "@/features/user/navigation";
import { withScope } from "@/lib/db/scope";
import { appSql, buildReference, buildUnit, buildUser, ownerSql } from "../setup/builders";

const PASSWORD = "mật khẩu thử nghiệm";

let province = 0;
let commune = 0;
let elsewhere = 0;

beforeAll(async () => {
  await buildReference();
  province = await buildUnit({ level: "PROVINCE" });
  commune = await buildUnit({ level: "COMMUNE", parentId: province });
  elsewhere = await buildUnit({ level: "PROVINCE" });
});

async function account(role: Parameters<typeof buildUser>[0]["role"], unitId: number) {
  const actor = await buildUser({ role, unitId });
  await ownerSql("UPDATE app_user SET password_hash = $2 WHERE id = $1", [
    actor.id,
    await hash(PASSWORD, ARGON2),
  ]);

  return actor;
}

async function signIn(username: string, password = PASSWORD) {
  const outcome = await checkCredentials(username, password);
  if (outcome.status !== "ok") throw new Error(outcome.status);

  return outcome;
}

describe("sign-in", () => {
  test("the right password opens a session, by any case of the name; a wrong one and an unknown name are refused alike", async () => {
    const actor = await account("COMMUNE_OFFICER", commune);
    const { userId, sessionVersion } = await signIn(` ${actor.username.toUpperCase()} `);
    expect(userId).toBe(actor.id);
    expect((await findSessionActor(userId, sessionVersion))?.grants).toMatchObject([
      { role: "COMMUNE_OFFICER", unitId: commune },
    ]);
    expect(await checkCredentials(actor.username, "sai mật khẩu")).toEqual({ status: "refused" });
    expect(await checkCredentials("không-có-ai", PASSWORD)).toEqual({ status: "refused" });
    expect(await checkCredentials("", "")).toEqual({ status: "refused" });
  });

  test("a role at a unit that has ended stands last and offers no register", async () => {
    const old = await buildUnit({ level: "DISTRICT", parentId: province, validTo: "2025-07-01" });
    const area = await buildUnit({ level: "REVIEW_AREA", parentId: province, validFrom: "2025-07-01" });
    const actor = await account("REVIEWER", old);
    const session = async () => {
      const { userId, sessionVersion } = await signIn(actor.username);
      const found = await findSessionActor(userId, sessionVersion);
      if (!found) throw new Error("no session");

      return found;
    };

    const before = await session();
    expect(before.grants).toMatchObject([{ unitId: old, isStanding: false }]);
    expect(jobsOf(before).map(({ job }) => job)).toEqual(["dashboard", "review", "plan"]);
    expect(firstGrant(before, "registry.read")).toBeUndefined();
    expect(firstGrant(before, "review.decide")?.unitId).toBe(old);

    await ownerSql(
      "INSERT INTO role_grant (user_id, role, unit_id, valid_from) VALUES ($1, 'REVIEWER', $2, '2025-07-01')",
      [actor.id, area],
    );
    const after = await session();
    expect(after.grants.map(({ unitId }) => unitId)).toEqual([area, old]);
    expect(jobsOf(after).map(({ job }) => job)).toEqual(["dashboard", "registry", "review", "plan"]);
    expect(firstGrant(after, "registry.read")?.unitId).toBe(area);
  });

  test("five failures in a row lock for fifteen minutes, then the right password works again", async () => {
    const actor = await account("COMMUNE_OFFICER", commune);
    const failed = async () => (await checkCredentials(actor.username, "sai")).status;
    for (let n = 0; n < 4; n++) await failed();
    await signIn(actor.username);
    for (let n = 0; n < 5; n++) expect(await failed()).toBe("refused");
    expect(await checkCredentials(actor.username, PASSWORD)).toEqual({ status: "locked" });
    await ownerSql("UPDATE app_user SET locked_until = now() - interval '1 second' WHERE id = $1", [
      actor.id,
    ]);
    await signIn(actor.username);
  });

  test("guesses in parallel count too: at most five are looked at", async () => {
    const actor = await account("COMMUNE_OFFICER", commune);
    const guesses = [...Array.from({ length: 39 }, () => "sai"), PASSWORD];
    const outcomes = await Promise.all(guesses.map((guess) => checkCredentials(actor.username, guess)));
    expect(outcomes.filter(({ status }) => status === "refused").length).toBeLessThanOrEqual(5);
    expect(outcomes.filter(({ status }) => status === "locked").length).toBeGreaterThanOrEqual(34);
  });

  test("failures lapse after fifteen minutes", async () => {
    const actor = await account("COMMUNE_OFFICER", commune);
    for (let n = 0; n < 4; n++) await checkCredentials(actor.username, "sai");
    await ownerSql("UPDATE app_user SET last_attempt_at = now() - interval '16 minutes' WHERE id = $1", [
      actor.id,
    ]);
    expect((await checkCredentials(actor.username, "sai")).status).toBe("refused");
    await signIn(actor.username);
  });
});

describe("open sessions end", () => {
  test.each([
    [
      "own password",
      async (actor: Awaited<ReturnType<typeof account>>) => {
        await changeOwnPassword(
          actor,
          { current: PASSWORD, password: "một câu khác dài", repeat: "một câu khác dài" },
          randomUUID(),
        );
      },
    ],
    [
      "password set by an administrator",
      async (actor) => {
        const admin = await account("PROVINCE_ADMIN", province);
        await setPassword(admin, { userId: actor.id, password: "một câu khác dài" }, randomUUID());
      },
    ],
    [
      "role",
      async (actor) => {
        const admin = await account("PROVINCE_ADMIN", province);
        await setRole(
          admin,
          { userId: actor.id, role: "COMMUNE_LEADER", unitId: commune, version: 1 },
          randomUUID(),
        );
      },
    ],
    [
      "closing",
      async (actor) => {
        const admin = await account("PROVINCE_ADMIN", province);
        await setActive(admin, { userId: actor.id, active: false, version: 1 }, randomUUID());
      },
    ],
  ] satisfies [string, (actor: Awaited<ReturnType<typeof account>>) => Promise<void>][])(
    "on a change of %s",
    async (_what, change) => {
      const actor = await account("COMMUNE_OFFICER", commune);
      const { sessionVersion } = await signIn(actor.username);
      await change(actor);
      expect(await findSessionActor(actor.id, sessionVersion)).toBeUndefined();
    },
  );

  test("a wrong current password changes nothing", async () => {
    const actor = await account("COMMUNE_OFFICER", commune);
    const { sessionVersion } = await signIn(actor.username);
    await expect(
      changeOwnPassword(
        actor,
        { current: "sai", password: "một câu khác dài", repeat: "một câu khác dài" },
        randomUUID(),
      ),
    ).rejects.toMatchObject({ code: "INVALID", fields: { current: expect.any(String) } });
    expect(await findSessionActor(actor.id, sessionVersion)).toBeDefined();
  });
});

describe("accounts", () => {
  const input = (unitId: number) => ({
    username: `tk-${randomUUID().slice(0, 8)}`,
    name: "Người Mới",
    role: "COMMUNE_OFFICER" as const,
    unitId,
    password: PASSWORD,
  });

  test("an administrator makes an account once per request, inside the own units alone; it is logged", async () => {
    const admin = await account("PROVINCE_ADMIN", province);
    const requestId = randomUUID();
    const wanted = input(commune);
    const first = await createUser(admin, wanted, requestId);
    expect(await createUser(admin, wanted, requestId)).toEqual(first);
    await expect(createUser(admin, wanted, randomUUID())).rejects.toMatchObject({
      code: "DUPLICATE",
      fields: { username: expect.any(String) },
    });
    await expect(createUser(admin, input(elsewhere), randomUUID())).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await signIn(wanted.username);
    const logged = await ownerSql<{ verb: string }>("SELECT verb FROM action WHERE entity_id = $1", [
      first.userId,
    ]);
    expect(logged).toEqual([{ verb: "user.create" }]);
    const listed = await withScope(admin, (tx) => listManagedUsers(tx, province));
    expect(listed.map(({ id }) => id)).toContain(first.userId);
  });

  test("nobody else manages accounts, nobody manages one that also holds a role elsewhere, nobody their own", async () => {
    const admin = await account("PROVINCE_ADMIN", province);
    const officer = await account("COMMUNE_OFFICER", commune);
    const foreign = await account("COMMUNE_OFFICER", elsewhere);
    await expect(createUser(officer, input(commune), randomUUID())).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(
      setPassword(officer, { userId: admin.id, password: PASSWORD }, randomUUID()),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(
      setPassword(admin, { userId: foreign.id, password: PASSWORD }, randomUUID()),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(
      setRole(
        admin,
        { userId: admin.id, role: "PROVINCE_LEADER", unitId: province, version: 1 },
        randomUUID(),
      ),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
    await ownerSql("INSERT INTO role_grant (user_id, role, unit_id) VALUES ($1, 'REVIEWER', $2)", [
      officer.id,
      elsewhere,
    ]);
    await expect(
      setActive(admin, { userId: officer.id, active: false, version: 1 }, randomUUID()),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await withScope(admin, (tx) => findManagedUser(tx, officer.id))).toBeUndefined();
  });

  test("a role is given at the levels it is made for", async () => {
    const admin = await account("PROVINCE_ADMIN", province);
    for (const role of ["SYSTEM_ADMIN", "PROVINCE_ADMIN", "REVIEWER"] as const) {
      await expect(createUser(admin, { ...input(commune), role }, randomUUID())).rejects.toMatchObject({
        code: "INVALID",
        fields: { unitId: expect.any(String) },
      });
      await expect(
        appSql(admin.id, "SELECT user_create($1, 'Người Mới', '$argon2id$x', $2, $3)", [
          randomUUID(),
          role,
          commune,
        ]),
      ).rejects.toThrow(/not found/);
    }
  });

  test("a grant that ended elsewhere does not bind the account, one that starts later is taken back", async () => {
    const admin = await account("PROVINCE_ADMIN", province);
    const officer = await account("COMMUNE_OFFICER", commune);
    await ownerSql(
      "INSERT INTO role_grant (user_id, role, unit_id, valid_from, valid_to) VALUES ($1, 'COMMUNE_OFFICER', $2, '2023-01-01', '2024-01-01')",
      [officer.id, elsewhere],
    );
    await ownerSql(
      "INSERT INTO role_grant (user_id, role, unit_id, valid_from) VALUES ($1, 'REVIEWER', $2, app_today() + 30)",
      [officer.id, province],
    );
    await setRole(
      admin,
      { userId: officer.id, role: "COMMUNE_LEADER", unitId: commune, version: 1 },
      randomUUID(),
    );
    const open = await ownerSql<{ role: string }>(
      "SELECT role FROM role_grant WHERE user_id = $1 AND (valid_to IS NULL OR valid_to > app_today())",
      [officer.id],
    );
    expect(open).toEqual([{ role: "COMMUNE_LEADER" }]);
  });

  test("a stale version is refused", async () => {
    const admin = await account("PROVINCE_ADMIN", province);
    const officer = await account("COMMUNE_OFFICER", commune);
    await setActive(admin, { userId: officer.id, active: false, version: 1 }, randomUUID());
    await expect(
      setActive(admin, { userId: officer.id, active: true, version: 1 }, randomUUID()),
    ).rejects.toMatchObject({ code: "CONFLICT" });
  });
});
