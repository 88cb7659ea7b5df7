import "server-only";
import { notFound } from "next/navigation";
import { CriteriaSetDefinition } from "@/domain/criteria/criteria-set";
import { loadActor } from "@/features/user/session";
import { withScope } from "@/lib/db/scope";
import type { CriteriaSetListItem } from "./data";
import { findCriteriaSet, listCriteriaSets } from "./data";

/** Every criteria set, for anybody who is signed in. */
export async function loadCriteriaSets(): Promise<CriteriaSetListItem[]> {
  const actor = await loadActor();

  return await withScope(actor, listCriteriaSets);
}

/** One set with its parsed definition. */
export async function loadCriteriaSet(
  id: string,
): Promise<{ set: CriteriaSetListItem; definition: CriteriaSetDefinition }> {
  const actor = await loadActor();
  const set = /^\d{1,9}$/.test(id)
    ? await withScope(actor, (tx) => findCriteriaSet(tx, Number(id)))
    : undefined;
  if (!set) notFound();

  return { set, definition: CriteriaSetDefinition.parse(set.definition) };
}
