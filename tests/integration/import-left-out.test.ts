import { buffer } from "node:stream/consumers";
import { afterAll, describe, expect, it } from "vitest";
import { badRowSheets } from "@/features/data-import/bad-rows";
import type { Batch } from "@/features/data-import/data";
import { listBadRows } from "@/features/data-import/data";
import { withSpreadsheet } from "@/features/data-import/mutations/stage";
import { openJobDatabase } from "@/lib/db/job";
import { withScope } from "@/lib/db/scope";
import type { CellValue } from "@/lib/spreadsheet/cell";
import { writeWorkbook } from "@/lib/spreadsheet/write";
import { buildHousehold, ownerSql } from "../setup/builders";
import type { ImportWorld } from "../setup/import-world";
import { bringIn, buildImportWorld, check, csvList, previewOf, write } from "../setup/import-world";

// What was left out comes back from its own file, one row at a time, away from the rows it stood among.

const database = openJobDatabase();
afterAll(() => database.close());

type Line = Record<string, string>;

/** The file of bad rows as somebody sees it in Excel: a line by the headers. */
async function leftOut(world: ImportWorld, batch: Batch): Promise<Line[]> {
  const { plan } = batch;
  if (!plan) throw new Error("no plan");
  const rows = await withScope(world.officer, (tx) => listBadRows(tx, batch.id));
  const lines: Line[] = [];
  await withSpreadsheet(batch, async (spreadsheet) => {
    for (const sheet of await badRowSheets(spreadsheet, plan, rows)) {
      for await (const cells of sheet.rows as AsyncIterable<CellValue[]>) {
        lines.push(
          Object.fromEntries(sheet.columns.map(({ header }, index) => [header, String(cells[index] ?? "")])),
        );
      }
    }
  });

  return lines;
}

/** The mended lines as the next file. */
async function sendBack(world: ImportWorld, lines: readonly Line[], policy: "SKIP" | "UPDATE" = "SKIP") {
  const headers = Object.keys(lines[0] ?? {});
  const bytes = await buffer(
    writeWorkbook({
      sheets: [
        {
          name: "Sửa",
          columns: headers.map((header) => ({ header })),
          rows: lines.map((line) => headers.map((header) => line[header] || null)),
        },
      ],
    }),
  );
  const looked = await bringIn(database, world, { name: "sua.xlsx", bytes });

  return await check(database, world.officer, looked, { policy });
}

async function homes(world: ImportWorld): Promise<string[]> {
  const rows = await ownerSql<{ line: string }>(
    `SELECT s.name || ' ở hộ ' || coalesce(h.name, '-') AS line FROM citizen c JOIN subject s ON s.id = c.subject_id
       LEFT JOIN subject h ON h.id = c.household_id WHERE s.unit_id = ANY ($1) ORDER BY s.number`,
    [world.hamletIds],
  );

  return rows.map(({ line }) => line);
}

async function households(world: ImportWorld): Promise<number> {
  const [row] = await ownerSql<{ count: number }>(
    "SELECT count(*)::int AS count FROM subject WHERE title = 'FAMILY' AND unit_id = ANY ($1)",
    [world.hamletIds],
  );

  return row?.count ?? 0;
}

const HEADER = ["Họ và tên", "Năm sinh", "Giới tính", "Quan hệ với chủ hộ", "Thôn"];
const people = (...lines: string[][]) => csvList([HEADER, ...lines]);
const HAMLET = "Thôn Bờ Suối";
const FAMILIES = [
  ["Nguyễn Thử An", "1970", "Nam", "Chủ hộ", HAMLET],
  ["Trần Thử Bình", "1972", "Nữ", "Vợ", HAMLET],
  ["Nguyễn Thử Con", "chưa rõ", "Nam", "Con", HAMLET],
  ["Lê Thử Dần", "1980", "Nam", "Chủ hộ", HAMLET],
  ["Lê Thử Ếch", "chưa rõ", "Nữ", "Con", HAMLET],
];

