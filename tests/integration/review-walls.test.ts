import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { submitDossier } from "@/features/dossier/mutations";
import { decide } from "@/features/recognition/mutations";
import { approveEntries, requestChanges } from "@/features/review/mutations";
import { appSql, ownerSql } from "../setup/builders";
import type { DossierWorld } from "../setup/dossier-world";
import { assessmentRow, buildDossierWorld, buildScoredFamily, faults } from "../setup/dossier-world";
import { codeOf } from "../setup/refusal";

let world: DossierWorld;
beforeAll(async () => {
  world = await buildDossierWorld();
});

async function submitOne(
  options: Parameters<typeof buildScoredFamily>[1] = {},
): Promise<{ id: string; dossierId: string }> {
  const id = await buildScoredFamily(world, options);
  const { dossierId } = await submitDossier(world.officer, {
    communeId: world.commune,
    title: "FAMILY",
    year: 2026,
    assessmentIds: [id],
    requestId: randomUUID(),
  });

  return { id, dossierId };
}

const approve = (
  actor: typeof world.reviewer,
  dossierId: string,
  ids: string[] | "all waiting",
  version?: number,
) => approveEntries(actor, { dossierId, assessmentIds: ids, requestId: randomUUID(), version });
const today = () => new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
const paper = (dossierId: string, number = "1/QĐ-UBND", decidedOn = today()) => ({
  dossierId,
  number,
  decidedOn,
  signer: "Lê Thử",
  requestId: randomUUID(),
});

describe("two reviewers at once", () => {
  it("approve: one decision and one clear refusal", async () => {
    const { id, dossierId } = await submitOne();
    const codes = await Promise.all([
      codeOf(approve(world.reviewer, dossierId, [id])),
      codeOf(approve(world.otherReviewer, dossierId, [id])),
    ]);

    expect(codes.sort()).toEqual(["OK", "WRONG_STATE"]);
  });

  it("approve and return what both saw waiting: one decision and one clear refusal", async () => {
    const { id, dossierId } = await submitOne();
    const { version } = await assessmentRow(id);
    const codes = await Promise.all([
      codeOf(approve(world.reviewer, dossierId, [id], version)),
      codeOf(
        requestChanges(world.otherReviewer, {
          assessmentId: id,
          reason: "Thiếu",
          version,
          requestId: randomUUID(),
        }),
      ),
    ]);

    expect(codes.sort()).toEqual(["OK", "WRONG_STATE"]);
  });

  it("decide: one paper, one clear refusal, one recognition per entry", async () => {
    const { id, dossierId } = await submitOne();
    await approve(world.reviewer, dossierId, "all waiting").catch(() => undefined);
    const codes = await Promise.all([
      codeOf(decide(world.reviewer, paper(dossierId, "10/QĐ"))),
      codeOf(decide(world.otherReviewer, paper(dossierId, "11/QĐ"))),
    ]);

    expect(codes.sort()).toEqual(["OK", "WRONG_STATE"]);
    expect((await assessmentRow(id)).state).toBe("RECOGNISED");
    expect(await ownerSql("SELECT 1 FROM recognition WHERE assessment_id = $1", [id])).toHaveLength(1);
    expect(await faults()).toEqual({ counters: [], log: [] });
  });
});

describe("the first wall", () => {
  it("lets no officer, neighbour or leader approve, return or decide", async () => {
    const { id, dossierId } = await submitOne();
    for (const actor of [world.officer, world.otherOfficer, world.neighbour, world.leader]) {
      expect(await codeOf(approve(actor, dossierId, [id]))).toBe("NOT_FOUND");
      expect(
        await codeOf(requestChanges(actor, { assessmentId: id, reason: "Thiếu", requestId: randomUUID() })),
      ).toBe("NOT_FOUND");
      expect(await codeOf(decide(actor, paper(dossierId)))).toBe("NOT_FOUND");
    }
    expect((await assessmentRow(id)).state).toBe("SUBMITTED");
  });

  it("says the same of what does not exist, and of an entry of another dossier", async () => {
    const { id } = await submitOne();
    expect(await codeOf(approve(world.reviewer, randomUUID(), [id]))).toBe("NOT_FOUND");
    expect(
      await codeOf(
        requestChanges(world.reviewer, { assessmentId: randomUUID(), reason: "x", requestId: randomUUID() }),
      ),
    ).toBe("NOT_FOUND");
    const neighbourEntry = await buildScoredFamily(world, {
      hamletId: world.neighbourHamlet,
      communeId: world.neighbourCommune,
      scoredBy: world.neighbour.id,
    });
    const other = await submitDossier(world.neighbour, {
      communeId: world.neighbourCommune,
      title: "FAMILY",
      year: 2026,
      requestId: randomUUID(),
    });
    expect(await codeOf(approve(world.reviewer, other.dossierId, [id]))).toBe("NOT_FOUND");
    expect((await assessmentRow(neighbourEntry)).state).toBe("SUBMITTED");
  });

  it("asks a reason, and refuses steps from the wrong state", async () => {
    const { id, dossierId } = await submitOne();
    const back = (reason: string) =>
      requestChanges(world.reviewer, { assessmentId: id, reason, requestId: randomUUID() });
    expect(await codeOf(back("  "))).toBe("REASON_MISSING");
    await back("Thiếu minh chứng");
    expect(await codeOf(back("Nữa"))).toBe("WRONG_STATE");
    expect(await codeOf(approve(world.reviewer, dossierId, [id]))).toBe("WRONG_STATE");
  });
});

