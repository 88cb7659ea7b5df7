import "server-only";
import type { Actor } from "@/domain/access/access";
import type { AssessmentState, StepFacts } from "@/domain/recognition/recognition";
import { refusalOf, stateAfter } from "@/domain/recognition/recognition";
import type { TitleCode } from "@/domain/title/title";
import { TITLES } from "@/domain/title/title";
import { scoreForSubmission } from "@/features/assessment/data/score";
import type { ScoreColumns } from "@/features/assessment/types";
import { findRound } from "@/features/territory/data";
import { assertCan } from "@/features/user/guard";
import type { Tx } from "@/lib/db/scope";
import { mutate } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { formatCount } from "@/lib/format/number";
import { findReviewerUnit } from "./data/units";

type SubmitInput = {
  communeId: number;
  title: TitleCode;
  year: number;
  requestId: string;
  /** single entries to send; left out: everything that is ready */
  assessmentIds?: readonly string[];
  /** how many the person was shown as ready; another number refuses, so that nobody sends what they did not see */
  expected?: number;
};

type LockedEntry = StepFacts & { id: string };

/**
 * Sends what is ready of a commune's title and year to the reviewer, in one transaction: entries locked, scored again with
 * today's derived shares, frozen as scored, marked submitted, each one logged. Sends corrected returned entries again too.
 * @throws AppError NOT_FOUND (not this person's commune, no round), INCOMPLETE or BELOW_THRESHOLD (nothing ready, or a named
 * entry is not), CONFLICT (other count than shown), WRONG_STATE (a named entry is already with the reviewer)
 */
export async function submitDossier(
  actor: Actor,
  input: SubmitInput,
): Promise<{ dossierId: string; submitted: number }> {
  const { communeId, title, year, requestId } = input;

  return await mutate(actor, { requestId, verb: "dossier.submit" }, async (tx, log) => {
    await assertCan(tx, actor, "dossier.submit", communeId);
    const round = await findRound(tx, communeId, title, year);
    if (!round) throw new AppError({ code: "NOT_FOUND" });
    const reviewer = await findReviewerUnit(tx, communeId, round.referenceDate);
    if (!reviewer) {
      throw new AppError({
        code: "WRONG_STATE",
        detail: "Chưa có đơn vị thẩm định cho xã này vào ngày chốt số liệu. Hãy báo quản trị cấp tỉnh.",
      });
    }

    const dossierId = await openDossier(tx, actor.id, {
      ...input,
      roundId: round.id,
      reviewerUnitId: reviewer.id,
    });
    const locked = await lockOpenEntries(tx, input);
    const scores = await scoreForSubmission(
      tx,
      locked.map((entry) => entry.id),
    );
    const ready = selectReady(actor.id, input, locked, scores);
    await markSubmitted(tx, actor.id, dossierId, ready);

    log(communeId, {
      type: "dossier",
      id: dossierId,
      detail: { title, year, submitted: ready.length, reviewerUnitId: reviewer.id },
    });
    log(
      communeId,
      ...ready.map(({ id, before, result }) => ({
        verb: "assessment.submit",
        type: "assessment",
        id,
        detail: { from: before, total: result.total, classification: result.classification },
      })),
    );

    return { dossierId, submitted: ready.length };
  });
}

/** The dossier of a commune, title and year: made by the first submission, locked by every later one. */
async function openDossier(
  tx: Tx,
  actorId: string,
  of: { communeId: number; title: TitleCode; year: number; roundId: number; reviewerUnitId: number },
): Promise<string> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO dossier (round_id, title, year, unit_id, reviewer_unit_id, submitted_by)
    VALUES (${of.roundId}, ${of.title}, ${of.year}, ${of.communeId}, ${of.reviewerUnitId}, ${actorId}::uuid)
    ON CONFLICT (unit_id, title, year) DO UPDATE SET version = dossier.version + 1
    RETURNING id`;
  const id = rows[0]?.id;
  if (id === undefined) throw new AppError({ code: "NOT_FOUND" });

  return id;
}

async function lockOpenEntries(tx: Tx, input: SubmitInput): Promise<LockedEntry[]> {
  const only = input.assessmentIds ?? null;

  return await tx.$queryRaw<LockedEntry[]>`
    SELECT id, state, is_complete AS "isComplete", is_recognisable AS "isRecognisable",
           submitted_by AS "submittedBy", scored_by AS "scoredBy"
      FROM assessment
     WHERE commune_id = ${input.communeId} AND title = ${input.title} AND year = ${input.year}
       AND state IN ('DRAFT', 'RETURNED') AND (${only}::uuid[] IS NULL OR id = ANY (${only}::uuid[]))
     ORDER BY id FOR UPDATE`;
}

type ReadyEntry = { id: string; before: AssessmentState; result: ScoreColumns };

function selectReady(
  actorId: string,
  input: SubmitInput,
  locked: readonly LockedEntry[],
  scores: ReadonlyMap<string, ScoreColumns>,
): ReadyEntry[] {
  const isNamed = input.assessmentIds !== undefined;
  const noun = TITLES[input.title].countedNounVi;
  if (isNamed && locked.length < new Set(input.assessmentIds).size) {
    throw new AppError({ code: "WRONG_STATE" });
  }

  const ready: ReadyEntry[] = [];
  for (const entry of locked) {
    const result = scores.get(entry.id);
    if (!result) throw new AppError({ code: "CONFLICT" });
    const refusal = refusalOf("submit", { ...entry, ...result }, { actorId });
    if (refusal === null) ready.push({ id: entry.id, before: entry.state, result });
    else if (isNamed) throw new AppError({ code: refusal });
  }

  if (ready.length === 0) {
    throw new AppError({
      code: "INCOMPLETE",
      detail: `Chưa có ${noun} nào đủ điều kiện để nộp: cần chấm đủ tiêu chí và đạt ngưỡng công nhận.`,
    });
  }
  if (input.expected !== undefined && input.expected !== ready.length) {
    throw new AppError({
      code: "CONFLICT",
      detail: `Số đủ điều kiện vừa thay đổi: nay là ${formatCount(ready.length)} ${noun}, không phải ${formatCount(input.expected)}. Chưa nộp gì; hãy tải lại trang để xem lại.`,
    });
  }

  return ready;
}

/** Freezes score and derived shares and hands the entries over, in one statement. */
async function markSubmitted(
  tx: Tx,
  actorId: string,
  dossierId: string,
  ready: readonly ReadyEntry[],
): Promise<void> {
  const rows = JSON.stringify(
    ready.map(({ id, before, result }) => ({ id, state: stateAfter("submit", before), ...result })),
  );
  const changed = await tx.$executeRaw`
    UPDATE assessment a SET
      state = f.state, derived = f.derived, total = f.total, classification = f.classification,
      missing_count = f."missingCount", is_complete = f."isComplete", is_recognisable = f."isRecognisable",
      dossier_id = ${dossierId}::uuid, submitted_by = ${actorId}::uuid, submitted_at = now(), version = a.version + 1
      FROM jsonb_to_recordset(${rows}::jsonb) AS f(id uuid, state text, derived jsonb, total numeric, classification text,
           "missingCount" int, "isComplete" boolean, "isRecognisable" boolean)
     WHERE a.id = f.id`;
  if (changed !== ready.length) throw new AppError({ code: "WRONG_STATE" });
}
