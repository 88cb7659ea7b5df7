import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { undoBatch } from "@/features/data-import/mutations";
import { workOnce } from "@/features/data-import/mutations/worker";
import { openJobDatabase } from "@/lib/db/job";
import { appSql, buildHousehold, buildUser, ownerSql } from "../setup/builders";
import type { ImportWorld } from "../setup/import-world";
import {
  batchOf,
  bringIn,
  buildImportWorld,
  check,
  csvList,
  previewOf,
  sampleList,
  write,
} from "../setup/import-world";

const database = openJobDatabase();
afterAll(() => database.close());

async function entries(world: ImportWorld): Promise<Record<string, number>> {
  const rows = await ownerSql<{ title: string; count: number }>(
    "SELECT title, count(*)::int AS count FROM subject WHERE unit_id = ANY ($1) AND active_to IS NULL GROUP BY title",
    [[world.communeId, ...world.hamletIds]],
  );

  return Object.fromEntries(rows.map(({ title, count }) => [title, count]));
}

describe("the sample lists", () => {
  let world: ImportWorld;
  beforeAll(async () => {
    world = await buildImportWorld();
  });

  it("01: 183 households, 159 of them registered, 126 reached", async () => {
    const looked = await bringIn(database, world, await sampleList("01-ho-gia-dinh-mot-trang.xlsx"));
    expect([looked.state, looked.errorText]).toEqual(["LOOKED", null]);
    const checked = await check(database, world.officer, looked, {
      takeRegistrations: true,
      takeResults: true,
    });
    expect([checked.state, checked.errorText]).toEqual(["CHECKED", null]);
    expect(checked.counts).toMatchObject({
      rows: { NEW: 183, CHANGED: 0, UNCHANGED: 0, DOUBTFUL: 0, REPEATED: 0, REJECTED: 0 },
      registered: 159,
      newRegistrations: 159,
      resultHamlets: 5,
      newFigures: 15,
    });
    const written = await write(database, world.officer, checked);
    expect([written.state, written.errorText]).toEqual(["WRITTEN", null]);
    expect(written.written).toEqual({
      created: 183,
      updated: 0,
      households: 0,
      registrations: 159,
      figures: 15,
      hamlets: 0,
    });
    expect(await entries(world)).toEqual({ FAMILY: 183 });
  });
});

describe("figures of whole hamlets", () => {
  it("are left out where the hamlet did not stand, has rows to be mended or decided, or entries the list lacks; it is said which", async () => {
    const world = await buildImportWorld({
      hamlets: ["Thôn Sau", "Thôn Sai", "Thôn Ngờ", "Thôn Thiếu", "Thôn Đủ"],
    });
    const [later = 0, , doubtful = 0, lacking = 0] = world.hamletIds;
    await ownerSql("UPDATE unit SET valid_from = '2025-03-01' WHERE id = $1", [later]);
    await buildHousehold({ hamletId: lacking });
    const known = await buildHousehold({ hamletId: doubtful, name: "Nguyễn Thử Ngờ" });
    await ownerSql("UPDATE household SET head_birth_year = NULL WHERE subject_id = $1", [known]);
    const list = csvList([
      ["Họ và tên chủ hộ", "Năm sinh", "Thôn", "Đạt"],
      ["Nguyễn Thử Sau", "1970", "Thôn Sau", "x"],
      ["Nguyễn Thử Sai", "bảy mươi", "Thôn Sai", "x"],
      ["Nguyễn Thử Ngờ", "1970", "Thôn Ngờ", "x"],
      ["Nguyễn Thử Thiếu", "1970", "Thôn Thiếu", "x"],
      ["Nguyễn Thử Đủ", "1970", "Thôn Đủ", "x"],
    ]);
    const looked = await bringIn(database, world, list);
    const checked = await check(database, world.officer, looked, { takeResults: true });
    expect(checked.counts).toMatchObject({ resultHamlets: 1, newFigures: 3 });
    expect(
      (checked.counts?.leftOutHamlets ?? []).map(({ name, target, reason }) => [name, target, reason]).sort(),
    ).toEqual([
      ["Thôn Ngờ", "FAMILY", "DOUBTFUL"],
      ["Thôn Sai", "FAMILY", "REJECTED"],
      ["Thôn Sau", "FAMILY", "ABSENT"],
      ["Thôn Thiếu", "FAMILY", "INCOMPLETE"],
    ]);
    const written = await write(database, world.officer, checked);
    expect(written.written).toMatchObject({ figures: 3 });
    const figures = await ownerSql<{ name: string }>(
      "SELECT DISTINCT u.name FROM figure f JOIN unit u ON u.id = f.unit_id WHERE u.id = ANY ($1)",
      [world.hamletIds],
    );
    expect(figures).toEqual([{ name: "Thôn Đủ" }]);
  });
});