describe("own work", () => {
  /** A person who was an officer of the commune and is now a reviewer too. */
  async function bothRoles() {
    const actor = { ...world.otherOfficer, grants: [...world.otherOfficer.grants, ...world.reviewer.grants] };
    await ownerSql(
      `INSERT INTO role_grant (user_id, role, unit_id, valid_from)
       SELECT $1, 'REVIEWER', $2, '2024-01-01' WHERE NOT EXISTS (SELECT 1 FROM role_grant WHERE user_id = $1 AND role = 'REVIEWER')`,
      [actor.id, world.reviewArea],
    );

    return actor;
  }

  it("is refused in words: scored, submitted, approved by somebody else and then decided", async () => {
    const actor = await bothRoles();
    const scored = await submitOne({ scoredBy: actor.id });
    expect(await codeOf(approve(actor, scored.dossierId, [scored.id]))).toBe("OWN_WORK");
    expect(
      await codeOf(requestChanges(actor, { assessmentId: scored.id, reason: "x", requestId: randomUUID() })),
    ).toBe("OWN_WORK");

    await approve(world.reviewer, scored.dossierId, [scored.id]);
    expect(await codeOf(decide(actor, paper(scored.dossierId, "77/QĐ")))).toBe("OWN_WORK");
    await decide(world.reviewer, paper(scored.dossierId, "77/QĐ"));
  });

  it("is skipped by approving all, which says so when nothing else waits", async () => {
    const actor = await bothRoles();
    const own = await submitOne({ scoredBy: actor.id });
    await approve(actor, own.dossierId, "all waiting").catch(() => undefined);
    expect(await codeOf(approve(actor, own.dossierId, "all waiting"))).toBe("OWN_WORK");

    const foreign = await submitOne();
    expect(await approve(actor, own.dossierId, "all waiting")).toEqual({ approved: 1 });
    expect((await assessmentRow(own.id)).state).toBe("SUBMITTED");
    expect((await assessmentRow(foreign.id)).state).toBe("APPROVED");
    await approve(world.reviewer, own.dossierId, [own.id]);
  });

  it("is refused by the database alone, by direct SQL under the actor's scope", async () => {
    const actor = await bothRoles();
    const own = await submitOne({ scoredBy: actor.id });
    const foreign = await submitOne();
    const approveBySql = (actorId: string, id: string) =>
      appSql<{ id: string }>(
        actorId,
        "UPDATE assessment SET state = 'APPROVED', reviewed_by = $2, reviewed_at = now() WHERE id = $1 RETURNING id",
        [id, actorId],
      );

    expect(await approveBySql(actor.id, own.id)).toEqual([]);
    // Officer, neighbour and leader see or reach no row either; a step in another person's name is refused.
    expect(await approveBySql(world.officer.id, foreign.id)).toEqual([]);
    expect(await approveBySql(world.neighbour.id, foreign.id)).toEqual([]);
    expect(await approveBySql(world.leader.id, foreign.id)).toEqual([]);
    await expect(
      appSql(world.reviewer.id, "UPDATE assessment SET state = 'APPROVED', reviewed_by = $2 WHERE id = $1", [
        foreign.id,
        world.otherReviewer.id,
      ]),
    ).rejects.toThrow(/row-level security|another name/);
    expect(await approveBySql(actor.id, foreign.id)).toHaveLength(1);

    // The owner of the tables meets the check constraint.
    await expect(
      ownerSql("UPDATE assessment SET state = 'APPROVED', reviewed_by = $2 WHERE id = $1", [
        own.id,
        actor.id,
      ]),
    ).rejects.toThrow(/assessment_not_own_check/);
    await approve(world.reviewer, own.dossierId, [own.id]);
  });

  it("cannot be submitted by a reviewer through SQL, nor a decision be made by an officer", async () => {
    const id = await buildScoredFamily(world);
    const { dossierId } = await submitOne();
    expect(
      await appSql(
        world.reviewer.id,
        "UPDATE assessment SET state = 'SUBMITTED', submitted_by = $2 WHERE id = $1 RETURNING id",
        [id, world.reviewer.id],
      ),
    ).toEqual([]);
    await expect(
      appSql(
        world.officer.id,
        "INSERT INTO decision (dossier_id, unit_id, number, decided_on, signer, created_by) VALUES ($1, $2, 'x', now(), 'x', $3)",
        [dossierId, world.commune, world.officer.id],
      ),
    ).rejects.toThrow(/row-level security/);
    expect(await appSql(world.neighbour.id, "SELECT id FROM dossier")).not.toContainEqual({ id: dossierId });
    expect(
      await appSql(world.neighbour.id, "SELECT id FROM assessment WHERE commune_id = $1", [world.commune]),
    ).toEqual([]);
  });
});
