import "server-only";
import { leavesOf } from "@/features/registry/data";
import { today } from "@/features/registry/data/entry";
import { lockForList } from "@/features/registry/mutations/list-lock";
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
import type { EnteredByBatch } from "./figures";
import { enterFigures } from "./figures";
import type { FlagByBatch } from "./flags";
import { changedFlags, difficultHamlets } from "./flags";
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

/** What undoing needs to know of what was there before, beside the journal; kept with the batch. */
export type KeptForUndo = {
  entered: EnteredByBatch[];
  flags: FlagByBatch[];
  /** identity numbers that were written over; what stood there is kept for thirty days */
  identities: number;
};

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
  // Two lists of one commune, one after the other; and nobody enters anything that the list would not see.
  await lockForList(tx, communeId);

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
    const difficult = await difficultHamlets(write);
    const hamlets = await makeHamlets(write);
    const created = await createEntries(write, step, tell);
    const updated = plan.policy === "UPDATE" ? await changeEntries(write, step) : 0;
    tell(0.9);
    if (plan.takeRegistrations) await assertCan(tx, actor, "assessment.write", communeId);
    const registered = plan.takeRegistrations ? await registerEntries(write) : 0;
    const entered = plan.takeResults ? await enterFigures(write, now) : [];
    const flags = await changedFlags(write, difficult);
    await rememberHouseholds(write);
    const figures = entered.length;
    const written: WrittenCounts = { ...created, updated, registrations: registered, figures, hamlets };
    log(communeId, {
      type: "import",
      id: batch.id,
      detail: {
        ...written,
        flags: flags.length,
        askedRegistrations: registrations,
        sha256: batch.sha256,
        digest: await digestOf(tx),
      },
    });
    await finish(write, written, {
      entered,
      flags,
      identities: await tx.importIdentity.count({ where: { batchId: batch.id } }),
    });

    return written;
  });
}

async function baseOf(tx: Tx, batchId: string): Promise<CheckBase | null> {
  const { base } = await tx.importBatch.findUniqueOrThrow({ where: { id: batchId }, select: { base: true } });

  return base as CheckBase | null;
}

/**
 * Locks the commune's entries and those the batch goes by, in the order of ids, and asks whether all are as they were. An entry
 * that somebody is changing is waited for: it may come to be one of the list's.
 */
async function hasChangedSince(
  tx: Tx,
  given: Readonly<{ batchId: string; communeId: number; base: CheckBase; now: string }>,
): Promise<boolean> {
  const { batchId, communeId, base, now } = given;
  const leafIds = (await leavesOf(tx, communeId, new Date(now))).map(({ id }) => id);
  await tx.$executeRaw`
    SELECT s.id FROM subject s
     WHERE s.id IN (SELECT e.id FROM subject e WHERE e.unit_id = ANY (${leafIds}::int[]) AND e.active_to IS NULL
                    UNION SELECT r.subject_id FROM import_row r WHERE r.batch_id = ${batchId}::uuid AND r.verdict IN ('CHANGED', 'UNCHANGED', 'DOUBTFUL'))
     ORDER BY s.id FOR UPDATE`;
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
async function finish(
  { tx, batchId, actorId, stepId }: WriteContext,
  written: WrittenCounts,
  kept: KeptForUndo,
): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM import_row WHERE batch_id = ${batchId}::uuid
       AND NOT (verdict = 'REJECTED' OR verdict = 'DOUBTFUL' AND coalesce(decision, 'LEAVE') = 'LEAVE')`;
  // A person who was left out belongs to a household that is there now.
  await tx.$executeRaw`
    UPDATE import_row r SET household_id = e.id FROM import_entity e
     WHERE r.batch_id = ${batchId}::uuid AND r.household_id IS NULL AND e.ordinal = r.household_ordinal`;
  await tx.$executeRaw`
    UPDATE import_row SET facts = '{}', changes = NULL, identity_hash = NULL, identity_cipher = NULL WHERE batch_id = ${batchId}::uuid`;
  await tx.$executeRaw`
    UPDATE import_batch SET state = 'WRITTEN', look = NULL, written = ${JSON.stringify(written)}::jsonb, base = ${JSON.stringify(kept)}::jsonb, write_step_id = ${stepId}::uuid,
           written_by = ${actorId}::uuid, written_at = now(), version = version + 1
     WHERE id = ${batchId}::uuid`;
}
