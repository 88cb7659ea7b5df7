import "server-only";
import type { Actor } from "@/domain/access/access";
import { can } from "@/domain/access/access";
import { reachOf } from "@/features/territory/data";
import type { Tx } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";

export type Commune = { id: number; validFrom: Date; validTo: Date | null };

/** The commune in whose chain a change at a unit is logged: where the unit stands now, else where the actor's grant reaches it. */
export async function communeOf(tx: Tx, actor: Actor, unitId: number): Promise<Commune> {
  const communes = await tx.$queryRaw<Commune[]>`
    SELECT DISTINCT u.id, u.valid_from AS "validFrom", u.valid_to AS "validTo"
      FROM ancestry a JOIN unit u ON u.id = a.ancestor_id AND u.level = 'COMMUNE'
     WHERE a.descendant_id = ${unitId} AND a.valid_from <= least(app_today(), u.valid_to - 1)
       AND (a.valid_to IS NULL OR a.valid_to > least(app_today(), u.valid_to - 1))
     ORDER BY u.valid_to NULLS FIRST, u.id`;
  for (const commune of communes) {
    if (can(actor, "registry.write", await reachOf(tx, commune.id))) return commune;
  }

  throw new AppError({ code: "NOT_FOUND" });
}

/** The day on which the register of a commune is written: today, or its last day when it has ended. */
export function writingDay(commune: Commune, today: string): Date {
  const now = new Date(`${today}T00:00:00Z`);

  return commune.validTo !== null && commune.validTo <= now
    ? new Date(commune.validTo.getTime() - 86_400_000)
    : now;
}
