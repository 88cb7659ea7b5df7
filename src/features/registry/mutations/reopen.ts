import "server-only";
import type { Actor } from "@/domain/access/access";
import { assertCan } from "@/features/user/guard";
import { sqlState } from "@/lib/db/errors";
import type { Tx } from "@/lib/db/scope";
import { mutate } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { formatDate } from "@/lib/format/date";
import { MERGED } from "../constants";
import { openHamlets } from "../data";
import { communeOf } from "../data/commune";
import { today } from "../data/entry";
import { findReopening, holdHousehold, lockLeftWith } from "../data/reopen";
import type { ReopenSubject } from "../schema";
import { dayText } from "../utils";
import { journal } from "./journal";
import { holdBackLists } from "./list-lock";
import { leaveHouseholds, reopenAll } from "./place";
import type { LockedSubject } from "./shared";
import { assertVersion, lockSubject } from "./shared";

/**
 * Follows a closed entry again from a day on: what it was before stays, the time between does not count. A household can bring
 * back those who left the register with it; a citizen whose household is closed or stands elsewhere comes back without it.
 * @throws AppError NOT_FOUND, WRONG_STATE (followed already, merged, its hamlet is gone), CONFLICT (changed since it was read),
 *   INVALID (day, hamlet), IDENTITY_TAKEN (somebody else has the number now)
 */
export async function reopenSubject(
  actor: Actor,
  input: ReopenSubject,
  requestId: string,
): Promise<{ subjectId: string; reopened: number }> {
  return await mutate(actor, { requestId, verb: "subject.reopen" }, async (tx, log) => {
    const now = await today(tx);
    const commune = await holdCommune(tx, actor, { subjectId: input.subjectId, now });
    const subject = await lockSubject(tx, actor, input.subjectId);
    await assertReopenable(tx, subject);
    await assertVersion(tx, subject, input.version);

    const place = await placeOf(tx, { subject, communeId: commune.id, hamletId: input.hamletId, now });
    assertDay(input.reopenedOn, { today: now, closedOn: subject.activeTo ?? "", placeFrom: place.from });

    const members = subject.title === "FAMILY" && input.withMembers ? await lockLeftWith(tx, subject.id) : [];
    const isAlone =
      subject.title === "CITIZEN" &&
      !(await holdHousehold(tx, { citizenId: subject.id, unitId: place.unitId }));
    const ids = [subject.id, ...members];
    const step = { requestId, actorId: actor.id, verb: "subject.reopen" };
    const left = await journal(tx, step, ids, async () => {
      await follow(tx, { ids, unitId: place.unitId, on: input.reopenedOn });

      return isAlone ? await leaveHouseholds(tx, [subject.id], { isOwnStep: false }) : 0;
    });

    const detail = { unitId: place.unitId, on: input.reopenedOn };
    log(
      commune.id,
      {
        type: "subject",
        id: subject.id,
        detail: { ...detail, members: members.length, leftHousehold: left > 0 },
      },
      ...members.map((id) => ({ type: "subject", id, detail: { ...detail, householdId: subject.id } })),
    );

    return { subjectId: subject.id, reopened: ids.length };
  });
}

/** The commune of an entry the actor may write, held back from lists: they do not know yet who comes back. */
async function holdCommune(
  tx: Tx,
  actor: Actor,
  { subjectId, now }: Readonly<{ subjectId: string; now: string }>,
): Promise<{ id: number }> {
  const subject = await tx.subject.findUnique({ where: { id: subjectId }, select: { unitId: true } });
  if (!subject) throw new AppError({ code: "NOT_FOUND" });
  await assertCan(tx, actor, "registry.write", subject.unitId);
  const commune = await communeOf(tx, subject.unitId, new Date(now));
  await holdBackLists(tx, commune.id);

  return commune;
}

async function assertReopenable(tx: Tx, subject: LockedSubject): Promise<void> {
  if (subject.activeTo === null) {
    throw new AppError({
      code: "WRONG_STATE",
      detail: "Mục này đang được theo dõi. Hãy tải lại trang để xem tình trạng mới.",
    });
  }
  const { closeReason } = await tx.subject.findUniqueOrThrow({
    where: { id: subject.id },
    select: { closeReason: true },
  });
  if (closeReason === MERGED) {
    throw new AppError({
      code: "WRONG_STATE",
      detail:
        "Mục này đã gộp vào một mục khác còn theo dõi. Nếu gộp nhầm, hãy hoàn tác việc gộp ở phần lịch sử.",
    });
  }
}

type Place = { unitId: number; from: string };

async function placeOf(
  tx: Tx,
  {
    subject,
    communeId,
    hamletId,
    now,
  }: Readonly<{ subject: LockedSubject; communeId: number; hamletId: number | undefined; now: string }>,
): Promise<Place> {
  if (subject.title === "ORGANISATION" || subject.title === "COMMUNITY") {
    const { hasEnded } = await findReopening(tx, subject.id);
    if (hasEnded) {
      throw new AppError({
        code: "WRONG_STATE",
        detail:
          "Thôn này đã sáp nhập hoặc tách nên không theo dõi lại được. Việc về thôn được sửa ở trang của thôn.",
      });
    }

    return { unitId: subject.unitId, from: subject.activeFrom };
  }
  const hamlet = (await openHamlets(tx, communeId, new Date(now))).find(({ id }) => id === hamletId);
  if (!hamlet) throw new AppError({ code: "INVALID", fields: { hamletId: "Hãy chọn một thôn của xã." } });

  return { unitId: hamlet.id, from: dayText(hamlet.validFrom) };
}

function assertDay(
  day: string,
  { today: now, closedOn, placeFrom }: Readonly<{ today: string; closedOn: string; placeFrom: string }>,
): void {
  const wrong =
    day > now
      ? "Ngày không được ở tương lai."
      : day < closedOn
        ? `Ngày không được trước ${formatDate(closedOn)}, ngày thôi theo dõi.`
        : day < placeFrom
          ? `Ngày không được trước ${formatDate(placeFrom)}, ngày thôn được lập.`
          : undefined;
  if (wrong !== undefined) throw new AppError({ code: "INVALID", fields: { reopenedOn: wrong } });
}

async function follow(tx: Tx, step: Parameters<typeof reopenAll>[1]): Promise<void> {
  try {
    await reopenAll(tx, step);
  } catch (error) {
    if (sqlState(error) !== "HH006") throw error;
    throw new AppError({
      code: "IDENTITY_TAKEN",
      detail:
        step.ids.length === 1
          ? "Số CCCD của người này nay đã ghi cho một mục khác đang theo dõi, nên chưa theo dõi lại được. Hãy tìm mục ấy theo số CCCD: nếu là cùng một người thì dùng mục ấy."
          : "Số CCCD của một thành viên nay đã ghi cho một mục khác đang theo dõi, nên chưa theo dõi lại được. Hãy theo dõi lại riêng hộ, rồi từng thành viên.",
      cause: error,
    });
  }
}
