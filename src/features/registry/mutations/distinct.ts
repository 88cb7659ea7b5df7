import "server-only";
import type { Actor } from "@/domain/access/access";
import type { Log, Tx } from "@/lib/db/scope";
import { mutate } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { communeOf } from "../data/commune";
import { today } from "../data/entry";
import type { LookAlikes } from "../look-alikes";
import type { LockedSubject } from "./shared";
import { assertOpen, lockSubject } from "./shared";

type Marked = { oneId: string; otherId: string };

/**
 * Remembers that two entries that look alike are two: they are no longer shown as likely duplicates of each other. What looks
 * like either of them besides still is. Said twice it stands as it was said first.
 * @throws AppError NOT_FOUND, WRONG_STATE (no longer followed, of two kinds or communes)
 */
export async function markDistinct(actor: Actor, input: LookAlikes, requestId: string): Promise<Marked> {
  return await mutate(actor, { requestId, verb: "subject.markDistinct" }, async (tx, log) => {
    const [first, second] = await lockPair(tx, actor, input);
    assertOpen(first);
    assertOpen(second);
    const on = new Date(await today(tx));
    const commune = await communeOf(tx, first.unitId, on);
    const other = await communeOf(tx, second.unitId, on);
    if (first.title !== second.title || commune.id !== other.id) {
      throw new AppError({
        code: "WRONG_STATE",
        detail: "Chỉ đánh dấu được hai mục cùng loại của cùng một xã.",
      });
    }

    const made = await tx.$executeRaw`
      INSERT INTO distinct_pair (first_id, second_id, marked_by)
      VALUES (${first.id}::uuid, ${second.id}::uuid, ${actor.id}::uuid) ON CONFLICT DO NOTHING`;
    if (made > 0) note(log, commune.id, [first, second]);

    return input;
  });
}

/**
 * Takes the mark back: the two entries are shown as likely duplicates again while they look alike.
 * @throws AppError NOT_FOUND
 */
export async function unmarkDistinct(actor: Actor, input: LookAlikes, requestId: string): Promise<Marked> {
  return await mutate(actor, { requestId, verb: "subject.unmarkDistinct" }, async (tx, log) => {
    const [first, second] = await lockPair(tx, actor, input);
    const { count } = await tx.distinctPair.deleteMany({
      where: { firstId: first.id, secondId: second.id },
    });
    if (count > 0) {
      const commune = await communeOf(tx, first.unitId, new Date(await today(tx)));
      note(log, commune.id, [first, second]);
    }

    return input;
  });
}

/** Both entries, locked, the one with the smaller id first, as the table has them. */
async function lockPair(
  tx: Tx,
  actor: Actor,
  { oneId, otherId }: LookAlikes,
): Promise<[LockedSubject, LockedSubject]> {
  const isTurned = otherId < oneId;
  const first = await lockSubject(tx, actor, isTurned ? otherId : oneId);
  const second = await lockSubject(tx, actor, isTurned ? oneId : otherId);

  return [first, second];
}

function note(log: Log, communeId: number, [first, second]: readonly [LockedSubject, LockedSubject]): void {
  log(
    communeId,
    { type: "subject", id: first.id, detail: { other: second.id } },
    { type: "subject", id: second.id, detail: { other: first.id } },
  );
}
