import "server-only";
import type { Actor } from "@/domain/access/access";
import type { TitleCode } from "@/domain/title/title";
import { assertCan } from "@/features/user/guard";
import type { Tx } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { changesSince } from "../data/history";
import { laterDay } from "../utils";

/** A subject's row, held until the end of the transaction. */
export type LockedSubject = {
  id: string;
  title: TitleCode;
  name: string;
  unitId: number;
  version: number;
  activeFrom: string;
  activeTo: string | null;
};

/** Locks a subject the actor may write; what is not there or not the actor's is NOT_FOUND. */
export async function lockSubject(tx: Tx, actor: Actor, id: string): Promise<LockedSubject> {
  const [subject] = await tx.$queryRaw<LockedSubject[]>`
    SELECT id, title, name, unit_id AS "unitId", version, active_from::text AS "activeFrom", active_to::text AS "activeTo"
      FROM subject WHERE id = ${id}::uuid FOR UPDATE`;
  if (!subject) throw new AppError({ code: "NOT_FOUND" });
  await assertCan(tx, actor, "registry.write", subject.unitId);

  return subject;
}

/** Refuses an entry that is no longer followed. */
export function assertOpen(subject: LockedSubject): void {
  if (subject.activeTo === null) return;

  throw new AppError({
    code: "WRONG_STATE",
    detail: "Mục này đã thôi theo dõi nên không sửa được. Hãy tải lại trang để xem tình trạng mới.",
  });
}

/** A reference of one entry to another one that must stand in the same commune and still be followed. */
export type Reference = Readonly<{ field: string; title: TitleCode; id: string | null }>;

/**
 * Refuses references to what is not an open entry of the commune's leaves. Gives back the names by id. Until the end of the
 * transaction what is referred to is neither closed nor moved nor merged.
 */
export async function assertReferences(
  tx: Tx,
  leafIds: readonly number[],
  references: readonly Reference[],
): Promise<Map<string, string>> {
  const ids = [...new Set(references.flatMap(({ id }) => (id === null ? [] : [id])))];
  if (ids.length === 0) return new Map();

  const known = await tx.$queryRaw<{ id: string; title: TitleCode; name: string }[]>`
    SELECT id, title, name FROM subject
     WHERE id = ANY (${ids}::uuid[]) AND unit_id = ANY (${leafIds}::int[]) AND active_to IS NULL ORDER BY id FOR KEY SHARE`;
  const fields: Record<string, string> = {};
  for (const { field, title, id } of references) {
    if (id !== null && !known.some((one) => one.id === id && one.title === title)) {
      fields[field] = "Mục đã chọn không còn trong sổ của xã. Hãy chọn lại.";
    }
  }
  if (Object.keys(fields).length > 0) throw new AppError({ code: "INVALID", fields });

  return new Map(known.map(({ id, name }) => [id, name]));
}

/**
 * Refuses a step on an entry that changed since it was read, and says what changed; sent again, with the new version, it goes
 * through.
 */
export async function assertVersion(
  tx: Tx,
  subject: LockedSubject,
  version: number,
  newValues: Record<string, string> = { version: String(subject.version) },
): Promise<void> {
  if (subject.version === version) return;

  const changed = await changesSince(tx, { id: subject.id, title: subject.title, version });
  throw new AppError({
    code: "CONFLICT",
    detail:
      "Mục này vừa được sửa ở nơi khác nên bước này chưa được ghi. Hãy xem thông tin mới; nếu vẫn đúng, bấm lần nữa.",
    conflict: changed.map(({ label, from, to }) => ({ label, yours: from, theirs: to, isSeen: true })),
    newValues,
  });
}

/** Refuses a day that lies in the future or not after the day on which the entry's place began. */
export function assertStepDay({
  field,
  day,
  today,
  since,
}: Readonly<{ field: string; day: string; today: string; since: string }>): void {
  const shown = (iso: string) => iso.split("-").reverse().join("/");
  if (day > today)
    throw new AppError({ code: "INVALID", fields: { [field]: "Ngày không được ở tương lai." } });
  if (day <= since) {
    throw new AppError({
      code: "INVALID",
      fields: { [field]: `Ngày phải sau ${shown(since)}, ngày bắt đầu theo dõi ở nơi hiện nay.` },
    });
  }
}

/** The latest day on which the current home of any of the subjects began, yyyy-mm-dd. */
export async function latestHomeStart(tx: Tx, ids: readonly string[]): Promise<string> {
  const rows = await tx.$queryRaw<{ day: string }[]>`
    SELECT valid_from::text AS day FROM subject_home WHERE subject_id = ANY (${ids}::uuid[]) AND valid_to IS NULL`;

  return rows.reduce((latest, { day }) => laterDay(latest, day), "");
}
