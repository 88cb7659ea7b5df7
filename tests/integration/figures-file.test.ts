import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LIST_FIELDS } from "@/features/figures/constants";
import { listFigures, listVersions } from "@/features/figures/data/entries";
import { findBatch, listFileUnits } from "@/features/figures/file/data";
import { loadTemplate } from "@/features/figures/file/loaders";
import { checkFigureFile, undoFigureBatch, writeFigureBatch } from "@/features/figures/file/mutations";
import type { FigureBatch } from "@/features/figures/file/types";
import { writeTemplate } from "@/features/figures/file/write-template";
import { saveFigures } from "@/features/figures/mutations";
import { SaveFigures } from "@/features/figures/schema";
import type { SessionActor } from "@/features/user/data";
import { withScope } from "@/lib/db/scope";
import { appSql, buildReference, buildUnit, buildUser, ownerSql, placeUnit } from "../setup/builders";
import { codeOf } from "../setup/refusal";

const YEAR = 2019;

let folder: string;
let province: number;
let commune: number;
let hamlet: number;
let officer: SessionActor;
let admin: SessionActor;
let stranger: SessionActor;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "figures-"));
  await buildReference();
  province = await buildUnit({ level: "PROVINCE", name: "Tỉnh Thử" });
  const district = await buildUnit({ level: "DISTRICT", parentId: province, name: "Huyện Thử" });
  commune = await buildUnit({ level: "COMMUNE", parentId: district, name: "Xã Thử" });
  hamlet = await buildUnit({ level: "HAMLET", parentId: commune, name: "Thôn Bờ Suối" });
  await buildUnit({ level: "HAMLET", parentId: commune, name: "Thôn Trùng" });
  await buildUnit({ level: "HAMLET", parentId: commune, name: "Thôn Trùng" });
  const other = await buildUnit({ level: "COMMUNE", parentId: district, name: "Xã Bên" });
  officer = await buildUser({ role: "COMMUNE_OFFICER", unitId: commune });
  admin = await buildUser({ role: "PROVINCE_ADMIN", unitId: province });
  stranger = await buildUser({ role: "COMMUNE_OFFICER", unitId: other });
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  await ownerSql("DELETE FROM figure");
  await ownerSql("DELETE FROM figure_batch");
});

async function fileOf(
  content: string | Buffer,
  name = "so-lieu.csv",
): Promise<{ path: string; name: string }> {
  const file = path.join(folder, randomUUID());
  await writeFile(file, content);

  return { path: file, name };
}

async function check(actor: SessionActor, content: string | Buffer, year = YEAR): Promise<FigureBatch> {
  const input = {
    unitId: commune,
    year,
    source: "Báo cáo 45",
    datedOn: "2019-12-20",
    requestId: randomUUID(),
  };
  const { batchId } = await checkFigureFile(actor, input, await fileOf(content));
  const batch = await withScope(actor, (tx) => findBatch(tx, batchId));
  if (!batch) throw new Error("no batch");

  return batch;
}

const FILE = `Báo cáo số liệu năm 2019
TT,Tên đơn vị,Tổng số gia đình,Số gia đình đăng ký,Gia đình được công nhận,Tổng số dòng họ
1,Xã Thử,"1.200",900,800,12
2,THÔN BỜ SUỐI,100,120,x,-1
3,Thôn Trùng,1,,,
4,Thôn Không Có,1,,,
5,Thôn Bờ Suối,5,,,
6,,7,,,
7,,,,,
,Cộng,1300,,,
`;

const valuesOf = async (unitId: number, year = YEAR) =>
  Object.fromEntries(
    (await withScope(admin, (tx) => listFigures(tx, [unitId], year))).map(({ key, value }) => [key, value]),
  );

