import "server-only";
import { randomUUID } from "node:crypto";
import type { Actor } from "@/domain/access/access";
import type { JournalStep } from "@/features/registry/mutations/journal";
import { journal, journalCreated } from "@/features/registry/mutations/journal";
import { holdBackLists } from "@/features/registry/mutations/list-lock";
import { hamletName } from "@/features/registry/utils";
import { assertCan } from "@/features/user/guard";
import type { LogEntry, Tx } from "@/lib/db/scope";
import { mutate } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { NEW_HAMLET } from "../constants";
import type { Hamlet } from "../data";
import { countEntries, listResidents, withMembers } from "../data";
import type { MergeHamlets, SplitHamlet } from "../schema";
import { assertDay, assertFreeName, lockHamlet } from "./shared";

/**
 * Makes one hamlet of several from a day on: those that end hand everything that stands in them to the one that goes on, or to
 * a new one. Earlier years stay with the old hamlets and are summed under the one that took their people.
 * @returns the hamlet that goes on, and how many entries went over
 * @throws AppError NOT_FOUND, INVALID (day, name), CONFLICT when what stands in them is no longer what was shown
 */
export async function mergeHamlets(
  actor: Actor,
  input: MergeHamlets,
  requestId: string,
): Promise<{ hamletId: number; moved: number }> {
  const step: JournalStep = { requestId, actorId: actor.id, verb: "hamlet.merge" };

  return await mutate(actor, step, async (tx, log) => {
    await assertCan(tx, actor, "registry.write", input.communeId);
    const olds = await lockHamlets(tx, actor, input.from, input.communeId);
    await assertAsSeen(tx, input);
    for (const old of olds) await assertDay(tx, input.on, laterOf(old.validFrom, old.community?.activeFrom));

    const entries: LogEntry[] = [];
    const target =
      input.into === NEW_HAMLET
        ? await createHamlet(tx, step, {
            communeId: input.communeId,
            name: hamletName(input.kind, input.name),
            kind: input.kind,
            on: input.on,
            ending: input.from,
            field: "name",
            entries,
          })
        : await goingOn(tx, actor, input.into, input);

    let moved = 0;
    for (const old of olds) {
      moved += await endHamlet(tx, step, { old, heirs: [target], on: input.on, entries });
    }
    log(input.communeId, ...entries);

    return { hamletId: target.id, moved };
  });
}

/**
 * Makes a new hamlet of a part of one from a day on: the chosen households with their members, clans and single citizens go
 * over. What is not chosen stays, or, when the old hamlet ends, becomes a second new hamlet.
 * @returns the new hamlet, and how many entries went to it
 * @throws AppError NOT_FOUND, INVALID (day, names), CONFLICT when something chosen no longer stands in the hamlet
 */
export async function splitHamlet(
  actor: Actor,
  input: SplitHamlet,
  requestId: string,
): Promise<{ hamletId: number; moved: number }> {
  const step: JournalStep = { requestId, actorId: actor.id, verb: "hamlet.split" };

  return await mutate(actor, step, async (tx, log) => {
    const [old] = await lockHamlets(tx, actor, [input.hamletId]);
    if (!old) throw new AppError({ code: "NOT_FOUND" });
    await assertDay(tx, input.on, laterOf(old.validFrom, old.community?.activeFrom));
    const { chosen, ids } = await withMembers(tx, { hamletId: old.id, chosen: input.chosen });
    if (chosen !== input.chosen.length) {
      throw new AppError({
        code: "CONFLICT",
        detail: "Có mục đã chọn không còn ở thôn này. Hãy tải lại trang rồi chọn lại.",
      });
    }

    const entries: LogEntry[] = [];
    const ending = input.rest === "NEW" ? [old.id] : [];
    const common = { communeId: old.commune.id, on: input.on, ending, entries };
    const { kind, restKind } = input;
    const part = await createHamlet(tx, step, {
      ...common,
      name: hamletName(kind, input.name),
      kind,
      field: "name",
    });
    if (input.rest === "STAYS") {
      await succeed(tx, old, [part.id], input.on, false);
    } else {
      const rest = await createHamlet(tx, step, {
        ...common,
        name: hamletName(restKind, input.restName),
        kind: restKind,
        field: "restName",
      });
      await endHamlet(tx, step, { old, heirs: [part, rest], on: input.on, entries, first: ids });
    }
    const moved =
      input.rest === "STAYS"
        ? await journal(tx, step, ids, () => rehome(tx, { ids, from: old.id, to: part.id, on: input.on }))
        : ids.length;
    entries.push({
      type: "unit",
      id: String(old.id),
      detail: { to: part.id, moved, on: input.on, ends: input.rest === "NEW" },
    });
    log(old.commune.id, ...entries);

    return { hamletId: part.id, moved };
  });
}

