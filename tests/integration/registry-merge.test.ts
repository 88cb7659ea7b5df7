import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { leavesOf } from "@/features/registry/data";
import { countLikelyPairs, listLikelyPairs } from "@/features/registry/data/merge";
import { RecordIdentity } from "@/features/registry/identity";
import { recordIdentity } from "@/features/registry/mutations/identity";
import { mergeSubjects } from "@/features/registry/mutations/merge";
import { undoSubjectStep } from "@/features/registry/mutations/undo";
import { MergeSubjects } from "@/features/registry/schema";
import { withScope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { ownerSql } from "../setup/builders";
import { codeOf } from "../setup/refusal";
import type { RegisterWorld } from "../setup/register-world";
import {
  buildAssessment,
  buildRegisterWorld,
  membersOf,
  registerPicture,
  stepsOf,
} from "../setup/register-world";

let world: RegisterWorld;
let act: ReturnType<typeof stepsOf>;

beforeAll(async () => {
  world = await buildRegisterWorld();
  act = stepsOf(world);
});

const family = (name: string, more: Record<string, unknown> = {}) =>
  act.register({ title: "FAMILY", name, hamletId: world.hamlets[0], ...more });

async function merge(
  keepId: string,
  dropId: string,
  more: Record<string, unknown> = {},
  actor = world.officer,
) {
  const step = randomUUID();
  const input = MergeSubjects.parse({
    keepId,
    dropId,
    keepVersion: await act.version(keepId),
    dropVersion: await act.version(dropId),
    on: "2026-06-15",
    ...more,
  });

  return { step, ...(await mergeSubjects(actor, input, step)) };
}
const undo = (stepId: string) => undoSubjectStep(world.officer, { stepId }, randomUUID());
const differences = () => ownerSql("SELECT * FROM recount_differences()");
const subjectOf = async (id: string) =>
  (
    await ownerSql<{
      name: string;
      active_to: string | null;
      close_reason: string | null;
      merged_into_id: string | null;
    }>("SELECT name, active_to::text, close_reason, merged_into_id FROM subject WHERE id = $1", [id])
  )[0];

describe("merging two entries", () => {
  it("keeps the facts chosen, brings members home, closes the other one, and all of it comes back", async () => {
    const keep = await family("Đặng Văn Giữ", { poverty: "POOR", address: "Ngõ 1" });
    const drop = await family("Đặng Văn Giũ", {
      hamletId: world.hamlets[1],
      address: "Ngõ 2",
      isAssociationMember: "on",
      ...membersOf(["Đặng Thị Con", "Đặng Thị Cháu"]),
    });
    const before = await registerPicture();
    const done = await merge(keep.subjectId, drop.subjectId, {
      "take.address": "drop",
      "take.isAssociationMember": "drop",
      "take.poverty": "keep",
    });

    expect(done).toMatchObject({ subjectId: keep.subjectId, linked: 2 });
    expect(await subjectOf(drop.subjectId)).toMatchObject({
      active_to: "2026-06-15",
      close_reason: "MERGED",
      merged_into_id: keep.subjectId,
    });
    const [facts] = await ownerSql(
      "SELECT address, is_association_member, poverty FROM household WHERE subject_id = $1",
      [keep.subjectId],
    );
    expect(facts).toEqual({ address: "Ngõ 2", is_association_member: true, poverty: "POOR" });
    const members = await ownerSql(
      `SELECT s.unit_id, h.valid_from::text, h.valid_to::text FROM citizen c JOIN subject s ON s.id = c.subject_id
         JOIN subject_home h ON h.subject_id = s.id WHERE c.household_id = $1 AND h.unit_id = s.unit_id`,
      [keep.subjectId],
    );
    expect(members).toEqual(
      Array.from({ length: 2 }, () => ({
        unit_id: world.hamlets[0],
        valid_from: "2026-06-15",
        valid_to: null,
      })),
    );
    expect(await differences()).toEqual([]);

    await undo(done.step);
    expect(await registerPicture()).toEqual(before);
    expect(await differences()).toEqual([]);
  });

  it("hands open assessments over where there is none and leaves the rest; both come back", async () => {
    const keep = await family("Nông Văn Năm");
    const drop = await family("Nông Văn Nam");
    const own = await buildAssessment(world, { subjectId: keep.subjectId, year: 2025 });
    const stays = await buildAssessment(world, { subjectId: drop.subjectId, year: 2025 });
    const goes = await buildAssessment(world, { subjectId: drop.subjectId, year: 2026, state: "REGISTERED" });
    const before = await registerPicture();
    const done = await merge(keep.subjectId, drop.subjectId);

    expect(done.assessments).toBe(1);
    const owners = await ownerSql<{ id: string; subject_id: string }>(
      "SELECT id, subject_id FROM assessment WHERE id = ANY ($1)",
      [[own, stays, goes]],
    );
    const ownerOf = Object.fromEntries(owners.map(({ id, subject_id }) => [id, subject_id]));
    expect(ownerOf).toEqual({ [own]: keep.subjectId, [stays]: drop.subjectId, [goes]: keep.subjectId });
    expect(await differences()).toEqual([]);

    await undo(done.step);
    expect(await registerPicture()).toEqual(before);
    expect(await differences()).toEqual([]);
  });

  it("is not taken back once the assessment that went over was worked on", async () => {
    const keep = await family("Nông Văn Tám");
    const drop = await family("Nông Văn Tàm");
    const sheet = await buildAssessment(world, { subjectId: drop.subjectId });
    const done = await merge(keep.subjectId, drop.subjectId);
    await ownerSql("UPDATE assessment SET version = version + 1 WHERE id = $1", [sheet]);

    const error = await undo(done.step).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error instanceof AppError && error.text).toContain("đã được chấm tiếp");
  });

  it("waits while a review runs", async () => {
    const keep = await family("Lường Văn Một");
    const drop = await family("Lường Văn Mốt");
    await buildAssessment(world, { subjectId: drop.subjectId, state: "SUBMITTED" });

    expect(await codeOf(merge(keep.subjectId, drop.subjectId))).toBe("WRONG_STATE");
    // The other way round nothing that is under review changes hands.
    expect(await codeOf(merge(drop.subjectId, keep.subjectId))).toBe("OK");
  });

  it("joins clans and units with what belongs to them", async () => {
    const clan = (name: string) => act.register({ title: "CLAN", name, hamletId: world.hamlets[0] });
    const [keep, drop] = [await clan("Họ Mẫu Một"), await clan("Họ Mẫu Mốt")];
    const house = await family("Mẫu Văn Nhà", { clanId: drop.subjectId });
    const unit = (name: string) => act.register({ title: "ORGANISATION", name, kind: "SCHOOL" });
    const [school, double] = [await unit("Trường Thử"), await unit("Trường Thủ")];
    const teacher = await act.register({
      title: "CITIZEN",
      name: "Cô Giáo Thử",
      hamletId: world.hamlets[2],
      birthYear: "1985",
      sex: "FEMALE",
      variant: "OFFICIAL",
      organisationId: double.subjectId,
    });
    const before = await registerPicture();
    const clans = await merge(keep.subjectId, drop.subjectId);
    const units = await merge(school.subjectId, double.subjectId);

    expect([clans.linked, units.linked]).toEqual([1, 1]);
    expect(
      await ownerSql("SELECT clan_id AS id FROM household WHERE subject_id = $1", [house.subjectId]),
    ).toEqual([{ id: keep.subjectId }]);
    expect(
      await ownerSql("SELECT organisation_id AS id FROM citizen WHERE subject_id = $1", [teacher.subjectId]),
    ).toEqual([{ id: school.subjectId }]);
    expect(await differences()).toEqual([]);
    await undo(units.step);
    await undo(clans.step);
    expect(await registerPicture()).toEqual(before);
  });

  it("takes a citizen's number over, and back", async () => {
    const citizen = (name: string, more: Record<string, unknown> = {}) =>
      act.register({
        title: "CITIZEN",
        name,
        hamletId: world.hamlets[0],
        birthYear: "1985",
        sex: "FEMALE",
        variant: "FARMER",
        ...more,
      });
    const [keep, drop] = [await citizen("Hà Thị Số"), await citizen("Hà Thị Sổ")];
    await recordIdentity(
      world.officer,
      RecordIdentity.parse({ subjectId: drop.subjectId, identityVersion: 0, identityNumber: "001085999999" }),
      randomUUID(),
    );
    const current = () =>
      ownerSql<{ id: string }>("SELECT subject_id AS id FROM identity_number WHERE is_current", []);
    const done = await merge(keep.subjectId, drop.subjectId);
    expect(await current()).toEqual([{ id: keep.subjectId }]);
    await undo(done.step);
    expect(await current()).toEqual([{ id: drop.subjectId }]);
  });

  it("refuses kinds that differ, the same entry twice, closed ones, stale screens and strangers", async () => {
    const keep = await family("Quàng Văn Giữ");
    const drop = await family("Quàng Văn Bỏ");
    const clan = await act.register({ title: "CLAN", name: "Họ Quàng", hamletId: world.hamlets[0] });
    const before = await registerPicture();

    expect(await codeOf(merge(keep.subjectId, clan.subjectId))).toBe("WRONG_STATE");
    expect(
      MergeSubjects.safeParse({
        keepId: keep.subjectId,
        keepVersion: 1,
        dropId: keep.subjectId,
        dropVersion: 1,
        on: "2026-06-15",
      }).success,
    ).toBe(false);
    for (const on of ["2025-02-01", "2099-01-01"])
      expect(await codeOf(merge(keep.subjectId, drop.subjectId, { on }))).toBe("INVALID");
    for (const actor of [world.neighbour, world.reviewer, world.leader])
      expect(await codeOf(merge(keep.subjectId, drop.subjectId, {}, actor))).toBe("NOT_FOUND");
    expect(await registerPicture()).toEqual(before);
    await act.update(drop.subjectId, { title: "FAMILY", name: "Quàng Văn Bỏ", address: "Mới" });
    expect(await codeOf(merge(keep.subjectId, drop.subjectId, { dropVersion: 1 }))).toBe("CONFLICT");
    await act.close(drop.subjectId);
    expect(await codeOf(merge(keep.subjectId, drop.subjectId))).toBe("WRONG_STATE");
  });

  it("happens once when two officers do it at the same time from both ends", async () => {
    const [one, two] = [await family("Tòng Văn Đôi"), await family("Tòng Văn Đối")];
    const codes = await Promise.all([
      codeOf(merge(one.subjectId, two.subjectId)),
      codeOf(merge(two.subjectId, one.subjectId, {}, world.colleague)),
    ]);

    expect(codes.filter((code) => code === "OK")).toHaveLength(1);
    expect(await differences()).toEqual([]);
  });
});

