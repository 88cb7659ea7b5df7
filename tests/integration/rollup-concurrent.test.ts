import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { Answer } from "@/domain/criteria/answer";
import { UNIT_YEAR_COUNTERS, ZERO_COUNTERS } from "@/domain/indicator/counters";
import { openAssessment, saveAnswer } from "@/features/assessment/mutations";
import { submitDossier } from "@/features/dossier/mutations";
import { sumCounters } from "@/features/figures/data";
import { decide } from "@/features/recognition/mutations";
import { registerSubject } from "@/features/registry/mutations";
import { closeSubject, moveSubject } from "@/features/registry/mutations/leave";
import { CloseSubject, MoveSubject, RegisterSubject } from "@/features/registry/schema";
import { approveEntries, requestChanges } from "@/features/review/mutations";
import type { SessionActor } from "@/features/user/data";
import { withScope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { appSql, buildUnit, ownerSql, placeUnit } from "../setup/builders";
import type { DossierWorld } from "../setup/dossier-world";
import { buildDossierWorld, familyAnswers, faults } from "../setup/dossier-world";

const YEAR = 2026;
const VERBS = [
  "register",
  "register",
  "open",
  "open",
  "score",
  "score",
  "score",
  "submit",
  "approve",
  "approve",
  "return",
  "decide",
  "move",
  "close",
  "edit",
  "read",
] as const;
type Step = Readonly<{ verb: (typeof VERBS)[number]; place: 0 | 1; pick: number }>;

const Step: fc.Arbitrary<Step> = fc.record({
  verb: fc.constantFrom(...VERBS),
  place: fc.constantFrom(0 as const, 1 as const),
  pick: fc.nat(10_000),
});

type Place = { commune: number; hamlets: number[]; officers: SessionActor[] };

let world: DossierWorld;
let places: [Place, Place];
const done = new Map<string, number>();
const refused = new Map<string, number>();

beforeAll(async () => {
  world = await buildDossierWorld();
  const [nation] = await ownerSql<{ id: number }>("SELECT id FROM unit WHERE level = 'NATION'");
  await placeUnit({ childId: world.province, parentId: nation?.id ?? 0, validFrom: "2014-02-20" });
  const more = (parentId: number) => buildUnit({ level: "HAMLET", parentId, validFrom: "2025-07-01" });
  places = [
    {
      commune: world.commune,
      hamlets: [world.hamlet, await more(world.commune)],
      officers: [world.officer, world.otherOfficer],
    },
    {
      commune: world.neighbourCommune,
      hamlets: [world.neighbourHamlet, await more(world.neighbourCommune)],
      officers: [world.neighbour],
    },
  ];
});

function one<T>(list: readonly T[], pick: number): T | undefined {
  return list[pick % Math.max(1, list.length)];
}

/** A family of the place, looked at without a lock: it may have changed before the step reaches it. */
async function family(
  place: Place,
  pick: number,
  condition: string,
): Promise<{ id: string; version: number; hamlet: number; assessment: string } | undefined> {
  const rows = await ownerSql<{ id: string; version: number; hamlet: number; assessment: string }>(
    `SELECT s.id, s.version, s.unit_id AS hamlet, a.id AS assessment FROM subject s LEFT JOIN assessment a ON a.subject_id = s.id AND a.year = ${YEAR}
      WHERE s.title = 'FAMILY' AND s.unit_id = ANY ($1::int[]) AND s.active_to IS NULL AND ${condition} ORDER BY s.id`,
    [place.hamlets],
  );

  return one(rows, pick);
}

async function dossierOf(place: Place): Promise<string | undefined> {
  const [row] = await ownerSql<{ id: string }>("SELECT id FROM dossier WHERE unit_id = $1 AND year = $2", [
    place.commune,
    YEAR,
  ]);

  return row?.id;
}

const register = (place: Place, officer: SessionActor, pick: number) =>
  registerSubject(
    officer,
    RegisterSubject.parse({
      title: "FAMILY",
      communeId: place.commune,
      year: YEAR,
      confirmNew: true,
      activeFrom: "2025-07-01",
      hamletId: one(place.hamlets, pick),
      name: `Hộ Thử ${String.fromCharCode(65 + (pick % 26))}`,
      isAssociationMember: pick % 3 === 0,
      members: [
        {
          name: "Người Thử Một",
          birthYear: 1970 + (pick % 30),
          sex: "MALE",
          variant: "FARMER",
          isWorker: pick % 2 === 0,
        },
        { name: "Người Thử Hai", birthYear: 2012, sex: "FEMALE", variant: "STUDENT" },
      ],
    }),
    randomUUID(),
  );

async function score(officer: SessionActor, assessmentId: string, isPartly: boolean): Promise<void> {
  const answers = Object.entries(familyAnswers(isPartly ? "missing" : "passing"));
  for (const [itemCode, answer] of answers) {
    await saveAnswer(officer, {
      requestId: randomUUID(),
      assessmentId,
      itemCode,
      answer: Answer.parse(answer),
      previous: null,
    });
  }
}

/** One step of somebody's work, on whatever stands there now. */
async function take({ verb, place: index, pick }: Step): Promise<void> {
  const place = places[index];
  const officer = one(place.officers, pick) ?? world.officer;
  const reviewer = pick % 2 === 0 ? world.reviewer : world.otherReviewer;
  const requestId = randomUUID();

  if (verb === "register") return void (await register(place, officer, pick));
  if (verb === "open") {
    const found = await family(place, pick, "a.id IS NULL");
    if (found) await openAssessment(officer, { requestId, subjectId: found.id, year: YEAR });
  }
  if (verb === "score") {
    const found = await family(
      place,
      pick,
      "a.state IN ('REGISTERED', 'DRAFT', 'RETURNED') AND NOT a.is_complete",
    );
    if (found) await score(officer, found.assessment, pick % 5 === 0);
  }
  if (verb === "submit")
    await submitDossier(officer, { communeId: place.commune, title: "FAMILY", year: YEAR, requestId });
  if (verb === "approve") {
    const dossierId = await dossierOf(place);
    if (dossierId) await approveEntries(reviewer, { dossierId, assessmentIds: "all waiting", requestId });
  }
  if (verb === "return") {
    const found = await family(place, pick, "a.state IN ('SUBMITTED', 'APPROVED')");
    if (found)
      await requestChanges(reviewer, {
        assessmentId: found.assessment,
        reason: "Thiếu minh chứng",
        requestId,
      });
  }
  if (verb === "decide") {
    const dossierId = await dossierOf(place);
    const [day] = await ownerSql<{ on: string }>("SELECT app_today()::text AS on");
    if (dossierId) {
      await decide(reviewer, {
        dossierId,
        number: `${pick}/QĐ`,
        decidedOn: day?.on ?? "",
        signer: "Người Ký",
        requestId,
      });
    }
  }
  if (verb === "move") {
    const found = await family(place, pick, "true");
    const hamletId = place.hamlets.find((id) => id !== found?.hamlet);
    if (found) {
      await moveSubject(
        officer,
        MoveSubject.parse({ subjectId: found.id, version: found.version, hamletId, movedOn: "2026-06-01" }),
        requestId,
      );
    }
  }
  if (verb === "close" && pick % 3 === 0) {
    const found = await family(place, pick, "a.id IS NULL");
    if (found) {
      const input = CloseSubject.parse({
        subjectId: found.id,
        version: found.version,
        reason: "MOVED_AWAY",
        closedOn: "2026-07-01",
        withMembers: true,
      });
      await closeSubject(officer, input, requestId);
    }
  }
  if (verb === "edit") {
    const found = await family(place, pick, "true");
    if (found) {
      await appSql(
        officer.id,
        "UPDATE household SET is_association_member = NOT is_association_member WHERE subject_id = $1",
        [found.id],
      );
      await appSql(
        officer.id,
        "UPDATE citizen SET is_worker = NOT is_worker, digital_skill = 'FLUENT' WHERE household_id = $1",
        [found.id],
      );
    }
  }
  if (verb === "read") {
    const sums = await withScope(world.leader, (tx) => sumCounters(tx, [world.province], YEAR));
    const { familyTotal, familyRegistered, familyRecognised } = sums.get(world.province) ?? ZERO_COUNTERS;
    expect(familyRegistered).toBeLessThanOrEqual(familyTotal);
    expect(familyRecognised).toBeLessThanOrEqual(familyRegistered);
  }
}

/** A refusal is a fair answer to a step that came too late; anything else is a fault. */
async function attempt(step: Step): Promise<void> {
  try {
    await take(step);
    done.set(step.verb, (done.get(step.verb) ?? 0) + 1);
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "UNKNOWN") throw error;
    refused.set(`${step.verb} ${error.code}`, (refused.get(`${step.verb} ${error.code}`) ?? 0) + 1);
  }
}

