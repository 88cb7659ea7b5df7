import "server-only";
import type { Actor } from "@/domain/access/access";
import { assertCan } from "@/features/user/guard";
import { sqlState } from "@/lib/db/errors";
import type { Tx } from "@/lib/db/scope";
import { mutate, withScope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { communeOf } from "../data/commune";
import { today } from "../data/entry";
import { findByIdentity, findIdentity, sealIdentity } from "../data/identity";
import type { RecordIdentity, RemoveIdentity } from "../identity";
import { journal } from "./journal";
import { assertOpen, lockSubject } from "./shared";

/**
 * Writes a citizen's number, new or changed. The subject's row should be locked or new. Nothing of it goes to log or journal; that it
 * changed does, when it is written inside `journal`.
 * @throws AppError IDENTITY_TAKEN; it names the holder (in `newValues`) only to those who may see that entry's number
 */
export async function writeIdentity(
  tx: Tx,
  { subjectId, number }: Readonly<{ subjectId: string; number: string }>,
): Promise<void> {
  const holder = await findByIdentity(tx, number);
  if (holder && holder.id !== subjectId) {
    throw new AppError({
      code: "IDENTITY_TAKEN",
      fields: {
        identityNumber:
          "Số này đã ghi cho một người khác trong sổ. Hãy xem lại số trên thẻ, hoặc xem người đang giữ số này.",
      },
      newValues: { identityHolderId: holder.id, identityHolderName: `${holder.name} · ${holder.unitName}` },
    });
  }

  const { hash, cipher } = sealIdentity(number);
  try {
    await tx.$executeRaw`
      INSERT INTO identity_number (subject_id, hash, cipher) VALUES (${subjectId}::uuid, ${hash}, ${cipher})
      ON CONFLICT (subject_id) DO UPDATE SET hash = excluded.hash, cipher = excluded.cipher, version = identity_number.version + 1`;
  } catch (error) {
    if (sqlState(error) !== "23505") throw error;
    // Unique over the whole country: who has it stands where the asker may not look, or was entered this very moment.
    throw new AppError({
      code: "IDENTITY_TAKEN",
      fields: {
        identityNumber:
          "Số này đã ghi cho một người khác đang được theo dõi. Hãy xem lại số trên thẻ; nếu đúng, hãy để trống ô này và nhờ nơi ghi trước đây kiểm tra.",
      },
      cause: error,
    });
  }
}

/**
 * Records the number of a citizen or puts it right; the same number again changes nothing.
 * @throws AppError NOT_FOUND, WRONG_STATE (no longer followed), CONFLICT (the number changed since), IDENTITY_TAKEN
 */
export async function recordIdentity(
  actor: Actor,
  input: RecordIdentity,
  requestId: string,
): Promise<{ subjectId: string }> {
  const { subjectId, identityNumber: number } = input;

  return await mutate(actor, { requestId, verb: "identity.record" }, async (tx, log) => {
    const { communeId, before } = await lockIdentity(tx, actor, input);
    if (before?.number === number) return { subjectId };
    await journal(tx, { requestId, actorId: actor.id, verb: "identity.record" }, [subjectId], async () => {
      await writeIdentity(tx, { subjectId, number });
      await goOn(tx, subjectId);
    });
    log(communeId, { type: "subject", id: subjectId, detail: { isFirst: before === undefined } });

    return { subjectId };
  });
}

/**
 * Takes a citizen's number out of the register.
 * @throws AppError as {@link recordIdentity}
 */
export async function removeIdentity(
  actor: Actor,
  input: RemoveIdentity,
  requestId: string,
): Promise<{ subjectId: string }> {
  const { subjectId } = input;

  return await mutate(actor, { requestId, verb: "identity.remove" }, async (tx, log) => {
    const { communeId, before } = await lockIdentity(tx, actor, input);
    if (!before) throw new AppError({ code: "NOT_FOUND" });
    await journal(tx, { requestId, actorId: actor.id, verb: "identity.remove" }, [subjectId], async () => {
      await tx.identityNumber.deleteMany({ where: { subjectId } });
      await goOn(tx, subjectId);
    });
    log(communeId, { type: "subject", id: subjectId });

    return { subjectId };
  });
}

async function goOn(tx: Tx, subjectId: string): Promise<void> {
  await tx.$executeRaw`UPDATE subject SET version = version + 1, updated_at = now() WHERE id = ${subjectId}::uuid`;
}

async function lockIdentity(tx: Tx, actor: Actor, input: RemoveIdentity) {
  const subject = await lockSubject(tx, actor, input.subjectId);
  await assertCan(tx, actor, "registry.identity", subject.unitId);
  if (subject.title !== "CITIZEN") throw new AppError({ code: "NOT_FOUND" });
  assertOpen(subject);
  const before = await findIdentity(tx, subject.id);
  if ((before?.version ?? 0) !== input.identityVersion) {
    throw new AppError({
      code: "CONFLICT",
      detail:
        "Số CCCD của người này vừa được sửa ở nơi khác nên chưa ghi. Hãy đóng ô này, xem số mới rồi sửa lại nếu cần.",
    });
  }
  const commune = await communeOf(tx, subject.unitId, new Date(await today(tx)));

  return { communeId: commune.id, before };
}

/**
 * A citizen's number in full, with a line in the log that says whose was shown to whom. The number is read after the log is
 * written and never becomes part of the request's stored answer.
 * @throws AppError NOT_FOUND for what the actor may not see and where no number is recorded
 */
export async function showIdentity(
  actor: Actor,
  input: Readonly<{ subjectId: string }>,
  requestId: string,
): Promise<{ subjectId: string; number: string }> {
  const shown = await mutate(actor, { requestId, verb: "identity.show" }, async (tx, log) => {
    const [subject] = await tx.$queryRaw<{ unitId: number }[]>`
      SELECT s.unit_id AS "unitId" FROM subject s JOIN identity_number i ON i.subject_id = s.id WHERE s.id = ${input.subjectId}::uuid`;
    if (!subject) throw new AppError({ code: "NOT_FOUND" });
    await assertCan(tx, actor, "registry.identity", subject.unitId);
    const commune = await communeOf(tx, subject.unitId, new Date(await today(tx)));
    log(commune.id, { type: "subject", id: input.subjectId });

    return { subjectId: input.subjectId };
  });

  return await withScope(actor, async (tx) => {
    const identity = await findIdentity(tx, shown.subjectId);
    if (!identity) throw new AppError({ code: "NOT_FOUND" });
    if (identity.number === null) {
      throw new AppError({
        code: "WRONG_STATE",
        detail: "Máy chủ không mở được số đã ghi vì đang dùng khoá khác. Hãy báo người quản trị máy chủ.",
      });
    }

    return { subjectId: shown.subjectId, number: identity.number };
  });
}
