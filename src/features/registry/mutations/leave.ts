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
    assertVersion(subject, input.version);
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

    const members = subject.title === "FAMILY" ? await lockMembers(tx, subject, "here") : [];
    const ids = [subject.id, ...members];
    const since = [await latestHomeStart(tx, ids), previousDay(hamlet.validFrom)].sort().at(-1) ?? "";
    assertStepDay({ field: "movedOn", day: input.movedOn, today: now, since });

    await tx.$executeRaw`
      UPDATE subject_home SET valid_to = ${input.movedOn}::date WHERE subject_id = ANY (${ids}::uuid[]) AND valid_to IS NULL`;
    await tx.$executeRaw`
      UPDATE subject SET unit_id = ${hamlet.id}, version = version + 1, updated_at = now() WHERE id = ANY (${ids}::uuid[])`;
    const leaves = subject.title === "CITIZEN" ? await leaveHousehold(tx, [subject.id]) : 0;
    await tx.$executeRaw`
      INSERT INTO subject_home (subject_id, unit_id, valid_from)
      SELECT id, ${hamlet.id}::int, ${input.movedOn}::date FROM unnest(${ids}::uuid[]) AS id`;

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
    assertVersion(subject, input.version);
    if (CLOSE_REASON_NAMES[subject.title][input.reason] === undefined) {
      throw new AppError({ code: "INVALID", fields: { reason: "Hãy chọn lý do." } });
    }
    if (subject.title === "COMMUNITY") await assertEmpty(tx, subject);

    const now = await today(tx);
    const commune = await communeOf(tx, subject.unitId, new Date(now));
    const members = subject.title === "FAMILY" ? await lockMembers(tx, subject, "all") : [];
    const closing = [subject.id, ...(input.withMembers ? members : [])];
    assertStepDay({
      field: "closedOn",
      day: input.closedOn,
      today: now,
      since: await latestHomeStart(tx, closing),
    });

    await tx.$executeRaw`
      UPDATE subject SET active_to = ${input.closedOn}::date, version = version + 1, updated_at = now()
       WHERE id = ANY (${closing}::uuid[])`;
    const staying = input.withMembers ? [] : members;
    await leaveHousehold(tx, staying);
    await tx.$executeRaw`
      UPDATE subject_home SET valid_to = ${input.closedOn}::date
       WHERE subject_id = ANY (${closing}::uuid[]) AND valid_to IS NULL`;

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

/** Locks the members of a household that are still followed: all of them, or those who stand in its hamlet. */
async function lockMembers(tx: Tx, household: LockedSubject, which: "all" | "here"): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT s.id FROM subject s
     WHERE s.id IN (SELECT c.subject_id FROM citizen c WHERE c.household_id = ${household.id}::uuid)
       AND s.active_to IS NULL AND (${which} = 'all' OR s.unit_id = ${household.unitId}::int)
     ORDER BY s.id FOR UPDATE`;

  return rows.map(({ id }) => id);
}

async function leaveHousehold(tx: Tx, citizens: readonly string[]): Promise<number> {
  if (citizens.length === 0) return 0;

  return await tx.$executeRaw`
    UPDATE citizen SET household_id = NULL WHERE subject_id = ANY (${citizens}::uuid[]) AND household_id IS NOT NULL`;
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
