import "server-only";
import { randomUUID } from "node:crypto";
import type { Actor } from "@/domain/access/access";
import { findUnit } from "@/features/territory/data";
import { assertCan } from "@/features/user/guard";
import type { Tx } from "@/lib/db/scope";
import { mutate } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { formatCount } from "@/lib/format/number";
import type { Batch } from "./data";
import { findBatch, previewWrite } from "./data";
import { assertRoom } from "./mutations/limits";
import type { BatchState, ImportField, ImportPlan, ImportTarget, RowDecision } from "./types";

type Outcome = { batchId: string; version: number; state: BatchState };

/**
 * Takes in a file that is already stored: the batch waits for the worker to look into it. Its id is the caller's, because the
 * stored file is named after it (`import/<commune>/<id>.<xlsx|csv>`).
 * @throws AppError NOT_FOUND for a commune whose register the actor does not write, TOO_LARGE when it has too many under way
 */
export async function createBatch(
  actor: Actor,
  file: Readonly<{
    batchId: string;
    communeId: number;
    fileName: string;
    storageKey: string;
    sha256: string;
    byteSize: number;
    format: "XLSX" | "CSV";
  }>,
  requestId: string,
): Promise<Outcome> {
  return await mutate(actor, { requestId, verb: "import.upload" }, async (tx, log) => {
    const commune = await findUnit(tx, file.communeId);
    if (commune?.level !== "COMMUNE") throw new AppError({ code: "NOT_FOUND" });
    await assertCan(tx, actor, "registry.write", commune.id);
    await assertRoom(tx, commune.id, file.byteSize);

    const { batchId: id, communeId, fileName, storageKey, sha256, byteSize, format } = file;
    await tx.importBatch.createMany({
      data: {
        id,
        communeId,
        fileName: fileName.normalize("NFC").slice(0, 255),
        storageKey,
        sha256,
        byteSize,
        format,
        stepId: randomUUID(),
        actingId: actor.id,
        createdBy: actor.id,
      },
    });
    await tx.importProgress.createMany({ data: { batchId: id, communeId } });
    await wakeWorker(tx);
    log(communeId, { type: "import", id, detail: { sha256, bytes: byteSize, format } });

    return { batchId: id, version: 1, state: "LOOKING" };
  });
}

/** What a person chose for the columns of sheets whose headers have these fingerprints, to be proposed next time. */
export type ChosenMapping = Readonly<{
  fingerprint: string;
  target: ImportTarget;
  fields: Readonly<Record<string, ImportField>>;
}>;

/**
 * Sets how the file is to be read and asks for the check; again for a batch that was checked or failed. Decisions on doubtful
 * rows that stay doubtful are kept.
 * @throws AppError NOT_FOUND, CONFLICT (changed since it was read), WRONG_STATE, BUSY (the worker has it)
 */
export async function planBatch(
  actor: Actor,
  input: Readonly<{
    batchId: string;
    version: number;
    plan: ImportPlan;
    mappings?: readonly ChosenMapping[];
  }>,
  requestId: string,
): Promise<Outcome> {
  return await mutate(actor, { requestId, verb: "import.check" }, async (tx, log) => {
    const batch = await lockBatch(tx, actor, input, ["LOOKED", "CHECKED"]);
    const { plan, mappings = [] } = input;
    for (const { fingerprint, target, fields } of mappings) {
      await tx.$executeRaw`
        INSERT INTO import_mapping (commune_id, fingerprint, target, fields, saved_by)
        VALUES (${batch.communeId}::int, ${fingerprint}, ${target}, ${JSON.stringify(fields)}::jsonb, ${actor.id}::uuid)
        ON CONFLICT (commune_id, fingerprint) DO UPDATE
           SET target = excluded.target, fields = excluded.fields, saved_by = excluded.saved_by, saved_at = now()`;
    }
    await tx.$executeRaw`UPDATE import_batch SET plan = ${JSON.stringify(plan)}::jsonb, acting_id = ${actor.id}::uuid WHERE id = ${batch.id}::uuid`;
    log(batch.communeId, {
      type: "import",
      id: batch.id,
      detail: {
        year: plan.year,
        policy: plan.policy,
        sheets: plan.sheets.length,
        newHamlets: Object.values(plan.hamlets).filter((one) => "create" in one).length,
      },
    });

    return await queue(tx, actor, batch, "CHECKING");
  });
}

