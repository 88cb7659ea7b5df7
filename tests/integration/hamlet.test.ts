import { randomUUID } from "node:crypto";
import pg from "pg";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { z } from "zod";
import { NEW_HAMLET } from "@/features/hamlet/constants";
import { findHamlet, listDifficultYears, listHamletOptions, listNames } from "@/features/hamlet/data";
import { classifyHamlet, renameHamlet } from "@/features/hamlet/mutations";
import { mergeHamlets, splitHamlet } from "@/features/hamlet/mutations/succession";
import { MergeHamlets, RenameHamlet, SplitHamlet } from "@/features/hamlet/schema";
import { registerSubject } from "@/features/registry/mutations";
import { RegisterSubject } from "@/features/registry/schema";
import type { SessionActor } from "@/features/user/data";
import { withScope } from "@/lib/db/scope";
import { appSql, buildReference, buildRound, buildUnit, buildUser, ownerSql } from "../setup/builders";
import { testDatabase } from "../setup/database";
import { codeOf } from "../setup/refusal";

const YEAR = 2026;
let province: number;
let commune: number;
let officer: SessionActor;
let neighbour: SessionActor;
let reviewer: SessionActor;

beforeAll(async () => {
  await buildReference();
  province = await buildUnit({ level: "PROVINCE" });
  for (const title of ["FAMILY", "CITIZEN"] as const) {
    await buildRound({ unitId: province, year: 2025, title });
    await buildRound({ unitId: province, year: YEAR, title });
  }
});

beforeEach(async () => {
  commune = await buildUnit({ level: "COMMUNE", parentId: province, validFrom: "2025-01-01" });
  const next = await buildUnit({ level: "COMMUNE", parentId: province, validFrom: "2025-01-01" });
  officer = await buildUser({ role: "COMMUNE_OFFICER", unitId: commune });
  neighbour = await buildUser({ role: "COMMUNE_OFFICER", unitId: next });
  reviewer = await buildUser({ role: "REVIEWER", unitId: province });
});

const register = (input: Record<string, unknown>) =>
  registerSubject(
    officer,
    RegisterSubject.parse({ communeId: commune, year: YEAR, confirmNew: true, ...input } as z.input<
      typeof RegisterSubject
    >),
    randomUUID(),
  );

/** A hamlet with its entry as a community, from a day on. */
async function makeHamlet(name: string, activeFrom = "2025-01-01"): Promise<number> {
  const { newHamletId } = await register({ title: "COMMUNITY", kind: "Thôn", name, activeFrom });
  if (newHamletId === null) throw new Error("no hamlet");

  return newHamletId;
}

async function makeHousehold(hamletId: number, name: string, activeFrom = "2025-01-01"): Promise<string> {
  const members = { "members.0.name": `${name} Con`, "members.0.birthYear": "1990" };
  const facts = { "members.0.sex": "MALE", "members.0.variant": "FARMER" };

  return (await register({ title: "FAMILY", name, hamletId, activeFrom, ...members, ...facts })).subjectId;
}

const merge = (input: Record<string, unknown>, actor = officer) =>
  mergeHamlets(actor, MergeHamlets.parse({ communeId: commune, on: "2026-07-01", ...input }), randomUUID());

const split = (input: Record<string, unknown>, actor = officer) =>
  splitHamlet(
    actor,
    SplitHamlet.parse({ kind: "Thôn", on: "2026-07-01", rest: "STAYS", ...input }),
    randomUUID(),
  );

const homesOf = async (id: string) =>
  await ownerSql<{ unitId: number; from: string; to: string | null }>(
    `SELECT unit_id AS "unitId", valid_from::text AS "from", valid_to::text AS "to" FROM subject_home
      WHERE subject_id = $1 ORDER BY valid_from`,
    [id],
  );

const familiesOf = async (unitId: number, year: number) =>
  (
    await ownerSql<{ total: number }>(
      `SELECT coalesce(sum(y.family_total), 0)::int AS total FROM ancestry a JOIN unit_year y ON y.unit_id = a.descendant_id
        WHERE a.ancestor_id = $1 AND y.year = $2 AND a.valid_to IS NULL`,
      [unitId, year],
    )
  )[0]?.total;

