import "server-only";
import type { AssessmentState } from "@/domain/recognition/recognition";
import type { TitleCode } from "@/domain/title/title";
import { scoreForSubmission } from "@/features/assessment/data/score";
import type { Tx } from "@/lib/db/scope";

/** An entry the commune still holds: registered, being scored or returned. */
export type OpenEntry = {
  id: string;
  state: AssessmentState;
  total: number | null;
  missingCount: number;
  isComplete: boolean;
  isRecognisable: boolean;
};

type StoredEntry = OpenEntry & { hasDerivedItems: boolean };

/**
 * The entries of a commune, title and year that are not with the reviewer, with today's score. Sets without derived items
 * score the same for ever, so only the others are scored again. Raw: one pass with a test on the set's definition.
 */
export async function listOpenEntries(
  tx: Tx,
  of: { communeId: number; title: TitleCode; year: number },
): Promise<OpenEntry[]> {
  const stored = await tx.$queryRaw<StoredEntry[]>`
    WITH counting_set AS (
      SELECT id FROM criteria_set WHERE title = ${of.title} AND jsonb_path_exists(definition, '$.groups[*].items[*].derived')
    )
    SELECT a.id, a.state, a.total::float8 AS total, a.missing_count AS "missingCount", a.is_complete AS "isComplete",
           a.is_recognisable AS "isRecognisable", a.criteria_set_id IN (SELECT id FROM counting_set) AS "hasDerivedItems"
      FROM assessment a
     WHERE a.commune_id = ${of.communeId} AND a.title = ${of.title} AND a.year = ${of.year}
       AND a.state IN ('REGISTERED', 'DRAFT', 'RETURNED')
     ORDER BY a.id`;
  const again = stored
    .filter((row) => row.hasDerivedItems && row.state !== "REGISTERED")
    .map((row) => row.id);
  const scores = await scoreForSubmission(tx, again);

  return stored.map((row) => {
    const now = scores.get(row.id);
    const { id, state } = row;
    const { total, missingCount, isComplete, isRecognisable } = now ?? row;

    return { id, state, total, missingCount, isComplete, isRecognisable };
  });
}
