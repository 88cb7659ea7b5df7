import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { countByState, listEntries } from "@/features/dossier/data/entries";
import { submitDossier } from "@/features/dossier/mutations";
import { decide } from "@/features/recognition/mutations";
import { approveEntries, requestChanges } from "@/features/review/mutations";
import { withScope } from "@/lib/db/scope";
import { buildUnit, ownerSql } from "../setup/builders";
import type { DossierWorld } from "../setup/dossier-world";
import { assessmentRow, buildDossierWorld, buildScoredFamily, faults } from "../setup/dossier-world";
import { codeOf } from "../setup/refusal";

let world: DossierWorld;
beforeAll(async () => {
  world = await buildDossierWorld();
});

const today = () => new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);

describe.each([
  { year: 2024 as const, by: "district" },
  { year: 2026 as const, by: "review area" },
])("the whole road of $year, reviewed by the $by", ({ year }) => {
  it("goes from what is ready to recognitions, with what is not ready left behind", async () => {
    const officer = year === 2024 ? world.officer2024 : world.officer;
    const reviewer = year === 2024 ? world.districtReviewer : world.reviewer;
    const communeId = year === 2024 ? world.oldCommune : world.commune;
    const ready = [await buildScoredFamily(world, { year }), await buildScoredFamily(world, { year })];
    const below = await buildScoredFamily(world, { year, sheet: "below" });
    const missing = await buildScoredFamily(world, { year, sheet: "missing" });

    const sent = await submitDossier(officer, { communeId, title: "FAMILY", year, requestId: randomUUID() });
    expect(sent.submitted).toBe(2);
    const [dossier] = await ownerSql<{ reviewer_unit_id: number }>(
      "SELECT reviewer_unit_id FROM dossier WHERE id = $1",
      [sent.dossierId],
    );
    expect(dossier?.reviewer_unit_id).toBe(year === 2024 ? world.district : world.reviewArea);
    expect((await assessmentRow(below)).state).toBe("DRAFT");
    expect((await assessmentRow(missing)).state).toBe("DRAFT");

    const [first, second] = ready as [string, string];
    await requestChanges(reviewer, {
      assessmentId: first,
      reason: "Thiếu giấy khen",
      requestId: randomUUID(),
    });
    expect(await assessmentRow(first)).toMatchObject({
      state: "RETURNED",
      return_reason: "Thiếu giấy khen",
      return_count: 1,
    });
    await approveEntries(reviewer, {
      dossierId: sent.dossierId,
      assessmentIds: [second],
      requestId: randomUUID(),
    });

    const again = await submitDossier(officer, {
      communeId,
      title: "FAMILY",
      year,
      assessmentIds: [first],
      requestId: randomUUID(),
    });
    expect(again).toEqual({ dossierId: sent.dossierId, submitted: 1 });
    const all = await approveEntries(reviewer, {
      dossierId: sent.dossierId,
      assessmentIds: "all waiting",
      requestId: randomUUID(),
    });
    expect(all.approved).toBe(1);

    const decision = await decide(reviewer, {
      dossierId: sent.dossierId,
      number: "125/QĐ-UBND",
      decidedOn: today(),
      signer: "Lê Thử",
      requestId: randomUUID(),
    });
    expect(decision.recognised).toBe(2);
    const recognitions = await ownerSql<{ first_year: number; last_year: number }>(
      "SELECT first_year, last_year FROM recognition WHERE decision_id = $1",
      [decision.decisionId],
    );
    expect(recognitions).toEqual([
      { first_year: year, last_year: year },
      { first_year: year, last_year: year },
    ]);

    const [counters] = await ownerSql("SELECT * FROM unit_year WHERE unit_id = $1 AND year = $2", [
      world.hamlet,
      year,
    ]);
    expect(counters).toMatchObject({
      family_registered: 4,
      family_scored: 3,
      family_submitted: 2,
      family_recognised: 2,
    });
    const log = await ownerSql<{ verb: string; n: number }>(
      "SELECT verb, count(*)::int AS n FROM action WHERE chain_id = $1 GROUP BY verb ORDER BY verb",
      [communeId],
    );
    expect(Object.fromEntries(log.map((row) => [row.verb, row.n]))).toEqual({
      "dossier.submit": 2,
      "assessment.submit": 3,
      "assessment.requestChanges": 1,
      "assessment.approve": 2,
      "dossier.decide": 1,
      "assessment.recognise": 2,
    });
    expect(await faults()).toEqual({ counters: [], log: [] });
  });
});

