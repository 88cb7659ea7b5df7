import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { findReopening } from "@/features/registry/data/reopen";
import { RecordIdentity } from "@/features/registry/identity";
import { recordIdentity } from "@/features/registry/mutations/identity";
import { mergeSubjects } from "@/features/registry/mutations/merge";
import { undoSubjectStep } from "@/features/registry/mutations/undo";
import { MergeSubjects } from "@/features/registry/schema";
import { withScope } from "@/lib/db/scope";
import { ownerSql } from "../setup/builders";
import { codeOf } from "../setup/refusal";
import type { RegisterWorld } from "../setup/register-world";
import { buildRegisterWorld, membersOf, registerPicture, stepsOf, YEAR } from "../setup/register-world";

let world: RegisterWorld;
let act: ReturnType<typeof stepsOf>;

beforeAll(async () => {
  world = await buildRegisterWorld();
  act = stepsOf(world);
});

const family = (name: string, more: Record<string, unknown> = {}) =>
  act.register({ title: "FAMILY", name, hamletId: world.hamlets[0], ...more });
const citizen = (name: string, more: Record<string, unknown> = {}) =>
  act.register({
    title: "CITIZEN",
    name,
    hamletId: world.hamlets[0],
    birthYear: "1970",
    sex: "MALE",
    variant: "FARMER",
    ...more,
  });
const undo = (stepId: string) => undoSubjectStep(world.officer, { stepId }, randomUUID());
const differences = () => ownerSql("SELECT * FROM recount_differences()");
const homesOf = async (id: string) =>
  (
    await ownerSql<{ home: string }>(
      "SELECT unit_id || ' ' || valid_from || ' ' || coalesce(valid_to::text, '') AS home FROM subject_home WHERE subject_id = $1 ORDER BY valid_from",
      [id],
    )
  ).map(({ home }) => home);
const membersIn = async (householdId: string) =>
  (
    await ownerSql<{ id: string }>("SELECT subject_id AS id FROM citizen WHERE household_id = $1", [
      householdId,
    ])
  ).map(({ id }) => id);
const counted = async (unitId: number) =>
  (
    await ownerSql<{ n: number }>(
      "SELECT family_total AS n FROM unit_year WHERE unit_id = $1 AND year = $2",
      [unitId, YEAR],
    )
  )[0]?.n ?? 0;

describe("following a closed entry again", () => {
  it("opens a new home from the day on, keeps the gap, counts again, and can be taken back", async () => {
    const { subjectId } = await family("Phàn Văn Về", membersOf(["Phàn Thị Một", "Phàn Thị Hai"]));
    const [first = "", second = ""] = await membersIn(subjectId);
    await act.close(first, { reason: "DIED", closedOn: "2026-05-01" });
    await act.close(subjectId, { reason: "MOVED_AWAY", withMembers: "on" });
    const [one, two] = world.hamlets;
    const before = await registerPicture();
    const countBefore = await counted(two);
    expect(await withScope(world.officer, (tx) => findReopening(tx, subjectId))).toEqual({
      members: 1,
      householdUnitId: null,
      hasEnded: false,
    });

    const done = await act.reopen(subjectId, { hamletId: two, withMembers: "on" });

    // Who died before is not brought back with the household.
    expect(done.reopened).toBe(2);
    expect(await homesOf(subjectId)).toEqual([`${one} 2025-02-01 2026-06-01`, `${two} 2026-07-01 `]);
    expect(await homesOf(second)).toEqual([`${one} 2025-02-01 2026-06-01`, `${two} 2026-07-01 `]);
    expect(await homesOf(first)).toHaveLength(1);
    expect(await counted(two)).toBe(countBefore + 1);
    expect(await differences()).toEqual([]);
    const log = await ownerSql<{ entity_id: string; detail: unknown }>(
      "SELECT entity_id, detail FROM action WHERE request_id = $1 AND verb = 'subject.reopen' ORDER BY seq",
      [done.step],
    );
    expect(log).toEqual([
      {
        entity_id: subjectId,
        detail: { unitId: two, on: "2026-07-01", members: 1, leftHousehold: false },
      },
      { entity_id: second, detail: { unitId: two, on: "2026-07-01", householdId: subjectId } },
    ]);

    await undo(done.step);
    expect(await registerPicture()).toEqual(before);
    expect(await differences()).toEqual([]);
  });

  it("brings a citizen back into the household where it stands, without it elsewhere or when it is closed", async () => {
    const house = await family("Triệu Văn Nhà", membersOf(["Triệu Thị Ở", "Triệu Thị Đi", "Triệu Thị Sau"]));
    const [here = "", away = "", later = ""] = await membersIn(house.subjectId);
    for (const id of [here, away, later]) await act.close(id, { reason: "MOVED_AWAY" });
    const [one, two] = world.hamlets;
    await act.reopen(here, { hamletId: one });
    await act.reopen(away, { hamletId: two });
    await act.close(house.subjectId, { closedOn: "2026-08-01" });
    await act.reopen(later, { hamletId: one, reopenedOn: "2026-08-02" });

    const rows = await ownerSql<{ id: string; household: string | null }>(
      "SELECT subject_id AS id, household_id AS household FROM citizen WHERE subject_id = ANY ($1)",
      [[here, away, later]],
    );
    // The one who was at home left it again when the household closed.
    expect(new Map(rows.map(({ id, household }) => [id, household]))).toEqual(
      new Map([
        [here, null],
        [away, null],
        [later, null],
      ]),
    );
    expect(
      await ownerSql("SELECT 1 FROM subject_change WHERE subject_id = $1 AND verb = 'subject.reopen'", [
        here,
      ]),
    ).toHaveLength(1);
    expect(await differences()).toEqual([]);
  });

  it("lets a unit stand where it stood, and a hamlet while it is on the map", async () => {
    const unit = await act.register({ title: "ORGANISATION", name: "Trường Thử", kind: "SCHOOL" });
    await act.close(unit.subjectId, { reason: "DISSOLVED" });
    await act.reopen(unit.subjectId, { hamletId: undefined });
    expect((await homesOf(unit.subjectId)).at(-1)).toBe(`${world.commune} 2026-07-01 `);

    const hamlet = await act.register({ title: "COMMUNITY", name: "Khe Thử", kind: "Bản" });
    await act.close(hamlet.subjectId, { reason: "DISSOLVED" });
    const done = await act.reopen(hamlet.subjectId, { hamletId: undefined });
    // Somebody stands in it by now: it does not go again by taking the step back.
    const lodger = await family("Chảo Văn Trọ", { hamletId: hamlet.newHamletId });
    expect(await codeOf(undo(done.step))).toBe("WRONG_STATE");
    await undo(lodger.step);
    await undo(done.step);
    await ownerSql("UPDATE unit SET valid_to = '2026-06-01' WHERE id = $1", [hamlet.newHamletId]);
    expect(await codeOf(act.reopen(hamlet.subjectId, { hamletId: undefined }))).toBe("WRONG_STATE");
  });
});