describe("the check of a file", () => {
  it("finds what is new and tells of every bad place its row, column and reason; writes nothing", async () => {
    const batch = await check(officer, FILE);
    expect(batch.cells.map(({ unitId, key, value, before }) => [unitId, key, value, before])).toEqual([
      [commune, "family_total", 1200, null],
      [commune, "family_registered", 900, null],
      [commune, "family_recognised", 800, null],
      [commune, "clan_total", 12, null],
      [hamlet, "family_total", 100, null],
    ]);
    expect(batch.problems).toEqual([
      { row: 4, column: "Gia đình được công nhận", code: "NOT_A_COUNT" },
      { row: 4, column: "Tổng số dòng họ", code: "NOT_A_COUNT" },
      { row: 4, column: "Số gia đình đăng ký", code: "MORE_THAN_TOTAL" },
      { row: 5, column: null, code: "UNIT_AMBIGUOUS" },
      { row: 6, column: null, code: "UNIT_UNKNOWN" },
      { row: 7, column: null, code: "UNIT_TWICE" },
      { row: 8, column: null, code: "UNIT_MISSING" },
    ]);
    expect(await ownerSql("SELECT 1 FROM figure")).toEqual([]);
  });

  it("tells changed from unchanged", async () => {
    await save({ family_total: "1000", clan_total: "12" });
    const batch = await check(
      officer,
      "Đơn vị,Tổng số gia đình,Tổng số dòng họ,Tổng số công dân\nXã Thử,1200,12,\n",
    );
    expect(batch).toMatchObject({
      cells: [{ key: "family_total", value: 1200, before: 1000, version: 1 }],
      unchanged: 1,
    });
  });

  it("measures a part against the total that stands", async () => {
    await save({ family_total: "10" });
    const batch = await check(officer, "Đơn vị,Số gia đình đăng ký\nXã Thử,11\n");
    expect(batch).toMatchObject({ cells: [], problems: [{ row: 2, code: "MORE_THAN_TOTAL" }] });
  });

  it.each([
    ["no header", "a,b\n1,2\n", /tiêu đề/],
    ["nothing", "", /không có nội dung/],
    ["a picture", Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0]), /không phải bảng tính/],
  ])("refuses %s in a sentence", async (_what, content, sentence) => {
    await expect(check(officer, content)).rejects.toMatchObject({
      code: "UNSUPPORTED_FILE",
      detail: expect.stringMatching(sentence),
    });
  });

  it("is closed to neighbours, also by hand", async () => {
    expect(await codeOf(check(stranger, FILE))).toBe("NOT_FOUND");
    const batch = await check(officer, FILE);
    expect(await withScope(stranger, (tx) => findBatch(tx, batch.id))).toBeUndefined();
    expect(await codeOf(writeFigureBatch(stranger, batch.id, randomUUID()))).toBe("NOT_FOUND");
    expect(await appSql(stranger.id, "UPDATE figure_batch SET state = 'WRITTEN' RETURNING 1")).toEqual([]);
  });
});

async function save(figures: Record<string, string>, base: Record<string, unknown> = {}) {
  const input = SaveFigures.parse({
    unitId: String(commune),
    year: String(YEAR),
    base: JSON.stringify(base),
    source: "Niên giám",
    datedOn: "2019-06-30",
    ...figures,
  });
  await saveFigures(officer, input, randomUUID());
}

describe("writing a file", () => {
  it("writes all with the file's source and day, once, and the second time finds nothing to write", async () => {
    const batch = await check(officer, FILE);
    const requestId = randomUUID();
    expect(await writeFigureBatch(officer, batch.id, requestId)).toEqual({ written: 5 });
    expect(await writeFigureBatch(officer, batch.id, requestId)).toEqual({ written: 5 });
    expect(await codeOf(writeFigureBatch(officer, batch.id, randomUUID()))).toBe("WRONG_STATE");
    expect(await valuesOf(commune)).toEqual({
      clan_total: 12,
      family_recognised: 800,
      family_registered: 900,
      family_total: 1200,
    });
    expect(await withScope(officer, (tx) => listVersions(tx, hamlet, YEAR))).toMatchObject([
      { value: 100, source: "Báo cáo 45", datedOn: "2019-12-20", version: 1 },
    ]);
    expect(await check(officer, FILE)).toMatchObject({ cells: [], unchanged: 5 });
    const [log] = await ownerSql<{ detail: unknown }>(
      "SELECT detail FROM action WHERE verb = 'figure.import'",
    );
    expect(log?.detail).toEqual({ year: YEAR, batch: batch.id, count: 5 });
  });

  it("writes nothing when one number was changed since the check", async () => {
    const batch = await check(officer, FILE);
    await save({ clan_total: "13" });
    await expect(writeFigureBatch(officer, batch.id, randomUUID())).rejects.toMatchObject({
      code: "CONFLICT",
      detail: expect.stringMatching(/^1 số đã được người khác sửa/),
    });
    expect(await valuesOf(commune)).toEqual({ clan_total: 13 });
    expect(await valuesOf(hamlet)).toEqual({});
  });
});