describe("submission", () => {
  it("happens once per request id, also when sent twice at the same moment", async () => {
    await buildScoredFamily(world);
    const input = { communeId: world.commune, title: "FAMILY" as const, year: 2026, requestId: randomUUID() };
    const before = await ownerSql("SELECT 1 FROM action WHERE chain_id = $1", [world.commune]);

    const answers = await Promise.all([
      submitDossier(world.officer, input),
      submitDossier(world.officer, input),
    ]);
    const third = await submitDossier(world.officer, input);

    expect(answers[0]).toEqual(answers[1]);
    expect(third).toEqual(answers[0]);
    expect(third.submitted).toBe(1);
    const after = await ownerSql("SELECT 1 FROM action WHERE chain_id = $1", [world.commune]);
    expect(after.length - before.length).toBe(2);
  });

  it("counts the entries of one hamlet as the list of that hamlet shows them", async () => {
    const hamletId = await buildUnit({ level: "HAMLET", parentId: world.commune, validFrom: "2025-07-01" });
    for (const one of [hamletId, hamletId, world.hamlet]) await buildScoredFamily(world, { hamletId: one });
    const { dossierId } = await submitDossier(world.officer, {
      communeId: world.commune,
      title: "FAMILY",
      year: 2026,
      requestId: randomUUID(),
    });

    await withScope(world.officer, async (tx) => {
      const part = await countByState(tx, dossierId, hamletId);
      const { rows } = await listEntries(tx, { dossierId, state: "SUBMITTED", hamletId, limit: 500 });
      const whole = await countByState(tx, dossierId);

      expect(part.SUBMITTED).toBe(2);
      expect(rows).toHaveLength(2);
      expect(whole.SUBMITTED).toBeGreaterThan(2);
    });
  });

  it("sends an entry once when two officers submit at the same moment", async () => {
    await buildScoredFamily(world);
    const input = { communeId: world.commune, title: "FAMILY" as const, year: 2026 };
    const outcomes = await Promise.allSettled([
      submitDossier(world.officer, { ...input, requestId: randomUUID() }),
      submitDossier(world.otherOfficer, { ...input, requestId: randomUUID() }),
    ]);

    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
    expect(await faults()).toEqual({ counters: [], log: [] });
  });

  it("refuses clearly when nothing is ready, when the count changed, and for a single entry that is not ready", async () => {
    const input = { communeId: world.commune, title: "FAMILY" as const, year: 2026 };
    expect(await codeOf(submitDossier(world.officer, { ...input, requestId: randomUUID() }))).toBe(
      "INCOMPLETE",
    );

    const missing = await buildScoredFamily(world, { sheet: "missing" });
    const below = await buildScoredFamily(world, { sheet: "below" });
    const named = (id: string) =>
      submitDossier(world.officer, { ...input, assessmentIds: [id], requestId: randomUUID() });
    expect(await codeOf(named(missing))).toBe("INCOMPLETE");
    expect(await codeOf(named(below))).toBe("BELOW_THRESHOLD");
    expect(await codeOf(named(randomUUID()))).toBe("WRONG_STATE");

    const ready = await buildScoredFamily(world);
    expect(
      await codeOf(submitDossier(world.officer, { ...input, expected: 2, requestId: randomUUID() })),
    ).toBe("CONFLICT");
    expect((await assessmentRow(ready)).state).toBe("DRAFT");
    expect(
      (await submitDossier(world.officer, { ...input, expected: 1, requestId: randomUUID() })).submitted,
    ).toBe(1);
  });

  it("is nothing for a reviewer, a neighbour or a leader", async () => {
    const id = await buildScoredFamily(world);
    const input = { communeId: world.commune, title: "FAMILY" as const, year: 2026 };
    for (const actor of [world.reviewer, world.neighbour, world.leader, world.districtReviewer]) {
      expect(await codeOf(submitDossier(actor, { ...input, requestId: randomUUID() }))).toBe("NOT_FOUND");
    }
    // A commune that did not stand on the round's day has no round.
    expect(
      await codeOf(submitDossier(world.officer, { ...input, year: 2024, requestId: randomUUID() })),
    ).toBe("NOT_FOUND");
    expect((await assessmentRow(id)).state).toBe("DRAFT");
  });

  it("freezes the score as it is today", async () => {
    const id = await buildScoredFamily(world);
    await ownerSql(
      "UPDATE assessment SET total = 1, is_complete = false, is_recognisable = false WHERE id = $1",
      [id],
    );
    await submitDossier(world.officer, {
      communeId: world.commune,
      title: "FAMILY",
      year: 2026,
      assessmentIds: [id],
      requestId: randomUUID(),
    });

    expect(await assessmentRow(id)).toMatchObject({
      state: "SUBMITTED",
      total: "100.00",
      submitted_by: world.officer.id,
    });
  });
});
