import { randomUUID } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { submitDossier } from "@/features/dossier/mutations";
import { decide } from "@/features/recognition/mutations";
import { approveEntries } from "@/features/review/mutations";
import { AppError } from "@/lib/errors/app-error";
import { ownerSql } from "../setup/builders";
import type { DossierWorld } from "../setup/dossier-world";
import { buildDossierWorld, buildScoredFamily, faults } from "../setup/dossier-world";

let world: DossierWorld;
let dossierId: string;
const day = (offset: number) =>
  new Date(Date.now() + 7 * 3_600_000 + offset * 86_400_000).toISOString().slice(0, 10);

beforeAll(async () => {
  world = await buildDossierWorld();
});

async function approvedEntry(): Promise<string> {
  const id = await buildScoredFamily(world);
  const sent = await submitDossier(world.officer, {
    communeId: world.commune,
    title: "FAMILY",
    year: 2026,
    requestId: randomUUID(),
  });
  dossierId = sent.dossierId;
  await approveEntries(world.reviewer, { dossierId, assessmentIds: [id], requestId: randomUUID() });

  return id;
}

function decideWith(paper: {
  number?: string;
  decidedOn?: string;
  signer?: string;
  expected?: number;
  requestId?: string;
}) {
  return decide(world.reviewer, {
    dossierId,
    number: "5/QĐ-UBND",
    decidedOn: day(0),
    signer: "Lê Thử",
    requestId: randomUUID(),
    ...paper,
  });
}

async function refusalOf(promise: Promise<unknown>): Promise<{ code: string; fields: string[] }> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, fields: Object.keys(error.fields) };
    throw error;
  }

  return { code: "NONE", fields: [] };
}

it("refuses a day to come, a day before the submission, an empty number and signer, and another count than shown", async () => {
  await approvedEntry();

  expect(await refusalOf(decideWith({ decidedOn: day(1) }))).toEqual({
    code: "INVALID",
    fields: ["decidedOn"],
  });
  expect(await refusalOf(decideWith({ decidedOn: day(-1) }))).toEqual({
    code: "INVALID",
    fields: ["decidedOn"],
  });
  expect(await refusalOf(decideWith({ number: "  ", signer: " " }))).toEqual({
    code: "INVALID",
    fields: ["number", "signer"],
  });
  expect(await refusalOf(decideWith({ expected: 2 }))).toEqual({ code: "CONFLICT", fields: [] });
  expect(await ownerSql("SELECT 1 FROM decision")).toEqual([]);
});

it("records one paper per number, once per request, and nothing when nothing is approved", async () => {
  const requestId = randomUUID();
  const first = await decideWith({ requestId });
  expect(await decideWith({ requestId })).toEqual(first);
  expect(first.recognised).toBe(1);
  expect(await refusalOf(decideWith({ number: "6/QĐ-UBND" }))).toEqual({ code: "WRONG_STATE", fields: [] });

  await approvedEntry();
  expect(await refusalOf(decideWith({}))).toEqual({ code: "INVALID", fields: ["number"] });
  expect((await decideWith({ number: "6/QĐ-UBND" })).recognised).toBe(1);

  expect(await ownerSql("SELECT 1 FROM recognition")).toHaveLength(2);
  expect(await faults()).toEqual({ counters: [], log: [] });
});
