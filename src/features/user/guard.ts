import "server-only";
import type { Actor, Capability } from "@/domain/access/access";
import { can } from "@/domain/access/access";
import { reachOf } from "@/features/territory/data";
import type { Tx } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";

/** The first wall. What is not the actor's looks like what does not exist. @throws AppError NOT_FOUND */
export async function assertCan(
  tx: Tx,
  actor: Pick<Actor, "grants">,
  capability: Capability,
  unitId: number | null | undefined,
): Promise<void> {
  if (unitId === null || unitId === undefined || !can(actor, capability, await reachOf(tx, unitId))) {
    throw new AppError({ code: "NOT_FOUND" });
  }
}
