import "server-only";
import { createWriteStream } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import type { Actor } from "@/domain/access/access";
import type { CopyInto, JobDatabase } from "@/lib/db/job";
import type { Tx } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { openSpreadsheet } from "@/lib/spreadsheet/read";
import type { Spreadsheet } from "@/lib/spreadsheet/spreadsheet";
import { SpreadsheetError } from "@/lib/spreadsheet/spreadsheet-error";
import { openFile } from "@/lib/storage/file-store";
import type { Batch } from "../data";
import type { ProgressStage } from "../types";

/** What a stage of a batch works with. Everything it does with `tx` and `copyInto` is committed together with its new state. */
export type StageContext = Readonly<{
  tx: Tx;
  copyInto: CopyInto;
  /** whoever asked for the stage */
  actor: Pick<Actor, "id" | "grants">;
  batch: Batch;
  /** the request in whose name the stage writes */
  stepId: string;
  reporter: Reporter;
}>;

const EVERY_MS = 400;

/** Tells how far the work is, on the second connection; not more often than somebody looks. */
export class Reporter {
  readonly #database: JobDatabase;
  readonly #batchId: string;
  readonly #actorId: string;
  #stage: ProgressStage = "WAITING";
  #told = 0;
  #telling: Promise<unknown> = Promise.resolve();

  constructor(database: JobDatabase, who: Readonly<{ batchId: string; actorId: string }>) {
    this.#database = database;
    this.#batchId = who.batchId;
    this.#actorId = who.actorId;
  }

  /** Never throws and does not wait: work does not fail because nobody hears of it. */
  tell(stage: ProgressStage, done: number, total: number | null): void {
    const now = performance.now();
    if (stage === this.#stage && now - this.#told < EVERY_MS) return;
    this.#stage = stage;
    this.#told = now;
    this.#telling = this.#database
      .aside(
        this.#actorId,
        "UPDATE import_progress SET stage = $2, done = $3, total = $4, at = now() WHERE batch_id = $1",
        [this.#batchId, stage, done, total],
      )
      .catch(() => undefined);
  }

  async end(): Promise<void> {
    await this.#telling;
  }
}

const FOLDER = `hieu-hoc-worker-${process.pid}-`;

/** Opens the batch's file; it lies beside the worker only as long as `use` runs. @throws AppError with the sentence of an unreadable file */
export async function withSpreadsheet<T>(
  batch: Pick<Batch, "storageKey" | "fileName">,
  use: (spreadsheet: Spreadsheet) => Promise<T>,
): Promise<T> {
  const stored = await openFile(batch.storageKey);
  if (!stored) {
    throw new AppError({
      code: "WRONG_STATE",
      detail: "Tệp không còn trên máy chủ (tệp được giữ 7 ngày). Hãy gửi lại tệp.",
    });
  }
  const folder = await mkdtemp(path.join(os.tmpdir(), FOLDER));
  try {
    const file = path.join(folder, "list");
    await pipeline(stored, createWriteStream(file, { mode: 0o600 }));
    const spreadsheet = await openSpreadsheet(file, { fileName: batch.fileName, hasLegacy: true });
    try {
      return await use(spreadsheet);
    } finally {
      await spreadsheet.close();
    }
  } catch (error) {
    if (error instanceof SpreadsheetError) {
      throw new AppError({ code: "UNSUPPORTED_FILE", detail: error.text, cause: error });
    }
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Takes away what workers that were killed left in the temporary folder. */
export async function sweepFolders(isRunning: (pid: number) => boolean): Promise<void> {
  for (const name of await readdir(os.tmpdir())) {
    const pid = /^hieu-hoc-worker-(\d+)-/.exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    await rm(path.join(os.tmpdir(), name), { recursive: true, force: true });
  }
}
