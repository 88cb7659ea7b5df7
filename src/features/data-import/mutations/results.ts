import "server-only";
import type { ImportPlan, LeftOutHamlet } from "../types";
import type { CheckBase } from "./check";
import type { MatchContext } from "./match";
import type { StagedHamlet } from "./staging";

const RESULT_PREFIX = { FAMILY: "family", CLAN: "clan", CITIZEN: "citizen" } as const;
const LEFT_OUT_SHOWN = 100;

/** What a list says of one hamlet: its figures, or why they are not taken. */
type HamletResult = {
  unitId: number;
  target: keyof typeof RESULT_PREFIX;
  reason: LeftOutHamlet["reason"] | null;
  figures: CheckBase["figures"] | null;
};

/**
 * What a list says of whole hamlets: how many there are, registered, reached. Only of hamlets that stood at the end of the year
 * and that the list covers: every entry of the register there is in it, and none of its rows has to be mended or decided; else
 * the sum would be too low.
 */
export async function readResults(
  { tx, communeId, year }: MatchContext,
  { sheets }: ImportPlan,
): Promise<HamletResult[]> {
  const targets = (["FAMILY", "CLAN", "CITIZEN"] as const).filter((target) =>
    sheets.some((sheet) => sheet.target === target && sheet.columns.some(({ field }) => field === "reached")),
  );
  const found: HamletResult[] = [];
  for (const target of targets) {
    const prefix = RESULT_PREFIX[target];
    const rows = await tx.$queryRaw<Omit<HamletResult, "target">[]>`
      WITH hamlet AS (
        SELECT s.unit_id, count(*)::int AS total, count(*) FILTER (WHERE (s.facts -> 'registered') = 'true')::int AS registered,
               count(*) FILTER (WHERE (s.facts -> 'reached') = 'true')::int AS recognised,
               bool_or(v.verdict = 'REJECTED') AS has_rejected, bool_or(v.verdict = 'DOUBTFUL') AS has_doubtful
          FROM import_stage s JOIN import_verdict v USING (ordinal)
         WHERE s.target = ${target} AND NOT s.is_derived AND v.verdict <> 'REPEATED' AND s.unit_id IS NOT NULL
         GROUP BY s.unit_id
      ), judged AS (
        SELECT h.*, CASE
                 WHEN u.valid_from > make_date(${year}::int, 12, 31) OR u.valid_to <= make_date(${year}::int, 12, 31) THEN 'ABSENT'
                 WHEN h.has_rejected THEN 'REJECTED'
                 WHEN h.has_doubtful THEN 'DOUBTFUL'
                 WHEN EXISTS (SELECT 1 FROM import_entry e WHERE e.title = ${target} AND e.unit_id = h.unit_id
                                 AND NOT EXISTS (SELECT 1 FROM import_match m WHERE m.subject_id = e.id)) THEN 'INCOMPLETE' END AS reason
          FROM hamlet h JOIN unit u ON u.id = CASE WHEN h.unit_id > 0 THEN h.unit_id ELSE ${communeId}::int END
      )
      SELECT h.unit_id AS "unitId", h.reason, CASE WHEN h.reason IS NULL THEN (
               SELECT jsonb_agg(jsonb_build_object('unitId', h.unit_id, 'key', f.key, 'value', f.value, 'isNew', g.value IS DISTINCT FROM f.value) ORDER BY f.key)
                 FROM (VALUES (${`${prefix}_total`}, h.total), (${`${prefix}_registered`}, h.registered), (${`${prefix}_recognised`}, h.recognised)) f(key, value)
                 LEFT JOIN figure g ON g.unit_id = h.unit_id AND g.year = ${year}::int AND g.key = f.key) END AS figures
        FROM judged h ORDER BY h.unit_id`;
    found.push(...rows.map((row) => ({ ...row, target })));
  }

  return found;
}

/** The hamlets whose figures are not taken, by name. */
export function leftOutOf(
  results: readonly HamletResult[],
  hamlets: readonly StagedHamlet[],
): LeftOutHamlet[] {
  const names = new Map(hamlets.map(({ id, name }) => [id, name]));

  return results
    .flatMap(({ unitId, target, reason }) =>
      reason === null ? [] : [{ name: names.get(unitId) ?? "(cả xã)", target, reason }],
    )
    .slice(0, LEFT_OUT_SHOWN);
}
