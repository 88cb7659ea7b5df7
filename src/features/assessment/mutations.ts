import "server-only";
import type { Answer } from "@/domain/criteria/answer";
import { Answers, checkAnswer } from "@/domain/criteria/answer";
import type { CriteriaItem } from "@/domain/criteria/criteria-set";
import { listItems } from "@/domain/criteria/criteria-set";
import { criteriaSetInForce } from "@/domain/criteria/in-force";
import type { AssessmentState } from "@/domain/recognition/recognition";
import { isScorable, stateAfter } from "@/domain/recognition/recognition";
import type { CitizenVariant, TitleCode } from "@/domain/title/title";
import { TITLES } from "@/domain/title/title";
import type { RoundRef, UnitRef } from "@/features/territory/data";
import { findRound, pathOf } from "@/features/territory/data";
import type { SessionActor } from "@/features/user/data";
import { assertCan } from "@/features/user/guard";
import type { Tx } from "@/lib/db/scope";
import { mutate } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { formatDate, toIsoDate } from "@/lib/format/date";
import { deriveForSubject, refuseUnlocked } from "./data";
import { findCriteriaSets, listCriteriaHeaders } from "./data/criteria";
import { scoreColumns } from "./data/score";
import type { SavedAnswer } from "./schema";
import { ANSWER_ERROR_TEXTS, answerText, isSameAnswer } from "./utils";

type Actor = Pick<SessionActor, "id" | "grants">;

/** A leaf unit in a round: where the subject stood on the round's reference date. */
type Standing = { unitId: number; round: RoundRef; path: UnitRef[] };

/**
 * Registers a subject for a year's round (state REGISTERED), once: a second call finds the first one's assessment. The round,
 * the leaf unit, the commune and the criteria set are those of the round's reference date.
 * @throws AppError NOT_FOUND for what the actor may not write; WRONG_STATE with a sentence when there is no round, no home on
 *   the reference date, or no criteria set in force
 */
