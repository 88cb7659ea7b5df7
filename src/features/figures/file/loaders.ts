import "server-only";
import { notFound } from "next/navigation";
import { can } from "@/domain/access/access";
import { findUnit, reachOf } from "@/features/territory/data";
import { namesOf } from "@/features/user/data";
import type { SearchParams } from "@/features/user/page-scope";
import { idOf, optionalNumber, param } from "@/features/user/page-scope";
import { loadActor } from "@/features/user/session";
import { withScope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { FIRST_FIGURE_YEAR } from "../constants";
import { listFigures, unitNames } from "../data/entries";
import type { FigurePlace } from "../loaders";
import { loadFigurePlace } from "../loaders";
import type { BatchLine } from "./data";
import { findBatch, listBatches, listFileUnits } from "./data";
import type { FigureBatch, FileUnit } from "./types";

/** The page on which a file is sent: where, for which year, and the latest files. */
export async function loadFigureFiles(
  searchParams: SearchParams,
): Promise<FigurePlace & Readonly<{ batches: readonly BatchLine[]; unitCount: number }>> {
  const place = await loadFigurePlace(searchParams, "figure.write");
  const { actor, unit } = place.scope;

  return await withScope(actor, async (tx) => ({
    ...place,
    batches: await listBatches(tx, unit.id),
    unitCount: (await listFileUnits(tx, unit, `${place.year}-12-31`)).length,
  }));
}

export type BatchPage = Readonly<{
  batch: FigureBatch;
  createdByName: string | null;
  unitNames: ReadonlyMap<number, string>;
}>;

/** One file of figures, at whatever step it is. */
export async function loadFigureBatch(params: Promise<{ batchId: string }>): Promise<BatchPage> {
  const batchId = idOf((await params).batchId);
  const actor = await loadActor();

  return await withScope(actor, async (tx) => {
    const batch = await findBatch(tx, batchId);
    if (!batch || !can(actor, "figure.write", await reachOf(tx, batch.unitId))) notFound();
    const names = await namesOf(tx, [batch.createdBy]);

    return {
      batch,
      createdByName: names.get(batch.createdBy) ?? null,
      unitNames: await unitNames(tx, [...new Set(batch.cells.map(({ unitId }) => unitId))]),
    };
  });
}

export type TemplateData = Readonly<{
  unit: FileUnit;
  year: number;
  units: readonly FileUnit[];
  /** The figures that stand, by unit and key. */
  values: ReadonlyMap<string, number>;
}>;

/** What the template of a unit and year holds. @throws AppError NOT_FOUND */
export async function loadTemplate(
  actor: Awaited<ReturnType<typeof loadActor>>,
  query: URLSearchParams,
): Promise<TemplateData> {
  const asked = Object.fromEntries(query);
  const unitId = optionalNumber(param(asked, "don-vi"));
  const year = Number(param(asked, "nam-so-lieu"));
  if (unitId === undefined || !Number.isInteger(year) || year < FIRST_FIGURE_YEAR || year > 2100)
    throw new AppError({ code: "NOT_FOUND" });

  return await withScope(actor, async (tx) => {
    if (!can(actor, "figure.write", await reachOf(tx, unitId))) throw new AppError({ code: "NOT_FOUND" });
    const unit = await findUnit(tx, unitId);
    if (!unit) throw new AppError({ code: "NOT_FOUND" });
    const units = await listFileUnits(tx, unit, `${year}-12-31`);
    const rows = await listFigures(
      tx,
      units.map(({ id }) => id),
      year,
    );

    return {
      unit,
      year,
      units,
      values: new Map(
        rows.flatMap(({ unitId: id, key, value }) => (value === null ? [] : [[`${id} ${key}`, value]])),
      ),
    };
  });
}
