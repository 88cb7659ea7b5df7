import "server-only";
import type { UnitRef } from "@/features/territory/data";
import type { Tx } from "@/lib/db/scope";

/**
 * Who reviews a commune's dossier of a round: the unit of the regime's review level above the commune on the round's
 * reference date (the district until 30/6/2025, the review area from 1/7/2025). Raw: dated ancestry joined with the regime.
 */
export async function findReviewerUnit(
  tx: Tx,
  communeId: number,
  referenceDate: Date,
): Promise<UnitRef | undefined> {
  const rows = await tx.$queryRaw<UnitRef[]>`
    SELECT u.id, u.level, u.code, u.name
      FROM regime g
      JOIN ancestry a ON a.descendant_id = ${communeId}
       AND a.valid_from <= ${referenceDate}::date AND (a.valid_to IS NULL OR a.valid_to > ${referenceDate}::date)
      JOIN unit u ON u.id = a.ancestor_id AND u.level = g.review_level
     WHERE g.valid_from <= ${referenceDate}::date AND (g.valid_to IS NULL OR g.valid_to > ${referenceDate}::date)
     ORDER BY a.depth LIMIT 1`;

  return rows[0];
}

export type CommuneOfYear = { id: number; name: string; isSelf: boolean };

/**
 * The communes that a commune answers for in a year: itself while it stood at the year's end, and those that went into it
 * and have entries of that year. Raw: dated ancestry.
 */
export async function listCommunesOfYear(tx: Tx, communeId: number, year: number): Promise<CommuneOfYear[]> {
  return await tx.$queryRaw<CommuneOfYear[]>`
    WITH under AS (
      SELECT DISTINCT u.id, u.name, u.name_search, u.id = ${communeId} AS is_self,
             u.valid_from <= make_date(${year}::int, 12, 31) AND (u.valid_to IS NULL OR u.valid_to > make_date(${year}::int, 12, 31)) AS is_standing
        FROM ancestry a JOIN unit u ON u.id = a.descendant_id AND u.level = 'COMMUNE'
       WHERE a.ancestor_id = ${communeId}
    )
    SELECT id, name, is_self AS "isSelf" FROM under
     WHERE is_standing AND is_self OR EXISTS (SELECT 1 FROM assessment s WHERE s.commune_id = under.id AND s.year = ${year}::int)
     ORDER BY is_self DESC, name_search, id`;
}
