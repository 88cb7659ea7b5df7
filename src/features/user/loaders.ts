import "server-only";
import { notFound } from "next/navigation";
import { firstGrant } from "@/domain/access/access";
import type { UnitRef } from "@/features/territory/data";
import { findUnit, pathOf, unitsBelow } from "@/features/territory/data";
import { withScope } from "@/lib/db/scope";
import type { SessionActor, UserListItem } from "./data";
import { findManagedUser, listManagedUsers } from "./data";
import type { PageScope, SearchParams } from "./page-scope";
import { chosenYear, dayWithin, idOf, loadPageScope } from "./page-scope";
import { loadActor } from "./session";

/** What the frame of every page shows: who, where, which year. */
export async function loadShell(): Promise<{
  actor: SessionActor;
  path: UnitRef[];
  year: number;
  years: number[];
}> {
  const actor = await loadActor();
  const { year, years } = await chosenYear(undefined);
  const home = actor.grants[0];
  if (!home) return { actor, path: [], year, years };

  const path = await withScope(actor, async (tx) => {
    const unit = await findUnit(tx, home.unitId);

    return unit ? await pathOf(tx, unit.id, dayWithin(unit, new Date().getFullYear())) : [];
  });

  return { actor, path, year, years };
}

/** The accounts the actor manages under a unit, and the units an account can be given there. */
export async function loadUsers(searchParams: SearchParams): Promise<{
  scope: PageScope;
  users: UserListItem[];
  units: UnitRef[];
  provinces: UnitRef[];
}> {
  const scope = await loadPageScope(searchParams, "user.manage");
  const { actor, unit } = scope;

  return await withScope(actor, async (tx) => {
    const below = await unitsBelow(tx, unit.id, 1500);
    const top = firstGrant(actor, "user.manage");
    const topBelow = top && top.unitId !== unit.id ? await unitsBelow(tx, top.unitId, 60) : below;

    return {
      scope,
      users: await listManagedUsers(tx, unit.id),
      units:
        unit.level === "NATION"
          ? below.filter(({ level }) => level === "NATION" || level === "PROVINCE")
          : below,
      provinces: top?.unitLevel === "NATION" ? topBelow.filter(({ level }) => level === "PROVINCE") : [],
    };
  });
}

/** One managed account. */
export async function loadUser(
  id: string,
): Promise<{ actor: SessionActor; user: UserListItem; units: UnitRef[] }> {
  const actor = await loadActor();
  const userId = idOf(id);

  return await withScope(actor, async (tx) => {
    const user = await findManagedUser(tx, userId);
    const top = firstGrant(actor, "user.manage");
    if (!user || !top) notFound();
    const own = user.grants.map(({ unitId, unitName }) => ({
      id: unitId,
      name: unitName,
      level: "",
      code: "",
    }));
    const below = (await unitsBelow(tx, top.unitId, 1500)).filter(
      ({ id: unitId, level }) =>
        top.unitLevel !== "NATION" ||
        level === "NATION" ||
        level === "PROVINCE" ||
        own.some((unit) => unit.id === unitId),
    );

    return {
      actor,
      user,
      units: [...own.filter((unit) => !below.some((other) => other.id === unit.id)), ...below],
    };
  });
}
