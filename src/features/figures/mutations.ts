import "server-only";
import type { Actor } from "@/domain/access/access";
import { assertCan } from "@/features/user/guard";
import type { Tx } from "@/lib/db/scope";
import { mutate } from "@/lib/db/scope";
import type { Conflict } from "@/lib/errors/app-error";
import { AppError } from "@/lib/errors/app-error";
import { formatCount } from "@/lib/format/number";
import { FIGURE_FIELDS } from "./constants";
import type { FigureRow } from "./data";
import { lockFigures } from "./data";
import type { SaveFigures } from "./schema";

type Change = { key: string; value: number | null };

/**
 * Saves the figures that were touched; an emptied field withdraws its figure, whose row stays with its versions. Nothing
 * is written when any of them was changed by somebody else since the form was opened.
 * @returns how many figures changed
 * @throws AppError NOT_FOUND, INVALID (no source), CONFLICT with both values
 */
export async function saveFigures(
  actor: Actor,
  input: SaveFigures,
  requestId: string,
): Promise<{ changed: number }> {
  const { unitId, year } = input;

  return await mutate(actor, { requestId, verb: "figure.save" }, async (tx, log) => {
    await assertCan(tx, actor, "figure.write", unitId);
    // Two first entries of one key have no row to lock yet.
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(${unitId}::int, ${year}::int)::text`;

    const current = new Map((await lockFigures(tx, unitId, year)).map((row) => [row.key, row]));
    const touched = touchedIn(input);
    refuseStale(input, touched, current);
    const changes = touched.filter(({ key, value }) => value !== (current.get(key)?.value ?? null));
    if (changes.length === 0) return { changed: 0 };
    if (input.source === "") {
      throw new AppError({
        code: "INVALID",
        fields: { source: "Hãy ghi nguồn của số liệu, ví dụ “Niên giám thống kê huyện 2024”." },
      });
    }

    for (const change of changes) await writeFigure(tx, actor, input, change);
    log(unitId, {
      type: "figure",
      id: `${unitId}/${year}`,
      detail: {
        year,
        changes: changes.map(({ key, value }) => ({ key, from: current.get(key)?.value ?? null, to: value })),
      },
    });

    return { changed: changes.length };
  });
}

function touchedIn({ figures, base }: SaveFigures): Change[] {
  return Object.entries(figures)
    .filter(([key, value]) => value !== (base[key]?.value ?? null))
    .map(([key, value]) => ({ key, value }));
}

function refuseStale(
  { base }: SaveFigures,
  touched: readonly Change[],
  current: ReadonlyMap<string, FigureRow>,
): void {
  const stale = touched.filter(({ key, value }) => {
    const row = current.get(key);

    return (row?.version ?? 0) !== (base[key]?.version ?? 0) && (row?.value ?? null) !== value;
  });
  if (stale.length === 0) return;

  const conflict = stale.map(({ key, value }): Conflict => {
    const theirs = current.get(key)?.value ?? null;

    return { label: labelOf(key), yours: written(value), theirs: written(theirs) };
  });
  const keys = [...Object.keys(base), ...stale.map(({ key }) => key)];
  const renewed = Object.fromEntries(
    keys.map((key) => [key, { value: base[key]?.value ?? null, version: current.get(key)?.version ?? 0 }]),
  );

  throw new AppError({ code: "CONFLICT", conflict, newValues: { base: JSON.stringify(renewed) } });
}

async function writeFigure(tx: Tx, actor: Actor, input: SaveFigures, { key, value }: Change): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO figure (unit_id, year, key, value, source, entered_by)
    VALUES (${input.unitId}::int, ${input.year}::int, ${key}, ${value}::numeric, ${input.source}, ${actor.id}::uuid)
    ON CONFLICT (unit_id, year, key) DO UPDATE
       SET value = excluded.value, source = excluded.source, entered_by = excluded.entered_by, entered_at = now(),
           version = figure.version + 1`;
}

function labelOf(key: string): string {
  return FIGURE_FIELDS.find((field) => field.key === key)?.label ?? key;
}

function written(value: number | null): string {
  return value === null ? "(để trống)" : formatCount(value);
}
