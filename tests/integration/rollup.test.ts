import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { UnitYearCounters } from "@/domain/indicator/counters";
import { counterColumn, titleCounter, UNIT_YEAR_COUNTERS, ZERO_COUNTERS } from "@/domain/indicator/counters";
import { TITLE_CODES } from "@/domain/title/title";
import { countSubjects, listSubjects } from "@/features/dashboard/data";
import { listUnitYearFigures, sumCounters, sumCountersByYear } from "@/features/figures/data";
import type { SessionActor } from "@/features/user/data";
import { withScope } from "@/lib/db/scope";
import { buildReference, buildRound, buildUnit, buildUser, ownerSql } from "../setup/builders";
import { populate } from "../setup/population";

const YEAR = 2024;
const SUMS = UNIT_YEAR_COUNTERS.map((one) => `sum(${counterColumn(one)})::int AS "${one}"`).join(", ");

/** What a live count over the leaves of a unit gives, straight from the raw rows. */
async function liveCount(leafIds: readonly number[], year: number): Promise<UnitYearCounters> {
  const [row] = await ownerSql<Record<keyof UnitYearCounters, number | null>>(
    `SELECT ${SUMS} FROM count_unit_years($1::int[], ARRAY[$2::int])`,
    [leafIds, year],
  );

  return Object.fromEntries(
    UNIT_YEAR_COUNTERS.map((one) => [one, row?.[one] ?? 0]),
  ) as unknown as UnitYearCounters;
}

function added(parts: readonly UnitYearCounters[]): UnitYearCounters {
  return Object.fromEntries(
    UNIT_YEAR_COUNTERS.map((one) => [one, parts.reduce((total, part) => total + part[one], 0)]),
  ) as unknown as UnitYearCounters;
}

describe("sums over random data", () => {
  let leader: SessionActor;
  let province = 0;
  const districts: number[] = [];
  const communes = new Map<number, number[]>();
  const hamlets = new Map<number, number[]>();

  beforeAll(async () => {
    await buildReference();
    province = await buildUnit({ level: "PROVINCE" });
    for (const title of TITLE_CODES) await buildRound({ unitId: province, year: YEAR, title });
    for (let d = 0; d < 3; d++) {
      const district = await buildUnit({ level: "DISTRICT", parentId: province });
      districts.push(district);
      communes.set(district, []);
      for (let c = 0; c < 3; c++) {
        const commune = await buildUnit({ level: "COMMUNE", parentId: district });
        communes.get(district)?.push(commune);
        hamlets.set(commune, []);
        for (let h = 0; h <= c; h++) {
          hamlets.get(commune)?.push(await buildUnit({ level: "HAMLET", parentId: commune }));
        }
      }
    }
    leader = await buildUser({ role: "PROVINCE_LEADER", unitId: province });
    for (const [commune, own] of hamlets) {
      const [size] = fc.sample(fc.integer({ min: 0, max: 25 }), { numRuns: 1, seed: commune });
      await populate({
        communeId: commune,
        hamletIds: own,
        households: size ?? 0,
        years: [YEAR],
        seed: commune,
      });
    }
  });

  it("of the children and of what stands directly at a unit make the parent, at every level", async () => {
    const parents = [province, ...districts, ...hamlets.keys()];
    const sums = await withScope(leader, (tx) =>
      sumCounters(tx, [province, ...districts, ...hamlets.keys(), ...[...hamlets.values()].flat()], YEAR),
    );
    const of = (id: number) => sums.get(id) ?? ZERO_COUNTERS;
    for (const parent of parents) {
      const children = parent === province ? districts : (communes.get(parent) ?? hamlets.get(parent) ?? []);
      const own = await liveCount([parent], YEAR);
      expect(of(parent)).toEqual(added([...children.map(of), own]));
    }
    expect(of(province).familyTotal).toBeGreaterThan(50);
    expect(of(province).familyRecognised).toBeGreaterThan(5);
    expect(of(province).organisationTotal).toBeGreaterThan(5);
    for (const title of TITLE_CODES)
      expect(of(province)[titleCounter(title, "Recognised")]).toBeGreaterThan(0);
  });

  it("equal a live count of the raw rows", async () => {
    const leaves = [...hamlets.keys(), ...[...hamlets.values()].flat()];
    const sums = await withScope(leader, (tx) => sumCounters(tx, [province], YEAR));
    expect(sums.get(province)).toEqual(await liveCount(leaves, YEAR));
    expect(await ownerSql("SELECT * FROM recount_differences()")).toEqual([]);
  });

  it("say the same for many units and years at once as one by one", async () => {
    const moments = [2023, YEAR].map((year) => ({ year, on: new Date(Date.UTC(year, 11, 31)) }));
    const together = await withScope(leader, (tx) =>
      sumCountersByYear(tx, [province, ...districts], moments),
    );
    for (const row of together) {
      const alone = await withScope(leader, (tx) => sumCounters(tx, [row.unitId], row.year));
      expect(row.counters).toEqual(alone.get(row.unitId));
    }
    expect(together).toHaveLength(1 + districts.length);
  });

  it("are nothing for a leader of another province, whose right nobody asked about before", async () => {
    const elsewhere = await buildUnit({ level: "PROVINCE" });
    const stranger = await buildUser({ role: "PROVINCE_LEADER", unitId: elsewhere });
    const units = [province, ...districts, ...hamlets.keys(), ...[...hamlets.values()].flat()];
    await withScope(stranger, async (tx) => {
      expect(await sumCounters(tx, units, YEAR)).toEqual(new Map());
      for (const figures of await listUnitYearFigures(tx, units, [
        { year: YEAR, on: new Date("2024-12-31") },
      ])) {
        expect(figures).toMatchObject({ isCounted: false, counters: ZERO_COUNTERS, entered: [] });
      }
      for (const unitId of units) {
        const query = {
          unitId,
          title: "FAMILY",
          year: YEAR,
          on: new Date("2024-12-31"),
          step: "tat-ca",
        } as const;
        expect(await listSubjects(tx, query, undefined)).toEqual([]);
      }
    });
  });

  it("reach a national leader without a single name", async () => {
    await ownerSql(
      "INSERT INTO placement (child_id, parent_id, valid_from) SELECT $1, id, '2014-02-20' FROM unit WHERE level = 'NATION'",
      [province],
    );
    await ownerSql("SELECT refresh_ancestry(ARRAY[$1::int])", [province]);
    const [nation] = await ownerSql<{ id: number }>("SELECT id FROM unit WHERE level = 'NATION'");
    const national = await buildUser({ role: "NATIONAL_LEADER", unitId: nation?.id ?? 0 });
    await withScope(national, async (tx) => {
      const sums = await sumCounters(tx, [nation?.id ?? 0, province], YEAR);
      expect(sums.get(nation?.id ?? 0)).toEqual(sums.get(province));
      for (const unitId of [...hamlets.values()].flat()) {
        const query = {
          unitId,
          title: "FAMILY",
          year: YEAR,
          on: new Date("2024-12-31"),
          step: "tat-ca",
        } as const;
        expect(await listSubjects(tx, query, undefined)).toEqual([]);
      }
    });
  });

  it("are counted from the very rows a leaf lists, at every step", async () => {
    for (const unitId of [...hamlets.values()].flat()) {
      const on = new Date("2024-12-31");
      const [sum, counts] = await withScope(leader, async (tx) => [
        (await sumCounters(tx, [unitId], YEAR)).get(unitId) ?? ZERO_COUNTERS,
        await countSubjects(tx, { unitId, title: "FAMILY", year: YEAR, on }),
      ]);
      expect(counts).toEqual({
        "tat-ca": sum.familyTotal,
        "dang-ky": sum.familyRegistered,
        "da-cham": sum.familyScored,
        "da-nop": sum.familySubmitted,
        "cong-nhan": sum.familyRecognised,
      });
    }
  });
});

