import "server-only";
import { Answers } from "@/domain/criteria/answer";
import { listItems } from "@/domain/criteria/criteria-set";
import { score } from "@/domain/scoring/score";
import type { TitleCode } from "@/domain/title/title";
import type { Derived, ScoreColumns } from "@/features/assessment/types";
import { resultColumns } from "@/features/assessment/utils";
import type { Tx } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { findCriteriaSets } from "./criteria";
import { deriveMeasures } from "./derive";

type ScorableRow = {
  id: string;
  subjectId: string;
  title: TitleCode;
  year: number;
  criteriaSetId: number;
  answers: unknown;
  referenceDate: Date;
};

/** The columns that follow from a set, answers and counted shares. */
export function scoreColumns(
  definition: Parameters<typeof score>[0],
  answers: Answers,
  derived: Derived,
): ScoreColumns {
  return { ...resultColumns(score(definition, answers, derived.values)), derived: derived.values };
}

/**
 * Scores many assessments at once with the shares as they are counted now: what a submission writes into the rows and thereby
 * freezes. Reads set-wise (one statement for the rows, one for each title, year and day among them); the caller holds the
 * locks and writes `total, classification, missing_count, is_complete, is_recognisable, derived`.
 * @returns by assessment id; an id the actor cannot see is left out
 */
export async function scoreForSubmission(
  tx: Tx,
  assessmentIds: readonly string[],
): Promise<Map<string, ScoreColumns>> {
  if (assessmentIds.length === 0) return new Map();
  const rows = await tx.$queryRaw<ScorableRow[]>`
    SELECT a.id, a.subject_id AS "subjectId", a.title, a.year, a.criteria_set_id AS "criteriaSetId", a.answers,
           r.reference_date AS "referenceDate"
      FROM assessment a JOIN round r ON r.id = a.round_id
     WHERE a.id = ANY (${[...assessmentIds]}::uuid[])`;
  const sets = await findCriteriaSets(
    tx,
    rows.map((row) => row.criteriaSetId),
  );
  const derived = await deriveForRows(tx, rows, (row) =>
    listItems(definitionOf(sets, row.criteriaSetId)).some((item) => item.derived),
  );

  return new Map(
    rows.map((row) => [
      row.id,
      scoreColumns(
        definitionOf(sets, row.criteriaSetId),
        Answers.parse(row.answers),
        derived.get(row.id) ?? { values: {}, official: [] },
      ),
    ]),
  );
}

/** The counted shares of rows of any titles and years, by row id; rows that need none are left out. */
async function deriveForRows(
  tx: Tx,
  rows: readonly ScorableRow[],
  needs: (row: ScorableRow) => boolean,
): Promise<Map<string, Derived>> {
  const batches = new Map<string, ScorableRow[]>();
  for (const row of rows.filter(needs)) {
    const key = `${row.title} ${row.year} ${row.referenceDate.getTime()}`;
    const batch = batches.get(key);
    if (batch) batch.push(row);
    else batches.set(key, [row]);
  }

  const derived = new Map<string, Derived>();
  for (const batch of batches.values()) {
    const [first] = batch;
    if (!first) continue;
    const subjectIds = batch.map((row) => row.subjectId);
    const query = { subjectIds, title: first.title, year: first.year, on: first.referenceDate };
    const counted = await deriveMeasures(tx, query);
    for (const row of batch) {
      const found = counted.get(row.subjectId);
      if (found) derived.set(row.id, found);
    }
  }

  return derived;
}

/** @throws AppError NOT_FOUND when the set is gone, which its foreign key forbids */
export function definitionOf(
  sets: Awaited<ReturnType<typeof findCriteriaSets>>,
  id: number,
): Parameters<typeof score>[0] {
  const set = sets.get(id);
  if (!set) throw new AppError({ code: "NOT_FOUND" });

  return set.definition;
}
