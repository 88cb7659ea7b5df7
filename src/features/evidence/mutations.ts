import "server-only";
import { createHash } from "node:crypto";
import { listItems } from "@/domain/criteria/criteria-set";
import { isScorable } from "@/domain/recognition/recognition";
import { findPlaceOfAssessment, lockOpenAssessment } from "@/features/assessment/data";
import { findCriteriaSets } from "@/features/assessment/data/criteria";
import type { SessionActor } from "@/features/user/data";
import { assertCan } from "@/features/user/guard";
import type { Tx } from "@/lib/db/scope";
import { mutate, withScope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { putFile } from "@/lib/storage/file-store";
import type { NormalisedFile } from "@/lib/storage/normalise-file";
import { normaliseFile } from "@/lib/storage/normalise-file";
import { countEvidence } from "./data";
import { MAX_FILES_PER_ITEM } from "./schema";
import type { EvidenceItem } from "./types";

type Actor = Pick<SessionActor, "id" | "grants">;
type Upload = Readonly<{
  requestId: string;
  assessmentId: string;
  itemCode: string;
  bytes: Uint8Array;
  label?: string;
}>;

/**
 * Attaches a file to one item of an open assessment. The same content is stored once per commune and linked again.
 * The bytes are written before the row is committed: a transaction that fails leaves at most a file without a row, named
 * after its content, which the next upload of the same content uses.
 * @throws AppError NOT_FOUND, WRONG_STATE, TOO_LARGE, UNSUPPORTED_FILE, INVALID when the item has its ten files
 */
export async function addEvidence(actor: Actor, upload: Upload): Promise<EvidenceItem> {
  const communeId = await withScope(actor, (tx) => assertMayAttach(tx, actor, upload));
  const file = await normaliseFile(upload.bytes);
  const sha256 = createHash("sha256").update(file.bytes).digest("hex");
  const storageKey = `${communeId}/${sha256.slice(0, 2)}/${sha256}.${file.extension}`;
  await putFile(storageKey, file.bytes, file.mime);

  return await mutate(actor, { requestId: upload.requestId, verb: "evidence.add" }, async (tx, log) => {
    const place = await lockOpenAssessment(tx, actor, upload.assessmentId);
    const stored = await storeRow(tx, {
      actor,
      communeId: place.communeId,
      file,
      sha256,
      storageKey,
      upload,
    });
    const linked = await tx.evidenceLink.findFirst({
      where: { assessmentId: place.id, itemCode: upload.itemCode, fileId: stored.id, removedAt: null },
      select: { id: true, linkedAt: true },
    });
    if (!linked) await assertRoom(tx, place.id, upload.itemCode);
    const link =
      linked ??
      (await tx.evidenceLink.create({
        data: {
          fileId: stored.id,
          assessmentId: place.id,
          itemCode: upload.itemCode,
          linkedBy: actor.id,
        },
        select: { id: true, linkedAt: true },
      }));
    if (!linked) {
      log(place.communeId, {
        type: "assessment",
        id: place.id,
        detail: { item: upload.itemCode, fileId: stored.id, sha256, mime: file.mime },
      });
    }

    return {
      linkId: link.id,
      fileId: stored.id,
      itemCode: upload.itemCode,
      name: stored.label,
      mime: file.mime,
      byteSize: file.bytes.byteLength,
      sha256,
      linkedAt: link.linkedAt.toISOString(),
    };
  });
}

/** Refuses before any work is spent on the bytes. */
async function assertMayAttach(tx: Tx, actor: Actor, upload: Upload): Promise<number> {
  const place = await findPlaceOfAssessment(tx, upload.assessmentId);
  await assertCan(tx, actor, "assessment.write", place?.communeId);
  if (!place) throw new AppError({ code: "NOT_FOUND" });
  if (!isScorable(place.state)) throw new AppError({ code: "WRONG_STATE" });

  const set = (await findCriteriaSets(tx, [place.criteriaSetId])).get(place.criteriaSetId);
  const item = set && listItems(set.definition).find((one) => one.code === upload.itemCode);
  if (!item) throw new AppError({ code: "NOT_FOUND" });

  return place.communeId;
}

async function assertRoom(tx: Tx, assessmentId: string, itemCode: string): Promise<void> {
  if ((await countEvidence(tx, assessmentId, itemCode)) < MAX_FILES_PER_ITEM) return;

  throw new AppError({
    code: "INVALID",
    detail: `Mỗi tiêu chí có nhiều nhất ${MAX_FILES_PER_ITEM} tệp minh chứng. Hãy gỡ bớt rồi tải lên lại.`,
  });
}

async function storeRow(
  tx: Tx,
  given: Readonly<{
    actor: Actor;
    communeId: number;
    file: NormalisedFile;
    sha256: string;
    storageKey: string;
    upload: Upload;
  }>,
): Promise<{ id: string; label: string }> {
  const { actor, communeId, file, sha256, storageKey, upload } = given;
  const label = upload.label || (file.mime === "application/pdf" ? "PDF" : "Ảnh");
  // Raw: ON CONFLICT DO NOTHING waits for a concurrent upload of the same content, which Prisma's upsert would overwrite.
  const inserted = await tx.$queryRaw<{ id: string; label: string }[]>`
    INSERT INTO evidence_file (commune_id, sha256, mime, byte_size, label, storage_key, uploaded_by)
    VALUES (${communeId}, ${sha256}, ${file.mime}, ${file.bytes.byteLength}, ${label}, ${storageKey}, ${actor.id}::uuid)
    ON CONFLICT (commune_id, sha256) DO NOTHING RETURNING id, label`;
  const [row] = inserted;
  if (row) return row;

  return await tx.evidenceFile.findUniqueOrThrow({
    where: { communeId_sha256: { communeId, sha256 } },
    select: { id: true, label: true },
  });
}

/**
 * Takes a file away from an item while the assessment is open. The link is kept with its time of removal; the file is no
 * longer served once no link uses it.
 * @throws AppError NOT_FOUND, WRONG_STATE
 */
export async function removeEvidence(
  actor: Actor,
  input: Readonly<{ requestId: string; assessmentId: string; linkId: string }>,
): Promise<{ linkId: string }> {
  return await mutate(actor, { requestId: input.requestId, verb: "evidence.remove" }, async (tx, log) => {
    const place = await lockOpenAssessment(tx, actor, input.assessmentId);
    const link = await tx.evidenceLink.findFirst({
      where: { id: input.linkId, assessmentId: place.id, removedAt: null },
      select: { id: true, itemCode: true, fileId: true },
    });
    if (!link) throw new AppError({ code: "NOT_FOUND" });

    await tx.evidenceLink.update({ where: { id: link.id }, data: { removedAt: new Date() } });
    log(place.communeId, {
      type: "assessment",
      id: place.id,
      detail: { item: link.itemCode, fileId: link.fileId },
    });

    return { linkId: link.id };
  });
}
