import { createHash } from "node:crypto";
import { Answers } from "@/domain/criteria/answer";
import { DerivedValues, listItems } from "@/domain/criteria/criteria-set";
import { score } from "@/domain/scoring/score";
import type { TitleCode } from "@/domain/title/title";
import { findCriteriaSets } from "@/features/assessment/data/criteria";
import { deriveMeasures } from "@/features/assessment/data/derive";
import { columnsThatDiffer, explainItem, resultColumns } from "@/features/assessment/utils";
import type { Tx } from "@/lib/db/scope";
import { toIsoDate } from "@/lib/format/date";
import { readStoredFile } from "@/lib/storage/file-store";

/** How an assessment came to its score. `differences`: what recomputing does not confirm, by name; empty when all agrees. */
export type Explanation = Readonly<
  { assessmentId: string; differences: readonly string[] } & Record<string, unknown>
>;

/** Explains one assessment as the owner of the tables; undefined when there is none. People appear by account name alone. */
export async function explainAssessment(tx: Tx, assessmentId: string): Promise<Explanation | undefined> {
  const row = await tx.assessment.findUnique({
    where: { id: assessmentId },
    include: {
      round: { select: { referenceDate: true } },
      recognition: { include: { decision: true } },
      evidence: {
        where: { removedAt: null },
        include: { file: true },
        orderBy: [{ linkedAt: "asc" }, { id: "asc" }],
      },
    },
  });
  const set = row && (await findCriteriaSets(tx, [row.criteriaSetId])).get(row.criteriaSetId);
  if (!row || !set) return undefined;

  const answers = Answers.parse(row.answers);
  const derived = DerivedValues.parse(row.derived);
  const result = score(set.definition, answers, derived);
  const stored = {
    total: row.total?.toNumber() ?? null,
    classification: row.classification,
    missingCount: row.missingCount,
    isComplete: row.isComplete,
    isRecognisable: row.isRecognisable,
  };
  const evidence = await Promise.all(
    row.evidence.map(async ({ itemCode, linkedAt, file }) => ({
      item: itemCode,
      fileId: file.id,
      mime: file.mime,
      byteSize: file.byteSize,
      sha256: file.sha256,
      linkedAt,
      storedFile: await checkFile(file.storageKey, file.sha256),
    })),
  );
  const on = row.round.referenceDate;
  const subject = { subjectIds: [row.subjectId], title: row.title as TitleCode, year: row.year, on };
  const scores = new Map(result.byItem.map((one) => [one.code, one]));
  const usernames = await usernamesOf(tx, [row.createdBy, row.scoredBy, row.submittedBy, row.reviewedBy]);
  const by = (userId: string | null) => (userId === null ? null : (usernames.get(userId) ?? userId));

  return {
    assessmentId: row.id,
    subjectId: row.subjectId,
    title: row.title,
    year: row.year,
    state: row.state,
    referenceDate: toIsoDate(on),
    criteriaSet: {
      code: set.code,
      version: set.version,
      status: set.status,
      legalBasis: set.legalBasis,
      issuer: set.issuer,
    },
    items: listItems(set.definition).map((item) => {
      const one = scores.get(item.code);
      const answer = Object.hasOwn(answers, item.code) ? answers[item.code] : undefined;

      return {
        code: item.code,
        name: item.name,
        answer: answer ?? null,
        rule: one?.rule,
        points: one?.points,
        max: one?.max,
        edge: one?.edge,
        share: one?.share,
        derived: one?.derived,
        isOverruled: one?.isOverruled,
        explanation: one && explainItem(set.definition, item, one, answer),
      };
    }),
    derived: { usedForScore: derived, countedNow: (await deriveMeasures(tx, subject)).get(row.subjectId) },
    evidence,
    steps: {
      registered: { on: toIsoDate(row.registeredOn), by: by(row.createdBy) },
      scored: { at: row.scoredAt, by: by(row.scoredBy) },
      submitted: { at: row.submittedAt, by: by(row.submittedBy) },
      reviewed: {
        at: row.reviewedAt,
        by: by(row.reviewedBy),
        returnReason: row.returnReason,
        returnCount: row.returnCount,
      },
      decision: row.recognition && {
        number: row.recognition.decision.number,
        decidedOn: toIsoDate(row.recognition.decision.decidedOn),
        years: [row.recognition.firstYear, row.recognition.lastYear],
      },
    },
    stored,
    recomputed: resultColumns(result),
    unmet: result.unmet,
    differences: [
      // A sheet nobody has scored yet has nothing to confirm.
      ...(stored.total === null ? [] : columnsThatDiffer(stored, result)),
      ...evidence
        .filter((one) => one.storedFile !== "intact")
        .map((one) => `evidence ${one.fileId}: ${one.storedFile}`),
    ],
  };
}

async function checkFile(storageKey: string, sha256: string): Promise<"intact" | "changed" | "missing"> {
  const bytes = await readStoredFile(storageKey);
  if (!bytes) return "missing";

  return createHash("sha256").update(bytes).digest("hex") === sha256 ? "intact" : "changed";
}

async function usernamesOf(tx: Tx, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const rows = await tx.user.findMany({
    where: { id: { in: ids.filter((id) => id !== null) } },
    select: { id: true, username: true },
  });

  return new Map(rows.map((row) => [row.id, row.username]));
}
