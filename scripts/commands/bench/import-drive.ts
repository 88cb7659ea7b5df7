import { randomUUID } from "node:crypto";
import { copyFile, mkdir } from "node:fs/promises";
import path from "node:path";
import type pg from "pg";
import type { ImportPlan, SheetLook } from "@/features/data-import/types";
import type { ImportTown } from "./import-world";
import { IMPORT_YEAR } from "./import-world";

export type Asked = { batchId: string; asked: number };

/**
 * Asks for the stages of an import as the pages do, and waits for a worker to do them. The settings of the process must name
 * the database before this is first used: the application reads them when it is loaded.
 */
export async function openDrive(db: pg.Client | pg.Pool, town: ImportTown, dataDir: string) {
  const mutations = await import("@/features/data-import/mutations");
  const { previewWrite } = await import("@/features/data-import/data");
  const { withScope } = await import("@/lib/db/scope");
  const { communeId, officer } = town;

  async function row(batchId: string) {
    const { rows } = await db.query<{
      state: string;
      version: number;
      look: SheetLook[] | null;
      plan: ImportPlan;
      counts: import("@/features/data-import/types").BatchCounts;
      errorText: string | null;
    }>(
      `SELECT state, version, look, plan, counts, error_text AS "errorText" FROM import_batch WHERE id = $1`,
      [batchId],
    );
    const [batch] = rows;
    if (!batch) throw new Error("no batch");

    return batch;
  }

  const actor = { ...officer, name: "Cán Bộ Thử", username: "thu" };

  return {
    row,

    /** Stores the file and takes it in. */
    async bring(
      file: string,
      { bytes, sha256 }: Readonly<{ bytes: number; sha256: string }>,
    ): Promise<Asked> {
      const batchId = randomUUID();
      const storageKey = `import/${communeId}/${batchId}.xlsx`;
      const stored = path.join(dataDir, "files", storageKey);
      await mkdir(path.dirname(stored), { recursive: true });
      await copyFile(file, stored);
      const asked = performance.now();
      await mutations.createBatch(
        actor,
        {
          batchId,
          communeId,
          fileName: "danh-sach.xlsx",
          storageKey,
          sha256,
          byteSize: bytes,
          format: "XLSX",
        },
        randomUUID(),
      );

      return { batchId, asked };
    },

    async check(batchId: string): Promise<Asked> {
      const { version, look } = await row(batchId);
      const plan: ImportPlan = {
        year: IMPORT_YEAR,
        policy: "SKIP",
        hamlets: {},
        takeRegistrations: false,
        takeResults: false,
        sheets: (look ?? []).flatMap(({ sheet, target, headerRow, columns, hamletText }) =>
          target === null || headerRow === null
            ? []
            : [
                {
                  sheet,
                  target,
                  headerRow,
                  hamletText,
                  columns: columns.flatMap(({ index, field }) => (field ? [{ index, field }] : [])),
                },
              ],
        ),
      };
      const asked = performance.now();
      await mutations.planBatch(actor, { batchId, version, plan }, randomUUID());

      return { batchId, asked };
    },

    async write(batchId: string): Promise<Asked> {
      const { version, plan, counts } = await row(batchId);
      const { rows } = await withScope(officer, (tx) => previewWrite(tx, { id: batchId, plan, counts }));
      const asked = performance.now();
      await mutations.writeBatch(actor, { batchId, version, expected: rows }, randomUUID());

      return { batchId, asked };
    },

    async undo(batchId: string): Promise<Asked> {
      const { version } = await row(batchId);
      const asked = performance.now();
      await mutations.undoBatch(actor, { batchId, version }, randomUUID());

      return { batchId, asked };
    },

    /** Waits until the batch stands in a state; seconds since it was asked for. */
    async until({ batchId, asked }: Asked, state: string, limitMs = 600_000): Promise<number> {
      for (;;) {
        const now = await row(batchId);
        if (now.state === state) return (performance.now() - asked) / 1000;
        if (now.state === "FAILED") throw new Error(`Lượt nhập hỏng: ${now.errorText}`);
        if (performance.now() - asked > limitMs) throw new Error(`Quá lâu ở trạng thái ${now.state}.`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
  };
}
