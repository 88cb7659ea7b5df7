import "server-only";
import type { Actor } from "@/domain/access/access";
import { assertCan } from "@/features/user/guard";
import type { Tx } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import type { EvidenceItem } from "./types";

const linkSelect = {
  id: true,
  itemCode: true,
  linkedAt: true,
  file: { select: { id: true, label: true, mime: true, byteSize: true, sha256: true } },
} as const;

/** The evidence of an assessment, by item and time, without what was taken away. */
export async function listEvidence(tx: Tx, assessmentId: string): Promise<EvidenceItem[]> {
  const rows = await tx.evidenceLink.findMany({
    where: { assessmentId, removedAt: null },
    select: linkSelect,
    orderBy: [{ linkedAt: "asc" }, { id: "asc" }],
  });

  return rows.map((row) => ({
    linkId: row.id,
    fileId: row.file.id,
    itemCode: row.itemCode,
    name: row.file.label,
    mime: row.file.mime,
    byteSize: row.file.byteSize,
    sha256: row.file.sha256,
    linkedAt: row.linkedAt.toISOString(),
  }));
}

/** How many files an item has. */
export async function countEvidence(tx: Tx, assessmentId: string, itemCode: string): Promise<number> {
  return await tx.evidenceLink.count({ where: { assessmentId, itemCode, removedAt: null } });
}

export type StoredFile = Readonly<{
  id: string;
  communeId: number;
  sha256: string;
  mime: string;
  byteSize: number;
  storageKey: string;
}>;

/**
 * A file that still proves something the actor may read; a file whose last link was taken away is gone for everybody.
 * @throws AppError NOT_FOUND
 */
export async function getReadableFile(
  tx: Tx,
  actor: Pick<Actor, "grants">,
  fileId: string,
): Promise<StoredFile> {
  const row = await tx.evidenceFile.findFirst({
    where: { id: fileId, links: { some: { removedAt: null } } },
    select: { id: true, communeId: true, sha256: true, mime: true, byteSize: true, storageKey: true },
  });
  await assertCan(tx, actor, "assessment.read", row?.communeId);
  if (!row) throw new AppError({ code: "NOT_FOUND" });

  return row;
}
