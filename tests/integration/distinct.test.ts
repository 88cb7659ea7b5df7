import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { leavesOf } from "@/features/registry/data";
import { countDistinctPairs, findDistinct, listDistinctPairs } from "@/features/registry/data/distinct";
import { countLikelyPairs, listLikelyPairs } from "@/features/registry/data/merge";
import { findLikelyDuplicates } from "@/features/registry/data/search";
import { markDistinct, unmarkDistinct } from "@/features/registry/mutations/distinct";
import { undoSubjectStep } from "@/features/registry/mutations/undo";
import { withScope } from "@/lib/db/scope";
import { appSql, ownerSql } from "../setup/builders";
import { codeOf } from "../setup/refusal";
import type { RegisterWorld } from "../setup/register-world";
import { buildRegisterWorld, stepsOf } from "../setup/register-world";

let world: RegisterWorld;
let act: ReturnType<typeof stepsOf>;

beforeAll(async () => {
  world = await buildRegisterWorld();
  act = stepsOf(world);
});

const family = async (name: string, hamletId = world.hamlets[0]) =>
  (await act.register({ title: "FAMILY", name, hamletId })).subjectId;
const mark = (oneId: string, otherId: string, actor = world.officer, requestId = randomUUID()) =>
  markDistinct(actor, { oneId, otherId }, requestId);
const unmark = (oneId: string, otherId: string, actor = world.officer) =>
  unmarkDistinct(actor, { oneId, otherId }, randomUUID());
const look = (ids: readonly string[]) =>
  withScope(world.officer, async (tx) => {
    const leafIds = (await leavesOf(tx, world.commune, new Date("2026-12-31"))).map(({ id }) => id);
    const { rows } = await listLikelyPairs(tx, { leafIds, title: "FAMILY" });
    const resembling = async (subjectId: string, name: string) =>
      (
        await findLikelyDuplicates(tx, {
          leafIds,
          title: "FAMILY",
          candidates: [{ name, birthYear: null }],
          subjectId,
        })
      ).map(({ id }) => id);

    return {
      pairs: rows
        .filter(({ keepId, dropId }) => ids.includes(keepId) && ids.includes(dropId))
        .map(({ keepId, dropId }) => [keepId, dropId].sort().join(" "))
        .sort(),
      likely: rows.length,
      counted: (await countLikelyPairs(tx, leafIds)).get("FAMILY") ?? 0,
      marked: (await listDistinctPairs(tx, { leafIds, title: "FAMILY" })).rows,
      markedCount: await countDistinctPairs(tx, leafIds, "FAMILY"),
      resembling,
      of: await Promise.all(ids.map((id) => resembling(id, "Sùng A Giống"))),
    };
  });
const pair = (a = "", b = "") => [a, b].sort().join(" ");

