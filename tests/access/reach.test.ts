import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { Capability, Role } from "@/domain/access/access";
import { CAPABILITIES, can, NEEDS_STANDING_UNIT, ROLES, roleCan } from "@/domain/access/access";
import { reachOf } from "@/features/territory/data";
import { withScope } from "@/lib/db/scope";
import { appSql, buildReference, buildUnit, buildUser, ownerSql, placeUnit } from "../setup/builders";

// A small country before and after a merger, drawn again here in plain lists: the test's own idea of who stands under whom.
type Placed = { child: number; parent: number; from: string; to: string | null };

const MERGER = "2025-07-01";
const units: { id: number; endsOn: string | null }[] = [];
const placements: Placed[] = [];

async function unit(
  level: Parameters<typeof buildUnit>[0]["level"],
  parent: number | undefined,
  from: string,
  to: string | null,
) {
  const id = await buildUnit({
    level,
    validFrom: from,
    validTo: to,
    ...(parent === undefined ? {} : { parentId: parent }),
  });
  units.push({ id, endsOn: to });
  if (parent !== undefined) placements.push({ child: id, parent, from, to });

  return id;
}

async function move(child: number, parent: number, kind: "TREE" | "SUCCESSION") {
  await ownerSql("UPDATE placement SET valid_to = $2 WHERE child_id = $1 AND valid_to IS NULL", [
    child,
    MERGER,
  ]);
  for (const placed of placements) if (placed.child === child && placed.to === null) placed.to = MERGER;
  await placeUnit({ childId: child, parentId: parent, validFrom: MERGER, kind });
  placements.push({ child, parent, from: MERGER, to: null });
}

beforeAll(async () => {
  await buildReference();
  const start = "2014-02-20";
  const provinces = [
    await unit("PROVINCE", undefined, start, null),
    await unit("PROVINCE", undefined, start, null),
  ];
  for (const province of provinces) {
    for (let d = 0; d < 2; d++) {
      const district = await unit("DISTRICT", province, start, MERGER);
      const area = await unit("REVIEW_AREA", province, MERGER, null);
      for (let merged = 0; merged < 2; merged++) {
        const commune = await unit("COMMUNE", area, MERGER, null);
        for (let old = 0; old < 2; old++) {
          const before = await unit("COMMUNE", district, start, MERGER);
          await placeUnit({ childId: before, parentId: commune, validFrom: MERGER, kind: "SUCCESSION" });
          placements.push({ child: before, parent: commune, from: MERGER, to: null });
          const hamlet = await unit("HAMLET", before, start, null);
          await move(hamlet, commune, "TREE");
        }
      }
    }
  }
});

/** Everything under a unit on a day, by walking the lists. */
function below(top: number, day: string): Set<number> {
  const found = new Set([top]);
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const placed of placements) {
      if (found.has(placed.parent) && placed.from <= day && (placed.to === null || placed.to > day))
        found.add(placed.child);
    }
  }

  return found;
}

/** What grants reach with a capability: below each on today's map, below an ended unit on its last day. */
function expected(grants: readonly { role: Role; unitId: number }[], capability: Capability): Set<number> {
  const today = new Date().toISOString().slice(0, 10);
  const reached = new Set<number>();
  for (const { role, unitId } of grants) {
    if (!roleCan(role, capability)) continue;
    const endsOn = units.find(({ id }) => id === unitId)?.endsOn ?? null;
    const hasEnded = endsOn !== null && endsOn <= today;
    if (hasEnded && NEEDS_STANDING_UNIT.includes(capability)) continue;
    const day = hasEnded ? "2025-06-30" : today;
    for (const id of below(unitId, day)) reached.add(id);
  }

  return reached;
}