describe("many people writing at once", () => {
  it("leave every counter equal to a count of the raw rows, and every chain whole", async () => {
    for (const place of places) {
      for (let n = 0; n < 6; n++) await register(place, place.officers[0] ?? world.officer, n);
    }
    // One road to its end, so that the crowd begins among entries in every state.
    const first = { place: 0, pick: 1 } as const;
    for (const verb of ["open", "score", "submit", "approve", "decide"] as const)
      await take({ verb, ...first });
    const workers = fc.sample(fc.array(Step, { minLength: 20, maxLength: 20 }), {
      numRuns: 6,
      seed: 20_260_701,
    });
    await Promise.all(
      workers.map(async (steps) => {
        for (const step of steps) await attempt(step);
      }),
    );

    expect(await faults()).toEqual({ counters: [], log: [] });
    const sums = await withScope(world.leader, (tx) =>
      sumCounters(tx, [world.province, world.reviewArea, world.commune, world.neighbourCommune], YEAR),
    );
    const [province, area, ...communes] = [
      world.province,
      world.reviewArea,
      world.commune,
      world.neighbourCommune,
    ].map((id) => sums.get(id) ?? ZERO_COUNTERS);
    for (const counter of UNIT_YEAR_COUNTERS) {
      const parts = communes.reduce((total, part) => total + part[counter], 0);
      expect([province?.[counter], area?.[counter]]).toEqual([parts, parts]);
    }
    expect(province?.familyRecognised).toBeGreaterThan(0);
    expect(done.get("register")).toBeGreaterThan(5);
    expect(done.get("move")).toBeGreaterThan(0);
    expect([...refused.keys()].filter((key) => key.endsWith("BUSY"))).toEqual([]);
  }, 180_000);
});
