import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openJobDatabase } from "@/lib/db/job";
import { ownerSql } from "../setup/builders";
import type { ImportWorld } from "../setup/import-world";
import { bringIn, buildImportWorld, check, sampleList, write } from "../setup/import-world";

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
