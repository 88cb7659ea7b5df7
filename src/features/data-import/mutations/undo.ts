import "server-only";
import { lockForList } from "@/features/registry/mutations/list-lock";
import { undoStep } from "@/features/registry/mutations/undo";
import { assertCan } from "@/features/user/guard";
import { sqlState } from "@/lib/db/errors";
import type { Tx } from "@/lib/db/scope";
import { runRequest } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { takeBackFigures } from "./figures";
import { takeBackFlags } from "./flags";
import type { StageContext } from "./stage";
import type { KeptForUndo } from "./write";

const VERB = "import.undo";

/**
 * Takes back everything a batch wrote: its registrations, its figures, and its step of the register, all or nothing. Refused
 * as soon as anything was built on it.
 */
export async function undoStage({ tx, actor, batch, stepId, reporter }: StageContext): Promise<void> {
  const { communeId } = batch;
  const { writeStepId } = await tx.importBatch.findUniqueOrThrow({
    where: { id: batch.id },
    select: { writeStepId: true },
  });
  if (writeStepId === null) throw new AppError({ code: "WRONG_STATE" });
  await assertCan(tx, actor, "registry.write", communeId);
  await lockForList(tx, communeId);
  reporter.tell("UNDOING", 0, null);

  await runRequest(tx, actor, { requestId: stepId, verb: VERB }, async (_tx, log) => {
    const registrations = await withdrawRegistrations(tx, batch.id);
    const kept = await keptOf(tx, batch.id);
    const figures = await takeBackFigures(tx, {
      batchId: batch.id,
      actorId: actor.id,
      entered: kept.entered,
    });
    const flags = await takeBackFlags(tx, kept.flags);
    const made = await tx.subjectChange.count({ where: { requestId: writeStepId } });
    const undone =
      made === 0
        ? { restored: 0, discarded: 0 }
        : await undoStep(tx, actor, { stepId: writeStepId, requestId: stepId, verb: VERB });
    // After the entries: a number that was put elsewhere is free again once what the batch made is gone.
    const identities = await takeBackIdentities(tx, batch.id, kept.identities);
    const { restored, discarded } = undone;
    log(communeId, {
      type: "import",
      id: batch.id,
      detail: { restored, discarded, registrations, figures, flags, identities },
    });
    await tx.$executeRaw`
      UPDATE import_batch SET state = 'UNDONE', undone_by = ${actor.id}::uuid, undone_at = now(), version = version + 1
       WHERE id = ${batch.id}::uuid`;

    return { restored, discarded, registrations, figures };
  });
}

async function keptOf(tx: Tx, batchId: string): Promise<KeptForUndo> {
  const { base } = await tx.importBatch.findUniqueOrThrow({ where: { id: batchId }, select: { base: true } });

  return { entered: [], flags: [], identities: 0, ...(base as Partial<KeptForUndo> | null) };
}

/** The identity numbers the batch wrote over, as they were before; refused when one of them changed since. */
async function takeBackIdentities(tx: Tx, batchId: string, expected: number): Promise<number> {
  const [row] = await tx.$queryRaw<{ written: number; standing: number }[]>`
    SELECT count(*)::int AS written, count(n.subject_id)::int AS standing
      FROM import_identity i LEFT JOIN identity_number n ON (n.subject_id, n.hash, n.version) = (i.subject_id, i.hash_after, i.version_after)
     WHERE i.batch_id = ${batchId}::uuid`;
  if ((row?.written ?? 0) < expected) {
    throw new AppError({
      code: "WRONG_STATE",
      detail:
        "Tệp này đã sửa số CCCD, mà số cũ chỉ được giữ 30 ngày nên không hoàn tác được cả tệp. Hãy sửa từng mục trong sổ.",
    });
  }
  if (!row || row.written === 0) return 0;
  if (row.standing !== row.written) {
    throw new AppError({
      code: "WRONG_STATE",
      detail:
        "Số CCCD mà tệp này ghi đã được sửa sau đó nên không hoàn tác được cả tệp. Hãy sửa từng mục trong sổ.",
    });
  }
  await tx.$executeRaw`
    DELETE FROM identity_number n USING import_identity i WHERE i.batch_id = ${batchId}::uuid AND n.subject_id = i.subject_id`;
  await tx.$executeRaw`
    INSERT INTO identity_number (subject_id, hash, cipher, version)
    SELECT subject_id, hash_before, cipher_before, version_after + 1 FROM import_identity
     WHERE batch_id = ${batchId}::uuid AND hash_before IS NOT NULL`;

  return await tx.$executeRaw`DELETE FROM import_identity WHERE batch_id = ${batchId}::uuid`;
}

async function withdrawRegistrations(tx: Tx, batchId: string): Promise<number> {
  try {
    const [row] = await tx.$queryRaw<{ count: number }[]>`
      SELECT import_withdraw_registrations(${batchId}::uuid) AS count`;

    return row?.count ?? 0;
  } catch (error) {
    if (sqlState(error) !== "HH002") throw error;
    throw new AppError({
      code: "WRONG_STATE",
      detail:
        "Đã có mục trong tệp này được chấm điểm, nộp hoặc thêm minh chứng nên không hoàn tác được cả tệp. Hãy sửa từng mục trong sổ.",
      cause: error,
    });
  }
}
