import "server-only";
import type { Actor } from "@/domain/access/access";
import { assertCan } from "@/features/user/guard";
import type { Tx } from "@/lib/db/scope";
import { mutate } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { communeOf } from "../data/commune";
import { today } from "../data/entry";
import { countLostIdentities, findHindrance, findMisfit, findStep, lockStep, unitOfStep } from "../data/step";
import type { Hindrance } from "../hindrance";
import { hindranceText, isUndoneElsewhere } from "../hindrance";
import { journal } from "./journal";
import { holdBackLists } from "./list-lock";
import { restoreFacts } from "./restore";

/** What taking a step back did. */
export type Undone = {
  /** subjects put back as they were */
  restored: number;
  /** subjects the step had made, which are gone now */
  discarded: number;
  /** open assessments given back to the entry they came from */
  returned: number;
};

/**
 * Takes back everything one step (a request id in the journal) did to the register, in the transaction it is called in: facts,
 * homes, links and active state of every subject it changed; subjects it made are gone. A step stands alone for undoing only
 * while nothing was built on it. The rows of the step are marked; what undoing changed is journalled under `requestId`.
 *
 * Call it inside `mutate` with the same `requestId`: the functions of the database ask for the claimed request. The caller logs.
 * @throws AppError NOT_FOUND (no such step, or not the actor's to write), WRONG_STATE (taken back already, or what stands in
 *   the way; `newValues.blockedBy` then is an entry to look at)
 */
export async function undoStep(
  tx: Tx,
  actor: Pick<Actor, "id" | "grants">,
  { stepId, requestId, verb }: Readonly<{ stepId: string; requestId: string; verb: string }>,
): Promise<Undone> {
  const subjects = await lockStep(tx, stepId);
  const step = await findStep(tx, stepId);
  if (!step || subjects.length === 0) throw new AppError({ code: "NOT_FOUND" });
  for (const unitId of new Set(subjects.map((subject) => subject.unitId))) {
    await assertCan(tx, actor, "registry.write", unitId);
  }
  if (step.isUndone) {
    throw new AppError({ code: "WRONG_STATE", detail: "Bước này đã được hoàn tác rồi." });
  }
  refuse(await findHindrance(tx, stepId));

  const made = subjects.filter(({ isMade }) => isMade).map(({ id }) => id);
  const changed = subjects.filter(({ isMade }) => !isMade).map(({ id }) => id);
  let returned = 0;
  if (changed.length > 0) {
    returned = await journal(tx, { requestId, actorId: actor.id, verb }, changed, async () => {
      await giveIdentityBack(tx, stepId);
      await takeNumberOut(tx, stepId);
      await restoreFacts(tx, stepId);
      const [row] = await tx.$queryRaw<{ returned: number }[]>`
        SELECT assessment_hand_back(${requestId}::uuid, ${stepId}::uuid) AS returned`;
      await tx.$queryRaw`SELECT subject_homes_restore(${requestId}::uuid, ${stepId}::uuid)`;

      return row?.returned ?? 0;
    });
    refuse(await findMisfit(tx, changed));
  }
  await tx.$executeRaw`
    UPDATE subject_change SET undone_by = ${requestId}::uuid WHERE request_id = ${stepId}::uuid AND version_after IS NOT NULL`;
  if (made.length > 0) {
    await tx.$queryRaw`SELECT subject_discard(${requestId}::uuid, ${made}::uuid[])`;
  }

  return { restored: changed.length, discarded: made.length, returned };
}

function refuse(hindrance: Hindrance | undefined): void {
  if (!hindrance) return;

  throw new AppError({
    code: "WRONG_STATE",
    detail: hindranceText(hindrance),
    ...(hindrance.subjectId === null ? {} : { newValues: { blockedBy: hindrance.subjectId } }),
  });
}

/**
 * Takes a step back as a step of its own. `from`: the entry it is taken back from; `isGone` says that the step had made it.
 * @throws AppError as {@link undoStep}
 */
export async function undoSubjectStep(
  actor: Actor,
  input: Readonly<{ stepId: string; from?: string }>,
  requestId: string,
): Promise<Undone & { verb: string; isGone: boolean }> {
  return await mutate(actor, { requestId, verb: "subject.undo" }, async (tx, log) => {
    const step = await findStep(tx, input.stepId);
    const unitId = await unitOfStep(tx, input.stepId);
    if (!step || unitId === undefined) throw new AppError({ code: "NOT_FOUND" });
    const commune = await communeOf(tx, unitId, new Date(await today(tx)));
    await holdBackLists(tx, commune.id);
    const [first] = await lockStep(tx, input.stepId);
    if (!first) throw new AppError({ code: "NOT_FOUND" });
    await assertCan(tx, actor, "registry.write", first.unitId);
    if (isUndoneElsewhere(step.verb)) {
      throw new AppError({
        code: "WRONG_STATE",
        detail: step.verb.startsWith("hamlet.")
          ? "Việc về thôn được sửa ở trang của thôn, không hoàn tác ở đây."
          : "Cả lần nhập được hoàn tác ở trang Nhập từ Excel.",
      });
    }
    if (!step.isUndone && (await countLostIdentities(tx, input.stepId)) > 0) {
      throw new AppError({
        code: "WRONG_STATE",
        detail:
          "Không hoàn tác được: bước này đã sửa hoặc xoá số CCCD, số cũ không còn được giữ. Hãy ghi lại số theo thẻ.",
      });
    }
    const undone = await undoStep(tx, actor, { stepId: input.stepId, requestId, verb: "subject.undo" });
    log(commune.id, {
      type: step.count === 1 ? "subject" : "step",
      id: step.count === 1 ? first.id : input.stepId,
      detail: { step: input.stepId, verb: step.verb, ...undone },
    });

    const isGone = input.from !== undefined && !(await isThere(tx, input.from));

    return { ...undone, verb: step.verb, isGone };
  });
}

async function isThere(tx: Tx, subjectId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM subject WHERE id = ${subjectId}::uuid`;

  return rows.length > 0;
}

// A number that went over in a merger goes back before the other entry is followed again: it stands once among the living.
async function giveIdentityBack(tx: Tx, stepId: string): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM identity_number k
     USING subject_change c JOIN subject d ON d.id = c.subject_id JOIN identity_number n ON n.subject_id = d.id
     WHERE c.request_id = ${stepId}::uuid AND c.before ? 'mergedIntoId' AND k.subject_id = d.merged_into_id AND k.hash = n.hash`;
}

// A number the step wrote where there was none. A list read in keeps what it wrote over and puts it back itself.
async function takeNumberOut(tx: Tx, stepId: string): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM identity_number n USING subject_change c
     WHERE c.request_id = ${stepId}::uuid AND c.verb NOT LIKE 'import.%' AND n.subject_id = c.subject_id
       AND c.before ? 'identityVersion' AND c.before ->> 'identityVersion' IS NULL AND n.version = (c.after ->> 'identityVersion')::int`;
}
