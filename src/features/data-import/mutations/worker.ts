import "server-only";
import { can, type Grant } from "@/domain/access/access";
import { reachOf } from "@/features/territory/data";
import type { JobDatabase } from "@/lib/db/job";
import { actAs } from "@/lib/db/job";
import type { Tx } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { reportError } from "@/lib/errors/report";
import { removeFile } from "@/lib/storage/file-store";
import type { Batch } from "../data";
import { findBatch } from "../data";
import type { BatchState } from "../types";
import { checkStage } from "./check";
import { lookStage } from "./look";
import type { StageContext } from "./stage";
import { Reporter } from "./stage";
import { undoStage } from "./undo";
import { writeStage } from "./write";

type BusyState = Extract<BatchState, "LOOKING" | "CHECKING" | "WRITING" | "UNDOING">;

const STAGES: Readonly<Record<BusyState, (context: StageContext) => Promise<void>>> = {
  LOOKING: lookStage,
  CHECKING: checkStage,
  WRITING: writeStage,
  UNDOING: undoStage,
};

const MOST_FAILURES = 3;
/** A batch that never comes to an end and never says why, because it takes the worker down with it. */
const MOST_STARTS = 60;

type Claim = { id: string; state: BusyState; actingId: string };

/**
 * Takes the oldest batch that waits and does its stage, all in one transaction: the lock on the batch, its rows and its new
 * state stand or fall together. A worker that dies leaves nothing behind, and the next one begins the stage anew.
 * @returns whether there was one
 */
export async function workOnce(database: JobDatabase): Promise<boolean> {
  let claim: Claim | undefined;
  try {
    await database.transaction(async ({ tx, copyInto }) => {
      claim = await claimBatch(tx);
      if (!claim) return;
      await actAs(tx, claim.actingId);
      await noteStart(database, claim);
      const batch = await findBatch(tx, claim.id);
      if (!batch) throw new AppError({ code: "NOT_FOUND" });
      const actor = { id: claim.actingId, grants: await grantsOf(tx, claim.actingId) };
      await assertStillMay(tx, actor, batch);

      const reporter = new Reporter(database, { batchId: claim.id, actorId: claim.actingId });
      await STAGES[claim.state]({ tx, copyInto, actor, batch, stepId: await stepOf(tx, claim.id), reporter });
      await reporter.end();
    });
  } catch (error) {
    if (!claim) throw error;
    await noteFailure(database, claim, error);
  }

  return claim !== undefined;
}

/** Lets go of what is older than seven days. @returns how many files went */
export async function expireBatches(database: JobDatabase): Promise<number> {
  const keys = await database.transaction(
    async ({ tx }) => await tx.$queryRaw<{ key: string }[]>`SELECT k AS key FROM import_expire() k`,
  );
  for (const { key } of keys) await removeFile(key);

  return keys.length;
}

async function claimBatch(tx: Tx): Promise<Claim | undefined> {
  const [claim] = await tx.$queryRaw<Claim[]>`SELECT id, state, acting_id AS "actingId" FROM import_claim()`;

  return claim;
}

async function stepOf(tx: Tx, batchId: string): Promise<string> {
  const { stepId } = await tx.importBatch.findUniqueOrThrow({
    where: { id: batchId },
    select: { stepId: true },
  });

  return stepId;
}

async function grantsOf(tx: Tx, userId: string): Promise<Grant[]> {
  return await tx.$queryRaw<Grant[]>`
    SELECT role, unit_id AS "unitId" FROM role_grant
     WHERE user_id = ${userId}::uuid AND valid_from <= app_today() AND (valid_to IS NULL OR valid_to > app_today())`;
}

async function assertStillMay(tx: Tx, actor: StageContext["actor"], batch: Batch): Promise<void> {
  if (can(actor, "registry.write", await reachOf(tx, batch.communeId))) return;

  throw new AppError({ code: "NOT_FOUND" });
}

async function noteStart(database: JobDatabase, claim: Claim): Promise<void> {
  const [count] = await database.aside(claim.actingId, "SELECT starts FROM import_note_start($1)", [
    claim.id,
  ]);
  if (Number(count?.starts ?? 0) > MOST_STARTS) {
    throw new AppError({
      code: "BUSY",
      detail: `Đã thử ${MOST_STARTS} lần mà máy chủ không làm xong. Hãy tách tệp thành nhiều tệp nhỏ rồi thử lại.`,
    });
  }
}

/** An expected refusal ends the stage at once; anything else is tried again, three times in all. */
async function noteFailure(database: JobDatabase, claim: Claim, error: unknown): Promise<void> {
  if (error instanceof AppError && error.code !== "BUSY") {
    const detail =
      error.code === "NOT_FOUND" ? "Tài khoản yêu cầu việc này không còn quyền ghi sổ của xã." : error.text;
    await fail(database, claim, { code: error.code, text: detail });
    return;
  }

  const reference = reportError(`import.${claim.state.toLowerCase()}`, error);
  const [count] = await database.aside(claim.actingId, "SELECT import_note_failure($1) AS failures", [
    claim.id,
  ]);
  const isLast = Number(count?.failures ?? MOST_FAILURES) >= MOST_FAILURES;
  if (!isLast) return;

  await fail(database, claim, {
    code: error instanceof AppError ? error.code : "UNKNOWN",
    text: `Có lỗi ngoài dự kiến, đã thử ${MOST_FAILURES} lần. Chưa có gì được ghi. Mã tra cứu: ${reference}`,
  });
}

async function fail(
  database: JobDatabase,
  claim: Claim,
  reason: Readonly<{ code: string; text: string }>,
): Promise<void> {
  if (claim.state === "UNDOING") {
    // What was written stays written; why it could not be taken back stands beside it.
    const [kept] = await database.aside(
      claim.actingId,
      `UPDATE import_batch SET state = 'WRITTEN', error_code = $2, error_text = $3, version = version + 1
        WHERE id = $1 AND state = 'UNDOING' RETURNING id`,
      [claim.id, reason.code, reason.text],
    );
    if (kept) return;
  }
  await database.aside(claim.actingId, "SELECT import_fail($1, $2, $3)", [
    claim.id,
    reason.code,
    reason.text,
  ]);
}
