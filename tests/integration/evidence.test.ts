import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openAssessment } from "@/features/assessment/mutations";
import { getReadableFile, listEvidence } from "@/features/evidence/data";
import { addEvidence, removeEvidence } from "@/features/evidence/mutations";
import type { SessionActor } from "@/features/user/data";
import { withScope } from "@/lib/db/scope";
import { readStoredFile } from "@/lib/storage/file-store";
import {
  appSql,
  buildCriteriaSet,
  buildHousehold,
  buildReference,
  buildRound,
  buildUnit,
  buildUser,
  ownerSql,
} from "../setup/builders";
import { testDatabase } from "../setup/database";
import { codeOf } from "../setup/refusal";

let commune: number;
let hamlet: number;
let officer: SessionActor;
let neighbour: SessionActor;
let reviewer: SessionActor;
let assessmentId: string;

beforeAll(async () => {
  await buildReference();
  const [nation] = await ownerSql<{ id: number }>("SELECT id FROM unit WHERE level = 'NATION'");
  const province = await buildUnit({ level: "PROVINCE", parentId: nation?.id });
  commune = await buildUnit({ level: "COMMUNE", parentId: province });
  hamlet = await buildUnit({ level: "HAMLET", parentId: commune });
  await buildCriteriaSet("FAMILY-TEMPLATE-2022", province);
  await buildRound({ unitId: province, year: 2024 });
  officer = await buildUser({ role: "COMMUNE_OFFICER", unitId: commune });
  reviewer = await buildUser({ role: "REVIEWER", unitId: province });
  neighbour = await buildUser({
    role: "COMMUNE_OFFICER",
    unitId: await buildUnit({ level: "COMMUNE", parentId: province }),
  });
});

beforeEach(async () => {
  assessmentId = await open();
});

async function open(): Promise<string> {
  const subjectId = await buildHousehold({ hamletId: hamlet });

  return (await openAssessment(officer, { requestId: randomUUID(), subjectId, year: 2024 })).assessmentId;
}

async function add(bytes: Uint8Array, itemCode = "3.1", actor = officer, target = assessmentId) {
  return await addEvidence(actor, { requestId: randomUUID(), assessmentId: target, itemCode, bytes });
}

let shade = 0;
function nextShade(): number {
  shade += 19;

  return shade % 256;
}

/** A photo as a phone writes it: lying on its side, with a position in its metadata. */
async function photo(width = 3000, height = 1500): Promise<Uint8Array> {
  return await sharp({
    create: { width, height, channels: 3, background: { r: 40, g: 90, b: nextShade() } },
  })
    .jpeg()
    .withExif({
      IFD0: { Make: "Máy thử", Orientation: "6" },
      IFD3: { GPSLatitude: "21/1 49/1 0/1", GPSLatitudeRef: "N" },
    })
    .withMetadata({ orientation: 6 })
    .toBuffer();
}

const PDF = new TextEncoder().encode(
  "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
);

describe("uploading", () => {
  it("stores a photo upright, at most 2000 pixels wide, without any metadata", async () => {
    const original = await photo();
    expect((await sharp(original).metadata()).exif).toBeDefined();
    const added = await add(original);
    const [row] = await ownerSql<{ storage_key: string; byte_size: number }>(
      "SELECT storage_key, byte_size FROM evidence_file WHERE id = $1",
      [added.fileId],
    );
    const stored = (await readStoredFile(row?.storage_key ?? "")) ?? new Uint8Array();
    const metadata = await sharp(stored).metadata();

    expect([metadata.width, metadata.height]).toEqual([1000, 2000]);
    expect([metadata.exif, metadata.xmp, metadata.iptc, metadata.orientation]).toEqual(
      Array(4).fill(undefined),
    );
    expect(stored.byteLength).toBe(row?.byte_size);
    expect(added).toMatchObject({ mime: "image/jpeg", name: "Ảnh", itemCode: "3.1" });
  });

  it("keeps a PDF as it is", async () => {
    const added = await add(PDF);
    const file = await withScope(officer, (tx) => getReadableFile(tx, officer, added.fileId));

    expect(added).toMatchObject({ mime: "application/pdf", name: "PDF" });
    expect(await readStoredFile(file.storageKey)).toEqual(PDF);
  });

  it("tells files by their content: no page, script, drawing or torn picture gets in, whatever its name", async () => {
    const torn = (await photo()).slice(0, 2000);
    const disguised = [
      new TextEncoder().encode("<!doctype html><script>alert(1)</script>"),
      new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      new TextEncoder().encode("MZ\u0090\u0000 chương trình"),
      await sharp({ create: { width: 8, height: 8, channels: 3, background: "red" } })
        .gif()
        .toBuffer(),
      torn,
      new Uint8Array(16),
    ];
    for (const bytes of disguised) expect(await codeOf(add(bytes))).toBe("UNSUPPORTED_FILE");
    expect(await codeOf(add(new Uint8Array(10 * 1024 * 1024 + 1)))).toBe("TOO_LARGE");
  });

  it("drops what is hidden behind a picture", async () => {
    const added = await add(Buffer.concat([await photo(), Buffer.from("<script>alert(1)</script>")]));
    const file = await withScope(officer, (tx) => getReadableFile(tx, officer, added.fileId));

    expect(Buffer.from((await readStoredFile(file.storageKey)) ?? []).includes("script")).toBe(false);
  });

  it("stores the same content once in a commune and links it again", async () => {
    const bytes = await photo();
    const other = await open();
    const added = await Promise.all([
      add(bytes, "3.1"),
      add(bytes, "3.2"),
      add(bytes, "3.1", officer, other),
    ]);
    const again = await add(bytes, "3.1");
    const folder = path.join(
      testDatabase().dataDir,
      "files",
      String(commune),
      added[0]?.sha256.slice(0, 2) ?? "",
    );

    expect(new Set(added.map((one) => one.fileId)).size).toBe(1);
    expect(again.linkId).toBe(added[0]?.linkId);
    expect(await readdir(folder)).toEqual([`${added[0]?.sha256}.jpg`]);
    expect(await withScope(officer, (tx) => listEvidence(tx, assessmentId))).toHaveLength(2);
  });

  it("takes ten files for an item and no more, also when they arrive together", async () => {
    const photos = await Promise.all(Array.from({ length: 12 }, () => photo(40, 20)));
    const outcomes = await Promise.all(photos.map((bytes) => codeOf(add(bytes))));

    expect(outcomes.filter((one) => one === "OK")).toHaveLength(10);
    expect(outcomes.filter((one) => one === "INVALID")).toHaveLength(2);
  });

  it("is for the commune's officer, an item of the set and an open sheet", async () => {
    const leader = await buildUser({ role: "COMMUNE_LEADER", unitId: commune });
    for (const actor of [neighbour, reviewer, leader]) {
      expect(await codeOf(add(PDF, "3.1", actor))).toBe("NOT_FOUND");
    }
    expect(await codeOf(add(PDF, "9.9"))).toBe("NOT_FOUND");
    expect(await codeOf(add(PDF, "3.1", officer, randomUUID()))).toBe("NOT_FOUND");
    await close();
    expect(await codeOf(add(PDF))).toBe("WRONG_STATE");
  });
});

