import "server-only";
import { notFound } from "next/navigation";
import { assertCan } from "@/features/user/guard";
import { idOf, readForPage } from "@/features/user/page-scope";
import { getActor, loadActor } from "@/features/user/session";
import type { Tx } from "@/lib/db/scope";
import { withScope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { leavesOf, openHamlets } from "../data";
import { communeOf } from "../data/commune";
import type { Entry } from "../data/entry";
import { findEntry, today } from "../data/entry";
import { countMembers, listMembers } from "../data/member-list";
import type { ListOwner, ListPart, MemberPage } from "../member-list";
import { isListOwner, MemberSearch } from "../member-list";

export type MemberListPage = {
  subject: { id: string; title: ListOwner; name: string };
  /** entries in the list now */
  count: number;
  /** the part the page begins with, and its first rows */
  part: ListPart;
  first: MemberPage;
  hamlets: { id: number; name: string }[];
};

/** The page on which the list of a clan or an organisation is edited. What is closed or has no list is "không tìm thấy". */
export async function loadMemberList(rawId: string): Promise<MemberListPage> {
  const actor = await loadActor();
  const subjectId = idOf(rawId);

  return await readForPage(actor, async (tx) => {
    const entry = await findEntry(tx, subjectId);
    if (!entry || !isListOwner(entry.title) || entry.activeTo !== null) notFound();
    await assertCan(tx, actor, "registry.write", entry.unitId);
    const owner = { id: entry.id, title: entry.title };
    const { communeId, leafIds, on } = await placeOf(tx, entry);
    const count = await countMembers(tx, owner);
    const part = count > 0 ? "in" : "free";
    const hamlets = await openHamlets(tx, communeId, on);

    return {
      subject: { ...owner, name: entry.name },
      count,
      part,
      first: await listMembers(tx, { owner, leafIds, part }),
      hamlets: hamlets.map(({ id, name }) => ({ id, name })),
    };
  });
}

/**
 * One page of rows for the editor, as it asks while one looks for somebody.
 * @throws AppError INVALID for a body that asks nothing, NOT_FOUND for what the actor may not edit
 */
export async function answerMemberSearch(body: unknown): Promise<MemberPage> {
  const parsed = MemberSearch.safeParse(body);
  if (!parsed.success) throw new AppError({ code: "INVALID" });
  const actor = await getActor();
  const { subjectId, ...query } = parsed.data;

  return await withScope(actor, async (tx) => {
    const entry = await findEntry(tx, subjectId);
    if (!entry || !isListOwner(entry.title)) throw new AppError({ code: "NOT_FOUND" });
    await assertCan(tx, actor, "registry.write", entry.unitId);
    const { leafIds } = await placeOf(tx, entry);

    return await listMembers(tx, { owner: { id: entry.id, title: entry.title }, leafIds, ...query });
  });
}

async function placeOf(tx: Tx, entry: Entry): Promise<{ communeId: number; leafIds: number[]; on: Date }> {
  const on = new Date(await today(tx));
  const commune = await communeOf(tx, entry.unitId, on);

  return { communeId: commune.id, leafIds: (await leavesOf(tx, commune.id, on)).map(({ id }) => id), on };
}
