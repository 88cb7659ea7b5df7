import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { countReturned, listDossiers } from "@/features/dossier/data";
import { countUntouchedReturns, listEntries } from "@/features/dossier/data/entries";
import { summariseCommune } from "@/features/dossier/data/summary";
import { listCommunesOfYear } from "@/features/dossier/data/units";
import { submitDossier } from "@/features/dossier/mutations";
import {
  countApprovable,
  countWaitingReview,
  countWorkByYear,
  listReviewDossiers,
} from "@/features/review/data";
import { listQueue } from "@/features/review/data/queue";
import { approveEntries, requestChanges } from "@/features/review/mutations";
import { withScope } from "@/lib/db/scope";
import { ownerSql } from "../setup/builders";
import type { DossierWorld } from "../setup/dossier-world";
import { buildDossierWorld, buildScoredFamily } from "../setup/dossier-world";

let world: DossierWorld;
let dossier2024: string;
let dossier2026: string;
const ids: Record<"plain" | "near" | "overruled" | "returned" | "old", string> = {
  plain: "",
  near: "",
  overruled: "",
  returned: "",
  old: "",
};

/** Evidence for each item that names some, so that only what a test leaves out is lacking. */
async function prove(assessmentId: string, itemCodes: readonly string[]): Promise<void> {
  for (const code of itemCodes) {
    await ownerSql(
      `WITH f AS (INSERT INTO evidence_file (commune_id, sha256, mime, byte_size, label, storage_key, uploaded_by)
                  VALUES ($1, $2, 'image/png', 10, 'Ảnh', $2, $3) RETURNING id)
       INSERT INTO evidence_link (file_id, assessment_id, item_code, linked_by) SELECT id, $4, $5, $3 FROM f`,
      [world.commune, randomUUID(), world.officer.id, assessmentId, code],
    );
  }
}

beforeAll(async () => {
  world = await buildDossierWorld();
  ids.old = await buildScoredFamily(world, { year: 2024 });
  const sent = await submitDossier(world.officer2024, {
    communeId: world.oldCommune,
    title: "FAMILY",
    year: 2024,
    requestId: randomUUID(),
  });
  dossier2024 = sent.dossierId;

  for (const name of ["plain", "near", "overruled", "returned"] as const) {
    ids[name] = await buildScoredFamily(world);
    await prove(ids[name], name === "plain" ? ["2.2", "3.1"] : ["2.2", "3.1", "4.2"]);
  }
  await ownerSql("UPDATE assessment SET answers = answers || $2 WHERE id = $1", [
    ids.near,
    JSON.stringify({ "1.3": { yes: false }, "4.1": { yes: false } }),
  ]);
  // One adult, not recognised: the counted share is 0/1, and the sheets' own 2/2 overrules it.
  const [subject] = await ownerSql<{ subject_id: string }>(
    "SELECT subject_id FROM assessment WHERE id = $1",
    [ids.overruled],
  );
  const citizen = randomUUID();
  await ownerSql(
    "INSERT INTO subject (id, title, unit_id, name, active_from) VALUES ($1, 'CITIZEN', $2, 'Người Thử', '2020-01-01')",
    [citizen, world.hamlet],
  );
  await ownerSql(
    "INSERT INTO citizen (subject_id, birth_year, sex, household_id, variant) VALUES ($1, 1980, 'MALE', $2, 'FARMER')",
    [citizen, subject?.subject_id],
  );
  await ownerSql("INSERT INTO subject_home (subject_id, unit_id, valid_from) VALUES ($1, $2, '2020-01-01')", [
    citizen,
    world.hamlet,
  ]);

  const input = { communeId: world.commune, title: "FAMILY" as const, year: 2026 };
  dossier2026 = (await submitDossier(world.officer, { ...input, requestId: randomUUID() })).dossierId;
  await requestChanges(world.reviewer, {
    assessmentId: ids.returned,
    reason: "Thiếu ảnh",
    requestId: randomUUID(),
  });
});

