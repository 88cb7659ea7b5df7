import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ZERO_COUNTERS } from "@/domain/indicator/counters";
import { listEnteredYears, listUnitYearFigures } from "@/features/figures/data";
import { listFigures } from "@/features/figures/data/entries";
import { saveFigures } from "@/features/figures/mutations";
import { SaveFigures } from "@/features/figures/schema";
import type { UnitYearFigures } from "@/features/figures/types";
import { denominatorText, numberOf, ratioOf } from "@/features/figures/utils";
import type { SessionActor } from "@/features/user/data";
import { withScope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { buildReference, buildRound, buildUnit, buildUser, ownerSql, placeUnit } from "../setup/builders";
import { populate } from "../setup/population";

const YEAR = 2024;
const FAMILY = { numerator: "familyRecognised", denominator: "familyTotal" };

let province: number;
let district: number;
let communes: [number, number];
let officer: SessionActor;
let admin: SessionActor;
let leader: SessionActor;
let stranger: SessionActor;

beforeAll(async () => {
  await buildReference();
  province = await buildUnit({ level: "PROVINCE" });
  await buildRound({ unitId: province, year: YEAR });
  district = await buildUnit({ level: "DISTRICT", parentId: province });
  communes = [
    await buildUnit({ level: "COMMUNE", parentId: district }),
    await buildUnit({ level: "COMMUNE", parentId: district }),
  ];
  for (const communeId of communes) {
    const hamlet = await buildUnit({ level: "HAMLET", parentId: communeId });
    await populate({ communeId, hamletIds: [hamlet], households: 10, years: [YEAR], seed: communeId });
  }
  officer = await buildUser({ role: "COMMUNE_OFFICER", unitId: communes[0] });
  admin = await buildUser({ role: "PROVINCE_ADMIN", unitId: province });
  leader = await buildUser({ role: "PROVINCE_LEADER", unitId: province });
  stranger = await buildUser({ role: "COMMUNE_OFFICER", unitId: communes[1] });
});

beforeEach(async () => {
  await ownerSql("DELETE FROM figure");
});

type Entry = {
  unitId: number;
  year?: number;
  figures: Record<string, string>;
  base?: Record<string, unknown>;
  source?: string;
  datedOn?: string;
};

async function save(
  actor: SessionActor,
  entry: Entry,
  requestId: string = randomUUID(),
): Promise<{ changed: number }> {
  const input = SaveFigures.parse({
    unitId: String(entry.unitId),
    year: String(entry.year ?? YEAR),
    base: JSON.stringify(entry.base ?? {}),
    source: entry.source ?? "Niên giám thống kê",
    datedOn: entry.datedOn ?? "20/12/2024",
    ...entry.figures,
  });

  return await saveFigures(actor, input, requestId);
}

async function figuresOf(unitId: number, year = YEAR): Promise<UnitYearFigures> {
  const [figures] = await withScope(leader, (tx) =>
    listUnitYearFigures(tx, [unitId], [{ year, on: new Date(Date.UTC(year, 11, 31)) }]),
  );
  if (!figures) throw new Error("no figures");

  return figures;
}

describe("an official total", () => {
  it("goes before the register's count, and says so", async () => {
    expect(numberOf(await figuresOf(communes[0]), "familyTotal")).toMatchObject({
      value: 10,
      basis: "COUNTED",
    });
    await save(officer, { unitId: communes[0], figures: { family_total: "25" } });
    const ratio = ratioOf(await figuresOf(communes[0]), FAMILY);
    expect(ratio.denominator).toEqual({ value: 25, basis: "ENTERED", isOwn: true, unitCount: 1 });
    expect(ratio.numerator?.basis).toBe("COUNTED");
    expect(denominatorText(ratio.denominator)).toBe("số chính thức");
  });

  it("of one commune stands in the sum above, beside what the others count", async () => {
    await save(officer, { unitId: communes[0], figures: { family_total: "25" } });
    for (const unitId of [district, province]) {
      expect(numberOf(await figuresOf(unitId), "familyTotal")).toEqual({
        value: 35,
        basis: "MIXED",
        isOwn: false,
        unitCount: 1,
      });
    }
  });

  it("of the province goes before all below it", async () => {
    await save(officer, { unitId: communes[0], figures: { family_total: "25" } });
    await save(admin, { unitId: province, figures: { family_total: "1000" } });
    expect(numberOf(await figuresOf(province), "familyTotal")).toMatchObject({ value: 1000, isOwn: true });
    expect(numberOf(await figuresOf(district), "familyTotal")?.value).toBe(35);
  });

  it("of a unit that has ended counts once on a later map", async () => {
    const before = await figuresOf(province);
    const ended = await buildUnit({ level: "COMMUNE", parentId: district, validTo: "2025-07-01" });
    const heir = await buildUnit({ level: "COMMUNE", parentId: district, validFrom: "2025-07-01" });
    await placeUnit({ childId: ended, parentId: heir, validFrom: "2025-07-01", kind: "SUCCESSION" });
    const hamlet = await buildUnit({ level: "HAMLET" });
    await placeUnit({ childId: hamlet, parentId: ended, validFrom: "2014-02-20", validTo: "2025-07-01" });
    await placeUnit({ childId: hamlet, parentId: heir, validFrom: "2025-07-01" });
    await populate({ communeId: ended, hamletIds: [hamlet], households: 4, years: [YEAR], seed: 7 });
    await save(admin, { unitId: ended, figures: { family_total: "9" } });

    for (const on of [new Date("2024-12-31"), new Date("2025-07-01")]) {
      const [figures] = await withScope(leader, (tx) =>
        listUnitYearFigures(tx, [province], [{ year: YEAR, on }]),
      );
      expect(figures && numberOf(figures, "familyTotal")?.value).toBe(before.counters.familyTotal + 9);
    }
    expect(numberOf(await figuresOf(heir), "familyTotal")?.value).toBe(9);
  });
});

describe("an entered number of recognitions", () => {
  it("stands for a year without the software", async () => {
    await save(admin, {
      unitId: province,
      year: 2021,
      figures: { family_total: "200", family_recognised: "120" },
    });
    const figures = await figuresOf(province, 2021);
    expect(figures).toMatchObject({ isCounted: false, counters: ZERO_COUNTERS });
    expect(ratioOf(figures, FAMILY)).toMatchObject({
      numerator: { value: 120, basis: "ENTERED" },
      denominator: { value: 200, basis: "ENTERED" },
    });
    expect(await withScope(leader, (tx) => listEnteredYears(tx, province))).toEqual([2021]);
    expect(await withScope(stranger, (tx) => listEnteredYears(tx, province))).toEqual([]);
  });

  it("never stands for what was recognised here", async () => {
    const counted = numberOf(await figuresOf(communes[0]), "familyRecognised")?.value;
    await save(officer, { unitId: communes[0], figures: { family_recognised: "9999" } });
    expect(numberOf(await figuresOf(communes[0]), "familyRecognised")).toMatchObject({
      value: counted,
      basis: "COUNTED",
    });
  });

  it("stands where nobody of that commune is registered for the title", async () => {
    const empty = await buildUnit({ level: "COMMUNE", parentId: district });
    const before = numberOf(await figuresOf(district), "familyRecognised")?.value ?? 0;
    await save(admin, { unitId: empty, figures: { family_total: "50", family_recognised: "30" } });
    expect(numberOf(await figuresOf(district), "familyRecognised")).toMatchObject({
      value: before + 30,
      basis: "MIXED",
    });
  });
});

describe("saving figures", () => {
  it("keeps versions, who entered them and one entry in the log", async () => {
    await save(officer, { unitId: communes[0], figures: { family_total: "25", clan_total: "3" } });
    const base = { family_total: { value: 25, version: 1 }, clan_total: { value: 3, version: 1 } };
    expect(
      await save(officer, { unitId: communes[0], figures: { family_total: "26", clan_total: "3" }, base }),
    ).toEqual({ changed: 1 });
    const rows = await withScope(officer, (tx) => listFigures(tx, [communes[0]], YEAR));
    expect(rows).toMatchObject([
      { key: "clan_total", value: 3, version: 1 },
      { key: "family_total", value: 26, version: 2, enteredBy: officer.id },
    ]);
    const log = await ownerSql(
      "SELECT detail FROM action WHERE verb = 'figure.save' AND chain_id = $1 ORDER BY seq DESC LIMIT 1",
      [communes[0]],
    );
    expect(log).toEqual([{ detail: { year: YEAR, changes: [{ key: "family_total", from: 25, to: 26 }] } }]);
    expect(await ownerSql("SELECT * FROM audit_broken()")).toEqual([]);
  });

  it("withdraws a figure whose field was emptied; its versions go on", async () => {
    await save(officer, { unitId: communes[0], figures: { family_total: "25" } });
    await save(officer, {
      unitId: communes[0],
      figures: { family_total: "" },
      base: { family_total: { value: 25, version: 1 } },
    });
    expect(numberOf(await figuresOf(communes[0]), "familyTotal")).toMatchObject({
      value: 10,
      basis: "COUNTED",
    });
    expect(await withScope(officer, (tx) => listFigures(tx, [communes[0]], YEAR))).toMatchObject([
      { value: null, version: 2 },
    ]);
  });

  it("refuses a stale save with both values, and lets the next one pass", async () => {
    await save(officer, { unitId: communes[0], figures: { family_total: "25" } });
    const stale = save(admin, { unitId: communes[0], figures: { family_total: "30" } });
    const refusal = await stale.catch((error: unknown) => error);
    if (!(refusal instanceof AppError)) throw new Error("not refused");
    expect([refusal.code, refusal.conflict]).toEqual([
      "CONFLICT",
      [{ label: "Tổng số gia đình", yours: "30", theirs: "25" }],
    ]);
    await save(admin, {
      unitId: communes[0],
      figures: { family_total: "30" },
      base: JSON.parse(refusal.newValues.base ?? ""),
    });
    expect(await withScope(officer, (tx) => listFigures(tx, [communes[0]], YEAR))).toMatchObject([
      { value: 30, version: 2 },
    ]);
  });

  it("lets one of two first entries at once win, and shows it to the other", async () => {
    const outcomes = await Promise.allSettled([
      save(officer, { unitId: communes[0], figures: { family_total: "11" } }),
      save(admin, { unitId: communes[0], figures: { family_total: "12" } }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("writes once for one request", async () => {
    const requestId = randomUUID();
    await save(officer, { unitId: communes[0], figures: { family_total: "25" } }, requestId);
    await save(officer, { unitId: communes[0], figures: { family_total: "25" } }, requestId);
    expect(await withScope(officer, (tx) => listFigures(tx, [communes[0]], YEAR))).toMatchObject([
      { version: 1 },
    ]);
  });

  it("asks for a source and its day", async () => {
    await expect(
      save(officer, { unitId: communes[0], figures: { family_total: "25" }, source: " ", datedOn: "" }),
    ).rejects.toMatchObject({
      code: "INVALID",
      fields: { source: expect.any(String), datedOn: expect.any(String) },
    });
  });

  it("is closed to neighbours, leaders and reviewers, at both walls", async () => {
    const reviewer = await buildUser({ role: "REVIEWER", unitId: district });
    for (const actor of [stranger, leader, reviewer]) {
      await expect(
        save(actor, { unitId: communes[0], figures: { family_total: "1" } }),
      ).rejects.toMatchObject({ code: "NOT_FOUND" });
      const pretending = { ...actor, grants: officer.grants };
      await expect(
        save(pretending, { unitId: communes[0], figures: { family_total: "1" } }),
      ).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    expect(await ownerSql("SELECT * FROM figure")).toEqual([]);
  });

  it.each([
    [{ family_total: "mười" }, "family_total"],
    [{ family_total: "-1" }, "family_total"],
    [{ family_total: "2.5" }, "family_total"],
    [{ family_total: "5", family_recognised: "6" }, "family_recognised"],
  ])("says which field is wrong: %o", (figures, field) => {
    const parsed = SaveFigures.safeParse({
      unitId: "1",
      year: "2024",
      base: "{}",
      source: "x",
      datedOn: "",
      ...figures,
    });
    expect(parsed.error?.issues.map(({ path }) => path.join("."))).toEqual([field]);
  });
});