describe("it is refused", () => {
  it("for days outside, hamlets that are not there, and an entry that changed since", async () => {
    const { subjectId } = await family("Bàn Văn Ngày");
    await act.close(subjectId);
    const before = await registerPicture();
    for (const reopenedOn of ["2026-05-31", "2999-01-01"])
      expect(await codeOf(act.reopen(subjectId, { reopenedOn }))).toBe("INVALID");
    for (const hamletId of [world.nextHamlet, world.commune, undefined])
      expect(await codeOf(act.reopen(subjectId, { hamletId }))).toBe("INVALID");
    expect(await codeOf(act.reopen(subjectId, { version: 1 }))).toBe("CONFLICT");
    expect(await registerPicture()).toEqual(before);

    const closedOn = "2026-06-01";
    await act.reopen(subjectId, { reopenedOn: closedOn });
    expect(await codeOf(act.reopen(subjectId))).toBe("WRONG_STATE");
  });

  it("for strangers, as if there were nothing", async () => {
    const { subjectId } = await family("Bàn Văn Lạ");
    await act.close(subjectId);
    const before = await registerPicture();
    for (const actor of [world.neighbour, world.reviewer, world.leader])
      expect(await codeOf(act.reopen(subjectId, {}, actor))).toBe("NOT_FOUND");
    expect(await registerPicture()).toEqual(before);
  });

  it("for an entry that was merged", async () => {
    const keep = await family("Lò Văn Gộp");
    const drop = await family("Lò Văn Gộp");
    const input = MergeSubjects.parse({
      keepId: keep.subjectId,
      dropId: drop.subjectId,
      keepVersion: 1,
      dropVersion: 1,
      on: "2026-06-01",
    });
    await mergeSubjects(world.officer, input, randomUUID());
    expect(await codeOf(act.reopen(drop.subjectId))).toBe("WRONG_STATE");
  });

  it("for a citizen whose number somebody else has by now", async () => {
    const one = await citizen("Hạng A Số");
    const record = (subjectId: string) =>
      recordIdentity(
        world.officer,
        RecordIdentity.parse({ subjectId, identityVersion: 0, identityNumber: "000000000412" }),
        randomUUID(),
      );
    await record(one.subjectId);
    await act.close(one.subjectId, { reason: "MOVED_AWAY" });
    const two = await citizen("Hạng A Hai");
    await record(two.subjectId);
    expect(await codeOf(act.reopen(one.subjectId))).toBe("IDENTITY_TAKEN");
    await act.close(two.subjectId, { reason: "MOVED_AWAY" });
    await act.reopen(one.subjectId);
  });
});

describe("two at once", () => {
  it("open an entry once", async () => {
    const { subjectId } = await family("Vàng A Đua");
    await act.close(subjectId);
    const codes = await Promise.all([
      codeOf(act.reopen(subjectId)),
      codeOf(act.reopen(subjectId, {}, world.colleague)),
    ]);
    expect(codes.sort()).toEqual(["OK", "WRONG_STATE"]);
    expect((await homesOf(subjectId)).filter((home) => home.endsWith(" "))).toHaveLength(1);
    expect(await differences()).toEqual([]);
  });
});
