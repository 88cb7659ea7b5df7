import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { TitleCode } from "@/domain/title/title";
import type { Entry } from "./log";
import { idOf, randomOf } from "./random";
import type { AssessmentRow } from "./round/rows";

type Asset = Readonly<{ name: string; mime: string; extension: string; label: string }>;

const STUDY_CORNER: Asset = {
  name: "goc-hoc-tap",
  mime: "image/png",
  extension: "png",
  label: "Ảnh góc học tập",
};
const MEETING: Asset = {
  name: "sinh-hoat-chi-hoi",
  mime: "image/png",
  extension: "png",
  label: "Ảnh sinh hoạt chi hội",
};
const CERTIFICATE: Asset = {
  name: "giay-chung-nhan",
  mime: "image/png",
  extension: "png",
  label: "Ảnh giấy chứng nhận",
};
const LIST: Asset = {
  name: "danh-sach",
  mime: "application/pdf",
  extension: "pdf",
  label: "Danh sách công nhận",
};
const ASSETS = [STUDY_CORNER, MEETING, CERTIFICATE, LIST] as const;

/** What usually proves which item. */
const PROOFS: Readonly<Record<TitleCode, readonly (readonly [item: string, asset: Asset])[]>> = {
  FAMILY: [
    ["3.1", STUDY_CORNER],
    ["2.2", CERTIFICATE],
    ["4.2", LIST],
    ["3.2", MEETING],
  ],
  CLAN: [
    ["1.3", MEETING],
    ["1.1", LIST],
  ],
  COMMUNITY: [
    ["1.3", MEETING],
    ["3.2", LIST],
  ],
  ORGANISATION: [
    ["1.1", LIST],
    ["3.3", MEETING],
  ],
  CITIZEN: [["1", CERTIFICATE]],
};

/** Share of the entries with evidence, by title; citizens seldom have any. */
const SHARE: Readonly<Record<TitleCode, number>> = {
  FAMILY: 0.7,
  CLAN: 1,
  COMMUNITY: 1,
  ORGANISATION: 1,
  CITIZEN: 0.02,
};

export type EvidenceFileRow = Readonly<{
  id: string;
  communeId: number;
  sha256: string;
  mime: string;
  byteSize: number;
  label: string;
  storageKey: string;
  uploadedBy: string;
  uploadedAt: number;
}>;
export type EvidenceLinkRow = Readonly<{
  id: string;
  fileId: string;
  assessmentId: string;
  itemCode: string;
  linkedBy: string;
  linkedAt: number;
}>;

type LoadedAsset = Asset & Readonly<{ bytes: Uint8Array; sha256: string }>;

async function loadAssets(): Promise<Map<string, LoadedAsset>> {
  const loaded = await Promise.all(
    ASSETS.map(async (asset) => {
      const bytes = await readFile(new URL(`./assets/${asset.name}.${asset.extension}`, import.meta.url));
      return { ...asset, bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
    }),
  );

  return new Map(loaded.map((asset) => [asset.name, asset]));
}

/**
 * Evidence for this year's scored entries, stored as an upload would store it: one file per commune and content, links per
 * item. Adds to the log what was attached.
 */
export async function buildEvidence(
  assessments: readonly AssessmentRow[],
  entries: Entry[],
): Promise<{ files: EvidenceFileRow[]; links: EvidenceLinkRow[] }> {
  const assets = await loadAssets();
  const files = new Map<string, EvidenceFileRow>();
  const links: EvidenceLinkRow[] = [];

  for (const row of assessments) {
    if (row.year !== 2026 || !row.isComplete || row.scoredBy === null || row.scoredAt === null) continue;
    const random = randomOf(`evidence/${row.id}`);
    if (!random.chance(SHARE[row.title])) continue;

    for (const [itemCode, { name }] of PROOFS[row.title].slice(0, random.int(1, 4))) {
      const asset = assets.get(name);
      if (!asset) continue;
      const communeId = row.commune.unitId;
      const linkedAt = row.scoredAt + random.int(60, 900) * 1_000;
      const key = `${row.commune.era}-${row.commune.code}/${name}`;
      const { sha256, mime, label } = asset;
      const file = files.get(key) ?? {
        id: idOf(`evidence-file/${key}`),
        communeId,
        sha256,
        mime,
        byteSize: asset.bytes.byteLength,
        label: `${label} (minh hoạ)`,
        storageKey: `${communeId}/${sha256.slice(0, 2)}/${sha256}.${asset.extension}`,
        uploadedBy: row.scoredBy,
        uploadedAt: linkedAt,
      };
      files.set(key, { ...file, uploadedAt: Math.min(file.uploadedAt, linkedAt) });
      links.push({
        id: idOf(`evidence-link/${row.id}/${itemCode}`),
        fileId: file.id,
        assessmentId: row.id,
        itemCode,
        linkedBy: row.scoredBy,
        linkedAt,
      });
      entries.push({
        chainId: communeId,
        at: linkedAt,
        actorId: row.scoredBy,
        request: `evidence/${row.id}/${itemCode}`,
        verb: "evidence.add",
        type: "assessment",
        id: row.id,
        detail: { item: itemCode, fileId: file.id, sha256, mime },
      });
    }
  }

  return { files: [...files.values()], links };
}

/** Puts the bytes of the demonstration's evidence into the file store, where they are missing. */
export async function storeEvidence(
  files: readonly Readonly<{ storageKey: string; sha256: string; mime: string }>[],
): Promise<void> {
  const { openFile, putFile } = await import("@/lib/storage/file-store");
  const bySha = new Map([...(await loadAssets()).values()].map((asset) => [asset.sha256, asset.bytes]));
  for (const { storageKey, sha256, mime } of files) {
    const bytes = bySha.get(sha256);
    const stream = await openFile(storageKey);
    stream?.destroy();
    if (bytes && !stream) await putFile(storageKey, bytes, mime);
  }
}
