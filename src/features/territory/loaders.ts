import "server-only";
import { notFound } from "next/navigation";
import { loadActor } from "@/features/user/session";
import { withScope } from "@/lib/db/scope";
import type { UnitHistory, UnitRef } from "./data";
import { childrenOf, findUnitHistory, searchUnits } from "./data";

/** Units found by name or code. */
export async function loadUnitSearch(
  text: string | undefined,
): Promise<Awaited<ReturnType<typeof searchUnits>>> {
  const actor = await loadActor();
  const wanted = text?.trim() ?? "";
  if (wanted === "" || wanted.length > 100) return [];

  return await withScope(actor, (tx) => searchUnits(tx, wanted));
}

/** A unit's names, parents, succession and children (on its last day, for one that ended). */
export async function loadUnitHistory(
  id: string | undefined,
): Promise<(UnitHistory & { children: UnitRef[] }) | undefined> {
  if (id === undefined) return undefined;
  const actor = await loadActor();
  if (!/^\d{1,9}$/.test(id)) notFound();

  return await withScope(actor, async (tx) => {
    const history = await findUnitHistory(tx, Number(id));
    if (!history) notFound();
    const { validTo } = history.unit;
    const on = validTo === null ? new Date() : new Date(validTo.getTime() - 86_400_000);

    return { ...history, children: await childrenOf(tx, history.unit.id, on) };
  });
}
