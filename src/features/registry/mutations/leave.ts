import "server-only";
import type { Actor } from "@/domain/access/access";
import type { Tx } from "@/lib/db/scope";
import { mutate } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { CLOSE_REASON_NAMES } from "../constants";
import { openHamlets } from "../data";
import { communeOf } from "../data/commune";
import { today } from "../data/entry";
import type { CloseSubject, MoveSubject } from "../schema";
import { journal } from "./journal";
import { closeAll, leaveHouseholds, lockMembers, placeIn } from "./place";
import type { LockedSubject } from "./shared";
import { assertOpen, assertStepDay, assertVersion, latestHomeStart, lockSubject } from "./shared";

/**
 * Moves a household, a clan or a citizen to another hamlet of its commune from a day on: the home that was closes, the next
 * opens. A household takes the members who live with it along; a citizen who moves alone leaves the household.
 * @throws AppError NOT_FOUND, WRONG_STATE (no longer followed), CONFLICT (changed since it was read), INVALID (day, hamlet)
 */
export async function moveSubject(
  actor: Actor,
  input: MoveSubject,
  requestId: string,
): Promise<{ subjectId: string; moved: number }> {
  return await mutate(actor, { requestId, verb: "subject.move" }, async (tx, log) => {
    const subject = await lockSubject(tx, actor, input.subjectId);
    assertOpen(subject);
    await assertVersion(tx, subject, input.version);
    if (subject.title === "ORGANISATION" || subject.title === "COMMUNITY") {
      throw new AppError({ code: "WRONG_STATE", detail: "Mục này gắn với xã, thôn nên không chuyển thôn." });
    }

    const now = await today(tx);
    const commune = await communeOf(tx, subject.unitId, new Date(now));
    const hamlets = await openHamlets(tx, commune.id, new Date(now));
    const hamlet = hamlets.find(({ id }) => id === input.hamletId);
    if (!hamlet || hamlet.id === subject.unitId) {
      throw new AppError({ code: "INVALID", fields: { hamletId: "Hãy chọn một thôn khác của xã." } });
    }

    const members = subject.title === "FAMILY" ? await lockMembers(tx, [subject.id], "here") : [];
    const ids = [subject.id, ...members];
    const since = [await latestHomeStart(tx, ids), previousDay(hamlet.validFrom)].sort().at(-1) ?? "";
    assertStepDay({ field: "movedOn", day: input.movedOn, today: now, since });

    const step = { requestId, actorId: actor.id, verb: "subject.move" };
    const leaves = await journal(tx, step, ids, async () => {
      const left =
        subject.title === "CITIZEN" ? await leaveHouseholds(tx, [subject.id], { isOwnStep: false }) : 0;
      await placeIn(tx, { ids, unitId: hamlet.id, on: input.movedOn });

      return left;
    });

    const detail = { fromUnitId: subject.unitId, toUnitId: hamlet.id, on: input.movedOn };
    log(
      commune.id,
      {
        type: "subject",
        id: subject.id,
        detail: { ...detail, members: members.length, leftHousehold: leaves > 0 },
      },
      ...members.map((id) => ({ type: "subject", id, detail: { ...detail, householdId: subject.id } })),
    );

    return { subjectId: subject.id, moved: ids.length };
  });
}

/**
 * Takes an entry off the register from a day on, with a reason; what it did before stays. A household takes its members along
 * when asked; those who stay no longer belong to a household. A hamlet can go only when nothing stands in it any more.
 * @throws AppError NOT_FOUND, WRONG_STATE, CONFLICT (changed since it was read), INVALID (day, reason)
 */
export async function closeSubject(
  actor: Actor,
  input: CloseSubject,
  requestId: string,
): Promise<{ subjectId: string; closed: number }> {
  return await mutate(actor, { requestId, verb: "subject.close" }, async (tx, log) => {
    const subject = await lockSubject(tx, actor, input.subjectId);
    assertOpen(subject);
    await assertVersion(tx, subject, input.version);
    if (CLOSE_REASON_NAMES[subject.title][input.reason] === undefined) {
      throw new AppError({ code: "INVALID", fields: { reason: "Hãy chọn lý do." } });
    }
    if (subject.title === "COMMUNITY") await assertEmpty(tx, subject);

    const now = await today(tx);
    const commune = await communeOf(tx, subject.unitId, new Date(now));
    const members = subject.title === "FAMILY" ? await lockMembers(tx, [subject.id], "all") : [];
    const closing = [subject.id, ...(input.withMembers ? members : [])];
    assertStepDay({
      field: "closedOn",
      day: input.closedOn,
      today: now,
      since: await latestHomeStart(tx, closing),
    });

    const staying = input.withMembers ? [] : members;
    const step = { requestId, actorId: actor.id, verb: "subject.close" };
    await journal(tx, step, [...closing, ...staying], async () => {
      await leaveHouseholds(tx, staying, { isOwnStep: true });
      await closeAll(tx, { ids: closing, on: input.closedOn, reason: input.reason });
    });

    const detail = { reason: input.reason, on: input.closedOn };
    log(
      commune.id,
      { type: "subject", id: subject.id, detail: { ...detail, members: closing.length - 1 } },
      ...closing.slice(1).map((id) => ({
        type: "subject",
        id,
        detail: { ...detail, householdId: subject.id },
      })),
      ...staying.map((id) => ({
        verb: "subject.leaveHousehold",
        type: "subject",
        id,
        detail: { householdId: subject.id },
      })),
    );

    return { subjectId: subject.id, closed: closing.length };
  });
}

async function assertEmpty(tx: Tx, community: LockedSubject): Promise<void> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM subject
     WHERE unit_id = ${community.unitId}::int AND active_to IS NULL AND id <> ${community.id}::uuid`;
  if (!row || row.count === 0) return;

  throw new AppError({
    code: "WRONG_STATE",
    detail: `Thôn còn ${row.count} mục đang theo dõi. Hãy chuyển hoặc thôi theo dõi các mục ấy trước.`,
  });
}

function previousDay(day: Date): string {
  return new Date(day.getTime() - 86_400_000).toISOString().slice(0, 10);
}
