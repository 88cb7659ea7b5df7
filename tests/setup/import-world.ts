import { createHash, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Batch } from "@/features/data-import/data";
import { findBatch, previewWrite } from "@/features/data-import/data";
import { createBatch, planBatch, undoBatch, writeBatch } from "@/features/data-import/mutations";
import { workOnce } from "@/features/data-import/mutations/worker";
import type { ImportPlan, WritePreview } from "@/features/data-import/types";
import type { SessionActor } from "@/features/user/data";
import type { JobDatabase } from "@/lib/db/job";
import { withScope } from "@/lib/db/scope";
import { putFile } from "@/lib/storage/file-store";
import { buildReference, buildRound, buildUnit, buildUser, ownerSql } from "./builders";

/** The hamlets the sample lists name. */
export const SAMPLE_HAMLETS = [
  "Thôn Bờ Suối",
  "Thôn Gốc Đa",
  "Thôn Đồng Mía",
  "Thôn Khuôn Bưởi",
  "Thôn Vực Trầu",
];

export type ImportWorld = {
  communeId: number;
  hamletIds: number[];
  officer: SessionActor;
};

/** A commune with the hamlets of the sample lists, empty, with an officer and the rounds of a year. */
export async function buildImportWorld(
  given: Readonly<{ year?: number; hamlets?: readonly string[]; provinceId?: number }> = {},
): Promise<ImportWorld> {
  const { year = 2024, hamlets = SAMPLE_HAMLETS } = given;
  await buildReference();
  const [nation] = await ownerSql<{ id: number }>("SELECT id FROM unit WHERE level = 'NATION'");
  const provinceId =
    given.provinceId ?? (await buildUnit({ level: "PROVINCE", ...(nation && { parentId: nation.id }) }));
  const districtId = await buildUnit({ level: "DISTRICT", parentId: provinceId });
  const communeId = await buildUnit({ level: "COMMUNE", parentId: districtId });
  const hamletIds: number[] = [];
  for (const name of hamlets) hamletIds.push(await buildUnit({ level: "HAMLET", parentId: communeId, name }));
  await buildRound({ unitId: provinceId, year, title: "FAMILY" });

  return { communeId, hamletIds, officer: await buildUser({ role: "COMMUNE_OFFICER", unitId: communeId }) };
}

const LISTS = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "fixtures", "lists");

/** One of the sample lists. */
export async function sampleList(name: string): Promise<{ name: string; bytes: Uint8Array }> {
  return { name, bytes: await readFile(path.join(LISTS, name)) };
}

/** Takes a file in and has the worker look into it. */
export async function bringIn(
  database: JobDatabase,
  world: Pick<ImportWorld, "communeId" | "officer">,
  file: Readonly<{ name: string; bytes: Uint8Array }>,
): Promise<Batch> {
  const batchId = randomUUID();
  const isCsv = file.name.endsWith(".csv");
  const storageKey = `import/${world.communeId}/${batchId}.${isCsv ? "csv" : "xlsx"}`;
  await putFile(storageKey, file.bytes, "application/octet-stream");
  await createBatch(
    world.officer,
    {
      batchId,
      communeId: world.communeId,
      fileName: file.name,
      storageKey,
      sha256: createHash("sha256").update(file.bytes).digest("hex"),
      byteSize: file.bytes.byteLength,
      format: isCsv ? "CSV" : "XLSX",
    },
    randomUUID(),
  );
  await workOnce(database);

  return await batchOf(world.officer, batchId);
}

export async function batchOf(actor: Readonly<{ id: string }>, id: string): Promise<Batch> {
  const batch = await withScope(actor, (tx) => findBatch(tx, id));
  if (!batch) throw new Error("no batch");

  return batch;
}

/** The plan that takes everything as it was guessed. */
export function planOf({ look }: Batch, given: Partial<ImportPlan> = {}): ImportPlan {
  return {
    year: 2024,
    policy: "SKIP",
    hamlets: {},
    takeRegistrations: false,
    takeResults: false,
    ...given,
    sheets: (look ?? []).flatMap(({ sheet, target, headerRow, columns, hamletText }) =>
      target === null || headerRow === null
        ? []
        : [
            {
              sheet,
              target,
              headerRow,
              hamletText,
              columns: columns.flatMap(({ index, field }) => (field === null ? [] : [{ index, field }])),
            },
          ],
    ),
  };
}

/** Has the batch checked by a plan. */
export async function check(
  database: JobDatabase,
  actor: SessionActor,
  batch: Batch,
  plan: Partial<ImportPlan> = {},
): Promise<Batch> {
  await planBatch(
    actor,
    {
      batchId: batch.id,
      version: batch.version,
      plan: batch.look ? planOf(batch, plan) : { ...(batch.plan ?? planOf(batch)), ...plan },
    },
    randomUUID(),
  );
  await workOnce(database);

  return await batchOf(actor, batch.id);
}

export async function previewOf(actor: SessionActor, batch: Batch): Promise<WritePreview> {
  const { id, plan, counts } = batch;
  if (!plan || !counts) throw new Error(`not checked: ${batch.state} ${batch.errorText}`);

  return await withScope(actor, (tx) => previewWrite(tx, { id, plan, counts }));
}

/** Has a checked batch written. */
export async function write(database: JobDatabase, actor: SessionActor, batch: Batch): Promise<Batch> {
  const { rows } = await previewOf(actor, batch);
  await writeBatch(actor, { batchId: batch.id, version: batch.version, expected: rows }, randomUUID());
  await workOnce(database);

  return await batchOf(actor, batch.id);
}

/** A small list as CSV; the first line is the header. */
export function csvList(
  lines: readonly (readonly string[])[],
  name = "danh-sach.csv",
): { name: string; bytes: Uint8Array } {
  return { name, bytes: Buffer.from(lines.map((cells) => cells.join(",")).join("\n"), "utf8") };
}

/** Has a written batch taken back. */
export async function undo(database: JobDatabase, actor: SessionActor, batch: Batch): Promise<Batch> {
  await undoBatch(actor, { batchId: batch.id, version: batch.version }, randomUUID());
  await workOnce(database);

  return await batchOf(actor, batch.id);
}
