import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { saveFigures } from "@/features/figures/mutations";
import { classifyHamlet } from "@/features/hamlet/mutations";
import { openJobDatabase } from "@/lib/db/job";
import { ownerSql } from "../setup/builders";
import type { ImportWorld } from "../setup/import-world";
import { bringIn, buildImportWorld, check, csvList, sampleList, undo, write } from "../setup/import-world";

const database = openJobDatabase();
afterAll(() => database.close());

const YEAR = 2024;

async function difficult(world: ImportWorld): Promise<string[]> {
  const rows = await ownerSql<{ name: string; year: number }>(
    "SELECT u.name, f.year FROM unit_flag f JOIN unit u ON u.id = f.unit_id WHERE f.unit_id = ANY ($1) ORDER BY u.name, f.year",
    [world.hamletIds],
  );

  return rows.map(({ name, year }) => `${name} ${year}`);
}

async function buildCommunity(hamletId: number): Promise<void> {
  const [made] = await ownerSql<{ id: string }>(
    `INSERT INTO subject (title, unit_id, name, active_from) SELECT 'COMMUNITY', id, name, '2020-01-01' FROM unit WHERE id = $1 RETURNING id`,
    [hamletId],
  );
  await ownerSql("INSERT INTO community (subject_id, area_unit_id) VALUES ($1, $2)", [made?.id, hamletId]);
  await ownerSql("INSERT INTO subject_home (subject_id, unit_id, valid_from) VALUES ($1, $2, '2020-01-01')", [
    made?.id,
    hamletId,
  ]);
}

describe("a batch taken back", () => {
  it("leaves hamlets as difficult in the year as they were, and in other years too", async () => {
    const hamlets = ["Thôn Đầu Núi", "Thôn Cuối Núi", "Thôn Giữa Đồng"];
    const world = await buildImportWorld({ hamlets });
    const [first = 0, second = 0, third = 0] = world.hamletIds;
    for (const id of [first, second, third]) await buildCommunity(id);
    for (const [hamletId, year] of [
      [second, YEAR],
      [second, YEAR - 1],
      [third, YEAR],
    ] as const) {
      await classifyHamlet(world.officer, { hamletId, year, isDifficult: true }, randomUUID());
    }
    const before = await difficult(world);
    expect(before).toEqual(["Thôn Cuối Núi 2023", "Thôn Cuối Núi 2024", "Thôn Giữa Đồng 2024"]);

    const list = csvList([
      ["Tên thôn", "Đặc biệt khó khăn"],
      ["Thôn Đầu Núi", "có"],
      ["Thôn Cuối Núi", "không"],
      ["Thôn Giữa Đồng", "có"],
    ]);
    const checked = await check(database, world.officer, await bringIn(database, world, list), {
      policy: "UPDATE",
    });
    expect(checked.counts?.rows).toMatchObject({ CHANGED: 2, UNCHANGED: 1, NEW: 0, REJECTED: 0 });
    const written = await write(database, world.officer, checked);
    expect([written.state, written.errorText]).toEqual(["WRITTEN", null]);
    expect(await difficult(world)).toEqual([
      "Thôn Cuối Núi 2023",
      "Thôn Giữa Đồng 2024",
      "Thôn Đầu Núi 2024",
    ]);

    const undone = await undo(database, world.officer, written);
    expect([undone.state, undone.errorText]).toEqual(["UNDONE", null]);
    expect(await difficult(world)).toEqual(before);
  });

  it("puts back the figures that stood, with their source and day, as new versions; the others are gone", async () => {
    const world = await buildImportWorld();
    const [hamletId = 0] = world.hamletIds;
    const key = "family_recognised";
    await saveFigures(
      world.officer,
      {
        unitId: hamletId,
        year: YEAR,
        source: "Niên giám Thử",
        datedOn: "2024-12-20",
        cells: [{ unitId: hamletId, key, value: 3, base: { value: null, version: 0 } }],
        nameOf: "key",
      },
      randomUUID(),
    );
    const list = await sampleList("01-ho-gia-dinh-mot-trang.xlsx");
    const looked = await bringIn(database, world, { ...list, name: "Danh sách nhà ông Nguyễn Văn Thử.xlsx" });
    const written = await write(
      database,
      world.officer,
      await check(database, world.officer, looked, { takeResults: true }),
    );
    expect(written.written).toMatchObject({ figures: 15 });
    const figures = await ownerSql<{ source: string; version: number; datedOn: string | null; key: string }>(
      `SELECT source, version, dated_on::text AS "datedOn", key FROM figure WHERE unit_id = ANY ($1) ORDER BY version DESC`,
      [world.hamletIds],
    );
    expect(figures).toHaveLength(15);
    expect(figures.filter(({ version }) => version === 2).map((row) => row.key)).toEqual([key]);
    const [{ today } = { today: "" }] = await ownerSql<{ today: string }>(
      "SELECT app_today()::text AS today",
    );
    const day = today.split("-").reverse().join("/");
    expect(new Set(figures.map(({ source }) => source))).toEqual(
      new Set([`Danh sách nhập ngày ${day}, lượt nhập ${written.id.slice(0, 8)}`]),
    );
    expect(new Set(figures.map(({ datedOn }) => datedOn))).toEqual(new Set([today]));

    const undone = await undo(database, world.officer, written);
    expect([undone.state, undone.errorText]).toEqual(["UNDONE", null]);
    const versions = await ownerSql(
      `SELECT version, value::int AS value, source, dated_on::text AS "datedOn" FROM figure_version WHERE unit_id = ANY ($1) AND version <> 2 ORDER BY version`,
      [world.hamletIds],
    );
    const stood = { value: 3, source: "Niên giám Thử", datedOn: "2024-12-20" };
    expect(versions).toEqual([
      { version: 1, ...stood },
      { version: 3, ...stood },
    ]);
    expect(await ownerSql("SELECT version FROM figure WHERE unit_id = ANY ($1)", [world.hamletIds])).toEqual([
      { version: 3 },
    ]);
  });
});
