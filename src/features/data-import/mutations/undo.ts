import "server-only";
import { undoStep } from "@/features/registry/mutations/undo";
import { assertCan } from "@/features/user/guard";
import { sqlState } from "@/lib/db/errors";
import type { Tx } from "@/lib/db/scope";
import { runRequest } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { takeBackFigures } from "./figures";
import type { StageContext } from "./stage";

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
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('import'), ${communeId}::int)::text`;
  reporter.tell("UNDOING", 0, null);

  await runRequest(tx, actor, { requestId: stepId, verb: VERB }, async (_tx, log) => {
    const registrations = await withdrawRegistrations(tx, batch.id);
    const figures = await takeBackFigures(tx, batch.id, actor.id);
    const made = await tx.subjectChange.count({ where: { requestId: writeStepId } });
    const undone =
      made === 0
        ? { restored: 0, discarded: 0 }
        : await undoStep(tx, actor, { stepId: writeStepId, requestId: stepId, verb: VERB });
    const { restored, discarded } = undone;
    log(communeId, { type: "import", id: batch.id, detail: { restored, discarded, registrations, figures } });
    await tx.$executeRaw`
      UPDATE import_batch SET state = 'UNDONE', undone_by = ${actor.id}::uuid, undone_at = now(), version = version + 1
       WHERE id = ${batch.id}::uuid`;

    return { restored, discarded, registrations, figures };
  });
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