const differences = async () => await ownerSql("SELECT * FROM recount_differences()");

describe("renaming", () => {
  it("keeps the earlier name for the earlier days and takes the entry along", async () => {
    const id = await makeHamlet("Cũ");
    await renameHamlet(
      officer,
      RenameHamlet.parse({ hamletId: id, kind: "Tổ dân phố", name: "Mới", on: "01/03/2026" }),
      randomUUID(),
    );

    expect(await withScope(officer, (tx) => listNames(tx, id))).toEqual([
      { name: "Tổ dân phố Mới", kind: "Tổ dân phố", validFrom: "2026-03-01", validTo: null },
      { name: "Thôn Cũ", kind: "Thôn", validFrom: "2025-01-01", validTo: "2026-03-01" },
    ]);
    expect(
      await ownerSql(
        "SELECT s.name FROM community c JOIN subject s ON s.id = c.subject_id WHERE area_unit_id = $1",
        [id],
      ),
    ).toEqual([{ name: "Tổ dân phố Mới" }]);
  });

  it.each([
    ["2025-01-01", "INVALID"],
    ["2030-01-01", "INVALID"],
  ])("is refused from %s", async (on, code) => {
    const id = await makeHamlet("Cũ");
    const input = RenameHamlet.parse({ hamletId: id, kind: "Thôn", name: "Mới", on });

    expect(await codeOf(renameHamlet(officer, input, randomUUID()))).toBe(code);
  });

  it("is refused to a name of the commune's, to neighbours and to reviewers", async () => {
    const id = await makeHamlet("Một");
    await makeHamlet("Hai");
    const to = (name: string) => RenameHamlet.parse({ hamletId: id, kind: "Thôn", name, on: "2026-02-01" });

    expect(await codeOf(renameHamlet(officer, to("hai"), randomUUID()))).toBe("INVALID");
    expect(await codeOf(renameHamlet(neighbour, to("Ba"), randomUUID()))).toBe("NOT_FOUND");
    expect(await codeOf(renameHamlet(reviewer, to("Ba"), randomUUID()))).toBe("NOT_FOUND");
    await expect(
      appSql(neighbour.id, "SELECT hamlet_rename($1, 'X', 'Thôn', '2026-02-01')", [id]),
    ).rejects.toMatchObject({ code: "HH001" });
  });
});

