import "server-only";
import type { Tx } from "@/lib/db/scope";

// What moves and what closes, set-wise: one statement a table, so that every touched leaf is counted once however many go.

/** The members of households that are still followed, locked: all of them, or those who stand where their household stands. */
export async function lockMembers(
  tx: Tx,
  households: readonly string[],
  which: "all" | "here",
): Promise<string[]> {
  if (households.length === 0) return [];
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT s.id FROM subject s
     WHERE s.id IN (SELECT c.subject_id FROM citizen c JOIN subject h ON h.id = c.household_id
                       JOIN subject m ON m.id = c.subject_id
                     WHERE c.household_id = ANY (${households}::uuid[]) AND (${which} = 'all' OR m.unit_id = h.unit_id))
       AND s.active_to IS NULL
     ORDER BY s.id FOR UPDATE`;

  return rows.map(({ id }) => id);
}

/** Closes the present homes of subjects on a day and opens their homes in another unit. Versions are the caller's. */
export async function placeIn(
  tx: Tx,
  { ids, unitId, on }: Readonly<{ ids: readonly string[]; unitId: number; on: string }>,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE subject_home SET valid_to = ${on}::date WHERE subject_id = ANY (${ids}::uuid[]) AND valid_to IS NULL`;
  await tx.$executeRaw`
    UPDATE subject SET unit_id = ${unitId}::int, version = version + 1, updated_at = now() WHERE id = ANY (${ids}::uuid[])`;
  await tx.$executeRaw`
    INSERT INTO subject_home (subject_id, unit_id, valid_from)
    SELECT id, ${unitId}::int, ${on}::date FROM unnest(${ids}::uuid[]) AS id`;
}

/** Takes subjects off the register from a day on, with the reason. */
export async function closeAll(
  tx: Tx,
  { ids, on, reason }: Readonly<{ ids: readonly string[]; on: string; reason: string }>,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE subject SET active_to = ${on}::date, close_reason = ${reason}, version = version + 1, updated_at = now()
     WHERE id = ANY (${ids}::uuid[])`;
  await tx.$executeRaw`
    UPDATE subject_home SET valid_to = ${on}::date WHERE subject_id = ANY (${ids}::uuid[]) AND valid_to IS NULL`;
}

/** Follows closed subjects again from a day on, in a unit. Versions are counted here. */
export async function reopenAll(
  tx: Tx,
  { ids, unitId, on }: Readonly<{ ids: readonly string[]; unitId: number; on: string }>,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE subject SET active_to = NULL, close_reason = NULL, unit_id = ${unitId}::int, version = version + 1, updated_at = now()
     WHERE id = ANY (${ids}::uuid[])`;
  await tx.$executeRaw`
    INSERT INTO subject_home (subject_id, unit_id, valid_from)
    SELECT id, ${unitId}::int, ${on}::date FROM unnest(${ids}::uuid[]) AS id`;
}

/**
 * Takes citizens out of their households. `isOwnStep` counts it as a change of their own (version + 1); false where the
 * caller's other statement already does.
 */
export async function leaveHouseholds(
  tx: Tx,
  citizens: readonly string[],
  { isOwnStep }: Readonly<{ isOwnStep: boolean }>,
): Promise<number> {
  if (citizens.length === 0) return 0;
  if (isOwnStep) {
    await tx.$executeRaw`
      UPDATE subject SET version = version + 1, updated_at = now()
       WHERE id IN (SELECT c.subject_id FROM citizen c WHERE c.subject_id = ANY (${citizens}::uuid[]) AND c.household_id IS NOT NULL)`;
  }

  return await tx.$executeRaw`
    UPDATE citizen SET household_id = NULL WHERE subject_id = ANY (${citizens}::uuid[]) AND household_id IS NOT NULL`;
}