/** The hamlets, checked, in the order of their ids. One at a time a commune changes its hamlets. */
async function lockHamlets(
  tx: Tx,
  actor: Actor,
  ids: readonly number[],
  communeId?: number,
): Promise<Hamlet[]> {
  const hamlets: Hamlet[] = [];
  for (const id of [...ids].sort((a, b) => a - b)) {
    const hamlet = await lockHamlet(tx, actor, id);
    if (communeId !== undefined && hamlet.commune.id !== communeId) throw new AppError({ code: "NOT_FOUND" });
    if (hamlets.length === 0) {
      await holdBackLists(tx, hamlet.commune.id);
      await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('hamlet'), ${hamlet.commune.id}::int)::text`;
    }
    hamlets.push(hamlet);
  }

  return hamlets;
}

async function goingOn(
  tx: Tx,
  actor: Actor,
  id: number,
  input: Readonly<{ communeId: number; on: string }>,
): Promise<Pick<Hamlet, "id" | "community">> {
  const hamlet = await lockHamlet(tx, actor, id);
  if (hamlet.commune.id !== input.communeId) throw new AppError({ code: "NOT_FOUND" });
  if (hamlet.validFrom > input.on) {
    throw new AppError({
      code: "INVALID",
      fields: { on: "Ngày này thôn nhận sáp nhập chưa lập. Hãy xem lại ngày." },
    });
  }

  return hamlet;
}

async function assertAsSeen(tx: Tx, { from, seen }: MergeHamlets): Promise<void> {
  const now = await countEntries(tx, from);
  const total = now.households + now.citizens + now.clans;
  const shown = from.reduce((sum, id) => sum + (seen[String(id)] ?? 0), 0);
  if (total === shown) return;

  throw new AppError({
    code: "CONFLICT",
    detail: `Sổ vừa thay đổi: các thôn này nay có ${total} mục (lúc mở trang là ${shown}). Hãy tải lại trang, xem lại rồi làm tiếp.`,
  });
}

async function createHamlet(
  tx: Tx,
  step: JournalStep,
  hamlet: Readonly<{
    communeId: number;
    name: string;
    kind: string;
    on: string;
    ending: readonly number[];
    field: string;
    entries: LogEntry[];
  }>,
): Promise<Pick<Hamlet, "id" | "community">> {
  const { communeId, name, kind, on, ending, field, entries } = hamlet;
  await assertFreeName(tx, { communeId, name, except: ending, field });
  const [row] = await tx.$queryRaw<{ id: number }[]>`
    SELECT hamlet_create(${communeId}::int, ${name}, ${kind}, ${on}::date) AS id`;
  if (!row) throw new AppError({ code: "NOT_FOUND" });

  const id = randomUUID();
  await tx.$executeRaw`
    INSERT INTO subject (id, title, unit_id, name, active_from, created_by)
    VALUES (${id}::uuid, 'COMMUNITY', ${row.id}, ${name}, ${on}::date, ${step.actorId}::uuid)`;
  await tx.$executeRaw`INSERT INTO community (subject_id, area_unit_id) VALUES (${id}::uuid, ${row.id})`;
  await tx.$executeRaw`INSERT INTO subject_home (subject_id, unit_id, valid_from) VALUES (${id}::uuid, ${row.id}, ${on}::date)`;
  await journalCreated(tx, step, [id]);
  entries.push({ type: "subject", id, detail: { title: "COMMUNITY", unitId: row.id, activeFrom: on } });

  return { id: row.id, community: { id, version: 1, activeFrom: on, activeTo: null } };
}

/** Ends a hamlet: everything in it goes to its only heir, or `first` to the first heir and the rest to the second. */
async function endHamlet(
  tx: Tx,
  step: JournalStep,
  ending: Readonly<{
    old: Hamlet;
    heirs: readonly Pick<Hamlet, "id" | "community">[];
    on: string;
    entries: LogEntry[];
    first?: readonly string[];
  }>,
): Promise<number> {
  const { old, heirs, on, entries } = ending;
  // The succession locks the hamlets first: who is just entering something there is waited for and seen by the list.
  await succeed(
    tx,
    old,
    heirs.map(({ id }) => id),
    on,
    true,
  );
  const ids = await listResidents(tx, { hamletId: old.id, on });
  const { community } = old;
  const isOpen = community !== null && community.activeTo === null;

  return await journal(tx, step, [...ids, ...(isOpen ? [community.id] : [])], async () => {
    let moved = 0;
    for (const [at, heir] of heirs.entries()) {
      const chosen = new Set(ending.first ?? ids);
      const own = at === 0 ? ids.filter((id) => chosen.has(id)) : ids.filter((id) => !chosen.has(id));
      moved += await rehome(tx, { ids: own, from: old.id, to: heir.id, on });
    }
    if (isOpen) {
      await tx.$executeRaw`
        UPDATE subject SET active_to = ${on}::date, close_reason = 'DISSOLVED', merged_into_id = ${heirs.length === 1 ? (heirs[0]?.community?.id ?? null) : null}::uuid,
               version = version + 1, updated_at = now()
         WHERE id = ${community.id}::uuid`;
      await tx.$executeRaw`
        UPDATE subject_home SET valid_to = ${on}::date WHERE subject_id = ${community.id}::uuid AND valid_to IS NULL`;
    }
    entries.push({
      type: "unit",
      id: String(old.id),
      detail: { into: heirs.map(({ id }) => id), moved, on },
    });

    return moved;
  });
}

async function succeed(
  tx: Tx,
  old: Hamlet,
  heirs: readonly number[],
  on: string,
  ends: boolean,
): Promise<void> {
  await tx.$queryRaw`SELECT hamlet_succeed(${old.id}::int, ${heirs}::int[], ${on}::date, ${ends})::text`;
}

async function rehome(
  tx: Tx,
  move: Readonly<{ ids: readonly string[]; from: number; to: number; on: string }>,
): Promise<number> {
  const [row] = await tx.$queryRaw<{ moved: number }[]>`
    SELECT hamlet_rehome(${move.ids}::uuid[], ${move.from}::int, ${move.to}::int, ${move.on}::date) AS moved`;

  return row?.moved ?? 0;
}

function laterOf(a: string, b: string | undefined): string {
  return b !== undefined && b > a ? b : a;
}
