import "server-only";
import type { Actor } from "@/domain/access/access";
import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "@/lib/db/scope";
import { mutate } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { MERGED } from "../constants";
import { communeOf } from "../data/commune";
import { today } from "../data/entry";
import { findReviewed } from "../data/merge";
import type { MergeSubjects } from "../schema";
import { DETAIL_COLUMNS, DETAIL_TABLE } from "./columns";
import { journal } from "./journal";
import { closeAll, lockMembers, placeIn } from "./place";
import type { LockedSubject } from "./shared";
import { assertOpen, assertStepDay, assertVersion, latestHomeStart, lockSubject } from "./shared";

export type Merged = {
  /** the entry that goes on */
  subjectId: string;
  /** entries that belong to it now: members, member households, staff */
  linked: number;
  /** open assessments it took over */
  assessments: number;
};

/**
 * Makes one entry of two that are the same: the one that goes on takes the facts chosen, what belongs to the other and its
 * open assessments of years in which it has none; the other closes with the reason, pointing at it. Decided years stay where
 * they were signed.
 * @throws AppError NOT_FOUND, WRONG_STATE (kinds, communes, closed, under review), CONFLICT (changed since read), INVALID (day)
 */
export async function mergeSubjects(actor: Actor, input: MergeSubjects, requestId: string): Promise<Merged> {
  return await mutate(actor, { requestId, verb: "subject.merge" }, async (tx, log) => {
    const { keep, drop } = await lockBoth(tx, actor, input);
    const now = await today(tx);
    const commune = await communeOf(tx, keep.unitId, new Date(now));
    const other = await communeOf(tx, drop.unitId, new Date(now));
    if (keep.title !== drop.title || keep.title === "COMMUNITY" || commune.id !== other.id) {
      throw new AppError({ code: "WRONG_STATE", detail: "Chỉ gộp được hai mục cùng loại của cùng một xã." });
    }
    if (await findReviewed(tx, drop.id)) {
      throw new AppError({
        code: "WRONG_STATE",
        detail:
          "Mục sẽ thôi theo dõi còn phiếu đang thẩm định. Hãy đợi thẩm định xong (hoặc được trả lại), hoặc giữ mục ấy lại.",
      });
    }

    const linked = await lockLinked(tx, drop);
    const comers =
      drop.title === "FAMILY" && drop.unitId !== keep.unitId ? await lockMembers(tx, [drop.id], "here") : [];
    assertStepDay({
      field: "on",
      day: input.on,
      today: now,
      since: await latestHomeStart(tx, [drop.id, ...comers]),
    });

    const step = { requestId, actorId: actor.id, verb: "subject.merge" };
    const assessments = await journal(tx, step, [keep.id, drop.id, ...linked], async () => {
      await takeFacts(tx, keep, drop, input.take);
      await relink(tx, { keep, drop, linked, comers, on: input.on });
      await closeAll(tx, { ids: [drop.id], on: input.on, reason: MERGED });
      await tx.$executeRaw`UPDATE subject SET merged_into_id = ${keep.id}::uuid WHERE id = ${drop.id}::uuid`;
      if (keep.title === "CITIZEN") await takeIdentity(tx, keep, drop);
      const [row] = await tx.$queryRaw<{ count: number }[]>`
        SELECT assessment_hand_over(${requestId}::uuid, ${drop.id}::uuid, ${keep.id}::uuid) AS count`;

      return row?.count ?? 0;
    });
    await assertHousehold(tx, keep);

    const taken = Object.keys(input.take).filter((field) => input.take[field] === "drop");
    log(
      commune.id,
      {
        type: "subject",
        id: keep.id,
        detail: { merged: drop.id, taken, linked: linked.length, assessments },
      },
      { type: "subject", id: drop.id, detail: { mergedInto: keep.id, on: input.on } },
    );

    return { subjectId: keep.id, linked: linked.length, assessments };
  });
}

async function lockBoth(
  tx: Tx,
  actor: Actor,
  input: MergeSubjects,
): Promise<{ keep: LockedSubject; drop: LockedSubject }> {
  const locked: LockedSubject[] = [];
  for (const id of [input.keepId, input.dropId].sort()) locked.push(await lockSubject(tx, actor, id));
  const keep = locked.find(({ id }) => id === input.keepId);
  const drop = locked.find(({ id }) => id === input.dropId);
  if (!keep || !drop) throw new AppError({ code: "NOT_FOUND" });
  const newValues = { keepVersion: String(keep.version), dropVersion: String(drop.version) };
  assertOpen(keep);
  assertOpen(drop);
  await assertVersion(tx, keep, input.keepVersion, newValues);
  await assertVersion(tx, drop, input.dropVersion, newValues);

  return { keep, drop };
}

