import "server-only";
import type { Answers } from "@/domain/criteria/answer";
import type { CriteriaSetDefinition, DerivedValues } from "@/domain/criteria/criteria-set";
import { score } from "@/domain/scoring/score";
import type { Tx } from "@/lib/db/scope";

/** What a submission freezes into an assessment. */
export type Rescored = {
  derived: DerivedValues;
  total: number;
  classification: string | null;
  missingCount: number;
  isComplete: boolean;
  isRecognisable: boolean;
};

/** Scores assessments again with today's derived shares, set-wise; by assessment id. */
export async function rescore(tx: Tx, ids: readonly string[]): Promise<Map<string, Rescored>> {
  if (ids.length === 0) return new Map();

  const rows = await tx.$queryRaw<
    { id: string; criteriaSetId: number; answers: Answers; derived: DerivedValues }[]
  >`
    SELECT id, criteria_set_id AS "criteriaSetId", answers, derived FROM assessment WHERE id = ANY (${ids}::uuid[])`;
  const sets = await tx.$queryRaw<{ id: number; definition: CriteriaSetDefinition }[]>`
    SELECT id, definition FROM criteria_set WHERE id = ANY (${[...new Set(rows.map((row) => row.criteriaSetId))]}::int[])`;
  const definitions = new Map(sets.map((set) => [set.id, set.definition]));

  const results = new Map<string, Rescored>();
  for (const row of rows) {
    const definition = definitions.get(row.criteriaSetId);
    if (!definition) continue;
    const result = score(definition, row.answers, row.derived);
    results.set(row.id, {
      derived: row.derived,
      total: result.total,
      classification: result.classification,
      missingCount: result.missing.length,
      isComplete: result.complete,
      isRecognisable: result.recognisable,
    });
  }

  return results;
}