describe("Sơn Dương, 30 communes that became 10 without a split", () => {
  it("has the same sums of 2024 as a district of that year and as ten communes of today", async () => {
    const [district] = await ownerSql<{ id: number }>(
      "SELECT id FROM unit WHERE level = 'DISTRICT' AND code = '076'",
    );
    const [area] = await ownerSql<{ id: number }>(
      "SELECT id FROM unit WHERE level = 'REVIEW_AREA' AND code = 'KV076'",
    );
    const old = await ownerSql<{ id: number; next: number }>(
      `SELECT p.child_id AS id, s.new_unit_id AS next FROM placement p JOIN succession s ON s.old_unit_id = p.child_id
        WHERE p.parent_id = $1 AND p.kind = 'TREE' ORDER BY 1`,
      [district?.id],
    );
    const today = [...new Set(old.map(({ next }) => next))];
    expect([old.length, today.length]).toEqual([30, 10]);

    for (const commune of old) {
      const hamlet = await buildUnit({ level: "HAMLET", name: `Thôn ${commune.id}` });
      await ownerSql(
        `INSERT INTO placement (child_id, parent_id, valid_from, valid_to) VALUES ($1, $2, '2014-02-20', '2025-07-01'), ($1, $3, '2025-07-01', NULL)`,
        [hamlet, commune.id, commune.next],
      );
      await ownerSql("SELECT refresh_ancestry(ARRAY[$1::int])", [hamlet]);
      await populate({
        communeId: commune.id,
        hamletIds: [hamlet],
        households: 3 + (commune.id % 4),
        years: [YEAR],
        seed: commune.id,
      });
    }

    const [province] = await ownerSql<{ id: number }>(
      "SELECT id FROM unit WHERE level = 'PROVINCE' AND code = '08' AND valid_to IS NULL",
    );
    const leader = await buildUser({ role: "PROVINCE_LEADER", unitId: province?.id ?? 0 });
    const sums = await withScope(leader, (tx) =>
      sumCounters(tx, [district?.id ?? 0, area?.id ?? 0, ...today], YEAR),
    );
    const asReported = sums.get(district?.id ?? 0) ?? ZERO_COUNTERS;
    expect(asReported.familyTotal).toBeGreaterThan(100);
    expect(asReported.organisationTotal).toBeGreaterThan(20);
    expect(added(today.map((id) => sums.get(id) ?? ZERO_COUNTERS))).toEqual(asReported);
    expect(sums.get(area?.id ?? 0)).toEqual(asReported);
  });
});
