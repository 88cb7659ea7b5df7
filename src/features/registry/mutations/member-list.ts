import "server-only";
import type { Actor } from "@/domain/access/access";
import { entryCode } from "@/domain/title/entry-code";
import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "@/lib/db/scope";
import { mutate } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { formatCount } from "@/lib/format/number";
import { leavesOf } from "../data";
import { communeOf } from "../data/commune";
import { today } from "../data/entry";
import { countMembers } from "../data/member-list";
import type { EditMemberList, ListOwner } from "../member-list";
import { isListOwner, MEMBER_LISTS } from "../member-list";
import { journal } from "./journal";
import { assertOpen, lockSubject } from "./shared";

type Touched = {
  id: string;
  title: string;
  number: number;
  unitId: number;
  version: number;
  isOpen: boolean;
  listedById: string | null;
  listedBy: string | null;
};

/**
 * Puts households into a clan's list and takes others out, or people into and out of an organisation's: all of it or
 * nothing, set-wise. Who stood in another list leaves that one. Journalled on each entry touched, one line in the log.
 * @throws AppError NOT_FOUND; WRONG_STATE when the owner is no longer followed; INVALID for entries outside the commune or no
 *   longer followed; CONFLICT when entries changed since they were shown (nothing is written; `newValues.versions` holds the
 *   versions with which the same list goes through)
 */
export async function editMemberList(
  actor: Actor,
  input: EditMemberList,
  requestId: string,
): Promise<{ subjectId: string; added: number; removed: number; count: number }> {
  return await mutate(actor, { requestId, verb: "subject.list" }, async (tx, log) => {
    const owner = await lockSubject(tx, actor, input.subjectId);
    if (!isListOwner(owner.title)) throw new AppError({ code: "NOT_FOUND" });
    assertOpen(owner);
    const list = { id: owner.id, title: owner.title };
    const on = new Date(await today(tx));
    const commune = await communeOf(tx, owner.unitId, on);
    const leafIds = (await leavesOf(tx, commune.id, on)).map(({ id }) => id);

    const { add, remove } = input.changes;
    const touched = await lockMembers(tx, list.title, [...add, ...remove]);
    assertFits(list.title, touched, [...add, ...remove], new Set(leafIds));
    assertAsSeen(list.title, touched, input.changes);

    // What somebody else did already, and was seen to have done, is no change any more.
    const isIn = new Map(touched.map(({ id, listedById }) => [id, listedById === list.id]));
    const added = add.map(({ id }) => id).filter((id) => !isIn.get(id));
    const removed = remove.map(({ id }) => id).filter((id) => isIn.get(id));
    const ids = [...added, ...removed];
    if (ids.length === 0)
      return { subjectId: owner.id, added: 0, removed: 0, count: await countMembers(tx, list) };

    await journal(tx, { requestId, actorId: actor.id, verb: "subject.list" }, ids, async () => {
      await writeLinks(tx, list, added, removed);
      await tx.$executeRaw`
        UPDATE subject SET version = version + 1, updated_at = now() WHERE id = ANY (${ids}::uuid[])`;
    });
    const count = await countMembers(tx, list);
    log(commune.id, {
      type: "subject",
      id: owner.id,
      detail: { added: added.length, removed: removed.length, count },
    });

    return { subjectId: owner.id, added: added.length, removed: removed.length, count };
  });
}

type Change = Readonly<{ id: string; version: number }>;

async function lockMembers(tx: Tx, title: ListOwner, changes: readonly Change[]): Promise<Touched[]> {
  const ids = changes.map(({ id }) => id);
  const { table, column } = MEMBER_LISTS[title];
  const link = Prisma.raw(`(SELECT d.${column} FROM ${table} d WHERE d.subject_id = l.id)`);

  return await tx.$queryRaw<Touched[]>`
    WITH locked AS (
      SELECT id, title, number, unit_id, version, active_to FROM subject WHERE id = ANY (${ids}::uuid[]) ORDER BY id FOR UPDATE
    )
    SELECT l.id, l.title, l.number::float8 AS number, l.unit_id AS "unitId", l.version, l.active_to IS NULL AS "isOpen",
           ${link} AS "listedById", (SELECT o.name FROM subject o WHERE o.id = ${link}) AS "listedBy"
      FROM locked l`;
}

function assertFits(
  title: ListOwner,
  touched: readonly Touched[],
  changes: readonly Change[],
  leafIds: ReadonlySet<number>,
): void {
  const fitting = touched.filter(
    (one) => one.title === MEMBER_LISTS[title].member && leafIds.has(one.unitId) && one.isOpen,
  );
  const missing = changes.length - fitting.length;
  if (missing === 0) return;

  throw new AppError({
    code: "INVALID",
    detail: `${formatCount(missing)} mục đã chọn không còn được theo dõi ở xã này nên chưa ghi gì. Hãy tải lại trang rồi chọn lại.`,
  });
}

function assertAsSeen(
  title: ListOwner,
  touched: readonly Touched[],
  { add, remove }: EditMemberList["changes"],
): void {
  const seen = new Map([...add, ...remove].map(({ id, version }) => [id, version]));
  const removing = new Set(remove.map(({ id }) => id));
  const { member } = MEMBER_LISTS[title];
  const stale = touched.filter(({ id, version }) => seen.get(id) !== version);
  if (stale.length === 0) return;

  throw new AppError({
    code: "CONFLICT",
    detail: `${formatCount(stale.length)} mục vừa được sửa ở nơi khác nên chưa ghi gì. Hãy xem danh sách nay của các mục ấy; nếu vẫn muốn ghi như đã chọn, bấm lưu lần nữa.`,
    conflict: stale.slice(0, 20).map(({ id, number, listedBy }) => ({
      label: entryCode(member, number),
      yours: removing.has(id) ? "bỏ ra khỏi danh sách" : "thêm vào danh sách",
      theirs: listedBy === null ? "không thuộc danh sách nào" : `đang thuộc ${listedBy}`,
    })),
    newValues: {
      versions: JSON.stringify(Object.fromEntries(stale.map(({ id, version }) => [id, version]))),
    },
  });
}

/** In one statement, so that what is counted from the links is counted once. */
async function writeLinks(
  tx: Tx,
  owner: Readonly<{ id: string; title: ListOwner }>,
  added: readonly string[],
  removed: readonly string[],
): Promise<void> {
  const { table, column } = MEMBER_LISTS[owner.title];
  await tx.$executeRaw`
    UPDATE ${Prisma.raw(table)} d SET ${Prisma.raw(column)} = CASE WHEN d.subject_id = ANY (${added}::uuid[]) THEN ${owner.id}::uuid END
     WHERE d.subject_id = ANY (${[...added, ...removed]}::uuid[])`;
}