/** Entries that are still followed and belong to the one that closes, locked. */
async function lockLinked(tx: Tx, drop: LockedSubject): Promise<string[]> {
  const link = linkOf(drop);
  if (!link) return [];
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT s.id FROM subject s
     WHERE s.id IN (SELECT d.subject_id FROM ${link.table} d WHERE d.${link.column} = ${drop.id}::uuid) AND s.active_to IS NULL
     ORDER BY s.id FOR UPDATE`;

  return rows.map(({ id }) => id);
}

function linkOf({ title }: LockedSubject): { table: Prisma.Sql; column: Prisma.Sql } | undefined {
  if (title === "FAMILY") return { table: Prisma.sql`citizen`, column: Prisma.sql`household_id` };
  if (title === "CLAN") return { table: Prisma.sql`household`, column: Prisma.sql`clan_id` };
  if (title === "ORGANISATION") return { table: Prisma.sql`citizen`, column: Prisma.sql`organisation_id` };

  return undefined;
}

async function relink(
  tx: Tx,
  move: Readonly<{
    keep: LockedSubject;
    drop: LockedSubject;
    linked: readonly string[];
    comers: readonly string[];
    on: string;
  }>,
): Promise<void> {
  const { keep, drop, linked, comers, on } = move;
  const link = linkOf(drop);
  if (!link || linked.length === 0) return;
  const going = new Set(comers);
  const staying = linked.filter((id) => !going.has(id));
  await tx.$executeRaw`
    UPDATE subject SET version = version + 1, updated_at = now() WHERE id = ANY (${staying}::uuid[])`;
  await tx.$executeRaw`
    UPDATE ${link.table} SET ${link.column} = ${keep.id}::uuid WHERE subject_id = ANY (${linked}::uuid[])`;
  if (comers.length > 0) await placeIn(tx, { ids: comers, unitId: keep.unitId, on });
}

async function takeFacts(
  tx: Tx,
  keep: LockedSubject,
  drop: LockedSubject,
  take: MergeSubjects["take"],
): Promise<void> {
  if (keep.title === "COMMUNITY") return;
  const name = take.name === "drop" ? drop.name : keep.name;
  await tx.$executeRaw`
    UPDATE subject SET name = ${name}, version = version + 1, updated_at = now() WHERE id = ${keep.id}::uuid`;
  const table = DETAIL_TABLE[keep.title];
  const columns = DETAIL_COLUMNS[table].filter(([, key]) => take[key] === "drop").map(([column]) => column);
  if (columns.length === 0) return;

  await tx.$executeRaw`
    UPDATE ${Prisma.raw(table)} k SET ${Prisma.raw(columns.map((column) => `${column} = d.${column}`).join(", "))}
      FROM ${Prisma.raw(table)} d WHERE k.subject_id = ${keep.id}::uuid AND d.subject_id = ${drop.id}::uuid`;
}

// Sealed as it is: the number goes over only to who has none, after the other entry has let go of it.
async function takeIdentity(tx: Tx, keep: LockedSubject, drop: LockedSubject): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO identity_number (subject_id, hash, cipher)
    SELECT ${keep.id}::uuid, d.hash, d.cipher FROM identity_number d
     WHERE d.subject_id = ${drop.id}::uuid AND NOT EXISTS (SELECT 1 FROM identity_number k WHERE k.subject_id = ${keep.id}::uuid)`;
}

async function assertHousehold(tx: Tx, keep: LockedSubject): Promise<void> {
  const found = await tx.$queryRaw<{ id: string }[]>`
    SELECT c.subject_id AS id FROM citizen c JOIN subject h ON h.id = c.household_id
     WHERE c.subject_id = ${keep.id}::uuid AND (h.active_to IS NOT NULL OR h.unit_id <> ${keep.unitId}::int)`;
  if (found.length === 0) return;

  throw new AppError({
    code: "INVALID",
    fields: {
      "take.householdId":
        "Hộ được chọn ở thôn khác với mục giữ lại. Hãy giữ mục kia, hoặc chuyển thôn trước.",
    },
  });
}
