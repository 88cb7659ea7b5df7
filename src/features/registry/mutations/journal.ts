import "server-only";
import type { Tx } from "@/lib/db/scope";

/** The step that a journal row belongs to: one request of one person. */
export type JournalStep = Readonly<{ requestId: string; actorId: string; verb: string }>;

/**
 * Runs `work`, which changes the given subjects, and keeps beside each what differs between before and after. A subject that
 * `work` left as it was leaves no trace; one whose version alone went on has a row without facts, since undo asks for the
 * version the latest row left. Set-wise: one statement before and two after, however many subjects.
 *
 * `work` must leave each touched subject at a version of its own (`version + 1`): undo asks whether it is still the latest.
 */
export async function journal<T>(
  tx: Tx,
  step: JournalStep,
  subjectIds: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  const ids = [...new Set(subjectIds)];
  const opened = await tx.$queryRaw<{ id: string; subjectId: string }[]>`
    INSERT INTO subject_change (subject_id, request_id, verb, actor_id, before)
    SELECT i.subject_id, ${step.requestId}::uuid, ${step.verb}, ${step.actorId}::uuid, i.image || jsonb_build_object('version', i.version)
      FROM subject_images(${ids}::uuid[]) i
    RETURNING id::text, subject_id AS "subjectId"`;

  const result = await work();

  // By arrays, of which the planner knows the length: a step it takes for a few rows, and compares row against row.
  await tx.$executeRaw`
    WITH now AS MATERIALIZED (
      SELECT k.id, i.version, i.image
        FROM unnest(${opened.map(({ id }) => id)}::bigint[], ${opened.map(({ subjectId }) => subjectId)}::uuid[]) k(id, subject_id)
        JOIN subject_images(${ids}::uuid[]) i ON i.subject_id = k.subject_id
    )
    UPDATE subject_change c
       SET before = image_diff(c.before - 'version', now.image), after = image_diff(now.image, c.before - 'version'), version_after = now.version
      FROM now WHERE c.id = now.id AND c.before IS DISTINCT FROM now.image || jsonb_build_object('version', now.version)`;
  await tx.$executeRaw`
    DELETE FROM subject_change WHERE request_id = ${step.requestId}::uuid AND version_after IS NULL`;

  return result;
}

/** Notes that the step made the subjects: before it there was nothing. */
export async function journalCreated(
  tx: Tx,
  step: JournalStep,
  subjectIds: readonly string[],
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO subject_change (subject_id, request_id, verb, actor_id, version_after)
    SELECT id, ${step.requestId}::uuid, ${step.verb}, ${step.actorId}::uuid, 1 FROM unnest(${subjectIds}::uuid[]) AS id`;
}

/** What the register says of a subject, as a text to compare with. */
export async function imageOf(tx: Tx, subjectId: string): Promise<string> {
  const [row] = await tx.$queryRaw<{ image: string }[]>`
    SELECT image::text AS image FROM subject_images(ARRAY[${subjectId}::uuid])`;

  return row?.image ?? "";
}