describe("the commune's side", () => {
  it("counts each title by what can go, what cannot and why, and what came back", async () => {
    await buildScoredFamily(world, { sheet: "missing" });
    await buildScoredFamily(world, { sheet: "below" });
    const lines = await withScope(world.officer, (tx) => summariseCommune(tx, world.commune, 2026));

    expect(lines.find((line) => line.title === "FAMILY")).toMatchObject({
      total: 7,
      registered: 6,
      scored: 5,
      ready: 1,
      notReady: { UNSCORED: 0, MISSING: 1, BELOW: 1 },
      submitted: 3,
      returned: 1,
      approved: 0,
      recognised: 0,
      dossierId: dossier2026,
    });
    expect(await countReturned(world.officer)).toBe(1);
    expect(await countReturned(world.neighbour)).toBe(0);
  });

  it("shows the old commune's dossier to the commune that followed it, for its year alone", async () => {
    const communes = (year: number) =>
      withScope(world.officer, (tx) => listCommunesOfYear(tx, world.commune, year));
    expect((await communes(2024)).map((one) => [one.id, one.isSelf])).toEqual([[world.oldCommune, false]]);
    expect((await communes(2026)).map((one) => [one.id, one.isSelf])).toEqual([[world.commune, true]]);
  });

  it("says of a returned entry whether it may go again, and whether anybody touched it", async () => {
    const returned = await withScope(world.officer, (tx) =>
      listEntries(tx, { dossierId: dossier2026, state: "RETURNED" }),
    );
    expect(returned.rows).toMatchObject([{ id: ids.returned, returnReason: "Thiếu ảnh", notReady: null }]);
    expect(await withScope(world.officer, (tx) => countUntouchedReturns(tx, [ids.returned]))).toBe(1);
    await prove(ids.returned, ["3.1"]);
    expect(await withScope(world.officer, (tx) => countUntouchedReturns(tx, [ids.returned]))).toBe(0);
  });

  it("pages entries by an id alone, each one once", async () => {
    const first = await withScope(world.officer, (tx) => listEntries(tx, { dossierId: dossier2026 }));
    const [top] = first.rows;
    const rest = await withScope(world.officer, (tx) =>
      listEntries(tx, { dossierId: dossier2026, after: top?.id }),
    );

    expect(first.rows).toHaveLength(4);
    expect(rest.rows.map((row) => row.id)).toEqual(first.rows.slice(1).map((row) => row.id));
  });
});

describe("the work queue", () => {
  const queueOf = (actor: { id: string }, year: number) =>
    withScope(actor, (tx) => listReviewDossiers(tx, { year, isOpen: true }));

  it("has the district's dossiers of 2024 and the review area's of 2026, and the area inherits the district's", async () => {
    expect((await queueOf(world.districtReviewer, 2024)).rows.map((row) => row.id)).toEqual([dossier2024]);
    expect((await queueOf(world.districtReviewer, 2026)).rows).toEqual([]);
    expect((await queueOf(world.reviewer, 2026)).rows).toMatchObject([
      { id: dossier2026, SUBMITTED: 3, RETURNED: 1 },
    ]);
    expect((await queueOf(world.reviewer, 2024)).rows.map((row) => row.id)).toEqual([dossier2024]);
    expect(await countWaitingReview(world.reviewer)).toBe(2);
    expect(await countWaitingReview(world.districtReviewer)).toBe(1);
    expect(await withScope(world.reviewer, (tx) => countWorkByYear(tx))).toEqual([
      { year: 2026, dossiers: 1, open: 1, waiting: 3 },
      { year: 2024, dossiers: 1, open: 1, waiting: 1 },
    ]);
  });

  it("is empty for an officer, a neighbour and a leader", async () => {
    for (const actor of [world.officer, world.neighbour, world.leader]) {
      expect((await queueOf(actor, 2026)).rows).toEqual([]);
      expect(await countWaitingReview(actor)).toBe(0);
    }
    const seen = (actor: { id: string }) =>
      withScope(actor, (tx) => listDossiers(tx, { unitId: world.reviewArea, year: 2026 }));
    expect((await seen(world.leader)).rows).toHaveLength(1);
    expect((await seen(world.neighbour)).rows).toEqual([]);
  });

  it("says in words that a review is late", async () => {
    expect((await queueOf(world.reviewer, 2024)).rows[0]?.isOverdue).toBe(true);
  });
});

describe("the desk's queue", () => {
  const deskOf = (current?: string) =>
    withScope(world.reviewer, (tx) =>
      listQueue(tx, { dossierId: dossier2026, title: "FAMILY", state: "SUBMITTED", current }),
    );

  it("puts first what was returned, then overruled shares, lacking evidence, the threshold", async () => {
    await submitDossier(world.officer, {
      communeId: world.commune,
      title: "FAMILY",
      year: 2026,
      assessmentIds: [ids.returned],
      requestId: randomUUID(),
    });
    const queue = await deskOf();

    expect(queue.rows.map((row) => row.id)).toEqual([ids.returned, ids.overruled, ids.plain, ids.near]);
    expect(
      queue.rows.map((row) => [row.wasReturned, row.isOverruled, row.lacksEvidence, row.isNearThreshold]),
    ).toEqual([
      [true, false, false, false],
      [false, true, false, false],
      [false, false, true, false],
      [false, false, false, true],
    ]);
  });

  it("knows the entry before and after the open one", async () => {
    expect(await deskOf(ids.overruled)).toMatchObject({
      previous: ids.returned,
      next: ids.plain,
      of: 4,
    });
    expect(await deskOf(ids.near)).toMatchObject({ previous: ids.plain, next: null });
  });

  it("leaves out the actor's own work when all are approved at once", async () => {
    expect(await withScope(world.reviewer, (tx) => countApprovable(tx, world.reviewer.id, dossier2026))).toBe(
      4,
    );
    expect(await withScope(world.reviewer, (tx) => countApprovable(tx, world.officer.id, dossier2026))).toBe(
      0,
    );
    await approveEntries(world.reviewer, {
      dossierId: dossier2026,
      assessmentIds: "all waiting",
      expected: 4,
      requestId: randomUUID(),
    });
    expect((await deskOf()).rows).toEqual([]);
  });
});
