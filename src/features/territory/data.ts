import "server-only";
import type { Reach } from "@/domain/access/access";
import { prisma } from "@/lib/db/client";
import type { Tx } from "@/lib/db/scope";

export type UnitRef = { id: number; level: string; code: string; name: string };

/**
 * The units whose grants reach a unit: itself and everything above it, today, or, for an ended unit above it, on that
 * unit's last day. The same rule as `app_units` in the database.
 */
export async function reachOf(tx: Tx, unitId: number): Promise<Reach> {
  return await tx.$queryRaw<{ unitId: number; isStanding: boolean }[]>`
    SELECT DISTINCT a.ancestor_id AS "unitId", coalesce(u.valid_to > app_today(), true) AS "isStanding"
      FROM ancestry a JOIN unit u ON u.id = a.ancestor_id
     WHERE a.descendant_id = ${unitId}
       AND a.valid_from <= least(app_today(), u.valid_to - 1)
       AND (a.valid_to IS NULL OR a.valid_to > least(app_today(), u.valid_to - 1))`;
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

export type RoundRef = {
  id: number;
  title: string;
  year: number;
  referenceDate: Date;
  submitBy: Date;
  reviewBy: Date;
};

/** The round of a title and year that holds at a unit: the nearest one above it on the round's reference date. */
export async function findRound(
  tx: Tx,
  unitId: number,
  title: string,
  year: number,
): Promise<RoundRef | undefined> {
  const rows = await tx.$queryRaw<RoundRef[]>`
    SELECT r.id, r.title, r.year, r.reference_date AS "referenceDate", r.submit_by AS "submitBy", r.review_by AS "reviewBy"
      FROM round r JOIN ancestry a ON a.ancestor_id = r.unit_id AND a.descendant_id = ${unitId}
       AND a.valid_from <= r.reference_date AND (a.valid_to IS NULL OR a.valid_to > r.reference_date)
     WHERE r.title = ${title} AND r.year = ${year}
     ORDER BY a.depth LIMIT 1`;

  return rows[0];
}

/** The administrative units (no hamlets) under a unit today, itself first, by level and name; at most `limit`. */
export async function unitsBelow(tx: Tx, unitId: number, limit: number): Promise<UnitRef[]> {
  return await tx.$queryRaw<UnitRef[]>`
    SELECT u.id, u.level, u.code, u.name
      FROM ancestry a JOIN unit u ON u.id = a.descendant_id
     WHERE a.ancestor_id = ${unitId} AND u.level <> 'HAMLET' AND (u.valid_to IS NULL OR u.valid_to > app_today())
       AND a.valid_from <= app_today() AND (a.valid_to IS NULL OR a.valid_to > app_today())
     ORDER BY a.depth, u.name_search, u.id LIMIT ${limit}`;
}

export type UnitHistory = {
  unit: UnitRef & { type: string; validFrom: Date; validTo: Date | null };
  names: { name: string; type: string; validFrom: Date; validTo: Date | null }[];
  parents: { id: number; name: string; level: string; kind: string; validFrom: Date; validTo: Date | null }[];
  became: { id: number; name: string; effectiveOn: Date; population: string; note: string | null }[];
  cameFrom: { id: number; name: string; effectiveOn: Date; population: string; note: string | null }[];
};

/** Everything the map knows of a unit: names, parents and succession with dates. Undefined when there is none. */
export async function findUnitHistory(tx: Tx, unitId: number): Promise<UnitHistory | undefined> {
  const unit = await findUnit(tx, unitId);
  if (!unit) return undefined;

  const names = await tx.$queryRaw<UnitHistory["names"]>`
    SELECT name, type, valid_from AS "validFrom", valid_to AS "validTo" FROM unit_name WHERE unit_id = ${unitId} ORDER BY valid_from`;
  const parents = await tx.$queryRaw<UnitHistory["parents"]>`
    SELECT u.id, u.name, u.level, p.kind, p.valid_from AS "validFrom", p.valid_to AS "validTo"
      FROM placement p JOIN unit u ON u.id = p.parent_id WHERE p.child_id = ${unitId} ORDER BY p.valid_from`;
  const became = await tx.$queryRaw<UnitHistory["became"]>`
    SELECT u.id, u.name, s.effective_on AS "effectiveOn", s.population, s.note
      FROM succession s JOIN unit u ON u.id = s.new_unit_id WHERE s.old_unit_id = ${unitId} ORDER BY u.name_search`;
  const cameFrom = await tx.$queryRaw<UnitHistory["cameFrom"]>`
    SELECT u.id, u.name, s.effective_on AS "effectiveOn", s.population, s.note
      FROM succession s JOIN unit u ON u.id = s.old_unit_id WHERE s.new_unit_id = ${unitId} ORDER BY u.name_search`;

  return { unit, names, parents, became, cameFrom };
}

/** Units by name, ended ones too, best match first; at most 50. Diacritics and word order do not matter. */
export async function searchUnits(
  tx: Tx,
  text: string,
): Promise<(UnitRef & { validFrom: Date; validTo: Date | null; parentName: string | null })[]> {
  return await tx.$queryRaw`
    SELECT u.id, u.level, u.code, u.name, u.valid_from AS "validFrom", u.valid_to AS "validTo",
           (SELECT p.name FROM placement l JOIN unit p ON p.id = l.parent_id
             WHERE l.child_id = u.id AND l.kind = 'TREE' ORDER BY l.valid_from DESC LIMIT 1) AS "parentName"
      FROM unit u
     WHERE u.level <> 'HAMLET' AND (u.code = ${text} OR u.name_search LIKE '%' || replace(search_key(${text}), ' ', '%') || '%')
     ORDER BY u.code = ${text} DESC, similarity(u.name_search, search_key(${text})) DESC, u.valid_to NULLS FIRST, u.name_search, u.id
     LIMIT 50`;
}