/** Everything the register says of the commune, without ids, numbers and times. */
async function picture(world: ImportWorld): Promise<string> {
  const [row] = await ownerSql<{ picture: string }>(
    `SELECT coalesce(string_agg(line, E'\\n' ORDER BY line), '') AS picture FROM (
       SELECT concat_ws('|', s.title, u.name, s.name, s.active_from, s.active_to, h.head_birth_year, h.address, c.birth_year, c.sex, c.variant,
                        c.is_worker, c.digital_skill, hs.name, k.head_name, k.is_promotion, o.kind, o.level, i.is_current) AS line
         FROM subject s JOIN unit u ON u.id = s.unit_id LEFT JOIN household h ON h.subject_id = s.id LEFT JOIN citizen c ON c.subject_id = s.id
         LEFT JOIN subject hs ON hs.id = c.household_id LEFT JOIN clan k ON k.subject_id = s.id LEFT JOIN organisation o ON o.subject_id = s.id
         LEFT JOIN identity_number i ON i.subject_id = s.id
        WHERE s.unit_id = ANY ($1)) x`,
    [[world.communeId, ...world.hamletIds]],
  );

  return row?.picture ?? "";
}

async function importAll(world: ImportWorld, name: string): Promise<Awaited<ReturnType<typeof write>>> {
  const looked = await bringIn(database, world, await sampleList(name));
  const checked = await check(database, world.officer, looked);
  expect([checked.state, checked.errorText]).toEqual(["CHECKED", null]);

  return await write(database, world.officer, checked);
}

describe("lists of people and units", () => {
  let world: ImportWorld;
  beforeAll(async () => {
    world = await buildImportWorld();
  });

  it("02: 144 citizens in 45 households; a second time nothing is left to write", async () => {
    const first = await check(
      database,
      world.officer,
      await bringIn(database, world, await sampleList("02-nhan-khau-moi-thon-mot-trang.xlsx")),
    );
    expect(first.counts?.problems).toEqual({});
    expect(first.counts).toMatchObject({
      rows: { NEW: 144, DOUBTFUL: 0, REJECTED: 0 },
      households: { NEW: 45 },
    });
    const written = await write(database, world.officer, first);
    expect(written.written).toMatchObject({ created: 144, households: 45 });
    expect(await entries(world)).toEqual({ FAMILY: 45, CITIZEN: 144 });

    const again = await check(
      database,
      world.officer,
      await bringIn(database, world, await sampleList("02-nhan-khau-moi-thon-mot-trang.xlsx")),
    );
    expect(again.counts).toMatchObject({
      rows: { NEW: 0, CHANGED: 0, UNCHANGED: 144, DOUBTFUL: 0, REJECTED: 0 },
      households: { NEW: 0, UNCHANGED: 45 },
    });
    expect((await previewOf(world.officer, again)).isEmpty).toBe(true);
  });

  it("03: 7 units", async () => {
    const written = await importAll(world, "03-don-vi.csv");
    expect(written.written).toMatchObject({ created: 7 });
  });

  it("is undone: the register is as it was, and what was staged of people is gone", async () => {
    const town = await buildImportWorld();
    for (const hamletId of town.hamletIds) await buildHousehold({ hamletId });
    const before = await picture(town);
    const other = await importAll(town, "04-hai-tram-dong-co-loi.xlsx");
    expect(other.written).toMatchObject({ created: 164 });
    const left = await ownerSql<{ verdict: string; facts: object }>(
      "SELECT verdict, facts FROM import_row WHERE batch_id = $1",
      [other.id],
    );
    expect(left).toHaveLength(27);
    expect(
      left.every(({ verdict, facts }) => verdict === "REJECTED" && Object.keys(facts).length === 0),
    ).toBe(true);
    expect(await picture(town)).not.toBe(before);

    await undoBatch(town.officer, { batchId: other.id, version: other.version }, randomUUID());
    await workOnce(database);
    const undone = await batchOf(town.officer, other.id);
    expect([undone.state, undone.errorText]).toEqual(["UNDONE", null]);
    expect(await picture(town)).toBe(before);
    expect(await ownerSql("SELECT * FROM recount_differences()")).toEqual([]);
  });

  it("04: 164 good rows, 9 repeats, 27 to be mended, each with its reason", async () => {
    const empty = await buildImportWorld();
    const looked = await bringIn(database, empty, await sampleList("04-hai-tram-dong-co-loi.xlsx"));
    const checked = await check(database, empty.officer, looked);
    expect(checked.counts).toMatchObject({
      rows: { NEW: 164, REPEATED: 9, REJECTED: 27, CHANGED: 0, DOUBTFUL: 0 },
      problems: { NAME_MISSING: 3, BIRTH_YEAR_IN_FUTURE: 9, BIRTH_YEAR_NOT_A_YEAR: 9, HAMLET_UNKNOWN: 6 },
    });
    const problems = await ownerSql<{ code: string; row: number; column: number | null; field: string }>(
      `SELECT p ->> 'code' AS code, p ->> 'field' AS field, (p ->> 'column')::int AS column, r.row_number AS row
         FROM import_row r CROSS JOIN LATERAL jsonb_array_elements(r.problems) p WHERE r.batch_id = $1 AND r.verdict = 'REJECTED'`,
      [checked.id],
    );
    const columns = new Map(checked.plan?.sheets[0]?.columns.map(({ field, index }) => [field, index]));
    expect(problems).toHaveLength(27);
    for (const { row, field, column } of problems) {
      expect(row).toBeGreaterThan(1);
      expect([field, column]).toEqual([field, columns.get(field as "name") ?? -1]);
    }
  });
});