export async function openAssessment(
  actor: Actor,
  input: Readonly<{ requestId: string; subjectId: string; year: number }>,
): Promise<{ assessmentId: string; isNew: boolean }> {
  return await mutate(actor, { requestId: input.requestId, verb: "assessment.register" }, async (tx, log) => {
    const subject = await findSubject(tx, input.subjectId);
    if (!subject) throw new AppError({ code: "NOT_FOUND" });

    const existing = await findExisting(tx, subject, input.year);
    if (existing) {
      await assertCan(tx, actor, "assessment.write", existing.communeId);
      return { assessmentId: existing.id, isNew: false };
    }

    const standing = await findStanding(tx, subject, input.year);
    const commune = standing.path.find((unit) => unit.level === "COMMUNE");
    await assertCan(tx, actor, "assessment.write", commune?.id);
    if (!commune) throw new AppError({ code: "NOT_FOUND" });

    const criteriaSetId = await chooseCriteriaSet(tx, subject, standing);
    const inserted = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO assessment (subject_id, round_id, title, year, unit_id, commune_id, criteria_set_id, state, registered_on, created_by)
      VALUES (${subject.id}::uuid, ${standing.round.id}, ${subject.title}, ${input.year}, ${standing.unitId}, ${commune.id},
              ${criteriaSetId}, 'REGISTERED', app_today(), ${actor.id}::uuid)
      ON CONFLICT (subject_id, title, year) DO NOTHING RETURNING id`;
    const id = inserted[0]?.id;
    if (id === undefined) {
      const other = await findExisting(tx, subject, input.year);
      if (!other) throw new AppError({ code: "BUSY" });
      return { assessmentId: other.id, isNew: false };
    }
    log(commune.id, {
      type: "assessment",
      id,
      detail: { subjectId: subject.id, title: subject.title, year: input.year, criteriaSetId },
    });

    return { assessmentId: id, isNew: true };
  });
}

type SubjectRow = { id: string; title: TitleCode; variant: CitizenVariant | null };

async function findSubject(tx: Tx, subjectId: string): Promise<SubjectRow | undefined> {
  const rows = await tx.$queryRaw<SubjectRow[]>`
    SELECT s.id, s.title, c.variant FROM subject s LEFT JOIN citizen c ON c.subject_id = s.id WHERE s.id = ${subjectId}::uuid`;

  return rows[0];
}

async function findExisting(
  tx: Tx,
  subject: SubjectRow,
  year: number,
): Promise<{ id: string; communeId: number } | null> {
  return await tx.assessment.findUnique({
    where: { subjectId_title_year: { subjectId: subject.id, title: subject.title, year } },
    select: { id: true, communeId: true },
  });
}

async function findStanding(tx: Tx, subject: SubjectRow, year: number): Promise<Standing> {
  const homes = await tx.$queryRaw<{ unitId: number; validFrom: Date; validTo: Date | null }[]>`
    SELECT unit_id AS "unitId", valid_from AS "validFrom", valid_to AS "validTo"
      FROM subject_home WHERE subject_id = ${subject.id}::uuid ORDER BY valid_from DESC`;
  let missed: RoundRef | undefined;
  for (const home of homes) {
    const round = await findRound(tx, home.unitId, subject.title, year);
    if (!round) continue;
    missed = round;
    const { referenceDate } = round;
    if (home.validFrom > referenceDate || (home.validTo !== null && home.validTo <= referenceDate)) continue;

    return { unitId: home.unitId, round, path: await pathOf(tx, home.unitId, referenceDate) };
  }

  const noun = TITLES[subject.title].subjectNounVi;
  throw new AppError({
    code: "WRONG_STATE",
    detail: missed
      ? `Ngày chốt của đợt năm ${year} là ${formatDate(missed.referenceDate)}; vào ngày đó ${noun} này không có trong sổ của địa bàn nên không đăng ký được.`
      : `Chưa mở đợt bình xét năm ${year} cho mô hình này trên địa bàn.`,
  });
}

async function chooseCriteriaSet(tx: Tx, subject: SubjectRow, standing: Standing): Promise<number> {
  const set = criteriaSetInForce(await listCriteriaHeaders(tx, subject.title), {
    title: subject.title,
    variant: subject.variant,
    date: toIsoDate(standing.round.referenceDate),
    unitPath: standing.path.map((unit) => unit.id),
  });
  if (set) return set.id;

  throw new AppError({
    code: "WRONG_STATE",
    detail: `Chưa có bộ tiêu chí nào có hiệu lực vào ngày ${formatDate(standing.round.referenceDate)} cho mô hình này.`,
  });
}

type LockedRow = {
  id: string;
  subjectId: string;
  title: TitleCode;
  year: number;
  communeId: number;
  criteriaSetId: number;
  state: AssessmentState;
  answers: unknown;
  version: number;
  referenceDate: Date;
};

/**
 * Saves one cell of a scoring sheet and scores the sheet again, on the locked row. Two people may fill different cells at the
 * same time; the same cell is refused when it no longer holds `previous`.
 * @throws AppError NOT_FOUND; WRONG_STATE once the sheet is closed; INVALID when the answer does not fit the item; CONFLICT
 *   with the value that stands now (`newValues.current`, JSON)
 */
export async function saveAnswer(
  actor: Actor,
  input: Readonly<{
    requestId: string;
    assessmentId: string;
    itemCode: string;
    answer: Answer | null;
    previous: Answer | null;
  }>,
): Promise<SavedAnswer> {
  return await mutate(actor, { requestId: input.requestId, verb: "assessment.score" }, async (tx, log) => {
    const row = await lockForScoring(tx, actor, input.assessmentId);
    const criteriaSet = (await findCriteriaSets(tx, [row.criteriaSetId])).get(row.criteriaSetId);
    const item = criteriaSet && listItems(criteriaSet.definition).find((one) => one.code === input.itemCode);
    if (!criteriaSet || !item) throw new AppError({ code: "NOT_FOUND" });

    const answers = Answers.parse(row.answers);
    const current = (Object.hasOwn(answers, item.code) ? answers[item.code] : undefined) ?? null;
    if (!isSameAnswer(current, input.previous) && !isSameAnswer(current, input.answer)) {
      throw conflictOf(item, input.answer, current);
    }

    const subject = { id: row.subjectId, title: row.title, year: row.year, on: row.referenceDate };
    const derived = await deriveForSubject(tx, subject, criteriaSet);
    if (input.answer !== null) assertFits(item, input.answer, item.derived && derived.values[item.derived]);

    const { [item.code]: _replaced, ...rest } = answers;
    const next: Answers = input.answer === null ? rest : { ...rest, [item.code]: input.answer };
    const columns = scoreColumns(criteriaSet.definition, next, derived);
    const state = stateAfter("score", row.state);
    const saved = await tx.$queryRaw<{ version: number; at: Date }[]>`
      UPDATE assessment SET answers = ${JSON.stringify(next)}::jsonb, derived = ${JSON.stringify(columns.derived)}::jsonb,
             state = ${state}, total = ${columns.total}::numeric, classification = ${columns.classification},
             missing_count = ${columns.missingCount}, is_complete = ${columns.isComplete},
             is_recognisable = ${columns.isRecognisable}, scored_by = ${actor.id}::uuid, scored_at = now(), version = version + 1
       WHERE id = ${row.id}::uuid RETURNING version, scored_at AS at`;
    const [done] = saved;
    if (!done) throw new AppError({ code: "WRONG_STATE" });
    log(row.communeId, {
      type: "assessment",
      id: row.id,
      detail: {
        item: item.code,
        answer: loggedAnswer(input.answer),
        total: columns.total,
        version: done.version,
      },
    });

    return {
      itemCode: item.code,
      savedAt: done.at.toISOString(),
      version: done.version,
      state,
      total: columns.total,
      classification: columns.classification,
      missingCount: columns.missingCount,
      isComplete: columns.isComplete,
      isRecognisable: columns.isRecognisable,
    };
  });
}

async function lockForScoring(tx: Tx, actor: Actor, assessmentId: string): Promise<LockedRow> {
  const rows = await tx.$queryRaw<LockedRow[]>`
    SELECT a.id, a.subject_id AS "subjectId", a.title, a.year, a.commune_id AS "communeId",
           a.criteria_set_id AS "criteriaSetId", a.state, a.answers, a.version, r.reference_date AS "referenceDate"
      FROM assessment a JOIN round r ON r.id = a.round_id WHERE a.id = ${assessmentId}::uuid FOR UPDATE OF a`;
  const [row] = rows;
  if (!row) return await refuseUnlocked(tx, actor, assessmentId);

  await assertCan(tx, actor, "assessment.write", row.communeId);
  if (!isScorable(row.state)) throw new AppError({ code: "WRONG_STATE" });

  return row;
}

function assertFits(item: CriteriaItem, answer: Answer, derived: Parameters<typeof checkAnswer>[2]): void {
  const [first] = checkAnswer(item, answer, derived);
  if (first === undefined) return;

  throw new AppError({
    code: "INVALID",
    detail: ANSWER_ERROR_TEXTS[first],
    fields: { [item.code]: ANSWER_ERROR_TEXTS[first] },
  });
}

function conflictOf(item: CriteriaItem, yours: Answer | null, theirs: Answer | null): AppError {
  return new AppError({
    code: "CONFLICT",
    detail: `Người khác vừa sửa tiêu chí ${item.code}.`,
    conflict: [{ label: item.name, yours: answerText(item, yours), theirs: answerText(item, theirs) }],
    newValues: { current: JSON.stringify(theirs) },
  });
}

/** The answer as the log keeps it: the value, and whether a reason was given; reasons are free text and may name people. */
function loggedAnswer(answer: Answer | null): Record<string, string | number | boolean> | null {
  if (answer === null) return null;
  const { reason, ...value } = answer;

  return { ...value, ...(reason?.trim() && { hasReason: true }) };
}