/** Changes what is done with rows that differ from the register; nothing has to be read again. */
export async function setPolicy(
  actor: Actor,
  input: Readonly<{ batchId: string; version: number; policy: ImportPlan["policy"] }>,
  requestId: string,
): Promise<Outcome> {
  return await mutate(actor, { requestId, verb: "import.policy" }, async (tx, log) => {
    const batch = await lockBatch(tx, actor, input, ["CHECKED"]);
    log(batch.communeId, { type: "import", id: batch.id, detail: { policy: input.policy } });
    await tx.$executeRaw`
      UPDATE import_batch SET plan = jsonb_set(plan, '{policy}', to_jsonb(${input.policy}::text)), version = version + 1,
             acting_id = ${actor.id}::uuid WHERE id = ${batch.id}::uuid`;

    return { batchId: batch.id, version: batch.version + 1, state: "CHECKED" };
  });
}

/**
 * Decides on doubtful rows: those named, or all of them (`ordinals` left out); `null` takes a decision back. A household that
 * people's rows tell of is decided with the row of its head.
 */
export async function decideRows(
  actor: Actor,
  input: Readonly<{
    batchId: string;
    version: number;
    decision: RowDecision | null;
    ordinals?: readonly number[];
  }>,
  requestId: string,
): Promise<Outcome & { decided: number }> {
  return await mutate(actor, { requestId, verb: "import.decide" }, async (tx, log) => {
    const batch = await lockBatch(tx, actor, input, ["CHECKED"]);
    const all = input.ordinals === undefined;
    const decided = await tx.$executeRaw`
      UPDATE import_row SET decision = ${input.decision}
       WHERE batch_id = ${batch.id}::uuid AND verdict = 'DOUBTFUL' AND (${all} OR ordinal = ANY (${[...(input.ordinals ?? [])]}::int[]))`;
    log(batch.communeId, {
      type: "import",
      id: batch.id,
      detail: { decision: input.decision, rows: decided },
    });
    await tx.$executeRaw`UPDATE import_batch SET version = version + 1, acting_id = ${actor.id}::uuid WHERE id = ${batch.id}::uuid`;

    return { batchId: batch.id, version: batch.version + 1, state: "CHECKED", decided };
  });
}

/**
 * Asks for the batch to be written. `expected` is the number of rows the person was shown on the button.
 * @throws AppError CONFLICT when another number would be written now; WRONG_STATE when the policy stops it or nothing would change
 */
export async function writeBatch(
  actor: Actor,
  input: Readonly<{ batchId: string; version: number; expected: number }>,
  requestId: string,
): Promise<Outcome> {
  return await mutate(actor, { requestId, verb: "import.queue" }, async (tx, log) => {
    const batch = await lockBatch(tx, actor, input, ["CHECKED"]);
    const { plan, counts } = batch;
    if (!plan || !counts) throw new AppError({ code: "WRONG_STATE" });

    const preview = await previewWrite(tx, { id: batch.id, plan, counts });
    if (preview.rows !== input.expected) {
      throw new AppError({
        code: "CONFLICT",
        detail: `Số dòng sẽ ghi nay là ${formatCount(preview.rows)}, không phải ${formatCount(input.expected)}. Hãy xem lại rồi bấm ghi.`,
      });
    }
    if (preview.isStopped) {
      throw new AppError({
        code: "WRONG_STATE",
        detail:
          "Có dòng khác với sổ hoặc nghi trùng, mà cách xử lý đang chọn là dừng lại. Hãy quyết định các dòng ấy hoặc chọn cách xử lý khác.",
      });
    }
    if (preview.isEmpty)
      throw new AppError({ code: "WRONG_STATE", detail: "Không có gì để ghi: sổ đã có đúng như tệp." });
    log(batch.communeId, {
      type: "import",
      id: batch.id,
      detail: { rows: preview.rows, policy: plan.policy },
    });

    return await queue(tx, actor, batch, "WRITING");
  });
}

/** Asks for everything the batch wrote to be taken back. Whether anything was built on it the worker finds out. */
export async function undoBatch(
  actor: Actor,
  input: Readonly<{ batchId: string; version: number }>,
  requestId: string,
): Promise<Outcome> {
  return await mutate(actor, { requestId, verb: "import.askUndo" }, async (tx, log) => {
    const batch = await lockBatch(tx, actor, input, ["WRITTEN"]);
    log(batch.communeId, { type: "import", id: batch.id });

    return await queue(tx, actor, batch, "UNDOING");
  });
}

