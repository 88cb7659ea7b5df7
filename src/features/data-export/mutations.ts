import "server-only";
import { randomUUID } from "node:crypto";
import type { Capability } from "@/domain/access/access";
import type { SessionActor } from "@/features/user/data";
import { assertCan } from "@/features/user/guard";
import { mutate } from "@/lib/db/scope";
import type { ExportFacts } from "./types";

/**
 * Writes into the log of a unit that personal data is about to leave it, before the first byte does.
 * @param unitId the unit the list is of
 * @param chainId the commune of the log's chain, or the unit itself above communes
 */
export async function recordExport(
  actor: SessionActor,
  of: Readonly<{
    unitId: number;
    chainId: number;
    capability: Capability;
    facts: ExportFacts & Readonly<{ format: string }>;
  }>,
): Promise<void> {
  await mutate(actor, { requestId: randomUUID(), verb: "registry.export" }, async (tx, log) => {
    await assertCan(tx, actor, of.capability, of.unitId);
    const { filters = [], ...facts } = of.facts;
    log(of.chainId, { type: "unit", id: String(of.unitId), detail: { ...facts, filters: [...filters] } });

    return {};
  });
}