describe("merging", () => {
  it("hands everybody to the hamlet that goes on; past years stay and are summed under it", async () => {
    const [going, ending] = [await makeHamlet("Một"), await makeHamlet("Hai")];
    const first = await makeHousehold(ending, "Vàng Thị Mẫu");
    const late = await makeHousehold(ending, "Vàng Văn Mẫu", "2026-09-01");
    await makeHousehold(going, "Lò Thị Mẫu");
    const before = await familiesOf(commune, 2025);

    const { moved, hamletId } = await merge({
      [`from.${ending}`]: "on",
      into: going,
      seen: JSON.stringify({ [ending]: 4 }),
    });

    expect([hamletId, moved]).toEqual([going, 4]);
    expect(await homesOf(first)).toEqual([
      { unitId: ending, from: "2025-01-01", to: "2026-07-01" },
      { unitId: going, from: "2026-07-01", to: null },
    ]);
    expect(await homesOf(late)).toEqual([{ unitId: going, from: "2026-09-01", to: null }]);
    expect(await familiesOf(commune, 2025)).toBe(before);
    expect(await familiesOf(going, 2025)).toBe(2);
    expect(await familiesOf(going, 2026)).toBe(3);
    expect(await differences()).toEqual([]);
    const options = await withScope(officer, (tx) => listHamletOptions(tx, commune, "2026-11-01"));
    expect(options.map(({ id, households }) => [id, households])).toEqual([[going, 3]]);
    expect((await withScope(officer, (tx) => findHamlet(tx, ending)))?.community?.activeTo).toBe(
      "2026-07-01",
    );
    expect(
      await ownerSql(
        "SELECT verb, count(*)::int FROM subject_change WHERE verb = 'hamlet.merge' AND subject_id = $1 GROUP BY 1",
        [first],
      ),
    ).toEqual([{ verb: "hamlet.merge", count: 1 }]);
  });

  it("can found a new hamlet from two", async () => {
    const [one, two] = [await makeHamlet("Một"), await makeHamlet("Hai")];
    await makeHousehold(one, "Vàng Thị Mẫu");
    const seen = JSON.stringify({ [one]: 2, [two]: 0 });

    const { hamletId } = await merge({
      [`from.${one}`]: "on",
      [`from.${two}`]: "on",
      into: NEW_HAMLET,
      name: "Chung",
      kind: "Bản",
      seen,
    });

    const hamlet = await withScope(officer, (tx) => findHamlet(tx, hamletId));
    expect(hamlet).toMatchObject({ name: "Bản Chung", validFrom: "2026-07-01", validTo: null });
    expect(hamlet?.community).toMatchObject({ activeTo: null });
    expect(await differences()).toEqual([]);
  });

  it("is refused when the register is no longer what was shown", async () => {
    const [going, ending] = [await makeHamlet("Một"), await makeHamlet("Hai")];
    await makeHousehold(ending, "Vàng Thị Mẫu");

    expect(
      await codeOf(merge({ [`from.${ending}`]: "on", into: going, seen: JSON.stringify({ [ending]: 1 }) })),
    ).toBe("CONFLICT");
    expect(
      await homesOf(
        (
          await ownerSql<{ id: string }>("SELECT id FROM subject WHERE unit_id = $1 AND title = 'FAMILY'", [
            ending,
          ])
        )[0]?.id ?? "",
      ),
    ).toHaveLength(1);
  });

  it("is refused to strangers, before its day and across communes", async () => {
    const [going, ending] = [await makeHamlet("Một"), await makeHamlet("Hai")];
    const far = await buildUnit({ level: "HAMLET", parentId: province, validFrom: "2025-01-01" });
    const input = { [`from.${ending}`]: "on", into: going, seen: "{}" };

    expect(await codeOf(merge(input, neighbour))).toBe("NOT_FOUND");
    expect(await codeOf(merge(input, reviewer))).toBe("NOT_FOUND");
    expect(await codeOf(merge({ ...input, on: "2025-01-01" }))).toBe("INVALID");
    expect(await codeOf(merge({ ...input, into: far }))).toBe("NOT_FOUND");
    await expect(
      appSql(neighbour.id, "SELECT hamlet_succeed($1, ARRAY[$2::int], '2026-07-01', true)", [ending, going]),
    ).rejects.toMatchObject({ code: "HH001" });
    await expect(
      appSql(officer.id, "SELECT hamlet_rehome(ARRAY[]::uuid[], $1, $2, '2026-07-01')", [ending, going]),
    ).rejects.toMatchObject({ code: "HH001" });
  });

  it("waits for whoever is entering somebody in the hamlet that ends, and takes that one along", async () => {
    const [going, ending] = [await makeHamlet("Một"), await makeHamlet("Hai")];
    const id = randomUUID();
    const clerk = new pg.Client({ connectionString: testDatabase().appUrl });
    await clerk.connect();
    await clerk.query("BEGIN");
    await clerk.query("SELECT set_config('app.user_id', $1, true)", [officer.id]);
    await clerk.query(
      "INSERT INTO subject (id, title, unit_id, name, active_from) VALUES ($1, 'CLAN', $2, 'Họ Mẫu', '2025-02-01')",
      [id, ending],
    );
    await clerk.query("INSERT INTO clan (subject_id) VALUES ($1)", [id]);
    await clerk.query(
      "INSERT INTO subject_home (subject_id, unit_id, valid_from) VALUES ($1, $2, '2025-02-01')",
      [id, ending],
    );

    const merging = merge({ [`from.${ending}`]: "on", into: going, seen: "{}" });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await clerk.query("COMMIT");
    await clerk.end();

    expect((await merging).moved).toBe(1);
    expect(await openIn(ending)).toBe(0);
    expect(await differences()).toEqual([]);
  });

  it("lets nothing new stand in the hamlet that ended", async () => {
    const [going, ending] = [await makeHamlet("Một"), await makeHamlet("Hai")];
    await merge({ [`from.${ending}`]: "on", into: going, seen: "{}" });

    await expect(makeHousehold(ending, "Vàng Thị Mẫu")).rejects.toMatchObject({ code: "INVALID" });
    await expect(
      appSql(
        officer.id,
        "INSERT INTO subject (title, unit_id, name, active_from) VALUES ('CLAN', $1, 'Họ Mẫu', '2026-01-01')",
        [ending],
      ),
    ).rejects.toMatchObject({ code: "HH004" });
  });
});