async function close(): Promise<void> {
  await ownerSql("UPDATE assessment SET state = 'DRAFT' WHERE id = $1", [assessmentId]);
  await ownerSql(
    `WITH d AS (INSERT INTO dossier (round_id, title, year, unit_id, reviewer_unit_id, submitted_by)
                SELECT round_id, title, year, commune_id, commune_id, $2 FROM assessment WHERE id = $1
                ON CONFLICT (unit_id, title, year) DO UPDATE SET version = dossier.version + 1 RETURNING id)
     UPDATE assessment SET state = 'SUBMITTED', submitted_by = $2, is_complete = true, is_recognisable = true, dossier_id = d.id
       FROM d WHERE assessment.id = $1`,
    [assessmentId, officer.id],
  );
}

describe("reading and removing", () => {
  it("serves a file to whoever may read the assessment and to nobody else", async () => {
    const added = await add(PDF);
    const read = (actor: SessionActor) =>
      codeOf(withScope(actor, (tx) => getReadableFile(tx, actor, added.fileId)));
    const admin = await buildUser({ role: "PROVINCE_ADMIN", unitId: commune });

    expect(await read(officer)).toBe("OK");
    expect(await read(reviewer)).toBe("OK");
    expect(await read(neighbour)).toBe("NOT_FOUND");
    expect(await read(admin)).toBe("NOT_FOUND");
    expect(await codeOf(withScope(officer, (tx) => getReadableFile(tx, officer, randomUUID())))).toBe(
      "NOT_FOUND",
    );
  });

  it("is hidden by row-level security alone", async () => {
    const added = await add(PDF);
    const seen = async (actor: SessionActor) => [
      (await appSql(actor.id, "SELECT 1 FROM evidence_file WHERE id = $1", [added.fileId])).length,
      (await appSql(actor.id, "SELECT 1 FROM evidence_link WHERE id = $1", [added.linkId])).length,
    ];

    expect(await seen(reviewer)).toEqual([1, 1]);
    expect(await seen(neighbour)).toEqual([0, 0]);
  });

  it("takes a file away while the sheet is open; then nobody reads it any more", async () => {
    const added = await add(PDF);
    const input = { requestId: randomUUID(), assessmentId, linkId: added.linkId };
    expect(await codeOf(removeEvidence(neighbour, { ...input, requestId: randomUUID() }))).toBe("NOT_FOUND");
    expect(await codeOf(removeEvidence(reviewer, { ...input, requestId: randomUUID() }))).toBe("NOT_FOUND");
    expect(await codeOf(removeEvidence(officer, input))).toBe("OK");

    expect(await withScope(officer, (tx) => listEvidence(tx, assessmentId))).toEqual([]);
    const elsewhere = await ownerSql(
      "SELECT 1 FROM evidence_link WHERE file_id = $1 AND removed_at IS NULL",
      [added.fileId],
    );
    const read = codeOf(withScope(officer, (tx) => getReadableFile(tx, officer, added.fileId)));
    expect(await read).toBe(elsewhere.length > 0 ? "OK" : "NOT_FOUND");
  });

  it("keeps what was submitted", async () => {
    const added = await add(PDF);
    await close();
    const input = { requestId: randomUUID(), assessmentId, linkId: added.linkId };

    expect(await codeOf(removeEvidence(officer, input))).toBe("WRONG_STATE");
  });
});
