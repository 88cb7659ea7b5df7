import "server-only";
import type { TargetOperator } from "@/domain/plan/target";
import { SPECIALLY_DIFFICULT } from "@/domain/plan/target";
import type { Tx } from "@/lib/db/scope";
import type { PlanRow, Predecessor, TargetRow } from "./types";

type Row = Omit<TargetRow, "planPeriod" | "planUnit" | "unitId"> & {
  periodFrom: number;
  periodTo: number;
  unitId: number;
  unitName: string;
  unitLevel: string;
  unitValidTo: Date | null;
};

/** Every target of every plan, by plan and code. A little over a hundred rows: the rules choose among all of them. */
export async function listTargets(tx: Tx): Promise<TargetRow[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT t.code, p.code AS "planCode", p.document, p.name AS "planName", p.issued_on AS "issuedOn",
           p.period_from AS "periodFrom", p.period_to AS "periodTo", t.indicator, t.year, t.operator,
           t.value_pct::float8 AS "valuePct", t.denominator, t.area_variant AS "areaVariant", t.area_text AS "areaText",
           t.confidence, t.source, t.note, u.id AS "unitId", u.name AS "unitName", u.level AS "unitLevel",
           u.valid_to AS "unitValidTo"
      FROM target t JOIN plan p ON p.id = t.plan_id JOIN unit u ON u.id = p.unit_id
     ORDER BY p.code, t.code`;

  return rows.map(({ periodFrom, periodTo, unitName, unitLevel, unitValidTo, ...row }) => ({
    ...row,
    operator: row.operator satisfies TargetOperator,
    planPeriod: [periodFrom, periodTo],
    planUnit: { id: row.unitId, name: unitName, level: unitLevel, endedOn: unitValidTo },
  }));
}

/** The plans with the number of their targets: the nation's first, then by level and name. */
export async function listPlans(tx: Tx): Promise<PlanRow[]> {
  return await tx.$queryRaw<PlanRow[]>`
    SELECT p.code, p.document, p.name, p.issued_on AS "issuedOn", p.period_from AS "periodFrom", p.period_to AS "periodTo",
           u.name AS "unitName", u.level AS "unitLevel", count(t.code)::int AS "targetCount"
      FROM plan p JOIN unit u ON u.id = p.unit_id LEFT JOIN target t ON t.plan_id = p.id
     GROUP BY p.id, u.id
     ORDER BY array_position(ARRAY['NATION', 'PROVINCE', 'DISTRICT', 'REVIEW_AREA', 'COMMUNE', 'HAMLET'], u.level),
              p.period_to DESC, u.name_search, p.code`;
}

type PredecessorRow = { unitId: number; id: number; level: string; name: string; validTo: Date };

/**
 * The ended units whose plans the given units follow on a day. An ended unit counts when more than half of the former
 * communes that went into the unit stood under it; one of the unit's own level only when all of them did: a province made
 * of three follows none of the three plans, a commune that took in one commune of the neighbouring district follows the
 * district of the others. Former communes: those whose people went whole into the unit's communes, else those in part.
 */
export async function listPredecessors(
  tx: Tx,
  unitIds: readonly number[],
  on: Date,
): Promise<Map<number, Predecessor[]>> {
  const day = on.toISOString().slice(0, 10);
  const rows = await tx.$queryRaw<PredecessorRow[]>`
    WITH commune AS (
      SELECT a.ancestor_id AS unit_id, a.descendant_id AS commune_id
        FROM ancestry a JOIN unit c ON c.id = a.descendant_id AND c.level = 'COMMUNE'
       WHERE a.ancestor_id = ANY (${[...unitIds]}::int[])
         AND a.valid_from <= ${day}::date AND (a.valid_to IS NULL OR a.valid_to > ${day}::date)
      UNION
      SELECT a.descendant_id, a.ancestor_id
        FROM ancestry a JOIN unit c ON c.id = a.ancestor_id AND c.level = 'COMMUNE'
       WHERE a.descendant_id = ANY (${[...unitIds]}::int[]) AND a.depth > 0
         AND a.valid_from <= ${day}::date AND (a.valid_to IS NULL OR a.valid_to > ${day}::date)
    ), former AS (
      SELECT DISTINCT c.unit_id, s.old_unit_id
        FROM commune c JOIN succession s ON s.new_unit_id = c.commune_id AND s.effective_on <= ${day}::date
        JOIN unit o ON o.id = s.old_unit_id AND o.level = 'COMMUNE'
       WHERE s.population = 'WHOLE'
          OR s.population <> 'NONE' AND NOT EXISTS (
               SELECT 1 FROM succession w JOIN unit wo ON wo.id = w.old_unit_id AND wo.level = 'COMMUNE'
                WHERE w.new_unit_id = c.commune_id AND w.population = 'WHOLE')
    ), total AS (
      SELECT unit_id, count(*) AS n FROM former GROUP BY unit_id
    ), share AS (
      SELECT f.unit_id, a.ancestor_id AS id, count(*) AS n
        FROM former f JOIN unit o ON o.id = f.old_unit_id
        JOIN ancestry a ON a.descendant_id = f.old_unit_id
         AND a.valid_from < o.valid_to AND (a.valid_to IS NULL OR a.valid_to >= o.valid_to)
       GROUP BY f.unit_id, a.ancestor_id
    )
    SELECT s.unit_id AS "unitId", p.id, p.level, p.name, p.valid_to AS "validTo"
      FROM share s JOIN total t USING (unit_id) JOIN unit me ON me.id = s.unit_id
      JOIN unit p ON p.id = s.id AND p.valid_to <= ${day}::date
     WHERE CASE WHEN p.level = me.level THEN s.n = t.n ELSE s.n * 2 > t.n END
     ORDER BY s.unit_id, p.id`;

  const found = new Map<number, Predecessor[]>();
  for (const { unitId, ...predecessor } of rows) {
    found.set(unitId, [...(found.get(unitId) ?? []), predecessor]);
  }

  return found;
}

/** Which of the units are flagged specially difficult in a year, themselves or as a hamlet of such a commune. */
export async function listSpeciallyDifficult(
  tx: Tx,
  unitIds: readonly number[],
  year: number,
  on: Date,
): Promise<Set<number>> {
  const day = on.toISOString().slice(0, 10);
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT DISTINCT a.descendant_id AS id
      FROM unit_flag f JOIN unit u ON u.id = f.unit_id AND u.level IN ('COMMUNE', 'HAMLET')
      JOIN ancestry a ON a.ancestor_id = f.unit_id AND a.descendant_id = ANY (${[...unitIds]}::int[])
       AND a.valid_from <= ${day}::date AND (a.valid_to IS NULL OR a.valid_to > ${day}::date)
     WHERE f.flag = ${SPECIALLY_DIFFICULT} AND f.year = ${year}::int`;

  return new Set(rows.map((row) => row.id));
}
