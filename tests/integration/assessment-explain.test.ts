import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openAssessment, saveAnswer } from "@/features/assessment/mutations";
import { addEvidence } from "@/features/evidence/mutations";
import { PrismaClient } from "@/generated/prisma/client";
import type { Tx } from "@/lib/db/scope";
import { putFile } from "@/lib/storage/file-store";
import { explainAssessment } from "../../scripts/commands/explain/explain-assessment";
import {
  buildCriteriaSet,
  buildHousehold,
  buildReference,
  buildRound,
  buildUnit,
  buildUser,
  ownerSql,
} from "../setup/builders";
import { testDatabase } from "../setup/database";

const owner = new PrismaClient({
  adapter: new PrismaPg({ connectionString: testDatabase().ownerUrl, max: 1 }),
});
let assessmentId: string;
let storageKey: string;

async function explain() {
  return await owner.$transaction((tx) => explainAssessment(tx as Tx, assessmentId));
}

beforeAll(async () => {
  await buildReference();
  const [nation] = await ownerSql<{ id: number }>("SELECT id FROM unit WHERE level = 'NATION'");
  const province = await buildUnit({ level: "PROVINCE", parentId: nation?.id });
  const commune = await buildUnit({ level: "COMMUNE", parentId: province });
  const hamletId = await buildUnit({ level: "HAMLET", parentId: commune });
  await buildCriteriaSet("FAMILY-TEMPLATE-2022", province);
  await buildRound({ unitId: province, year: 2024 });
  const officer = await buildUser({ role: "COMMUNE_OFFICER", unitId: commune });
  const subjectId = await buildHousehold({ hamletId });
  const opened = await openAssessment(officer, { requestId: randomUUID(), subjectId, year: 2024 });
  assessmentId = opened.assessmentId;
  const cell = {
    requestId: randomUUID(),
    assessmentId,
    itemCode: "1.3",
    answer: { yes: true },
    previous: null,
  };
  await saveAnswer(officer, cell);
  const bytes = await sharp({ create: { width: 9, height: 9, channels: 3, background: "teal" } })
    .png()
    .toBuffer();
  const added = await addEvidence(officer, { requestId: randomUUID(), assessmentId, itemCode: "3.1", bytes });
  const [file] = await ownerSql<{ storage_key: string }>(
    "SELECT storage_key FROM evidence_file WHERE id = $1",
    [added.fileId],
  );
  storageKey = file?.storage_key ?? "";
});
afterAll(() => owner.$disconnect());

it("tells how a score came about and that recomputing agrees", async () => {
  const report = await explain();

  expect(report).toMatchObject({
    differences: [],
    criteriaSet: { code: "FAMILY-TEMPLATE-2022", version: 1 },
    stored: { total: 10 },
    recomputed: { total: 10 },
    evidence: [{ item: "3.1", storedFile: "intact" }],
  });
  expect(report?.items).toContainEqual(expect.objectContaining({ code: "1.3", rule: "yes", points: 10 }));
});

it("finds a stored score and a file that were changed behind the product's back", async () => {
  await ownerSql("UPDATE assessment SET total = 90, classification = 'PASS' WHERE id = $1", [assessmentId]);
  await putFile(storageKey, new Uint8Array([1, 2, 3]), "image/png");

  expect((await explain())?.differences).toEqual([
    "total",
    "classification",
    expect.stringMatching(/^evidence .*: changed$/),
  ]);
});