describe("two entries found to be two", () => {
  it("are no likely pair any more, for the list, its count and the form; a third one still is with both", async () => {
    const [a = "", b = ""] = [await family("Sùng A Giống"), await family("SÙNG A GIỐNG", world.hamlets[1])];
    const c = await family("sung a giong");
    expect((await look([a, b, c])).pairs).toEqual([pair(a, b), pair(a, c), pair(b, c)].sort());

    await mark(a, b);
    const after = await look([a, b, c]);
    expect(after.pairs).toEqual([pair(a, c), pair(b, c)].sort());
    expect(after.counted).toBe(after.likely);
    expect(after.of.map((found) => found.sort())).toEqual([[c], [c], [a, b].sort()]);
    expect(after.markedCount).toBe(1);
    expect(after.marked).toMatchObject([{ markedBy: world.officer.id, markedAt: expect.any(Date) }]);
    expect([after.marked[0]?.first.id, after.marked[0]?.second.id]).toEqual([a, b].sort());

    await unmark(b, a, world.colleague);
    const again = await look([a, b, c]);
    expect(again.pairs).toEqual([pair(a, b), pair(a, c), pair(b, c)].sort());
    expect(again.markedCount).toBe(0);
  });

  it("are said so once, in the log of both, without names; nothing of the entries changes", async () => {
    const [a = "", b = ""] = [await family("Hờ A Một"), await family("Hờ A Một", world.hamlets[1])];
    const requestId = randomUUID();
    await mark(b, a, world.officer, requestId);
    await mark(b, a, world.officer, requestId);
    await mark(a, b, world.colleague);

    const marked = await withScope(world.officer, (tx) => findDistinct(tx, [b, a]));
    expect(marked?.markedBy).toBe(world.officer.id);
    const log = await ownerSql<{ entity_id: string; detail: unknown }>(
      "SELECT entity_id, detail FROM action WHERE verb = 'subject.markDistinct' AND entity_id = ANY ($1) ORDER BY seq",
      [[a, b]],
    );
    const [first = "", second = ""] = [a, b].sort();
    expect(log).toEqual([
      { entity_id: first, detail: { other: second } },
      { entity_id: second, detail: { other: first } },
    ]);
    expect([await act.version(a), await act.version(b)]).toEqual([1, 1]);
  });

  it("go with the entry when its registration is taken back", async () => {
    const a = await family("Hờ A Hai");
    const { subjectId: b, step } = await act.register({
      title: "FAMILY",
      name: "Hờ A Hai",
      hamletId: world.hamlets[0],
    });
    await mark(a, b);
    await undoSubjectStep(world.officer, { stepId: step }, randomUUID());
    expect(await ownerSql("SELECT 1 FROM distinct_pair WHERE first_id = $1 OR second_id = $1", [b])).toEqual(
      [],
    );
  });

  it("are of one kind, followed, and both the writer's", async () => {
    const [a = "", b = ""] = [await family("Hờ A Ba"), await family("Hờ A Ba", world.hamlets[1])];
    const clan = (await act.register({ title: "CLAN", name: "Họ Hờ", hamletId: world.hamlets[0] })).subjectId;
    expect(await codeOf(mark(a, clan))).toBe("WRONG_STATE");
    expect(await codeOf(mark(a, randomUUID()))).toBe("NOT_FOUND");
    for (const actor of [world.neighbour, world.leader, world.reviewer]) {
      expect(await codeOf(mark(a, b, actor))).toBe("NOT_FOUND");
      expect(await codeOf(unmark(a, b, actor))).toBe("NOT_FOUND");
    }
    await act.close(b);
    expect(await codeOf(mark(a, b))).toBe("WRONG_STATE");
  });

  it("stay out of strangers' sight and hands at the second wall", async () => {
    const [a = "", b = ""] = [await family("Hờ A Bốn"), await family("Hờ A Bốn", world.hamlets[1])];
    const [first = "", second = ""] = [a, b].sort();
    const insert = "INSERT INTO distinct_pair (first_id, second_id, marked_by) VALUES ($1, $2, $3)";
    await expect(appSql(world.neighbour.id, insert, [first, second, world.neighbour.id])).rejects.toThrow(
      /row-level security/,
    );
    await expect(appSql(world.leader.id, insert, [first, second, world.leader.id])).rejects.toThrow(
      /row-level security/,
    );
    // Nor in somebody else's name, nor the other way round.
    await expect(appSql(world.officer.id, insert, [first, second, world.colleague.id])).rejects.toThrow(
      /row-level security/,
    );
    await expect(appSql(world.officer.id, insert, [second, first, world.officer.id])).rejects.toThrow(
      /distinct_pair_order_check/,
    );
    await mark(a, b);
    const own = "SELECT first_id FROM distinct_pair WHERE first_id = $1";
    expect(await appSql(world.neighbour.id, own, [first])).toEqual([]);
    expect(await appSql(world.leader.id, own, [first])).toHaveLength(1);
    const remove = "DELETE FROM distinct_pair WHERE first_id = $1 RETURNING 1";
    expect(await appSql(world.neighbour.id, remove, [first])).toEqual([]);
    expect(await appSql(world.leader.id, remove, [first])).toEqual([]);
    expect(await appSql(world.officer.id, own, [first])).toHaveLength(1);
  });
});
