import "server-only";
import type { Actor } from "@/domain/access/access";
import { refusalOf } from "@/domain/recognition/recognition";
import { assertCan } from "@/features/user/guard";
import type { Tx } from "@/lib/db/scope";
import { mutate } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { formatCount } from "@/lib/format/number";
import { cleanMultiline } from "@/lib/text/name";
import type { EntryFacts } from "./data/lock";
import { lockForReview, readFacts } from "./data/lock";

type ApproveInput = {
  dossierId: string;
  /** entries to approve, all or none; `all waiting`: every submitted entry that is not the actor's own work */
  assessmentIds: readonly string[] | "all waiting";
  requestId: string;
  /** the version of the single entry as it was shown; a later one refuses */
  version?: number;
  /** how many were confirmed; another number refuses */
  expected?: number;
};

/**
 * Approves entries of a dossier, in one statement.
 * @throws AppError NOT_FOUND, WRONG_STATE (not waiting any more, or nothing waits), OWN_WORK, INCOMPLETE, BELOW_THRESHOLD,
 * CONFLICT (other count than confirmed)
 */
export async function approveEntries(actor: Actor, input: ApproveInput): Promise<{ approved: number }> {
  return await mutate(actor, { requestId: input.requestId, verb: "dossier.approve" }, async (tx, log) => {
    const communeId = await communeOfDossier(tx, input.dossierId);
    await assertCan(tx, actor, "review.decide", communeId);

    const ids =
      input.assessmentIds === "all waiting"
        ? await listWaitingIds(tx, actor.id, input.dossierId)
        : [...new Set(input.assessmentIds)];
    const seen = await readFacts(tx, ids);
    if (seen.length < ids.length || seen.some((facts) => facts.dossierId !== input.dossierId)) {
      throw new AppError({ code: "NOT_FOUND" });
    }
    guard("approve", seen, { actorId: actor.id });
    const locked = await lockForReview(tx, "approve", ids, { actorId: actor.id });
    assertVersion(locked, input.version);
    assertExpected(locked.length, input.expected);

    await tx.$executeRaw`
      UPDATE assessment SET state = 'APPROVED', reviewed_by = ${actor.id}::uuid, reviewed_at = now(), version = version + 1
       WHERE id = ANY (${ids}::uuid[])`;
    log(
      communeId,
      ...locked.map((facts) => ({
        verb: "assessment.approve",
        type: "assessment",
        id: facts.id,
        detail: {},
      })),
    );

    return { approved: locked.length };
  });
}

/**
 * Returns an entry to the commune with a reason; an approved one too, as long as no decision names it.
 * @throws AppError NOT_FOUND, WRONG_STATE, OWN_WORK, REASON_MISSING
 */
export async function requestChanges(
  actor: Actor,
  input: { assessmentId: string; reason: string; requestId: string; version?: number },
): Promise<{ dossierId: string }> {
  const reason = cleanMultiline(input.reason);

  return await mutate(
    actor,
    { requestId: input.requestId, verb: "assessment.requestChanges" },
    async (tx, log) => {
      const [seen] = await readFacts(tx, [input.assessmentId]);
      await assertCan(tx, actor, "review.decide", seen?.communeId);
      guard("requestChanges", seen ? [seen] : [], { actorId: actor.id, reason });
      const locked = await lockForReview(tx, "requestChanges", [input.assessmentId], {
        actorId: actor.id,
        reason,
      });
      assertVersion(locked, input.version);

      const [entry] = locked;
      if (!entry) throw new AppError({ code: "NOT_FOUND" });
      await tx.$executeRaw`
      UPDATE assessment SET state = 'RETURNED', return_reason = ${reason}, return_count = return_count + 1,
             reviewed_by = ${actor.id}::uuid, reviewed_at = now(), version = version + 1
       WHERE id = ${input.assessmentId}::uuid`;
      log(entry.communeId, { type: "assessment", id: entry.id, detail: { from: entry.state } });

      return { dossierId: entry.dossierId };
    },
  );
}

async function communeOfDossier(tx: Tx, dossierId: string): Promise<number> {
  const dossier = await tx.dossier.findUnique({ where: { id: dossierId }, select: { unitId: true } });
  if (!dossier) throw new AppError({ code: "NOT_FOUND" });

  return dossier.unitId;
}

/** Every waiting entry that is not the actor's own work. @throws AppError OWN_WORK or WRONG_STATE when there is none */
async function listWaitingIds(tx: Tx, actorId: string, dossierId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string; isOwn: boolean }[]>`
    SELECT id, submitted_by = ${actorId}::uuid OR scored_by IS NOT DISTINCT FROM ${actorId}::uuid AS "isOwn"
      FROM assessment WHERE dossier_id = ${dossierId}::uuid AND state = 'SUBMITTED' ORDER BY id`;
  const others = rows.filter((row) => !row.isOwn);
  if (others.length === 0) throw new AppError({ code: rows.length > 0 ? "OWN_WORK" : "WRONG_STATE" });

  return others.map((row) => row.id);
}

function guard(
  verb: "approve" | "requestChanges",
  entries: readonly EntryFacts[],
  by: { actorId: string; reason?: string },
): void {
  for (const facts of entries) {
    const refusal = refusalOf(verb, facts, by);
    if (refusal !== null) throw new AppError({ code: refusal });
  }
}

/** Somebody else's step in between is a later version: the person decided on what no longer stands. */
function assertVersion(locked: readonly EntryFacts[], version: number | undefined): void {
  if (version !== undefined && locked.some((facts) => facts.version !== version)) {
    throw new AppError({ code: "WRONG_STATE" });
  }
}

function assertExpected(count: number, expected: number | undefined): void {
  if (expected === undefined || expected === count) return;

  throw new AppError({
    code: "CONFLICT",
    detail: `Số mục đang chờ vừa thay đổi: nay là ${formatCount(count)}, không phải ${formatCount(expected)}. Chưa duyệt mục nào; hãy tải lại trang để xem lại.`,
  });
}
