import { beforeAll, describe, expect, it } from "vitest";
import { ZERO_COUNTERS } from "@/domain/indicator/counters";
import { bindingTarget, titleTarget } from "@/domain/plan/binding-target";
import { listPlans, listPredecessors, listSpeciallyDifficult, listTargets } from "@/features/plan/data";
import { planPath } from "@/features/plan/utils";
import { appliedPlans } from "@/features/plan/views";
import { findUnit, pathOf } from "@/features/territory/data";
import type { SessionActor } from "@/features/user/data";
import { dayWithin } from "@/features/user/page-scope";
import { withScope } from "@/lib/db/scope";
import { buildUser, ownerSql } from "../setup/builders";

let leader: SessionActor;

beforeAll(async () => {
  const [nation] = await ownerSql<{ id: number }>("SELECT id FROM unit WHERE level = 'NATION'");
  leader = await buildUser({ role: "NATIONAL_LEADER", unitId: nation?.id ?? 0 });
});

async function unitId(level: string, code: string, isOpen: boolean): Promise<number> {
  const [row] = await ownerSql<{ id: number }>(
    "SELECT id FROM unit WHERE level = $1 AND code = $2 AND (valid_to IS NULL) = $3",
    [level, code, isOpen],
  );
  if (!row) throw new Error(`${level} ${code}`);

  return row.id;
}

/** The rules' view of a unit in a year, as the pages build it. */
async function scopeOf(id: number, year: number) {
  return await withScope(leader, async (tx) => {
    const unit = await findUnit(tx, id);
    if (!unit) throw new Error("no unit");
    const on = dayWithin(unit, year);
    const predecessors = (await listPredecessors(tx, [id], on)).get(id) ?? [];

    return {
      predecessors,
      targets: await listTargets(tx),
      unitPath: planPath(await pathOf(tx, id, on), predecessors),
    };
  });
}

async function binding(id: number, year: number, title: Parameters<typeof titleTarget>[1] = "FAMILY") {
  const { targets, unitPath } = await scopeOf(id, year);
  const { binding: found } = titleTarget(targets, title, { unitPath, year: year <= 2025 ? 2025 : 2030 });

  return found && [found.target.planCode, found.target.valuePct, found.isInherited];
}

