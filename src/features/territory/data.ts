import "server-only";
import { prisma } from "@/lib/db/client";
import type { Tx } from "@/lib/db/scope";

export type UnitRef = { id: number; level: string; code: string; name: string };

/**
 * The units whose grants reach a unit: itself and everything above it, today, or, for an ended unit above it, on that
 * unit's last day. The same rule as `app_units` in the database.
 */
export async function reachOf(tx: Tx, unitId: number): Promise<number[]> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT DISTINCT a.ancestor_id AS id
      FROM ancestry a JOIN unit u ON u.id = a.ancestor_id
     WHERE a.descendant_id = ${unitId}
       AND a.valid_from <= least(app_today(), u.valid_to - 1)
       AND (a.valid_to IS NULL OR a.valid_to > least(app_today(), u.valid_to - 1))`;

  return rows.map((row) => row.id);
}

/** A unit and the units above it on a day, nearest first. Empty when the unit does not exist. */
export async function pathOf(tx: Tx, unitId: number, on: Date): Promise<UnitRef[]> {
  return await tx.$queryRaw<UnitRef[]>`
    SELECT u.id, u.level, u.code, u.name
      FROM ancestry a JOIN unit u ON u.id = a.ancestor_id
     WHERE a.descendant_id = ${unitId} AND a.valid_from <= ${on}::date AND (a.valid_to IS NULL OR a.valid_to > ${on}::date)
     ORDER BY a.depth`;
}

/** The units directly under a unit on a day, by name. Without those that stand there only as predecessors. */
export async function childrenOf(tx: Tx, unitId: number, on: Date): Promise<UnitRef[]> {
  return await tx.$queryRaw<UnitRef[]>`
    SELECT u.id, u.level, u.code, u.name
      FROM placement p JOIN unit u ON u.id = p.child_id
     WHERE p.parent_id = ${unitId} AND p.kind = 'TREE'
       AND p.valid_from <= ${on}::date AND (p.valid_to IS NULL OR p.valid_to > ${on}::date)
     ORDER BY u.name_search, u.id`;
}

/** One unit with its validity; undefined when there is none. */
export async function findUnit(
  tx: Tx,
  unitId: number,
): Promise<(UnitRef & { type: string; validFrom: Date; validTo: Date | null }) | undefined> {
  const rows = await tx.$queryRaw<(UnitRef & { type: string; validFrom: Date; validTo: Date | null })[]>`
    SELECT id, level, code, name, type, valid_from AS "validFrom", valid_to AS "validTo" FROM unit WHERE id = ${unitId}`;

  return rows[0];
}

/** The years with a round, latest first. */
export async function listRoundYears(): Promise<number[]> {
  const rows = await prisma.$queryRaw<{ year: number }[]>`SELECT DISTINCT year FROM round ORDER BY year DESC`;

  return rows.map((row) => row.year);
}

export type RoundRef = { id: number; title: string; year: number; referenceDate: Date; submitBy: Date; reviewBy: Date };

/** The round of a title and year that holds at a unit: the nearest one above it on the round's reference date. */
export async function findRound(tx: Tx, unitId: number, title: string, year: number): Promise<RoundRef | undefined> {
  const rows = await tx.$queryRaw<RoundRef[]>`
    SELECT r.id, r.title, r.year, r.reference_date AS "referenceDate", r.submit_by AS "submitBy", r.review_by AS "reviewBy"
      FROM round r JOIN ancestry a ON a.ancestor_id = r.unit_id AND a.descendant_id = ${unitId}
       AND a.valid_from <= r.reference_date AND (a.valid_to IS NULL OR a.valid_to > r.reference_date)
     WHERE r.title = ${title} AND r.year = ${year}
     ORDER BY a.depth LIMIT 1`;

  return rows[0];
}
