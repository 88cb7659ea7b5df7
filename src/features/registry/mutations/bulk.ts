import "server-only";
import type { Actor } from "@/domain/access/access";
import { findUnit } from "@/features/territory/data";
import { assertCan } from "@/features/user/guard";
import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "@/lib/db/scope";
import { mutate } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { formatCount } from "@/lib/format/number";
import { BULK_FACTS, isFact, jobsOf, reasonsOf } from "../bulk";
import { leavesOf, openHamlets } from "../data";
import type { Selection } from "../data/bulk";
import { previewBulk, selectionSql, tableOf, verdictsSql } from "../data/bulk";
import { communeOf } from "../data/commune";
import { today } from "../data/entry";
import { parseFilter } from "../filter";
import type { BulkChange, ChangeMany } from "../schema";
import type { JournalStep } from "./journal";
import { journal } from "./journal";
import { closeAll, leaveHouseholds, lockMembers, placeIn } from "./place";
import { assertReferences } from "./shared";

/**
 * Changes one thing of every row of a filtered list, or of the ticked ones, exactly as the preview showed it: the rows are
 * locked, looked at again, and must be the same rows in the same versions. One statement a table, one entry in the log with
 * count and digest; the journal has every row, so that the whole step can be taken back.
 * @throws AppError NOT_FOUND, INVALID (what does not fit the kind), CONFLICT (the rows changed since the preview)
 */
export async function changeMany(
  actor: Actor,
  input: ChangeMany,
  requestId: string,
): Promise<{ changed: number; members: number }> {
  return await mutate(actor, { requestId, verb: "subject.change" }, async (tx, log) => {
    const { selection, communeId } = await selectionOf(tx, actor, input);
    await assertChange(tx, selection, communeId, input);

    await tx.$queryRaw`SELECT count(*)::int FROM (SELECT s.id FROM subject s WHERE ${selectionSql(selection)} ORDER BY s.id FOR UPDATE) locked`;
    const preview = await previewBulk(tx, selection, input);
    const changing = preview.verdicts.CHANGES;
    if (preview.fingerprint !== input.fingerprint || changing !== input.count) {
      throw new AppError({
        code: "CONFLICT",
        detail: `Danh sách đã thay đổi sau khi xem trước: nay có ${formatCount(preview.count)} mục, ${formatCount(changing)} mục sẽ đổi. Chưa ghi gì; hãy xem trước lại.`,
      });
    }

    const rows = await tx.$queryRaw<{ id: string }[]>`
      SELECT v.id FROM (${verdictsSql(selection, input)}) v WHERE v.verdict = 'CHANGES' ORDER BY v.id`;
    const ids = rows.map(({ id }) => id);
    const step = { requestId, actorId: actor.id, verb: "subject.change" };
    const members = await apply(tx, step, { selection, ids, change: input });
    log(communeId, {
      type: "step",
      id: requestId,
      detail: {
        title: input.title,
        job: input.job,
        ...(isFact(input.job) ? {} : { value: input.value, on: input.on ?? "" }),
        count: ids.length,
        members,
        digest: input.fingerprint,
      },
    });

    return { changed: ids.length, members };
  });
}

/** The rows a change is about, in a commune the actor writes. @throws AppError NOT_FOUND, INVALID */
export async function selectionOf(
  tx: Tx,
  actor: Pick<Actor, "grants">,
  input: Pick<ChangeMany, "unitId" | "year" | "title" | "list" | "ids">,
): Promise<{ selection: Selection; communeId: number }> {
  const unit = await findUnit(tx, input.unitId);
  if (!unit || (unit.level !== "COMMUNE" && unit.level !== "HAMLET"))
    throw new AppError({ code: "NOT_FOUND" });
  await assertCan(tx, actor, "registry.write", unit.id);
  const params = new URLSearchParams(input.list);
  const filter = parseFilter(input, (name) => params.get(name) ?? undefined);
  if (!filter) throw new AppError({ code: "NOT_FOUND" });
  const on = new Date(await today(tx));
  const communeId = unit.level === "COMMUNE" ? unit.id : (await communeOf(tx, unit.id, on)).id;
  const leafIds = (await leavesOf(tx, communeId, on)).map(({ id }) => id);

  return { selection: { filter, ids: input.ids, leafIds }, communeId };
}

/** Refuses a change that does not fit the kind, the commune or the calendar. @throws AppError INVALID */
export async function assertChange(
  tx: Tx,
  { filter, leafIds }: Selection,
  communeId: number,
  { job, value, on }: BulkChange,
): Promise<void> {
  const invalid = (field: string, text: string) =>
    new AppError({ code: "INVALID", detail: text, fields: { [field]: text } });
  if (!jobsOf(filter.title).includes(job)) throw invalid("job", "Hãy chọn việc cần làm.");
  if (isFact(job)) {
    const { options, title, type } = BULK_FACTS[job];
    if (options && !options.some((option) => option.value === value))
      throw invalid("value", "Hãy chọn giá trị mới.");
    if (type === "uuid") {
      if (value !== "" && !/^[0-9a-f-]{36}$/.test(value)) throw invalid("value", "Hãy chọn trong danh sách.");
      const target = title === "FAMILY" ? "CLAN" : "ORGANISATION";
      await assertReferences(tx, leafIds, [{ field: "value", title: target, id: value || null }]);
    }

    return;
  }
  const now = await today(tx);
  if (on === undefined || on > now) {
    throw invalid("on", on === undefined ? "Hãy nhập ngày." : "Ngày không được ở tương lai.");
  }
  if (job === "close") {
    if (!reasonsOf(filter.title).some((reason) => reason.value === value))
      throw invalid("value", "Hãy chọn lý do.");

    return;
  }
  const hamlet = (await openHamlets(tx, communeId, new Date(now))).find(({ id }) => String(id) === value);
  if (!hamlet) throw invalid("value", "Hãy chọn một thôn của xã.");
  if (hamlet.validFrom > new Date(on)) throw invalid("on", "Ngày ấy thôn này chưa được lập.");
}

async function apply(
  tx: Tx,
  step: JournalStep,
  { selection, ids, change }: Readonly<{ selection: Selection; ids: readonly string[]; change: BulkChange }>,
): Promise<number> {
  const { job, value, on = "", withMembers } = change;
  const isFamily = selection.filter.title === "FAMILY";
  if (isFact(job)) {
    const { column, type } = BULK_FACTS[job];
    await journal(tx, step, ids, async () => {
      await tx.$executeRaw`
        UPDATE subject SET version = version + 1, updated_at = now() WHERE id = ANY (${ids}::uuid[])`;
      await tx.$executeRaw`
        UPDATE ${Prisma.raw(tableOf(job))} SET ${Prisma.raw(column)} = ${value === "" ? null : value}::${Prisma.raw(type)}
         WHERE subject_id = ANY (${ids}::uuid[])`;
    });

    return 0;
  }

  const members = isFamily ? await lockMembers(tx, ids, job === "move" ? "here" : "all") : [];
  const going = job === "move" || withMembers ? [...ids, ...members] : ids;
  await journal(tx, step, [...ids, ...members], async () => {
    if (job === "move") {
      if (selection.filter.title === "CITIZEN") await leaveHouseholds(tx, ids, { isOwnStep: false });
      await placeIn(tx, { ids: going, unitId: Number(value), on });

      return;
    }
    if (isFamily && !withMembers) await leaveHouseholds(tx, members, { isOwnStep: true });
    await closeAll(tx, { ids: going, on, reason: value });
  });

  return members.length;
}
