import "server-only";
import { leavesOf } from "@/features/registry/data";
import { today } from "@/features/registry/data/entry";
import { findUnit } from "@/features/territory/data";
import { assertCan } from "@/features/user/guard";
import type { Tx } from "@/lib/db/scope";
import { runRequest } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { previewWrite } from "../data";
import type { ImportPlan, WrittenCounts } from "../types";
import { changeEntries } from "./change";
import type { CheckBase } from "./check";
import { registerMark } from "./check";
import { createEntries, makeHamlets } from "./create";
import { writeFigures } from "./figures";
import { registerEntries } from "./register";
import type { StageContext } from "./stage";

/** What the statements of a write need. */
export type WriteContext = Readonly<{
  tx: Tx;
  actorId: string;
  batchId: string;
  communeId: number;
  stepId: string;
  plan: ImportPlan;
  base: CheckBase;
  /** when new entries begin to count at the earliest, yyyy-mm-dd */
  from: string;
}>;

const VERB = "import.write";

/**
 * Writes a checked batch into the register, whole. An entry that changed since the check, or one that came in meanwhile, sends
 * the batch back to the check instead: what the person agreed to is no longer what would be written.
 */
export async function writeStage(context: StageContext): Promise<void> {
  const { tx, actor, batch, stepId, reporter } = context;
  const { plan, counts, communeId } = batch;
  const base = await baseOf(tx, batch.id);
  if (!plan || !counts || !base) throw new AppError({ code: "WRONG_STATE" });
  await assertCan(tx, actor, "registry.write", communeId);
  // Two lists of one commune, one after the other.
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('import'), ${communeId}::int)::text`;

  const now = await today(tx);
  const commune = await findUnit(tx, communeId);
  if (!commune) throw new AppError({ code: "NOT_FOUND" });
  if (await hasChangedSince(tx, { batchId: batch.id, communeId, base, now })) {
    await tx.$executeRaw`
      UPDATE import_batch SET state = 'CHECKING', error_code = 'CHANGED_SINCE', version = version + 1,
             error_text = 'Sổ của xã đã thay đổi từ lúc kiểm tra nên chưa ghi gì. Tệp được kiểm tra lại với sổ hiện nay; hãy xem lại kết quả rồi bấm ghi.'
       WHERE id = ${batch.id}::uuid`;
    return;
  }

  const { rows, registrations } = await previewWrite(tx, { id: batch.id, plan, counts });
  const tell = (done: number) => reporter.tell("WRITING", Math.floor(rows * done), rows);
  const start = `${plan.year}-01-01`;
  const write: WriteContext = {
    tx,
    actorId: actor.id,
    batchId: batch.id,
    communeId,
    stepId,
    plan,
    base,
    from: start < now ? start : now,
  };
  await runRequest(tx, actor, { requestId: stepId, verb: VERB }, async (_tx, log) => {
    const step = { requestId: stepId, actorId: actor.id, verb: VERB };
    tell(0);
    const hamlets = await makeHamlets(write);
    const created = await createEntries(write, step, tell);
    const updated = plan.policy === "UPDATE" ? await changeEntries(write, step) : 0;
    tell(0.9);
    if (plan.takeRegistrations) await assertCan(tx, actor, "assessment.write", communeId);
    const registered = plan.takeRegistrations ? await registerEntries(write) : 0;
    const figures = plan.takeResults ? await writeFigures(write, batch.fileName) : 0;
    await rememberHouseholds(write);
    const written: WrittenCounts = { ...created, updated, registrations: registered, figures, hamlets };
    log(communeId, {
      type: "import",
      id: batch.id,
      detail: {
        ...written,
        askedRegistrations: registrations,
        sha256: batch.sha256,
        digest: await digestOf(tx),
      },
    });
    await finish(write, written);

    return written;
  });
}

async function baseOf(tx: Tx, batchId: string): Promise<CheckBase | null> {
  const { base } = await tx.importBatch.findUniqueOrThrow({ where: { id: batchId }, select: { base: true } });

  return base as CheckBase | null;
}

/** Locks every entry the batch goes by, in the order of ids, and asks whether all are as they were. */
async function hasChangedSince(
  tx: Tx,
  given: Readonly<{ batchId: string; communeId: number; base: CheckBase; now: string }>,
): Promise<boolean> {
  const { batchId, communeId, base, now } = given;
  await tx.$executeRaw`
    SELECT s.id FROM subject s
     WHERE s.id IN (SELECT r.subject_id FROM import_row r WHERE r.batch_id = ${batchId}::uuid AND r.verdict IN ('CHANGED', 'UNCHANGED', 'DOUBTFUL'))
     ORDER BY s.id FOR UPDATE`;
  const leafIds = (await leavesOf(tx, communeId, new Date(now))).map(({ id }) => id);
  if ((await registerMark(tx, leafIds)) !== base.mark) return true;

  const [row] = await tx.$queryRaw<{ changed: number }[]>`
    SELECT count(*)::int AS changed FROM import_row r LEFT JOIN subject s ON s.id = r.subject_id
     WHERE r.batch_id = ${batchId}::uuid AND r.verdict IN ('CHANGED', 'UNCHANGED', 'DOUBTFUL')
       AND (s.id IS NULL OR s.active_to IS NOT NULL OR s.version <> r.base_version)`;

  return (row?.changed ?? 1) > 0;
}

async function rememberHouseholds({ tx, batchId, communeId }: WriteContext): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO import_household (commune_id, unit_id, number, household_id)
    SELECT DISTINCT ON (s.unit_id, r.facts ->> 'householdNumber') ${communeId}::int, s.unit_id, r.facts ->> 'householdNumber', e.id
      FROM import_row r JOIN import_entity e ON e.ordinal = r.household_ordinal JOIN subject s ON s.id = e.id
     WHERE r.batch_id = ${batchId}::uuid AND r.target = 'CITIZEN' AND r.facts ->> 'householdNumber' NOT LIKE '#%'
     ORDER BY s.unit_id, r.facts ->> 'householdNumber', r.ordinal
    ON CONFLICT (unit_id, number) DO UPDATE SET household_id = excluded.household_id`;
}

/** One short text that stands for everything the batch made and changed. */
async function digestOf(tx: Tx): Promise<string> {
  const [row] = await tx.$queryRaw<{ digest: string }[]>`
    SELECT encode(sha256(convert_to(coalesce(string_agg(id::text, '' ORDER BY id), ''), 'UTF8')), 'hex') AS digest FROM import_entity WHERE is_written`;

  return row?.digest ?? "";
}

/** Written: what was staged of people goes; row numbers and problems of what was left out stay for the file of bad rows. */
async function finish({ tx, batchId, actorId, stepId }: WriteContext, written: WrittenCounts): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM import_row WHERE batch_id = ${batchId}::uuid
       AND NOT (verdict = 'REJECTED' OR verdict = 'DOUBTFUL' AND coalesce(decision, 'LEAVE') = 'LEAVE')`;
  await tx.$executeRaw`
    UPDATE import_row SET facts = '{}', changes = NULL, identity_hash = NULL, identity_cipher = NULL WHERE batch_id = ${batchId}::uuid`;
  await tx.$executeRaw`
    UPDATE import_batch SET state = 'WRITTEN', look = NULL, written = ${JSON.stringify(written)}::jsonb, write_step_id = ${stepId}::uuid,
           written_by = ${actorId}::uuid, written_at = now(), version = version + 1
     WHERE id = ${batchId}::uuid`;
}