describe("an import that must not go through", () => {
  it("is not undone once something was built on it, and stays written", async () => {
    const world = await buildImportWorld();
    const written = await importAll(world, "03-don-vi.csv");
    await ownerSql("UPDATE subject SET version = version + 1 WHERE unit_id = $1", [world.communeId]);
    await undoBatch(world.officer, { batchId: written.id, version: written.version }, randomUUID());
    await workOnce(database);
    const after = await batchOf(world.officer, written.id);
    expect(after.state).toBe("WRITTEN");
    expect(after.errorText).not.toBeNull();
    expect(await entries(world)).toEqual({ ORGANISATION: 7 });
  });

  it("goes back to the check when the register changed since", async () => {
    const world = await buildImportWorld();
    const checked = await check(
      database,
      world.officer,
      await bringIn(database, world, await sampleList("01-ho-gia-dinh-mot-trang.xlsx")),
    );
    await buildHousehold({ hamletId: world.hamletIds[0] ?? 0 });
    const sent = await write(database, world.officer, checked);
    expect([sent.state, sent.errorCode]).toEqual(["CHECKING", "CHANGED_SINCE"]);
    expect(await entries(world)).toEqual({ FAMILY: 1 });
    await workOnce(database);
    expect((await batchOf(world.officer, checked.id)).state).toBe("CHECKED");
  });

  it("is nobody else's: neither a neighbour nor a reviewer sees it, its rows or its progress", async () => {
    const world = await buildImportWorld();
    const looked = await bringIn(database, world, await sampleList("03-don-vi.csv"));
    const neighbour = await buildImportWorld();
    const reviewer = await buildUser({ role: "COMMUNE_LEADER", unitId: world.communeId });
    for (const stranger of [neighbour.officer, reviewer]) {
      for (const table of ["import_batch", "import_progress"]) {
        const rows = await appSql(stranger.id, `SELECT 1 FROM ${table} WHERE commune_id = $1`, [
          world.communeId,
        ]);
        expect(rows).toEqual([]);
      }
      await expect(
        undoBatch(stranger, { batchId: looked.id, version: looked.version }, randomUUID()),
      ).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });

  it("tells no name in the log", async () => {
    const world = await buildImportWorld();
    await importAll(world, "01-ho-gia-dinh-mot-trang.xlsx");
    const names = await ownerSql<{ name: string }>("SELECT name FROM subject WHERE unit_id = ANY ($1)", [
      world.hamletIds,
    ]);
    const [log] = await ownerSql<{ text: string }>(
      "SELECT string_agg(detail::text || entity_id, ' ') AS text FROM action WHERE chain_id = $1",
      [world.communeId],
    );
    expect(names.length).toBeGreaterThan(100);
    expect(names.filter(({ name }) => log?.text.includes(name))).toEqual([]);
  });
});