describe("a person who was left out", { timeout: 120_000 }, () => {
  it("comes back into the household of the list, by its code", async () => {
    const world = await buildImportWorld();
    const checked = await check(database, world.officer, await bringIn(database, world, people(...FAMILIES)));
    expect(checked.counts).toMatchObject({ rows: { NEW: 3, REJECTED: 2 }, households: { NEW: 2 } });
    expect((await leftOut(world, checked)).map((line) => line["Thuộc hộ"])).toEqual([
      "Nguyễn Thử An",
      "Lê Thử Dần",
    ]);
    const written = await write(database, world.officer, checked);
    const bad = await leftOut(world, written);
    expect(bad.map((line) => line["Thuộc hộ"])).toEqual([
      expect.stringMatching(/^GD\d+$/),
      expect.stringMatching(/^GD\d+$/),
    ]);

    const mended = await sendBack(
      world,
      bad.map((line) => ({ ...line, "Năm sinh": "2005" })),
    );
    expect(mended.counts).toMatchObject({ rows: { NEW: 2, REJECTED: 0 }, households: { NEW: 0 } });
    expect((await write(database, world.officer, mended)).state).toBe("WRITTEN");
    expect(await homes(world)).toEqual([
      "Nguyễn Thử An ở hộ Nguyễn Thử An",
      "Trần Thử Bình ở hộ Nguyễn Thử An",
      "Lê Thử Dần ở hộ Lê Thử Dần",
      "Nguyễn Thử Con ở hộ Nguyễn Thử An",
      "Lê Thử Ếch ở hộ Lê Thử Dần",
    ]);
    expect(await households(world)).toBe(2);
  });

  it("is asked about where the household is not there yet", async () => {
    const world = await buildImportWorld();
    const checked = await check(database, world.officer, await bringIn(database, world, people(...FAMILIES)));
    const early = await sendBack(
      world,
      (await leftOut(world, checked)).map((line) => ({ ...line, "Năm sinh": "2005" })),
    );
    expect(early.counts).toMatchObject({
      rows: { NEW: 0, REJECTED: 2 },
      households: { NEW: 0 },
      problems: { HOUSEHOLD_UNKNOWN: 2 },
    });
  });

  it("never becomes the head of a new household when the list says that somebody else is", async () => {
    const world = await buildImportWorld();
    const list = csvList([
      ["Hộ số", ...HEADER],
      ["7", "Phạm Thử Một", "2004", "Nữ", "Con", HAMLET],
      ["7", "Phạm Thử Hai", "2006", "Nam", "Con", HAMLET],
      ["8", "Phạm Thử Ba", "1966", "Nam", "Chủ hộ", HAMLET],
    ]);
    const checked = await check(database, world.officer, await bringIn(database, world, list));
    expect(checked.counts).toMatchObject({
      rows: { NEW: 1, REJECTED: 2 },
      households: { NEW: 1 },
      problems: { HOUSEHOLD_UNKNOWN: 2 },
    });
  });
});

describe("a row nobody decided", { timeout: 120_000 }, () => {
  it("is in the file with what it resembles, and is decided there", async () => {
    const world = await buildImportWorld();
    const [hamletId = 0] = world.hamletIds;
    for (const name of ["Nguyễn Thử Giáp", "Nguyễn Thử Ất", "Nguyễn Thử Bính"]) {
      const id = await buildHousehold({ hamletId, name });
      await ownerSql("UPDATE household SET head_birth_year = NULL WHERE subject_id = $1", [id]);
    }
    const list = csvList([
      ["Họ và tên chủ hộ", "Năm sinh", "Thôn"],
      ["Nguyễn Thử Giáp", "1970", HAMLET],
      ["Nguyễn Thử Ất", "1971", HAMLET],
      ["Nguyễn Thử Bính", "1972", HAMLET],
    ]);
    const checked = await check(database, world.officer, await bringIn(database, world, list));
    expect(checked.counts?.rows).toMatchObject({ DOUBTFUL: 3, NEW: 0 });
    const [same = {}, other = {}, open = {}] = await leftOut(world, checked);
    const code = /Nghi trùng với (GD\d+) \(Nguyễn Thử Giáp, Thôn Bờ Suối\)/.exec(
      same["Lý do cần sửa"] ?? "",
    )?.[1];
    expect(code).toBeDefined();

    const decided = await sendBack(
      world,
      [{ ...same, Mã: code ?? "" }, { ...other, Mã: "mới" }, open],
      "UPDATE",
    );
    expect(decided.counts?.rows).toMatchObject({ CHANGED: 1, NEW: 1, DOUBTFUL: 1, REJECTED: 0 });
    expect((await previewOf(world.officer, decided)).rows).toBe(2);
    expect((await write(database, world.officer, decided)).written).toMatchObject({ created: 1, updated: 1 });
    expect(await households(world)).toBe(4);
    const [left] = await leftOut(world, decided);
    expect(left?.["Họ và tên chủ hộ"]).toBe("Nguyễn Thử Bính");
  });
});
