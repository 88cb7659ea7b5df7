import "server-only";
import { namesOf } from "@/features/user/data";
import type { Tx } from "@/lib/db/scope";
import type { BatchState, FigureBatch, FileUnit } from "./types";

/**
 * The units a file of figures may speak of: the unit itself, and those below it that stood on a day and of which the actor may
 * enter figures; hamlets under a commune, administrative units elsewhere. For years before a rearrangement these are the units
 * of that time. Raw: the map by date, and the rights as the database knows them.
 */
export async function listFileUnits(
  tx: Tx,
  unit: Readonly<{ id: number; level: string }>,
  day: string,
): Promise<FileUnit[]> {
  return await tx.$queryRaw<FileUnit[]>`
    SELECT u.id, u.name, u.level
      FROM unit u
     WHERE u.id IN (SELECT app_units('figure.write'))
       AND (u.id = ${unit.id} OR (
         u.valid_from <= ${day}::date AND (u.valid_to IS NULL OR u.valid_to > ${day}::date)
         AND (u.level = 'HAMLET') = ${unit.level === "COMMUNE"}
         AND EXISTS (SELECT 1 FROM ancestry a WHERE a.ancestor_id = ${unit.id} AND a.descendant_id = u.id)))
     ORDER BY u.id <> ${unit.id}, array_position(ARRAY['PROVINCE', 'DISTRICT', 'REVIEW_AREA', 'COMMUNE', 'HAMLET'], u.level), u.name_search, u.id
     LIMIT 5000`;
}

/** One file of figures; undefined when there is none the reader may see. */
export async function findBatch(tx: Tx, batchId: string): Promise<FigureBatch | undefined> {
  const rows = await tx.$queryRaw<FigureBatch[]>`
    SELECT b.id::text AS id, b.unit_id AS "unitId", u.name AS "unitName", b.year, b.source, b.dated_on::text AS "datedOn", b.state,
           b.cells, b.problems, b.unchanged, b.created_by::text AS "createdBy", b.created_at AS "createdAt", b.changed_at AS "changedAt"
      FROM figure_batch b JOIN unit u ON u.id = b.unit_id WHERE b.id = ${batchId}::uuid`;

  return rows[0];
}

/** The same, locked for the rest of the transaction. */
export async function lockBatch(tx: Tx, batchId: string): Promise<FigureBatch | undefined> {
  await tx.$queryRaw`SELECT id::text FROM figure_batch WHERE id = ${batchId}::uuid FOR UPDATE`;

  return await findBatch(tx, batchId);
}

export type BatchLine = Readonly<{
  id: string;
  year: number;
  source: string;
  state: BatchState;
  cells: number;
  problems: number;
  createdBy: string;
  createdByName: string | null;
  createdAt: Date;
}>;

const LATEST = 20;

/** The latest files of a unit. */
export async function listBatches(tx: Tx, unitId: number): Promise<BatchLine[]> {
  const rows = await tx.$queryRaw<Omit<BatchLine, "createdByName">[]>`
    SELECT id::text AS id, year, source, state, jsonb_array_length(cells) AS cells, jsonb_array_length(problems) AS problems,
           created_by::text AS "createdBy", created_at AS "createdAt"
      FROM figure_batch WHERE unit_id = ${unitId} ORDER BY created_at DESC, id LIMIT ${LATEST}`;
  const names = await namesOf(
    tx,
    rows.map((row) => row.createdBy),
  );

  return rows.map((row) => ({ ...row, createdByName: names.get(row.createdBy) ?? null }));
}
