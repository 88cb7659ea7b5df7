import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import type { AssessmentState, StepFacts, Verb } from "@/domain/recognition/recognition";
import { refusalOf, stateAfter } from "@/domain/recognition/recognition";
import { saveAnswer } from "@/features/assessment/mutations";
import { submitDossier } from "@/features/dossier/mutations";
import { decide } from "@/features/recognition/mutations";
import { approveEntries, requestChanges } from "@/features/review/mutations";
import type { SessionActor } from "@/features/user/data";
import { AppError } from "@/lib/errors/app-error";
import { ownerSql } from "../setup/builders";
import type { DossierWorld } from "../setup/dossier-world";
import { buildDossierWorld, buildScoredFamily, faults } from "../setup/dossier-world";

const ENTRIES = 3;
const ACTORS = [
  "officer",
  "otherOfficer",
  "reviewer",
  "otherReviewer",
  "both",
  "neighbour",
  "leader",
] as const;
type ActorName = (typeof ACTORS)[number];
type Facts = StepFacts & { dossierId: string | null };

type Step =
  | { verb: "score"; actor: ActorName; entry: number; yes: boolean }
  | { verb: "submit" | "approve" | "requestChanges"; actor: ActorName; entry: number }
  | { verb: "submitAll" | "approveAll" | "recognise"; actor: ActorName };

const actor = fc.constantFrom(...ACTORS);
const entry = fc.nat({ max: ENTRIES - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ verb: fc.constant("score" as const), actor, entry, yes: fc.boolean() }),
  fc.record({
    verb: fc.constantFrom("submit" as const, "approve" as const, "requestChanges" as const),
    actor,
    entry,
  }),
  fc.record({
    verb: fc.constantFrom("submitAll" as const, "approveAll" as const, "recognise" as const),
    actor,
  }),
);

let world: DossierWorld;
let people: Record<ActorName, SessionActor>;
let serial = 0;
/** Verbs that were taken with success at least once, so that the walk is known to reach the end of the road. */
const taken = new Set<string>();

beforeAll(async () => {
  world = await buildDossierWorld();
  const { officer, otherOfficer, reviewer, otherReviewer, neighbour, leader } = world;
  await ownerSql(
    "INSERT INTO role_grant (user_id, role, unit_id, valid_from) VALUES ($1, 'REVIEWER', $2, '2024-01-01')",
    [otherOfficer.id, world.reviewArea],
  );
  const both = { ...otherOfficer, grants: [...otherOfficer.grants, ...reviewer.grants] };
  people = { officer, otherOfficer: both, reviewer, otherReviewer, both, neighbour, leader };
});

async function factsOf(ids: readonly string[]): Promise<Map<string, Facts>> {
  const rows = await ownerSql<Facts & { id: string }>(
    `SELECT id, state, is_complete AS "isComplete", is_recognisable AS "isRecognisable", submitted_by AS "submittedBy",
            scored_by AS "scoredBy", dossier_id AS "dossierId" FROM assessment WHERE id = ANY ($1)`,
    [ids],
  );

  return new Map(rows.map((row) => [row.id, row]));
}

const isOfficer = (name: ActorName) => name === "officer" || name === "otherOfficer" || name === "both";
const isReviewer = (name: ActorName) =>
  name === "reviewer" || name === "otherReviewer" || name === "both" || name === "otherOfficer";

