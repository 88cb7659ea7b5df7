import "server-only";
import type { Refusal, StepFacts, Verb } from "@/domain/recognition/recognition";
import { refusalOf } from "@/domain/recognition/recognition";
import type { Tx } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";

/** What a review step needs to know of an entry. */
export type EntryFacts = StepFacts & {
  id: string;
  subjectId: string;
  communeId: number;
  dossierId: string;
  version: number;
};

/**
 * Locks entries in the order of their ids for a review step and guards each once more on the locked row. The database hides
 * from a lock what may not be stepped, so that what is missing is read again to say why.
 * @param ids entries the actor may see; all of them must allow the verb
 * @throws AppError with the refusal of the state machine, NOT_FOUND for entries out of sight
 */
export async function lockForReview(
  tx: Tx,
  verb: Verb,
  ids: readonly string[],
  by: { actorId: string; reason?: string },
): Promise<EntryFacts[]> {
  const locked = await tx.$queryRaw<EntryFacts[]>`
    SELECT id, subject_id AS "subjectId", commune_id AS "communeId", dossier_id AS "dossierId", version, state,
           is_complete AS "isComplete", is_recognisable AS "isRecognisable", submitted_by AS "submittedBy", scored_by AS "scoredBy"
      FROM assessment WHERE id = ANY (${ids}::uuid[]) ORDER BY id FOR UPDATE`;
  for (const facts of locked) refuse(refusalOf(verb, facts, by));
  if (locked.length === ids.length) return locked;

  const held = new Set(locked.map((facts) => facts.id));
  const missing = await readFacts(
    tx,
    ids.filter((id) => !held.has(id)),
  );
  for (const facts of missing) refuse(refusalOf(verb, facts, by));
  throw new AppError({ code: "NOT_FOUND" });
}

/** The facts of entries as they stand, without a lock; entries out of sight are left out. */
export async function readFacts(tx: Tx, ids: readonly string[]): Promise<EntryFacts[]> {
  return await tx.$queryRaw<EntryFacts[]>`
    SELECT id, subject_id AS "subjectId", commune_id AS "communeId", dossier_id AS "dossierId", version, state,
           is_complete AS "isComplete", is_recognisable AS "isRecognisable", submitted_by AS "submittedBy", scored_by AS "scoredBy"
      FROM assessment WHERE id = ANY (${ids}::uuid[]) ORDER BY id`;
}

function refuse(refusal: Refusal | null): void {
  if (refusal !== null) throw new AppError({ code: refusal });
}
