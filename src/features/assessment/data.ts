import "server-only";
import type { Actor } from "@/domain/access/access";
import { Answers } from "@/domain/criteria/answer";
import { DerivedValues, listItems } from "@/domain/criteria/criteria-set";
import type { AssessmentState } from "@/domain/recognition/recognition";
import { isScorable } from "@/domain/recognition/recognition";
import type { TitleCode } from "@/domain/title/title";
import { namesOf } from "@/features/user/data";
import { assertCan } from "@/features/user/guard";
import type { Tx } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { toIsoDate } from "@/lib/format/date";
import { findCriteriaSets } from "./data/criteria";
import { deriveMeasures } from "./data/derive";
import type { AssessmentSheet, Derived, Step, UsedCriteriaSet } from "./types";

const sheetSelect = {
  id: true,
  title: true,
  year: true,
  state: true,
  version: true,
  criteriaSetId: true,
  answers: true,
  derived: true,
  total: true,
  classification: true,
  missingCount: true,
  isComplete: true,
  isRecognisable: true,
  registeredOn: true,
  dossierId: true,
  scoredBy: true,
  scoredAt: true,
  submittedBy: true,
  submittedAt: true,
  reviewedBy: true,
  reviewedAt: true,
  returnReason: true,
  returnCount: true,
  subject: { select: { id: true, name: true } },
  unit: { select: { id: true, name: true } },
  commune: { select: { id: true, name: true } },
  round: { select: { referenceDate: true } },
  recognition: {
    select: {
      firstYear: true,
      lastYear: true,
      decision: { select: { number: true, decidedOn: true, signer: true } },
    },
  },
} as const;

/**
 * One assessment as its scoring sheet shows it; undefined when there is none the actor can see. The caller asserts
 * `assessment.read` on `sheet.commune.id`. Counted shares are live while the sheet is open (DRAFT, RETURNED …) and as frozen
 * at submission afterwards.
 */
export async function findSheet(tx: Tx, assessmentId: string): Promise<AssessmentSheet | undefined> {
  const row = await tx.assessment.findUnique({ where: { id: assessmentId }, select: sheetSelect });
  if (!row) return undefined;

  const title = row.title as TitleCode;
  const state = row.state as AssessmentState;
  const criteriaSet = (await findCriteriaSets(tx, [row.criteriaSetId])).get(row.criteriaSetId);
  if (!criteriaSet) return undefined;

  const isDerivedFrozen = !isScorable(state);
  const subject = { id: row.subject.id, title, year: row.year, on: row.round.referenceDate };
  const derived = isDerivedFrozen
    ? { values: DerivedValues.parse(row.derived), official: [] }
    : await deriveForSubject(tx, subject, criteriaSet);
  const names = await namesOf(tx, [row.scoredBy, row.submittedBy, row.reviewedBy]);
  const decision = row.recognition?.decision;

  return {
    id: row.id,
    title,
    year: row.year,
    state,
    version: row.version,
    subject: row.subject,
    unit: row.unit,
    commune: row.commune,
    referenceDate: toIsoDate(row.round.referenceDate),
    registeredOn: toIsoDate(row.registeredOn),
    criteriaSet,
    answers: Answers.parse(row.answers),
    derived,
    isDerivedFrozen,
    stored: {
      total: row.total === null ? null : row.total.toNumber(),
      classification: row.classification,
      missingCount: row.missingCount,
      isComplete: row.isComplete,
      isRecognisable: row.isRecognisable,
    },
    dossierId: row.dossierId,
    scored: toStep(names, row.scoredBy, row.scoredAt),
    submitted: toStep(names, row.submittedBy, row.submittedAt),
    reviewed: toStep(names, row.reviewedBy, row.reviewedAt),
    returnReason: row.returnReason,
    returnCount: row.returnCount,
    decision:
      row.recognition && decision
        ? {
            number: decision.number,
            decidedOn: toIsoDate(decision.decidedOn),
            signer: decision.signer,
            firstYear: row.recognition.firstYear,
            lastYear: row.recognition.lastYear,
          }
        : null,
  };
}

/** The shares counted now for one subject; nothing where the set has no item that uses one. */
export async function deriveForSubject(
  tx: Tx,
  subject: Readonly<{ id: string; title: TitleCode; year: number; on: Date }>,
  criteriaSet: UsedCriteriaSet,
): Promise<Derived> {
  const nothing: Derived = { values: {}, official: [] };
  if (!listItems(criteriaSet.definition).some((item) => item.derived)) return nothing;

  const { id, title, year, on } = subject;
  const counted = await deriveMeasures(tx, { subjectIds: [id], title, year, on });

  return counted.get(id) ?? nothing;
}

function toStep(names: ReadonlyMap<string, string>, byId: string | null, at: Date | null): Step | null {
  return byId !== null && at !== null ? { byId, by: names.get(byId) ?? "–", at } : null;
}

/** Where an assessment stands: what guards and evidence ask before anything else. */
export type AssessmentPlace = Readonly<{
  id: string;
  communeId: number;
  state: AssessmentState;
  criteriaSetId: number;
}>;

/** Commune, state and criteria set of an assessment; undefined when there is none the actor can see. */
export async function findPlaceOfAssessment(
  tx: Tx,
  assessmentId: string,
): Promise<AssessmentPlace | undefined> {
  const row = await tx.assessment.findUnique({
    where: { id: assessmentId },
    select: { id: true, communeId: true, state: true, criteriaSetId: true },
  });

  return row ? { ...row, state: row.state as AssessmentState } : undefined;
}

/**
 * Locks an assessment whose answers and evidence are still open to the actor. Row-level security shows a locking read only
 * rows that may be written now, so that one closed meanwhile is not among them.
 * @throws AppError NOT_FOUND when it is not the actor's to write, WRONG_STATE when it is closed
 */
export async function lockOpenAssessment(
  tx: Tx,
  actor: Pick<Actor, "grants">,
  assessmentId: string,
): Promise<AssessmentPlace> {
  const rows = await tx.$queryRaw<AssessmentPlace[]>`
    SELECT id, commune_id AS "communeId", state, criteria_set_id AS "criteriaSetId"
      FROM assessment WHERE id = ${assessmentId}::uuid FOR UPDATE`;
  const [row] = rows;
  if (!row) return await refuseUnlocked(tx, actor, assessmentId);

  await assertCan(tx, actor, "assessment.write", row.communeId);
  if (!isScorable(row.state)) throw new AppError({ code: "WRONG_STATE" });

  return row;
}

/** Why a row could not be locked: not the actor's (looks like nothing), or closed, which its own commune may know. */
export async function refuseUnlocked(
  tx: Tx,
  actor: Pick<Actor, "grants">,
  assessmentId: string,
): Promise<never> {
  const place = await findPlaceOfAssessment(tx, assessmentId);
  await assertCan(tx, actor, "assessment.write", place?.communeId);

  throw new AppError({ code: "WRONG_STATE" });
}
