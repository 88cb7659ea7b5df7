import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listEnteredYears, listUnitYearFigures } from "@/features/figures/data";
import { listVersions } from "@/features/figures/data/entries";
import { saveFigures } from "@/features/figures/mutations";
import { listPublished } from "@/features/figures/published/data";
import { SaveFigures } from "@/features/figures/schema";
import { numberOf, ratioOf } from "@/features/figures/utils";
import type { SessionActor } from "@/features/user/data";
import { withScope } from "@/lib/db/scope";
import { readPublishedResults } from "../../prisma/reference/read-reference";
import { loadPublishedResults } from "../../scripts/commands/seed/load-published";
import { buildUser } from "../setup/builders";
import { testDatabase } from "../setup/database";

let owner: pg.Client;
let oldProvince: number;
let newProvince: number;
let leader: SessionActor;
let admin: SessionActor;
let stranger: SessionActor;

async function rowsOf<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
  return (await owner.query<Row>(sql, values)).rows;
}

async function idOf(level: string, code: string, isStanding: boolean): Promise<number> {
  const [row] = await rowsOf<{ id: number }>(
    "SELECT id FROM unit WHERE level = $1 AND code = $2 AND (valid_to IS NULL) = $3",
    [level, code, isStanding],
  );
  if (!row) throw new Error("no unit");

  return row.id;
}

beforeAll(async () => {
  owner = new pg.Client({ connectionString: testDatabase().ownerUrl });
  await owner.connect();
  oldProvince = await idOf("PROVINCE", "45", false);
  newProvince = await idOf("PROVINCE", "44", true);
  leader = await buildUser({ role: "PROVINCE_LEADER", unitId: newProvince });
  admin = await buildUser({ role: "PROVINCE_ADMIN", unitId: newProvince });
  stranger = await buildUser({ role: "PROVINCE_LEADER", unitId: await idOf("PROVINCE", "08", true) });
});
afterAll(() => owner.end());

const picture = () =>
  rowsOf(
    `SELECT (SELECT count(*)::int FROM published_result) AS rows, (SELECT count(*)::int FROM figure WHERE published_no IS NOT NULL) AS figures,
            (SELECT count(*)::int FROM figure_version) AS versions`,
  );

/** The loader in a transaction that is taken back, with the keys of units that the loader of the map leaves behind. */
async function loadAgain(
  change: () => Promise<unknown>,
  look: () => Promise<unknown>,
  file = readPublishedResults(),
): Promise<void> {
  await owner.query("BEGIN");
  try {
    await change();
    await owner.query(
      `CREATE TEMP TABLE unit_key ON COMMIT DROP AS
       SELECT level || ':' || code || '@' || valid_from AS key, id FROM unit WHERE level <> 'HAMLET'`,
    );
    await loadPublishedResults(owner, file);
    await look();
  } finally {
    await owner.query("ROLLBACK");
  }
}

const OF_OLD = "unit_id = $1 AND year = 2020 AND key = 'family_total'";
const familyTotal = async () =>
  (
    await rowsOf<{ value: number | null; no: number | null; version: number }>(
      `SELECT value::int AS value, published_no AS no, version FROM figure WHERE ${OF_OLD}`,
      [oldProvince],
    )
  )[0];

