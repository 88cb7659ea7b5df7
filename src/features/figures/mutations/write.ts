import "server-only";
import type { Tx } from "@/lib/db/scope";

/** A value to write on top of the version that was read. */
export type FigureChange = Readonly<{ unitId: number; key: string; value: number | null; version: number }>;

/** Where the values come from: one source with its day (null: not known) for all of them. */
export type FigureOrigin = Readonly<{ year: number; source: string; datedOn: string | null }>;

/**
 * Writes figures set-wise, each on top of exactly the version it was read at. A figure that somebody changed meanwhile is not
 * written: then fewer are counted than given, and the caller rolls back. Raw: one statement for thousands of cells, in one order
 * of rows so that two writers wait for each other instead of locking each other out.
 * @returns how many were written
 */
export async function writeFigures(
  tx: Tx,
  actorId: string,
  origin: FigureOrigin,
  changes: readonly FigureChange[],
): Promise<number> {
  return await tx.$executeRaw`
    INSERT INTO figure (unit_id, year, key, value, source, dated_on, entered_by, version)
    SELECT c."unitId", ${origin.year}::int, c.key, c.value, ${origin.source}, ${origin.datedOn}::date, ${actorId}::uuid, c.version + 1
      FROM jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) AS c("unitId" int, key text, value numeric, version int)
     ORDER BY c."unitId", c.key
    ON CONFLICT (unit_id, year, key) DO UPDATE
       SET value = excluded.value, source = excluded.source, dated_on = excluded.dated_on, entered_by = excluded.entered_by,
           entered_at = now(), version = excluded.version
     WHERE figure.version = excluded.version - 1`;
}