async function openIn(unitId: number): Promise<number> {
  const [row] = await ownerSql<{ count: number }>(
    "SELECT count(*)::int AS count FROM subject WHERE unit_id = $1 AND active_to IS NULL AND title <> 'COMMUNITY'",
    [unitId],
  );

  return row?.count ?? 0;
}

describe("splitting", () => {
  it("takes the chosen households with their members to a new hamlet", async () => {
    const old = await makeHamlet("To");
    const [goes, stays] = [await makeHousehold(old, "Vàng Thị Mẫu"), await makeHousehold(old, "Lò Thị Mẫu")];

    const { hamletId, moved } = await split({ hamletId: old, name: "Nhỏ", chosen: goes });

    expect(moved).toBe(2);
    expect((await homesOf(goes)).map(({ unitId }) => unitId)).toEqual([old, hamletId]);
    expect((await homesOf(stays)).map(({ unitId }) => unitId)).toEqual([old]);
    expect((await withScope(officer, (tx) => findHamlet(tx, old)))?.validTo).toBeNull();
    expect(await differences()).toEqual([]);
  });

  it("can end the old hamlet: the rest is a second new one, and the commune's past sums stay", async () => {
    const old = await makeHamlet("To");
    const [goes, stays] = [await makeHousehold(old, "Vàng Thị Mẫu"), await makeHousehold(old, "Lò Thị Mẫu")];

    const { hamletId } = await split({
      hamletId: old,
      name: "Đông",
      chosen: goes,
      rest: "NEW",
      restName: "Tây",
    });

    const options = await withScope(officer, (tx) => listHamletOptions(tx, commune, "2026-11-01"));
    expect(options.map(({ name, households, citizens }) => [name, households, citizens])).toEqual([
      ["Thôn Đông", 1, 1],
      ["Thôn Tây", 1, 1],
    ]);
    expect((await homesOf(goes)).at(-1)?.unitId).toBe(hamletId);
    expect((await homesOf(stays)).at(-1)?.unitId).not.toBe(old);
    expect(await familiesOf(commune, 2025)).toBe(2);
    expect(await familiesOf(commune, 2026)).toBe(2);
    expect(await differences()).toEqual([]);
  });

  it("is refused when something chosen stands elsewhere by now", async () => {
    const [old, other] = [await makeHamlet("To"), await makeHamlet("Khác")];
    const away = await makeHousehold(other, "Vàng Thị Mẫu");

    expect(await codeOf(split({ hamletId: old, name: "Nhỏ", chosen: away }))).toBe("CONFLICT");
    expect(await codeOf(split({ hamletId: other, name: "to", chosen: away }))).toBe("INVALID");
    expect(await codeOf(split({ hamletId: other, name: "Nhỏ", chosen: away }, neighbour))).toBe("NOT_FOUND");
  });
});

describe("classifying", () => {
  it("is of one year and can be taken back", async () => {
    const id = await makeHamlet("Xa");
    const say = (isDifficult: boolean, actor = officer) =>
      classifyHamlet(actor, { hamletId: id, year: 2026, isDifficult }, randomUUID());

    expect(await say(true)).toEqual({ changed: true });
    expect(await say(true)).toEqual({ changed: false });
    expect(await withScope(officer, (tx) => listDifficultYears(tx, id))).toEqual([2026]);
    expect(await codeOf(say(false, neighbour))).toBe("NOT_FOUND");
    expect(await say(false)).toEqual({ changed: true });
    expect(await withScope(officer, (tx) => listDifficultYears(tx, id))).toEqual([]);
  });
});