describe("likely duplicates of a commune", () => {
  it("are pairs of one name and about one year, the one with more history first", async () => {
    const name = "Chang A Lặp";
    const ids: string[] = [];
    for (const spelling of [name, "CHANG A LAP", "chang a lắp"]) ids.push((await family(spelling)).subjectId);
    await buildAssessment(world, { subjectId: ids[2] ?? "" });
    const { rows, counts } = await withScope(world.officer, async (tx) => {
      const leafIds = (await leavesOf(tx, world.commune, new Date("2026-12-31"))).map(({ id }) => id);

      return {
        rows: (await listLikelyPairs(tx, { leafIds, title: "FAMILY" })).rows,
        counts: await countLikelyPairs(tx, leafIds),
      };
    });
    const mine = rows.filter(({ keepId, dropId }) => ids.includes(keepId) && ids.includes(dropId));

    expect(mine).toHaveLength(3);
    expect(counts.get("FAMILY")).toBe(rows.length);
    expect(mine.filter(({ keepId }) => keepId === ids[2])).toHaveLength(2);
    const strange = await withScope(world.neighbour, async (tx) =>
      listLikelyPairs(tx, { leafIds: [...world.hamlets], title: "FAMILY" }),
    );
    expect(strange.rows).toEqual([]);
  });
});
