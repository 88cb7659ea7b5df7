import "server-only";
import { namesOf } from "@/features/user/data";
import type { Tx } from "@/lib/db/scope";
import type { FigureVersion } from "../types";

export type FigureRow = {
  unitId: number;
  key: string;
  value: number | null;
  source: string;
  datedOn: string | null;
  publishedNo: number | null;
  enteredBy: string | null;
  enteredAt: Date;
  version: number;
};

/** The figures entered for the very units in a year. Withdrawn ones keep their row, without a value. */
export async function listFigures(tx: Tx, unitIds: readonly number[], year: number): Promise<FigureRow[]> {
  return await tx.$queryRaw<FigureRow[]>`
    SELECT unit_id AS "unitId", key, value::float8 AS value, source, dated_on::text AS "datedOn", published_no AS "publishedNo",
           entered_by::text AS "enteredBy", entered_at AS "enteredAt", version
      FROM figure WHERE unit_id = ANY (${[...unitIds]}::int[]) AND year = ${year} ORDER BY unit_id, key`;
}

/** Which of the units the actor may enter figures of, as the database knows it now. */
export async function writableUnits(tx: Tx, unitIds: readonly number[]): Promise<Set<number>> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT x AS id FROM app_units('figure.write') x WHERE x = ANY (${[...unitIds]}::int[])`;

  return new Set(rows.map((row) => row.id));
}

/** Every version of a unit's figures of a year, latest first, with the names of those who entered them. */
export async function listVersions(tx: Tx, unitId: number, year: number): Promise<FigureVersion[]> {
  const rows = await tx.$queryRaw<Omit<FigureVersion, "enteredByName">[]>`
    SELECT key, version, value::float8 AS value, source, dated_on::text AS "datedOn", published_no AS "publishedNo",
           entered_by::text AS "enteredBy", entered_at AS "enteredAt"
      FROM figure_version WHERE unit_id = ${unitId} AND year = ${year} ORDER BY key, version DESC`;
  const names = await namesOf(
    tx,
    rows.map((row) => row.enteredBy),
  );

  return rows.map((row) => ({
    ...row,
    enteredByName: row.enteredBy === null ? null : (names.get(row.enteredBy) ?? null),
  }));
}

/** The units with figures of a year at or under a unit, as the map ever placed them; those the reader may see. At most `limit`. */
export async function listEnteredUnits(
  tx: Tx,
  unitId: number,
  year: number,
  limit: number,
): Promise<{ id: number; name: string; level: string; figures: number }[]> {
  return await tx.$queryRaw`
    SELECT u.id, u.name, u.level, count(*)::int AS figures
      FROM figure f JOIN unit u ON u.id = f.unit_id
     WHERE f.year = ${year} AND f.value IS NOT NULL AND f.unit_id <> ${unitId}
       AND EXISTS (SELECT 1 FROM ancestry a WHERE a.ancestor_id = ${unitId} AND a.descendant_id = f.unit_id)
     GROUP BY u.id ORDER BY u.level, u.name_search, u.id LIMIT ${limit}`;
}

/** The names of units by id. */
export async function unitNames(tx: Tx, unitIds: readonly number[]): Promise<Map<number, string>> {
  const rows = await tx.$queryRaw<{ id: number; name: string }[]>`
    SELECT id, name FROM unit WHERE id = ANY (${[...unitIds]}::int[])`;

  return new Map(rows.map((row) => [row.id, row.name]));
}
