import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { listUnitYearFigures } from "@/features/figures/data";
import { listFigures, listVersions } from "@/features/figures/data/entries";
import { saveFigures } from "@/features/figures/mutations";
import { SaveFigureGrid, SaveFigures } from "@/features/figures/schema";
import { numberOf } from "@/features/figures/utils";
import type { SessionActor } from "@/features/user/data";
import { withScope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { appSql, buildReference, buildUnit, buildUser, ownerSql } from "../setup/builders";
import { populate } from "../setup/population";
import { codeOf } from "../setup/refusal";

const YEAR = 2024;
const ON = new Date(Date.UTC(YEAR, 11, 31));

let district: number;
let commune: number;
let neighbour: number;
let hamlets: [number, number];
let elsewhere: number;
let officer: SessionActor;
let stranger: SessionActor;
let admin: SessionActor;

beforeAll(async () => {
  await buildReference();
  const province = await buildUnit({ level: "PROVINCE" });
  district = await buildUnit({ level: "DISTRICT", parentId: province });
  commune = await buildUnit({ level: "COMMUNE", parentId: district, name: "Xã Đồng Lúa" });
  neighbour = await buildUnit({ level: "COMMUNE", parentId: district });
  hamlets = [
    await buildUnit({ level: "HAMLET", parentId: commune, name: "Thôn Đầu" }),
    await buildUnit({ level: "HAMLET", parentId: commune, name: "Thôn Cuối" }),
  ];
  elsewhere = await buildUnit({ level: "HAMLET", parentId: neighbour });
  await populate({ communeId: commune, hamletIds: hamlets, households: 10, years: [], seed: 1 });
  await populate({ communeId: neighbour, hamletIds: [elsewhere], households: 6, years: [], seed: 2 });
  officer = await buildUser({ role: "COMMUNE_OFFICER", unitId: commune });
  stranger = await buildUser({ role: "COMMUNE_OFFICER", unitId: neighbour });
  admin = await buildUser({ role: "PROVINCE_ADMIN", unitId: province });
});

beforeEach(async () => {
  await ownerSql("DELETE FROM figure");
});

type Cells = Record<string, string>;
const cell = (unitId: number, key: string) => `${unitId}.${key}`;

async function saveGrid(actor: SessionActor, cells: Cells, base: Record<string, unknown> = {}) {
  const input = SaveFigureGrid.parse({
    unitId: String(commune),
    year: String(YEAR),
    base: JSON.stringify(base),
    source: "Báo cáo 12/BC-HKH",
    datedOn: "2024-12-20",
    ...cells,
  });

  return await saveFigures(actor, input, randomUUID());
}

async function saveOwn(actor: SessionActor, unitId: number, figures: Cells) {
  const input = SaveFigures.parse({
    unitId: String(unitId),
    year: String(YEAR),
    base: "{}",
    source: "Niên giám",
    datedOn: "2024-12-20",
    ...figures,
  });

  return await saveFigures(actor, input, randomUUID());
}

async function familyTotal(unitId: number) {
  const [figures] = await withScope(admin, (tx) =>
    listUnitYearFigures(tx, [unitId], [{ year: YEAR, on: ON }]),
  );

  return figures && numberOf(figures, "familyTotal");
}

describe("the grid", () => {
  it("saves what was touched and leaves the rest alone, with source and day", async () => {
    await saveGrid(officer, {
      [cell(hamlets[0], "family_total")]: "12",
      [cell(hamlets[1], "family_total")]: "",
    });
    const rows = await withScope(officer, (tx) => listFigures(tx, hamlets, YEAR));
    expect(rows).toMatchObject([
      { unitId: hamlets[0], key: "family_total", value: 12, datedOn: "2024-12-20", version: 1 },
    ]);
    const [entry] = await ownerSql<{ chain: number; detail: unknown }>(
      "SELECT chain_id AS chain, detail FROM action WHERE verb = 'figure.save' ORDER BY at DESC, seq DESC LIMIT 1",
    );
    expect(entry).toEqual({
      chain: commune,
      detail: { year: YEAR, changes: [{ unit: hamlets[0], key: "family_total", from: null, to: 12 }] },
    });
  });

  it("refuses a stale cell with both values and names the place; then the next save passes", async () => {
    await saveGrid(officer, { [cell(hamlets[0], "family_total")]: "12" });
    const refusal = await saveGrid(admin, {
      [cell(hamlets[0], "family_total")]: "14",
      [cell(hamlets[1], "family_total")]: "9",
    }).catch((error: unknown) => error);
    if (!(refusal instanceof AppError)) throw new Error("not refused");
    expect(refusal.conflict).toEqual([{ label: "Thôn Đầu: Tổng số gia đình", yours: "14", theirs: "12" }]);
    expect(await withScope(officer, (tx) => listFigures(tx, [hamlets[1]], YEAR))).toEqual([]);

    const renewed = JSON.parse(refusal.newValues.base ?? "");
    await saveGrid(
      admin,
      { [cell(hamlets[0], "family_total")]: "14", [cell(hamlets[1], "family_total")]: "9" },
      renewed,
    );
    expect(
      (await withScope(officer, (tx) => listFigures(tx, hamlets, YEAR))).map(({ value }) => value),
    ).toEqual([14, 9]);
  });

  it("lets one of two writers of a cell at once win", async () => {
    const outcomes = await Promise.allSettled([
      saveGrid(officer, { [cell(hamlets[0], "clan_total")]: "1" }),
      saveGrid(admin, { [cell(hamlets[0], "clan_total")]: "2" }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("takes no cell of another commune, at both walls", async () => {
    expect(
      await codeOf(
        saveGrid(officer, {
          [cell(hamlets[0], "family_total")]: "1",
          [cell(elsewhere, "family_total")]: "1",
        }),
      ),
    ).toBe("NOT_FOUND");
    expect(await codeOf(saveGrid(stranger, { [cell(hamlets[0], "family_total")]: "1" }))).toBe("NOT_FOUND");
    expect(await ownerSql("SELECT 1 FROM figure")).toEqual([]);
    const insert = `INSERT INTO figure (unit_id, year, key, value, source, entered_by) VALUES ($1, ${YEAR}, 'family_total', 1, 'x', $2)`;
    await expect(appSql(officer.id, insert, [elsewhere, officer.id])).rejects.toThrow(/row-level security/);
  });

  it("says which cell is more than its whole", () => {
    const parsed = SaveFigureGrid.safeParse({
      unitId: "1",
      year: "2024",
      base: "{}",
      source: "",
      datedOn: "",
      "7.family_total": "5",
      "7.member_family_total": "6",
      "8.family_total": "x",
    });
    expect(parsed.error?.issues.map(({ path }) => path.join("|")).sort()).toEqual([
      "7.member_family_total",
      "8.family_total",
    ]);
  });
});

describe("figures of hamlets", () => {
  it("count upwards in place of what the register counts there, beside the others' counts", async () => {
    expect(await familyTotal(commune)).toMatchObject({ value: 20, basis: "COUNTED" });
    await saveGrid(officer, { [cell(hamlets[0], "family_total")]: "15" });
    expect(await familyTotal(hamlets[0])).toMatchObject({ value: 15, basis: "ENTERED", isOwn: true });
    expect(await familyTotal(hamlets[1])).toMatchObject({ value: 10, basis: "COUNTED" });
    expect(await familyTotal(commune)).toEqual({ value: 25, basis: "MIXED", isOwn: false, unitCount: 1 });
    expect(await familyTotal(district)).toEqual({ value: 31, basis: "MIXED", isOwn: false, unitCount: 1 });

    await saveGrid(officer, { [cell(hamlets[1], "family_total")]: "8" });
    expect(await familyTotal(commune)).toEqual({ value: 23, basis: "ENTERED", isOwn: false, unitCount: 2 });
    expect(await familyTotal(district)).toEqual({ value: 29, basis: "MIXED", isOwn: false, unitCount: 2 });
  });

  it("give way to the commune's own figure, which is not changed to their sum", async () => {
    await saveGrid(officer, {
      [cell(hamlets[0], "family_total")]: "15",
      [cell(hamlets[1], "family_total")]: "8",
    });
    await saveOwn(officer, commune, { family_total: "21" });
    expect(await familyTotal(commune)).toMatchObject({ value: 21, basis: "ENTERED", isOwn: true });
    expect(await familyTotal(district)).toMatchObject({ value: 27, basis: "MIXED" });
    expect(
      (await withScope(officer, (tx) => listFigures(tx, hamlets, YEAR))).map(({ value }) => value),
    ).toEqual([15, 8]);
  });
});

describe("the versions of a figure", () => {
  it("keep who changed what from what, for readers of the unit alone", async () => {
    await saveOwn(officer, commune, { family_total: "21" });
    await saveFigures(
      admin,
      SaveFigures.parse({
        unitId: String(commune),
        year: String(YEAR),
        base: JSON.stringify({ family_total: { value: 21, version: 1 } }),
        source: "Số liệu rà soát",
        datedOn: "31/12/2024",
        family_total: "22",
      }),
      randomUUID(),
    );
    const versions = await withScope(officer, (tx) => listVersions(tx, commune, YEAR));
    expect(versions).toMatchObject([
      {
        key: "family_total",
        version: 2,
        value: 22,
        source: "Số liệu rà soát",
        datedOn: "2024-12-31",
        enteredByName: admin.name,
      },
      { key: "family_total", version: 1, value: 21, source: "Niên giám", enteredByName: officer.name },
    ]);
    expect(await withScope(stranger, (tx) => listVersions(tx, commune, YEAR))).toEqual([]);
    await expect(
      appSql(officer.id, "UPDATE figure_version SET value = 1 WHERE unit_id = $1", [commune]),
    ).rejects.toThrow(/permission denied/);
    await expect(
      appSql(
        officer.id,
        "INSERT INTO figure_version (unit_id, year, key, version, source, entered_at) VALUES ($1, 2024, 'family_total', 9, 'x', now())",
        [commune],
      ),
    ).rejects.toThrow(/permission denied/);
  });
});
