import "server-only";
import type { Actor } from "@/domain/access/access";
import { findUnit } from "@/features/territory/data";
import { assertCan } from "@/features/user/guard";
import type { Tx } from "@/lib/db/scope";
import { mutate, withScope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { formatCount } from "@/lib/format/number";
import { openSpreadsheet } from "@/lib/spreadsheet/read";
import { SpreadsheetError } from "@/lib/spreadsheet/spreadsheet-error";
import { listFigures } from "../data/entries";
import { writeFigures } from "../mutations/write";
import type { UploadFigures } from "../schema";
import { cellName } from "../utils";
import { listFileUnits, lockBatch } from "./data";
import { readFigures, refuseTooLarge } from "./read-figures";
import type { BatchCell, FigureBatch, FileUnit, ReadFigures } from "./types";

/**
 * Reads a file of figures and keeps what it would change; nothing is written yet.
 * @throws AppError NOT_FOUND, UNSUPPORTED_FILE (what is the matter with the file, in a sentence)
 */
export async function checkFigureFile(
  actor: Actor,
  input: UploadFigures,
  file: Readonly<{ path: string; name: string }>,
): Promise<{ batchId: string }> {
  const { unitId, year, requestId } = input;
  const units = await withScope(actor, async (tx) => {
    await assertCan(tx, actor, "figure.write", unitId);

    return await readUnits(tx, unitId, year);
  });
  const read = await readFile(file, units, year);

  return await mutate(actor, { requestId, verb: "figure.checkFile" }, async (tx) => {
    await assertCan(tx, actor, "figure.write", unitId);
    const ids = [...new Set(read.cells.map((cell) => cell.unitId))];
    const current = new Map(
      (await listFigures(tx, ids, year)).map((row) => [cellName(row.unitId, row.key), row]),
    );
    const { cells, problems } = refuseTooLarge(
      read,
      (unit, key) => current.get(cellName(unit, key))?.value ?? null,
    );
    const all = cells.map((cell): BatchCell => {
      const row = current.get(cellName(cell.unitId, cell.key));

      return { ...cell, before: row?.value ?? null, version: row?.version ?? 0 };
    });
    const changes = all.filter(({ value, before }) => value !== before);
    await tx.$executeRaw`
      INSERT INTO figure_batch (id, unit_id, year, source, dated_on, cells, problems, unchanged, created_by)
      VALUES (${requestId}::uuid, ${unitId}::int, ${year}::int, ${input.source}, ${input.datedOn}::date, ${JSON.stringify(changes)}::jsonb,
              ${JSON.stringify(problems)}::jsonb, ${all.length - changes.length}::int, ${actor.id}::uuid)`;

    return { batchId: requestId };
  });
}

/**
 * Writes what the check found, in one transaction; nothing when anything of it was changed since.
 * @throws AppError NOT_FOUND, WRONG_STATE, CONFLICT
 */
export async function writeFigureBatch(
  actor: Actor,
  batchId: string,
  requestId: string,
): Promise<{ written: number }> {
  return await mutate(actor, { requestId, verb: "figure.import" }, async (tx, log) => {
    const batch = await lockedBatch(tx, actor, batchId, "CHECKED");
    const written = await writeFigures(tx, actor.id, batch, batch.cells);
    if (written < batch.cells.length) {
      throw new AppError({
        code: "CONFLICT",
        detail: `${formatCount(batch.cells.length - written)} số đã được người khác sửa sau khi kiểm tra tệp. Chưa ghi số nào; hãy gửi lại tệp để kiểm tra lại.`,
      });
    }
    await setState(tx, batch.id, "WRITTEN");
    log(batch.unitId, {
      type: "figure",
      id: `${batch.unitId}/${batch.year}`,
      detail: { year: batch.year, batch: batch.id, count: written },
    });

    return { written };
  });
}

/**
 * Takes back a file that was written: every figure gets the value, source and day it had before, as a new version. Refused while
 * somebody has built on any of them.
 * @throws AppError NOT_FOUND, WRONG_STATE, CONFLICT
 */
export async function undoFigureBatch(
  actor: Actor,
  batchId: string,
  requestId: string,
): Promise<{ undone: number }> {
  return await mutate(actor, { requestId, verb: "figure.undoImport" }, async (tx, log) => {
    const batch = await lockedBatch(tx, actor, batchId, "WRITTEN");
    const undone = await tx.$executeRaw`
      UPDATE figure f
         SET value = p.value, source = coalesce(p.source, f.source), dated_on = CASE WHEN p.version IS NULL THEN f.dated_on ELSE p.dated_on END,
             entered_by = ${actor.id}::uuid, entered_at = now(), version = f.version + 1
        FROM jsonb_to_recordset(${JSON.stringify(batch.cells)}::jsonb) AS c("unitId" int, key text, version int)
        LEFT JOIN figure_version p ON p.unit_id = c."unitId" AND p.year = ${batch.year}::int AND p.key = c.key AND p.version = c.version
       WHERE f.unit_id = c."unitId" AND f.year = ${batch.year}::int AND f.key = c.key AND f.version = c.version + 1`;
    if (undone < batch.cells.length) {
      throw new AppError({
        code: "CONFLICT",
        detail: `${formatCount(batch.cells.length - undone)} số đã được sửa tiếp sau khi ghi tệp nên không hoàn tác được cả tệp. Hãy sửa từng số ở trang Số chính thức.`,
      });
    }
    await setState(tx, batch.id, "UNDONE");
    log(batch.unitId, {
      type: "figure",
      id: `${batch.unitId}/${batch.year}`,
      detail: { year: batch.year, batch: batch.id, count: undone },
    });

    return { undone };
  });
}

async function lockedBatch(
  tx: Tx,
  actor: Actor,
  batchId: string,
  state: FigureBatch["state"],
): Promise<FigureBatch> {
  const batch = await lockBatch(tx, batchId);
  await assertCan(tx, actor, "figure.write", batch?.unitId);
  if (!batch) throw new AppError({ code: "NOT_FOUND" });
  if (batch.state !== state) {
    throw new AppError({
      code: "WRONG_STATE",
      detail: "Tệp này đã sang bước khác. Hãy tải lại trang để xem tình trạng mới.",
    });
  }

  return batch;
}

async function setState(tx: Tx, batchId: string, state: FigureBatch["state"]): Promise<void> {
  await tx.$executeRaw`UPDATE figure_batch SET state = ${state}, changed_at = now() WHERE id = ${batchId}::uuid`;
}

async function readUnits(tx: Tx, unitId: number, year: number): Promise<FileUnit[]> {
  const unit = await findUnit(tx, unitId);
  if (!unit) throw new AppError({ code: "NOT_FOUND" });

  return await listFileUnits(tx, unit, `${year}-12-31`);
}

async function readFile(
  file: Readonly<{ path: string; name: string }>,
  units: readonly FileUnit[],
  year: number,
): Promise<ReadFigures> {
  try {
    const spreadsheet = await openSpreadsheet(file.path, { fileName: file.name });
    try {
      const sheet = spreadsheet.sheets.find(({ isHidden }) => !isHidden);
      const [, sheetYear] = /^Năm (\d{4})$/.exec(sheet?.name.normalize("NFC") ?? "") ?? [];
      if (sheetYear !== undefined && Number(sheetYear) !== year) {
        throw new AppError({
          code: "UNSUPPORTED_FILE",
          detail: `Tệp là mẫu của năm ${sheetYear} nhưng đang chọn năm ${year}. Hãy chọn năm ${sheetYear} hoặc gửi tệp của năm ${year}.`,
        });
      }
      const read = sheet && (await readFigures(spreadsheet.rows(sheet.name), units));
      if (read) return read;
    } finally {
      await spreadsheet.close();
    }
  } catch (error) {
    if (error instanceof SpreadsheetError)
      throw new AppError({ code: "UNSUPPORTED_FILE", detail: error.text, cause: error });
    throw error;
  }

  throw new AppError({
    code: "UNSUPPORTED_FILE",
    detail:
      "Trang đầu của tệp không có dòng tiêu đề với cột đơn vị và cột số liệu. Hãy tải mẫu về và ghi số vào mẫu.",
  });
}