/** Drops a batch that was not written: its rows and what was seen of the file go at once, the file with the next cleaning. */
export async function discardBatch(
  actor: Actor,
  input: Readonly<{ batchId: string; version: number }>,
  requestId: string,
): Promise<Outcome> {
  return await mutate(actor, { requestId, verb: "import.discard" }, async (tx, log) => {
    const batch = await lockBatch(tx, actor, input, ["LOOKING", "LOOKED", "CHECKING", "CHECKED"]);
    await tx.importRow.deleteMany({ where: { batchId: batch.id } });
    await tx.$executeRaw`
      UPDATE import_batch SET state = 'DISCARDED', failed_state = NULL, look = NULL, expires_at = now(), version = version + 1,
             acting_id = ${actor.id}::uuid WHERE id = ${batch.id}::uuid`;
    await wakeWorker(tx);
    log(batch.communeId, { type: "import", id: batch.id });

    return { batchId: batch.id, version: batch.version + 1, state: "DISCARDED" };
  });
}

/** Takes a failed batch up again where it stood before the stage that failed. */
export async function resumeBatch(
  actor: Actor,
  input: Readonly<{ batchId: string; version: number }>,
  requestId: string,
): Promise<Outcome> {
  return await mutate(actor, { requestId, verb: "import.resume" }, async (tx, log) => {
    const batch = await lockBatch(tx, actor, input, ["LOOKING", "LOOKED", "CHECKED", "WRITTEN"]);
    if (batch.failedState === null) throw new AppError({ code: "WRONG_STATE" });
    log(batch.communeId, { type: "import", id: batch.id, detail: { state: batch.state } });
    if (batch.state === "LOOKING") return await queue(tx, actor, batch, "LOOKING");
    await tx.$executeRaw`
      UPDATE import_batch SET state = ${batch.state}, failed_state = NULL, error_code = NULL, error_text = NULL, version = version + 1,
             acting_id = ${actor.id}::uuid WHERE id = ${batch.id}::uuid`;

    return { batchId: batch.id, version: batch.version + 1, state: batch.state };
  });
}

/** The state to which a stage that failed gives way. */
const BEFORE: Partial<Record<BatchState, BatchState>> = {
  LOOKING: "LOOKING",
  CHECKING: "LOOKED",
  WRITING: "CHECKED",
  UNDOING: "WRITTEN",
};

/** Locks a batch in one of the states; a failed one counts as being in the state before the stage that failed. */
async function lockBatch(
  tx: Tx,
  actor: Actor,
  { batchId, version }: Readonly<{ batchId: string; version: number }>,
  states: readonly BatchState[],
): Promise<Batch> {
  // Without waiting: the worker holds the row for as long as it works.
  await tx.$queryRaw`SELECT 1 FROM import_batch WHERE id = ${batchId}::uuid FOR NO KEY UPDATE NOWAIT`;
  const batch = await findBatch(tx, batchId);
  if (!batch) throw new AppError({ code: "NOT_FOUND" });
  await assertCan(tx, actor, "registry.write", batch.communeId);
  if (batch.version !== version) {
    throw new AppError({
      code: "CONFLICT",
      detail: "Lượt nhập này vừa được xử lý ở nơi khác. Hãy tải lại trang để xem tình trạng mới.",
      newValues: { version: String(batch.version) },
    });
  }
  const state = batch.failedState ? BEFORE[batch.failedState] : batch.state;
  if (state === undefined || !states.includes(state)) {
    throw new AppError({
      code: "WRONG_STATE",
      detail: "Lượt nhập này đã sang bước khác. Hãy tải lại trang để xem tình trạng mới.",
    });
  }

  return { ...batch, state };
}

async function queue(
  tx: Tx,
  actor: Actor,
  batch: Batch,
  state: "LOOKING" | "CHECKING" | "WRITING" | "UNDOING",
): Promise<Outcome> {
  await tx.$executeRaw`
    UPDATE import_batch SET state = ${state}, failed_state = NULL, error_code = NULL, error_text = NULL, step_id = gen_random_uuid(),
           acting_id = ${actor.id}::uuid, queued_at = clock_timestamp(), version = version + 1 WHERE id = ${batch.id}::uuid`;
  await tx.$executeRaw`
    UPDATE import_progress SET stage = 'WAITING', done = 0, total = NULL, starts = 0, failures = 0, not_before = now(), at = now()
     WHERE batch_id = ${batch.id}::uuid`;
  await wakeWorker(tx);

  return { batchId: batch.id, version: batch.version + 1, state };
}

async function wakeWorker(tx: Tx): Promise<void> {
  await tx.$executeRaw`NOTIFY import_waiting`;
}
