import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { leavesOf } from "@/features/registry/data";
import { countMembers, listMembers } from "@/features/registry/data/member-list";
import type { ListOwner } from "@/features/registry/member-list";
import { EditMemberList } from "@/features/registry/member-list";
import { editMemberList } from "@/features/registry/mutations/member-list";
import { undoSubjectStep } from "@/features/registry/mutations/undo";
import type { SessionActor } from "@/features/user/data";
import { withScope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import {
  buildCitizen,
  buildHousehold,
  buildReference,
  buildUnit,
  buildUser,
  ownerSql,
} from "../setup/builders";
import { codeOf } from "../setup/refusal";

let commune: number;
let hamlet: number;
let farHamlet: number;
let officer: SessionActor;
let neighbour: SessionActor;
let leader: SessionActor;

beforeAll(buildReference);

// A world of its own for each test: the log cannot be emptied.
beforeEach(async () => {
  const province = await buildUnit({ level: "PROVINCE" });
  commune = await buildUnit({ level: "COMMUNE", parentId: province });
  hamlet = await buildUnit({ level: "HAMLET", parentId: commune });
  const other = await buildUnit({ level: "COMMUNE", parentId: province });
  farHamlet = await buildUnit({ level: "HAMLET", parentId: other });
  officer = await buildUser({ role: "COMMUNE_OFFICER", unitId: commune });
  leader = await buildUser({ role: "COMMUNE_LEADER", unitId: commune });
  neighbour = await buildUser({ role: "COMMUNE_OFFICER", unitId: other });
});

/** A clan or an organisation standing since 2020. */
async function buildOwner(title: ListOwner, unitId: number): Promise<string> {
  const id = randomUUID();
  await ownerSql(
    "INSERT INTO subject (id, title, unit_id, name, active_from) VALUES ($1, $2, $3, $4, '2020-01-01')",
    [id, title, unitId, `${title === "CLAN" ? "Họ" : "Đơn vị"} Thử ${id.slice(0, 4)}`],
  );
  await ownerSql(
    title === "CLAN"
      ? "INSERT INTO clan (subject_id) VALUES ($1)"
      : "INSERT INTO organisation (subject_id, kind) VALUES ($1, 'SCHOOL')",
    [id],
  );
  await ownerSql("INSERT INTO subject_home (subject_id, unit_id, valid_from) VALUES ($1, $2, '2020-01-01')", [
    id,
    unitId,
  ]);

  return id;
}

const versionOf = async (id: string) =>
  (await ownerSql<{ version: number }>("SELECT version FROM subject WHERE id = $1", [id]))[0]?.version ?? 0;
const clanOf = async (id: string) =>
  (
    await ownerSql<{ id: string | null }>("SELECT clan_id AS id FROM household WHERE subject_id = $1", [id])
  )[0]?.id;

async function edit(
  owner: string,
  lists: Readonly<{ add?: readonly string[]; remove?: readonly string[] }>,
  { actor = officer, requestId = randomUUID(), versions = {} as Readonly<Record<string, number>> } = {},
) {
  const seen = async (id: string) => ({ id, version: versions[id] ?? (await versionOf(id)) });
  const changes = JSON.stringify({
    add: await Promise.all((lists.add ?? []).map(seen)),
    remove: await Promise.all((lists.remove ?? []).map(seen)),
  });

  return await editMemberList(actor, EditMemberList.parse({ subjectId: owner, changes }), requestId);
}

async function conflictOf(work: Promise<unknown>): Promise<AppError> {
  const error: unknown = await work.catch((reason: unknown) => reason);
  if (error instanceof AppError) return error;
  throw new Error("not refused");
}

describe("the list of a clan", () => {
  it("takes households in and lets them go in one step, each a version on, journalled, with one line in the log", async () => {
    const clan = await buildOwner("CLAN", hamlet);
    const other = await buildOwner("CLAN", hamlet);
    const stays = await buildHousehold({ hamletId: hamlet, clanId: clan });
    const leaves = await buildHousehold({ hamletId: hamlet, clanId: clan });
    const free = await buildHousehold({ hamletId: hamlet });
    const moves = await buildHousehold({ hamletId: hamlet, clanId: other });
    const requestId = randomUUID();

    const done = await edit(clan, { add: [free, moves], remove: [leaves] }, { requestId });

    expect(done).toEqual({ subjectId: clan, added: 2, removed: 1, count: 3 });
    expect(await Promise.all([stays, free, moves, leaves].map(clanOf))).toEqual([clan, clan, clan, null]);
    expect(await Promise.all([stays, free, moves, leaves, clan].map(versionOf))).toEqual([1, 2, 2, 2, 1]);
    const changes = await ownerSql<{ id: string; before: object; after: object }>(
      `SELECT subject_id AS id, before, after FROM subject_change WHERE request_id = $1 AND verb = 'subject.list'`,
      [requestId],
    );
    expect(new Map(changes.map(({ id, before, after }) => [id, [before, after]]))).toEqual(
      new Map([
        [free, [{ clanId: null }, { clanId: clan }]],
        [moves, [{ clanId: other }, { clanId: clan }]],
        [leaves, [{ clanId: clan }, { clanId: null }]],
      ]),
    );
    expect(
      await ownerSql("SELECT verb, entity_id, detail FROM action WHERE chain_id = $1", [commune]),
    ).toEqual([{ verb: "subject.list", entity_id: clan, detail: { added: 2, removed: 1, count: 3 } }]);

    expect(await edit(clan, { add: [free, moves], remove: [leaves] }, { requestId })).toEqual(done);
    await undoSubjectStep(officer, { stepId: requestId }, randomUUID());
    expect(await Promise.all([stays, free, moves, leaves].map(clanOf))).toEqual([clan, null, other, clan]);
  });

  it("writes nothing when one of them changed since, and goes through with the versions of the answer", async () => {
    const clan = await buildOwner("CLAN", hamlet);
    const rival = await buildOwner("CLAN", hamlet);
    const [one, two] = [
      await buildHousehold({ hamletId: hamlet }),
      await buildHousehold({ hamletId: hamlet }),
    ];
    await edit(rival, { add: [two] });

    const refused = await conflictOf(edit(clan, { add: [one, two] }, { versions: { [two]: 1 } }));
    expect(refused.code).toBe("CONFLICT");
    expect(refused.conflict).toHaveLength(1);
    expect(refused.conflict[0]?.theirs).toMatch(/^đang thuộc Họ Thử/);
    expect(await clanOf(one)).toBeNull();

    const versions = JSON.parse(refused.newValues.versions ?? "{}");
    expect(versions).toEqual({ [two]: 2 });
    expect(await edit(clan, { add: [one, two] }, { versions })).toMatchObject({ added: 2, count: 2 });
    expect(await clanOf(two)).toBe(clan);
  });

  it("lets one of two writers win a household; both lists stay exact", async () => {
    const clans = [await buildOwner("CLAN", hamlet), await buildOwner("CLAN", hamlet)];
    const ids = await Promise.all(Array.from({ length: 12 }, () => buildHousehold({ hamletId: hamlet })));
    const codes = await Promise.all(clans.map((clan) => codeOf(edit(clan, { add: ids }))));
    expect(codes.sort()).toEqual(["CONFLICT", "OK"]);
    const owners = await Promise.all(ids.map(clanOf));
    expect(new Set(owners).size).toBe(1);
  });

  it("what somebody did meanwhile and was seen is no change any more", async () => {
    const clan = await buildOwner("CLAN", hamlet);
    const one = await buildHousehold({ hamletId: hamlet, clanId: clan });
    expect(await edit(clan, { add: [one] })).toEqual({ subjectId: clan, added: 0, removed: 0, count: 1 });
    expect(await versionOf(one)).toBe(1);
    expect(await ownerSql("SELECT 1 FROM action WHERE chain_id = $1", [commune])).toEqual([]);
  });

  it("refuses other communes, other kinds, closed entries, leaders and neighbours", async () => {
    const clan = await buildOwner("CLAN", hamlet);
    const own = await buildHousehold({ hamletId: hamlet });
    const foreign = await buildHousehold({ hamletId: farHamlet });
    const person = await buildCitizen({ hamletId: hamlet });
    const closed = await buildHousehold({ hamletId: hamlet });
    await ownerSql("UPDATE subject SET active_to = '2026-01-01' WHERE id = $1", [closed]);
    await ownerSql("UPDATE subject_home SET valid_to = '2026-01-01' WHERE subject_id = $1", [closed]);

    for (const stranger of [foreign, person, closed, randomUUID()]) {
      expect(await codeOf(edit(clan, { add: [own, stranger] }, { versions: { [stranger]: 1 } }))).toBe(
        "INVALID",
      );
    }
    for (const actor of [leader, neighbour]) {
      expect(await codeOf(edit(clan, { add: [own] }, { actor }))).toBe("NOT_FOUND");
    }
    expect(await codeOf(edit(own, { add: [own] }))).toBe("NOT_FOUND");
    expect(await clanOf(own)).toBeNull();
    expect(EditMemberList.safeParse({ subjectId: clan, changes: "không" }).success).toBe(false);
    expect(EditMemberList.safeParse({ subjectId: clan, changes: '{"add":[],"remove":[]}' }).success).toBe(
      false,
    );
  });

  it("works for 2,000 households: pages walk each once, one save writes them all", async () => {
    const clan = await buildOwner("CLAN", hamlet);
    await ownerSql(
      `WITH made AS (SELECT gen_random_uuid() AS id, n FROM generate_series(1, 2000) n),
       subjects AS (INSERT INTO subject (id, title, unit_id, name, active_from) SELECT id, 'FAMILY', $1, 'Hộ Thử ' || n % 700, '2020-01-01' FROM made),
       details AS (INSERT INTO household (subject_id, head_birth_year) SELECT id, 1950 + n % 50 FROM made)
       INSERT INTO subject_home (subject_id, unit_id, valid_from) SELECT id, $1, '2020-01-01' FROM made`,
      [hamlet],
    );
    const owner = { id: clan, title: "CLAN" as const };
    const walk = async (part: "in" | "free") =>
      await withScope(officer, async (tx) => {
        const leafIds = (await leavesOf(tx, commune, new Date())).map(({ id }) => id);
        const ids: string[] = [];
        for (let after: string | undefined; ; ) {
          const page = await listMembers(tx, { owner, leafIds, part, after });
          ids.push(...page.rows.map(({ id }) => id));
          after = page.rows.at(-1)?.id;
          if (!page.hasNext) return { ids, count: page.count };
        }
      });

    const free = await walk("free");
    expect(new Set(free.ids).size).toBe(2000);
    expect(free).toMatchObject({ count: 2000, ids: { length: 2000 } });
    const requestId = randomUUID();
    expect(
      await edit(
        clan,
        { add: free.ids },
        { requestId, versions: Object.fromEntries(free.ids.map((id) => [id, 1])) },
      ),
    ).toMatchObject({ added: 2000, count: 2000 });
    expect((await walk("in")).ids).toEqual(free.ids);
    await undoSubjectStep(officer, { stepId: requestId }, randomUUID());
    expect(await withScope(officer, (tx) => countMembers(tx, owner))).toBe(0);
    expect(await ownerSql("SELECT * FROM recount_differences()")).toEqual([]);
  });
});

it("the list of an organisation takes in and lets go people of the commune, and finds them by name", async () => {
  const school = await buildOwner("ORGANISATION", commune);
  const [one, two] = [await buildCitizen({ hamletId: hamlet }), await buildCitizen({ hamletId: hamlet })];
  await ownerSql("UPDATE subject SET name = 'Lò Thị Mẫu' WHERE id = $1", [two]);
  await edit(school, { add: [one, two] });
  const found = await withScope(officer, async (tx) => {
    const leafIds = (await leavesOf(tx, commune, new Date())).map(({ id }) => id);
    const owner = { id: school, title: "ORGANISATION" as const };

    return await listMembers(tx, { owner, leafIds, part: "in", text: "mau lo" });
  });
  expect(found).toMatchObject({
    count: 1,
    hasNext: false,
    rows: [{ id: two, name: "Lò Thị Mẫu", version: 2, birthYear: 1980, listedById: school }],
  });
  expect(await edit(school, { remove: [one] })).toMatchObject({ removed: 1, count: 1 });
});