test("no actor ever reaches a unit outside its grants, and both walls draw the same line", async () => {
  const grant = fc.record({ role: fc.constantFrom(...ROLES), index: fc.nat() });
  await fc.assert(
    fc.asyncProperty(
      fc.array(grant, { minLength: 0, maxLength: 3 }),
      fc.constantFrom(...CAPABILITIES),
      async (drawn, capability) => {
        const at = (index: number) => units[index % units.length]?.id ?? 0;
        const first = drawn[0] ?? { role: "COMMUNE_OFFICER" as const, index: 0 };
        const actor = await buildUser({ role: first.role, unitId: at(first.index) });
        await ownerSql("DELETE FROM role_grant WHERE user_id = $1", [actor.id]);
        const grants = drawn.map(({ role, index }) => ({
          role,
          unitId: at(index),
          unitName: "",
          unitLevel: "",
        }));
        for (const { role, unitId } of grants) {
          await ownerSql(
            "INSERT INTO role_grant (user_id, role, unit_id, valid_from) VALUES ($1, $2, $3, '2024-01-01')",
            [actor.id, role, unitId],
          );
        }

        const wanted = expected(grants, capability);
        const second = await appSql<{ id: number }>(actor.id, "SELECT app_units($1) AS id", [capability]);
        expect(new Set(second.map(({ id }) => id))).toEqual(wanted);
        expect(second).toHaveLength(wanted.size);
        const asked = await appSql<{ id: number }>(
          actor.id,
          "SELECT id FROM unnest($2::int[]) AS id WHERE app_may($1, id)",
          [capability, units.map(({ id }) => id)],
        );
        expect(new Set(asked.map(({ id }) => id))).toEqual(wanted);

        await withScope(actor, async (tx) => {
          for (const { id } of units) {
            expect(can({ grants }, capability, await reachOf(tx, id)), `unit ${id}`).toBe(wanted.has(id));
          }
        });
      },
    ),
    { numRuns: 60 },
  );
}, 120_000);

test("an inactive account and a grant that ended reach nothing", async () => {
  const top = units[0]?.id ?? 0;
  const inactive = await buildUser({ role: "PROVINCE_LEADER", unitId: top });
  await ownerSql("UPDATE app_user SET is_active = false WHERE id = $1", [inactive.id]);
  expect(await appSql(inactive.id, "SELECT app_units('dashboard.read')")).toEqual([]);

  const former = await buildUser({ role: "PROVINCE_LEADER", unitId: top });
  await ownerSql("UPDATE role_grant SET valid_to = app_today() WHERE user_id = $1", [former.id]);
  expect(await appSql(former.id, "SELECT app_units('dashboard.read')")).toEqual([]);

  const early = await buildUser({ role: "PROVINCE_LEADER", unitId: top });
  await ownerSql("UPDATE role_grant SET valid_from = app_today() + 1 WHERE user_id = $1", [early.id]);
  expect(await appSql(early.id, "SELECT app_units('dashboard.read')")).toEqual([]);
});

test("the web role has no way to hand the database a reach of its own making", async () => {
  const [here, elsewhere] = [units.at(-1)?.id ?? 0, units[0]?.id ?? 0];
  const officer = await buildUser({ role: "COMMUNE_OFFICER", unitId: here });
  const inner = [
    "app_reach('registry.read')",
    "register_leaves('{}', ARRAY[1])",
    "register_condition('{}')",
    "register_gather('{}', 'true')",
    "register_own('{}')",
    "register_details('FAMILY', 2026)",
    "register_mine('registry.read', ARRAY[1])",
  ];
  for (const call of inner)
    await expect(appSql(officer.id, `SELECT ${call}`), call).rejects.toThrow(/permission denied/);

  for (const name of ["app.reach", "app.units", "app.capability", "app.is_owner"]) {
    const rows = await appSql<{ id: number }>(
      officer.id,
      `SELECT app_units('registry.read') AS id FROM (SELECT set_config($1, $2, true)) AS asked`,
      [name, `{${elsewhere}}`],
    );
    expect(rows.map(({ id }) => id)).toEqual([here]);
  }
  for (const table of ["ancestry", "placement", "role_grant", "role_capability", "unit"])
    await expect(appSql(officer.id, `DELETE FROM ${table}`), table).rejects.toThrow(/permission denied/);
});
