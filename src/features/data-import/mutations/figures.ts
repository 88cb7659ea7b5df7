import "server-only";
import type { Tx } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import type { WriteContext } from "./write";

/** A figure as the batch left it, and what stood there before. */
type EnteredByBatch = {
  unitId: number;
  year: number;
  key: string;
  version: number;
  before: { value: string | null; source: string; datedOn: string | null } | null;
};

/** Enters what the list says of whole hamlets as official figures of the year. @returns how many were not there or different */
export async function writeFigures(
  { tx, actorId, batchId, plan, base }: WriteContext,
  fileName: string,
): Promise<number> {
  const source = `Tệp ${fileName}`.slice(0, 200);
  const rows = await tx.$queryRaw<EnteredByBatch[]>`
    WITH said AS (
      SELECT coalesce(p.unit_id, x."unitId") AS unit_id, x.key, x.value
        FROM jsonb_to_recordset(${JSON.stringify(base.figures)}::jsonb) AS x("unitId" int, key text, value int)
        LEFT JOIN import_place p ON p.staged = x."unitId"
       WHERE coalesce(p.unit_id, x."unitId") > 0
    ), was AS (
      SELECT f.* FROM said JOIN figure f ON f.unit_id = said.unit_id AND f.year = ${plan.year}::int AND f.key = said.key
    ), entered AS (
      INSERT INTO figure (unit_id, year, key, value, source, dated_on, entered_by)
      SELECT unit_id, ${plan.year}::int, key, value, ${source}, app_today(), ${actorId}::uuid FROM said ORDER BY unit_id, key
      ON CONFLICT (unit_id, year, key) DO UPDATE
         SET value = excluded.value, source = excluded.source, dated_on = excluded.dated_on, entered_by = excluded.entered_by,
             entered_at = now(), version = figure.version + 1
       WHERE figure.value IS DISTINCT FROM excluded.value
      RETURNING unit_id, year, key, version
    )
    SELECT e.unit_id AS "unitId", e.year, e.key, e.version,
           CASE WHEN w.unit_id IS NOT NULL THEN jsonb_build_object('value', w.value::text, 'source', w.source, 'datedOn', w.dated_on) END AS before
      FROM entered e LEFT JOIN was w USING (unit_id, year, key)`;
  await tx.$executeRaw`
    UPDATE import_batch SET base = ${JSON.stringify({ entered: rows })}::jsonb WHERE id = ${batchId}::uuid`;

  return rows.length;
}

/** Takes the batch's figures back: those it was the first to enter go, the others are what they were. */
export async function takeBackFigures(tx: Tx, batchId: string, actorId: string): Promise<number> {
  const { base } = await tx.importBatch.findUniqueOrThrow({ where: { id: batchId }, select: { base: true } });
  const entered = (base as { entered?: EnteredByBatch[] } | null)?.entered ?? [];
  if (entered.length === 0) return 0;

  const list = JSON.stringify(entered);
  const [row] = await tx.$queryRaw<{ standing: number }[]>`
    SELECT count(*)::int AS standing FROM (
      SELECT 1 FROM jsonb_to_recordset(${list}::jsonb) AS x("unitId" int, year int, key text, version int)
        JOIN figure f ON (f.unit_id, f.year, f.key, f.version) = (x."unitId", x.year, x.key, x.version)
       ORDER BY f.unit_id, f.key FOR UPDATE OF f) held`;
  if (row?.standing !== entered.length) {
    throw new AppError({
      code: "WRONG_STATE",
      detail:
        "Số liệu thống kê mà tệp này ghi đã được sửa sau đó nên không hoàn tác được cả tệp. Hãy sửa từng mục trong sổ.",
    });
  }
  await tx.$queryRaw`SELECT import_withdraw_figures(${batchId}::uuid)`;
  await tx.$executeRaw`
    UPDATE figure f SET value = (x.before ->> 'value')::numeric, source = x.before ->> 'source', dated_on = (x.before ->> 'datedOn')::date,
           entered_by = ${actorId}::uuid, entered_at = now(), version = f.version + 1
      FROM jsonb_to_recordset(${list}::jsonb) AS x("unitId" int, year int, key text, before jsonb)
     WHERE (f.unit_id, f.year, f.key) = (x."unitId", x.year, x.key) AND jsonb_typeof(x.before) = 'object'`;

  return entered.length;
}