describe("loading the published results", () => {
  it("keeps all rows, gives 71 figures, and changes nothing the second time", async () => {
    const before = await picture();
    expect(before).toEqual([{ rows: 94, figures: 71, versions: 71 }]);
    await loadAgain(
      async () => undefined,
      async () => expect(await picture()).toEqual(before),
    );
  });

  it("never goes over a figure somebody entered, nor over one that was withdrawn", async () => {
    for (const value of [170_000, null]) {
      await loadAgain(
        () =>
          owner.query(
            `UPDATE figure SET value = $2, entered_by = $3, version = version + 1 WHERE ${OF_OLD}`,
            [oldProvince, value, admin.id],
          ),
        async () => expect(await familyTotal()).toEqual({ value, no: null, version: 2 }),
      );
    }
  });

  it("follows a corrected row, and withdraws what a row no longer gives", async () => {
    const file = readPublishedResults();
    await loadAgain(
      async () => undefined,
      async () => expect(await familyTotal()).toEqual({ value: 167_688, no: 1, version: 2 }),
      { ...file, results: file.results.map((row) => (row.no === 1 ? { ...row, total: 167_688 } : row)) },
    );
    await loadAgain(
      async () => undefined,
      async () => expect(await familyTotal()).toEqual({ value: null, no: 1, version: 2 }),
      {
        ...file,
        results: file.results.map((row) =>
          row.no === 1 ? { ...row, unit: null, unitTie: "AMBIGUOUS" as const } : row,
        ),
      },
    );
  });
});

const figuresOf = async (unitId: number, year: number, on: string) =>
  await withScope(
    leader,
    async (tx) => (await listUnitYearFigures(tx, [unitId], [{ year, on: new Date(on) }]))[0],
  );

describe("the first history", () => {
  it("stands on the old province's numbers, marked as entered", async () => {
    expect(await withScope(leader, (tx) => listEnteredYears(tx, oldProvince))).toContain(2020);
    const figures = await figuresOf(oldProvince, 2020, "2020-12-31");
    const ratio = figures && ratioOf(figures, { numerator: "familyRecognised", denominator: "familyTotal" });
    expect(ratio).toEqual({
      numerator: { value: 122_151, basis: "ENTERED", isOwn: true, unitCount: 1 },
      denominator: { value: 167_687, basis: "ENTERED", isOwn: true, unitCount: 1 },
    });
    expect(figures && numberOf(figures, "familyRegistered")?.value).toBe(139_605);
  });

  it("stands under the province of today as a part, not as its own", async () => {
    const figures = await figuresOf(newProvince, 2020, "2025-07-01");
    expect(figures && numberOf(figures, "familyTotal")).toEqual({
      value: 167_687,
      basis: "ENTERED",
      isOwn: false,
      unitCount: 1,
    });
  });

  it("leads from the figure to its row and back, for those who may open the unit", async () => {
    const versions = await withScope(leader, (tx) => listVersions(tx, oldProvince, 2020));
    expect(versions.find(({ key }) => key === "clan_total")).toMatchObject({
      value: 2080,
      publishedNo: 2,
      enteredBy: null,
    });
    const rowOf = async (who: SessionActor) =>
      (await withScope(who, listPublished)).find(({ result }) => result.no === 2);
    expect(await rowOf(leader)).toMatchObject({
      unitId: oldProvince,
      unitName: "Tỉnh Quảng Trị",
      canOpen: true,
      figures: 3,
      result: { total: 2080, ratePublished: 68.22, rateDecimals: 2, unit: "PROVINCE:45@2014-02-20" },
    });
    expect(await rowOf(stranger)).toMatchObject({ canOpen: false, figures: 0 });
    expect((await withScope(stranger, listPublished)).length).toBe(94);
  });

  it("gives way to what a person enters, whose figure is no longer a published one", async () => {
    const input = SaveFigures.parse({
      unitId: String(oldProvince),
      year: "2020",
      base: JSON.stringify({ clan_total: { value: 2080, version: 1 } }),
      source: "Rà soát của tỉnh",
      datedOn: "01/02/2021",
      clan_total: "2081",
    });
    await saveFigures(admin, input, randomUUID());
    const [now, before] = (await withScope(leader, (tx) => listVersions(tx, oldProvince, 2020))).filter(
      ({ key }) => key === "clan_total",
    );
    expect(now).toMatchObject({ value: 2081, publishedNo: null, enteredByName: admin.name, version: 2 });
    expect(before).toMatchObject({ value: 2080, publishedNo: 2, version: 1 });
  });
});