describe("plans in the database", () => {
  it("are all there, with 114 targets", async () => {
    await withScope(leader, async (tx) => {
      expect(await listTargets(tx)).toHaveLength(114);
      const plans = await listPlans(tx);
      expect(plans.reduce((total, plan) => total + plan.targetCount, 0)).toBe(114);
    });
  });

  it("bind the old district and its communes by its own plan", async () => {
    expect(await binding(await unitId("DISTRICT", "076", false), 2024)).toEqual([
      "SON-DUONG-2022",
      70,
      false,
    ]);
    expect(await binding(await unitId("COMMUNE", "02545", false), 2024)).toEqual([
      "SON-DUONG-2022",
      70,
      false,
    ]);
  });

  it("go on binding the review area and the communes that took over, as inherited", async () => {
    expect(await binding(await unitId("REVIEW_AREA", "KV076", true), 2026)).toEqual([
      "SON-DUONG-2022",
      80,
      true,
    ]);
    expect(await binding(await unitId("COMMUNE", "02536", true), 2026)).toEqual(["SON-DUONG-2022", 80, true]);
  });

  it("of the district of most former communes bind a commune made across districts", async () => {
    const tanTrao = await unitId("COMMUNE", "02545", true);
    const former = (await scopeOf(tanTrao, 2026)).predecessors;
    expect(former.filter(({ level }) => level === "DISTRICT").map(({ name }) => name)).toEqual([
      "Huyện Sơn Dương",
    ]);
    expect(await binding(tanTrao, 2026)).toEqual(["SON-DUONG-2022", 80, true]);
  });

  it("of one of several provinces do not bind the province made of them, but still its communes", async () => {
    const province = await unitId("PROVINCE", "79", true);
    expect((await scopeOf(province, 2026)).predecessors).toEqual([]);
    const inVungTau = (await scopeOf(await unitId("COMMUNE", "26506", true), 2025)).targets;
    expect(inVungTau.some(({ planCode }) => planCode === "BA-RIA-VUNG-TAU-2023")).toBe(true);
    const { targets, unitPath } = await scopeOf(await unitId("COMMUNE", "26506", true), 2025);
    const found = bindingTarget(targets, { unitPath, indicator: "CITIZEN_STAFF", year: 2025 });
    expect([found.binding?.target.planCode, found.binding?.isInherited]).toEqual([
      "BA-RIA-VUNG-TAU-2023",
      true,
    ]);
    const cuChi = await scopeOf(await unitId("COMMUNE", "27553", true), 2025);
    const other = bindingTarget(cuChi.targets, {
      unitPath: cuChi.unitPath,
      indicator: "CITIZEN_STAFF",
      year: 2025,
    });
    expect(other.binding?.target.planCode).toBe("VN-387-2022");
  });

  it("of a province that only changed its number of levels bind it on", async () => {
    const { predecessors } = await scopeOf(await unitId("PROVINCE", "04", true), 2026);
    expect(predecessors.map(({ name }) => name)).toEqual(["Tỉnh Cao Bằng"]);
  });

  it("follow a hamlet through its commune", async () => {
    const commune = await unitId("COMMUNE", "02536", true);
    const [hamlet] = await ownerSql<{ id: number }>(
      "INSERT INTO unit (level, code, name, type, valid_from) VALUES ('HAMLET', '02536-901', 'Thôn Thử', 'Thôn', '2025-07-01') RETURNING id",
    );
    await ownerSql("INSERT INTO placement (child_id, parent_id, valid_from) VALUES ($1, $2, '2025-07-01')", [
      hamlet?.id,
      commune,
    ]);
    await ownerSql("SELECT refresh_ancestry(ARRAY[$1::int])", [hamlet?.id]);
    expect(await binding(hamlet?.id ?? 0, 2026)).toEqual(["SON-DUONG-2022", 80, true]);

    await ownerSql("INSERT INTO unit_flag (unit_id, year, flag) VALUES ($1, 2026, 'SPECIALLY_DIFFICULT')", [
      commune,
    ]);
    const flagged = await withScope(leader, (tx) =>
      listSpeciallyDifficult(tx, [hamlet?.id ?? 0, commune], 2026, new Date("2026-12-31")),
    );
    expect(flagged).toEqual(new Set([hamlet?.id, commune]));
  });
});

describe("the plans of a unit", () => {
  it("stand nearest first, the binding rows marked, the numbers compared", async () => {
    const area = await unitId("REVIEW_AREA", "KV076", true);
    const { targets, unitPath } = await scopeOf(area, 2026);
    const figures = {
      unitId: area,
      year: 2026,
      isCounted: true,
      counters: { ...ZERO_COUNTERS, familyTotal: 10, familyRecognised: 7 },
      entered: [],
    };
    const plans = appliedPlans(targets, { unitPath, isSpeciallyDifficult: false, figures });
    expect(plans[0]).toMatchObject({ code: "SON-DUONG-2022", isInherited: true, views: { length: 21 } });
    expect(plans.slice(1).every(({ owner }) => owner.level === "NATION")).toBe(true);

    const family = plans
      .flatMap(({ views }) => views)
      .filter(({ target }) => target.indicator === "FAMILY_RECOGNISED");
    expect(
      family
        .filter(({ isBinding }) => isBinding)
        .map(({ target, isReached, missing }) => [target.year, target.planCode, isReached, missing]),
    ).toEqual([
      [2025, "SON-DUONG-2022", true, 0],
      [2030, "SON-DUONG-2022", false, 1],
      [2020, "VN-281-2014", true, 0],
    ]);
  });
});
