import "server-only";
import type { Tx } from "@/lib/db/scope";

/** What following a closed entry again meets. */
export type Reopening = {
  /** those who left the register together with this household */
  members: number;
  /** the hamlet of the citizen's household while that is followed; null without such a household */
  householdUnitId: number | null;
  /** the hamlet is no longer on the map: nothing can stand in it again */
  hasEnded: boolean;
};

/** What hangs on a closed entry that may be followed again. */
export async function findReopening(tx: Tx, subjectId: string): Promise<Reopening> {
  const [row] = await tx.$queryRaw<Reopening[]>`
    SELECT (SELECT count(*)::int FROM citizen c JOIN subject m ON m.id = c.subject_id
             WHERE c.household_id = s.id AND m.active_to = s.active_to AND m.close_reason IS NOT DISTINCT FROM s.close_reason) AS members,
           (SELECT h.unit_id FROM citizen c JOIN subject h ON h.id = c.household_id
             WHERE c.subject_id = s.id AND h.active_to IS NULL) AS "householdUnitId",
           u.level = 'HAMLET' AND coalesce(u.valid_to <= app_today(), false) AS "hasEnded"
      FROM subject s JOIN unit u ON u.id = s.unit_id WHERE s.id = ${subjectId}::uuid`;

  return row ?? { members: 0, householdUnitId: null, hasEnded: false };
}

/** Those who left the register together with a household, locked. */
export async function lockLeftWith(tx: Tx, householdId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT m.id FROM subject m
     WHERE m.id IN (SELECT c.subject_id FROM citizen c JOIN subject h ON h.id = c.household_id JOIN subject s ON s.id = c.subject_id
                     WHERE c.household_id = ${householdId}::uuid AND s.active_to = h.active_to
                       AND s.close_reason IS NOT DISTINCT FROM h.close_reason)
     ORDER BY m.id FOR UPDATE`;

  return rows.map(({ id }) => id);
}

/** Does a citizen's household stand in a unit and is it followed; it then neither closes nor moves until the transaction ends. */
export async function holdHousehold(
  tx: Tx,
  { citizenId, unitId }: Readonly<{ citizenId: string; unitId: number }>,
): Promise<boolean> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT h.id FROM subject h WHERE h.id = (SELECT c.household_id FROM citizen c WHERE c.subject_id = ${citizenId}::uuid)
       AND h.active_to IS NULL AND h.unit_id = ${unitId}::int FOR KEY SHARE`;

  return rows.length > 0;
}