/** Takes a step through the product's own verb; whether it was allowed. */
async function take(chosen: Step, ids: readonly string[], dossierId: string | undefined): Promise<boolean> {
  const person = people[chosen.actor];
  const requestId = randomUUID();
  const id = "entry" in chosen ? (ids[chosen.entry] ?? "") : "";
  const commune = { communeId: world.commune, title: "FAMILY" as const, year: 2026, requestId };
  const known = dossierId ?? randomUUID();
  try {
    switch (chosen.verb) {
      case "score": {
        const [row] = await ownerSql<{ answer: { yes: boolean } }>(
          `SELECT answers->'4.2' AS answer FROM assessment WHERE id = $1`,
          [id],
        );
        await saveAnswer(person, {
          requestId,
          assessmentId: id,
          itemCode: "4.2",
          answer: chosen.yes ? { yes: true } : null,
          previous: row?.answer ?? null,
        });
        break;
      }
      case "submit":
        await submitDossier(person, { ...commune, assessmentIds: [id] });
        break;
      case "submitAll":
        await submitDossier(person, commune);
        break;
      case "approve":
        await approveEntries(person, { dossierId: known, assessmentIds: [id], requestId });
        break;
      case "approveAll":
        await approveEntries(person, { dossierId: known, assessmentIds: "all waiting", requestId });
        break;
      case "requestChanges":
        await requestChanges(person, { assessmentId: id, reason: "Thiếu minh chứng", requestId });
        break;
      case "recognise": {
        serial += 1;
        const decidedOn = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
        await decide(person, {
          dossierId: known,
          number: `${serial}/QĐ`,
          decidedOn,
          signer: "Lê Thử",
          requestId,
        });
      }
    }

    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

/** What the machine of the domain says of one entry: the state after the step, or null when it may not be taken. */
function expected(verb: Verb, facts: Facts, name: ActorName): AssessmentState | null {
  const holdsRight = verb === "score" || verb === "submit" ? isOfficer(name) : isReviewer(name);
  const refusal = refusalOf(verb, facts, { actorId: people[name].id, reason: "Thiếu minh chứng" });

  return holdsRight && refusal === null ? stateAfter(verb, facts.state) : null;
}

/** The states after a step as the machine has them, entry by entry. */
function model(
  chosen: Step,
  ids: readonly string[],
  facts: ReadonlyMap<string, Facts>,
): { states: Map<string, AssessmentState>; allowed: boolean } {
  const states = new Map([...facts].map(([id, row]) => [id, row.state]));
  const verb = { submitAll: "submit", approveAll: "approve" }[chosen.verb as string] ?? chosen.verb;
  const chosenIds = "entry" in chosen ? ids.slice(chosen.entry, chosen.entry + 1) : ids;
  const steps = chosenIds.map((id) => {
    const row = facts.get(id);

    return { id, row, next: row ? expected(verb as Verb, row, chosen.actor) : null };
  });
  const possible = steps.filter((one) => one.next !== null);
  // A decision names every approved entry: one that is the decider's own work refuses all of it.
  const isBlocked =
    chosen.verb === "recognise" && steps.some((one) => one.row?.state === "APPROVED" && one.next === null);
  const allowed = possible.length > 0 && !isBlocked;
  if (allowed) for (const one of possible) if (one.next !== null) states.set(one.id, one.next);

  return { states, allowed };
}

it("random verbs by random people never reach what the machine forbids", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const before = await ownerSql<{ id: string }>("SELECT id FROM assessment");
      await ownerSql("DELETE FROM recognition");
      await ownerSql("DELETE FROM decision");
      await ownerSql("DELETE FROM assessment WHERE id = ANY ($1)", [before.map((row) => row.id)]);
      const ids: string[] = [];
      for (let n = 0; n < ENTRIES; n++) ids.push(await buildScoredFamily(world));

      for (const chosen of steps) {
        const facts = await factsOf(ids);
        const dossierId = [...facts.values()].find((row) => row.dossierId !== null)?.dossierId ?? undefined;
        const wanted = model(chosen, ids, facts);
        const wasTaken = await take(chosen, ids, dossierId);
        const after = await factsOf(ids);

        expect({ chosen, taken: wasTaken }).toEqual({ chosen, taken: wanted.allowed });
        if (wasTaken) taken.add(chosen.verb);
        expect(new Map([...after].map(([id, row]) => [id, row.state]))).toEqual(wanted.states);
      }
      expect(await faults()).toEqual({ counters: [], log: [] });
    }),
    // The whole road once for sure: chance alone seldom walks it to its end.
    {
      numRuns: 40,
      examples: [
        [
          [
            { verb: "score", actor: "officer", entry: 0, yes: true },
            { verb: "submit", actor: "officer", entry: 0 },
            { verb: "approve", actor: "reviewer", entry: 0 },
            { verb: "submitAll", actor: "officer" },
            { verb: "requestChanges", actor: "reviewer", entry: 1 },
            { verb: "approveAll", actor: "reviewer" },
            { verb: "recognise", actor: "reviewer" },
          ],
        ],
      ],
    },
  );
  expect([...taken].sort()).toEqual([
    "approve",
    "approveAll",
    "recognise",
    "requestChanges",
    "score",
    "submit",
    "submitAll",
  ]);
}, 180_000);