describe("undoing a file", () => {
  it("gives every figure back its value, source and day; new ones are withdrawn", async () => {
    await save({ family_total: "1000" });
    const batch = await check(officer, FILE);
    await writeFigureBatch(officer, batch.id, randomUUID());
    expect(await undoFigureBatch(officer, batch.id, randomUUID())).toEqual({ undone: 5 });
    expect(await valuesOf(commune)).toEqual({
      clan_total: null,
      family_recognised: null,
      family_registered: null,
      family_total: 1000,
    });
    const rows = await withScope(officer, (tx) => listFigures(tx, [commune], YEAR));
    expect(rows.find(({ key }) => key === "family_total")).toMatchObject({
      source: "Niên giám",
      datedOn: "2019-06-30",
      version: 3,
    });
    expect(await codeOf(undoFigureBatch(officer, batch.id, randomUUID()))).toBe("WRONG_STATE");
  });

  it("is refused while somebody has built on it, and then changes nothing", async () => {
    const batch = await check(officer, FILE);
    await writeFigureBatch(officer, batch.id, randomUUID());
    await save({ clan_total: "20" }, { clan_total: { value: 12, version: 1 } });
    expect(await codeOf(undoFigureBatch(officer, batch.id, randomUUID()))).toBe("CONFLICT");
    expect(await valuesOf(commune)).toMatchObject({ clan_total: 20, family_total: 1200 });
  });
});

describe("the template", () => {
  it("read back changes nothing; a number written into it is the one change", async () => {
    await save({ family_total: "1000", staff_total: "40" });
    const query = new URLSearchParams({ "don-vi": String(commune), "nam-so-lieu": String(YEAR) });
    const data = await loadTemplate(officer, query);
    expect(data.units.map(({ name }) => name)).toEqual([
      "Xã Thử",
      "Thôn Bờ Suối",
      "Thôn Trùng",
      "Thôn Trùng",
    ]);
    const send = async (template: typeof data, year = YEAR) => {
      const file = path.join(folder, randomUUID());
      await pipeline(writeTemplate(template), createWriteStream(file));
      const input = { unitId: commune, year, source: "Mẫu", datedOn: "2019-12-20", requestId: randomUUID() };
      const { batchId } = await checkFigureFile(officer, input, { path: file, name: "mau.xlsx" });

      return await withScope(officer, (tx) => findBatch(tx, batchId));
    };
    expect(await send(data)).toMatchObject({ cells: [], problems: [], unchanged: 2 });

    const [, , , last] = data.units;
    const values = new Map([...data.values, [`${last?.id} adult_total`, 77] as const]);
    expect(await send({ ...data, values })).toMatchObject({
      cells: [{ unitId: last?.id, key: "adult_total", value: 77 }],
      problems: [],
    });
    await expect(send(data, 2020)).rejects.toMatchObject({ detail: expect.stringMatching(/năm 2019/) });
  });

  it("has every field, and is closed to neighbours", async () => {
    const query = new URLSearchParams({ "don-vi": String(commune), "nam-so-lieu": String(YEAR) });
    expect(await codeOf(loadTemplate(stranger, query))).toBe("NOT_FOUND");
    expect(new Set(LIST_FIELDS.map(({ key }) => key)).size).toBe(20);
  });

  it("of a year before a rearrangement holds the units of that time", async () => {
    const heir = await buildUnit({ level: "PROVINCE", name: "Tỉnh Mới", validFrom: "2025-07-01" });
    const ended = await buildUnit({ level: "PROVINCE", name: "Tỉnh Cũ", validTo: "2025-07-01" });
    await placeUnit({ childId: ended, parentId: heir, validFrom: "2025-07-01", kind: "SUCCESSION" });
    const keeper = await buildUser({ role: "PROVINCE_ADMIN", unitId: heir });
    const names = async (year: number) =>
      (
        await withScope(keeper, (tx) => listFileUnits(tx, { id: heir, level: "PROVINCE" }, `${year}-12-31`))
      ).map(({ name }) => name);
    expect(await names(2019)).toEqual(["Tỉnh Mới", "Tỉnh Cũ"]);
    expect(await names(2025)).toEqual(["Tỉnh Mới"]);
  });
});
