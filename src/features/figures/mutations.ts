import "server-only";
import type { Actor } from "@/domain/access/access";
import { assertCan } from "@/features/user/guard";
import type { Tx } from "@/lib/db/scope";
import { mutate } from "@/lib/db/scope";
import type { Conflict } from "@/lib/errors/app-error";
import { AppError } from "@/lib/errors/app-error";
import { formatCount } from "@/lib/format/number";
import { figureLabel } from "./constants";
import type { FigureRow } from "./data/entries";
import { listFigures, unitNames, writableUnits } from "./data/entries";
import { writeFigures } from "./mutations/write";
import type { SaveFigureGrid, SaveFigures } from "./schema";
import type { FigureCell } from "./types";
import { cellName } from "./utils";

type Current = ReadonlyMap<string, FigureRow>;

/**
 * Saves the figures that were touched, of one unit or of several units below it; an emptied field withdraws its figure, whose row
 * stays with its versions. Nothing is written when any of them was changed by somebody else since the form was opened.
 * @returns how many figures changed
 * @throws AppError NOT_FOUND, INVALID (no source or day), CONFLICT with both values
 */
export async function saveFigures(
  actor: Actor,
  input: SaveFigures | SaveFigureGrid,
  requestId: string,
): Promise<{ changed: number }> {
  const { unitId, year } = input;

  return await mutate(actor, { requestId, verb: "figure.save" }, async (tx, log) => {
    await assertCan(tx, actor, "figure.write", unitId);
    const units = [...new Set(input.cells.map((cell) => cell.unitId))];
    const writable = await writableUnits(tx, units);
    if (units.some((unit) => !writable.has(unit))) throw new AppError({ code: "NOT_FOUND" });

    const current = await readCurrent(tx, units, year);
    const touched = input.cells.filter(({ value, base }) => value !== base.value);
    await refuseStale(tx, input, touched, current);
    const changes = touched
      .map((cell) => ({ ...cell, from: current.get(cellName(cell.unitId, cell.key)) }))
      .filter(({ value, from }) => value !== (from?.value ?? null));
    if (changes.length === 0) return { changed: 0 };
    refuseWithoutOrigin(input);

    const written = await writeFigures(
      tx,
      actor.id,
      input,
      changes.map((change) => ({
        unitId: change.unitId,
        key: change.key,
        value: change.value,
        version: change.from?.version ?? 0,
      })),
    );
    // Somebody saved between our reading and our writing.
    if (written < changes.length) {
      await refuseStale(tx, input, touched, await readCurrent(tx, units, year));
      throw new AppError({ code: "CONFLICT" });
    }
    log(unitId, {
      type: "figure",
      id: `${unitId}/${year}`,
      detail: {
        year,
        changes: changes.map(({ unitId: unit, key, value, from }) => ({
          ...(unit === unitId ? {} : { unit }),
          key,
          from: from?.value ?? null,
          to: value,
        })),
      },
    });

    return { changed: changes.length };
  });
}

async function readCurrent(tx: Tx, units: readonly number[], year: number): Promise<Current> {
  return new Map((await listFigures(tx, units, year)).map((row) => [cellName(row.unitId, row.key), row]));
}

function refuseWithoutOrigin({ source, datedOn }: SaveFigures | SaveFigureGrid): void {
  const fields: Record<string, string> = {};
  if (source === "") fields.source = "Hãy ghi nguồn của số liệu, ví dụ “Niên giám thống kê huyện 2024”.";
  if (datedOn === null) fields.datedOn = "Hãy ghi ngày của nguồn, ví dụ 20/12/2024.";
  if (Object.keys(fields).length > 0) throw new AppError({ code: "INVALID", fields });
}

async function refuseStale(
  tx: Tx,
  { unitId, cells, nameOf }: SaveFigures | SaveFigureGrid,
  touched: readonly FigureCell[],
  current: Current,
): Promise<void> {
  const rowOf = (cell: FigureCell) => current.get(cellName(cell.unitId, cell.key));
  const stale = touched.filter(
    (cell) =>
      (rowOf(cell)?.version ?? 0) !== cell.base.version && (rowOf(cell)?.value ?? null) !== cell.value,
  );
  if (stale.length === 0) return;

  const names = await unitNames(
    tx,
    stale.map((cell) => cell.unitId).filter((unit) => unit !== unitId),
  );
  const conflict = stale.map((cell): Conflict => {
    const unit = names.get(cell.unitId);
    const label = figureLabel(cell.key);

    return {
      label: unit ? `${unit}: ${label}` : label,
      yours: written(cell.value),
      theirs: written(rowOf(cell)?.value ?? null),
    };
  });
  const renewed = Object.fromEntries(
    cells.map((cell) => [
      nameOf === "key" ? cell.key : cellName(cell.unitId, cell.key),
      { value: cell.base.value, version: rowOf(cell)?.version ?? 0 },
    ]),
  );

  throw new AppError({ code: "CONFLICT", conflict, newValues: { base: JSON.stringify(renewed) } });
}

function written(value: number | null): string {
  return value === null ? "(để trống)" : formatCount(value);
}
