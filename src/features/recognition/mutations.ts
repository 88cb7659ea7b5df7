import "server-only";
import type { Actor } from "@/domain/access/access";
import { refusalOf, yearsHeld } from "@/domain/recognition/recognition";
import type { TitleCode } from "@/domain/title/title";
import { TITLES } from "@/domain/title/title";
import { lockForReview, readFacts } from "@/features/review/data/lock";
import { assertCan } from "@/features/user/guard";
import { sqlState } from "@/lib/db/errors";
import type { Tx } from "@/lib/db/scope";
import { mutate } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { formatDate } from "@/lib/format/date";
import { formatCount } from "@/lib/format/number";
import { cleanText } from "@/lib/text/name";

type DecideInput = {
  dossierId: string;
  /** number of the paper, unique in the dossier */
  number: string;
  /** day of the paper, yyyy-mm-dd */
  decidedOn: string;
  signer: string;
  requestId: string;
  /** how many approved entries were shown; another number refuses */
  expected?: number;
};

type DossierFacts = { communeId: number; title: TitleCode; year: number };

/**
 * Records the decision that recognises every approved entry of a dossier: the paper, a recognition each with the years it
 * counts, the entries as recognised, all in one transaction and set-wise.
 * @throws AppError NOT_FOUND, WRONG_STATE (nothing approved), OWN_WORK (an approved entry is the actor's own), INVALID with
 * `fields` (number, day, signer), CONFLICT (other count than shown)
 */
export async function decide(
  actor: Actor,
  input: DecideInput,
): Promise<{ decisionId: string; recognised: number }> {
  return await mutate(actor, { requestId: input.requestId, verb: "dossier.decide" }, async (tx, log) => {
    const dossier = await getDossier(tx, input.dossierId);
    await assertCan(tx, actor, "review.decide", dossier.communeId);

    const ids = await listApprovedIds(tx, input.dossierId);
    for (const facts of await readFacts(tx, ids)) {
      const refusal = refusalOf("recognise", facts, { actorId: actor.id });
      if (refusal !== null) throw new AppError({ code: refusal });
    }
    const locked = await lockForReview(tx, "recognise", ids, { actorId: actor.id });
    assertExpected(locked.length, input.expected);

    const paper = await checkPaper(tx, ids, input);
    const decisionId = await insertDecision(tx, actor.id, input.dossierId, dossier.communeId, paper);
    await recogniseEntries(tx, actor.id, decisionId, dossier, ids);

    log(dossier.communeId, {
      type: "decision",
      id: decisionId,
      detail: {
        dossierId: input.dossierId,
        number: paper.number,
        decidedOn: paper.decidedOn,
        recognised: ids.length,
      },
    });
    log(
      dossier.communeId,
      ...ids.map((id) => ({ verb: "assessment.recognise", type: "assessment", id, detail: { decisionId } })),
    );

    return { decisionId, recognised: ids.length };
  });
}

async function getDossier(tx: Tx, dossierId: string): Promise<DossierFacts> {
  const rows = await tx.$queryRaw<DossierFacts[]>`
    SELECT unit_id AS "communeId", title, year FROM dossier WHERE id = ${dossierId}::uuid`;
  const dossier = rows[0];
  if (!dossier) throw new AppError({ code: "NOT_FOUND" });

  return dossier;
}

async function listApprovedIds(tx: Tx, dossierId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM assessment WHERE dossier_id = ${dossierId}::uuid AND state = 'APPROVED' ORDER BY id`;
  if (rows.length === 0) {
    throw new AppError({ code: "WRONG_STATE", detail: "Chưa có mục nào đã duyệt để ban hành quyết định." });
  }

  return rows.map((row) => row.id);
}

function assertExpected(count: number, expected: number | undefined): void {
  if (expected === undefined || expected === count) return;

  throw new AppError({
    code: "CONFLICT",
    detail: `Số mục đã duyệt vừa thay đổi: nay là ${formatCount(count)}, không phải ${formatCount(expected)}. Chưa ghi quyết định; hãy tải lại trang để xem lại.`,
  });
}

type Paper = { number: string; decidedOn: string; signer: string };

/** Number and signer are there, the number is new in the dossier, the day lies between the last submission and today. */
async function checkPaper(tx: Tx, ids: readonly string[], input: DecideInput): Promise<Paper> {
  const paper = {
    number: cleanText(input.number),
    decidedOn: input.decidedOn,
    signer: cleanText(input.signer),
  };
  const fields: Record<string, string> = {};
  if (paper.number === "") fields.number = "Hãy ghi số quyết định, ví dụ 125/QĐ-UBND.";
  if (paper.signer === "") fields.signer = "Hãy ghi người ký quyết định.";

  const [facts] = await tx.$queryRaw<
    { isFuture: boolean; submittedOn: Date; isTooEarly: boolean; isTaken: boolean }[]
  >`
    SELECT ${paper.decidedOn}::date > app_today() AS "isFuture", s.day AS "submittedOn",
           ${paper.decidedOn}::date < s.day AS "isTooEarly",
           EXISTS (SELECT 1 FROM decision WHERE dossier_id = ${input.dossierId}::uuid AND number = ${paper.number}) AS "isTaken"
      FROM (SELECT max((submitted_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) AS day FROM assessment WHERE id = ANY (${ids}::uuid[])) s`;
  if (facts?.isFuture) fields.decidedOn = "Ngày quyết định không được sau hôm nay.";
  if (facts?.isTooEarly) {
    fields.decidedOn = `Ngày quyết định không được trước ngày nộp hồ sơ (${formatDate(facts.submittedOn)}).`;
  }
  if (facts?.isTaken) fields.number = "Hồ sơ này đã có quyết định mang số đó.";
  if (Object.keys(fields).length > 0) throw new AppError({ code: "INVALID", fields });

  return paper;
}

async function insertDecision(
  tx: Tx,
  actorId: string,
  dossierId: string,
  communeId: number,
  paper: Paper,
): Promise<string> {
  try {
    const decision = await tx.decision.create({
      data: {
        dossierId,
        unitId: communeId,
        number: paper.number,
        decidedOn: new Date(`${paper.decidedOn}T00:00:00Z`),
        signer: paper.signer,
        createdBy: actorId,
      },
      select: { id: true },
    });

    return decision.id;
  } catch (error) {
    if (sqlState(error) !== "23505") throw error;
    throw new AppError({
      code: "INVALID",
      fields: { number: "Hồ sơ này đã có quyết định mang số đó." },
      cause: error,
    });
  }
}

/** Raw, because thousands of entries are one statement each for the rows and for the states. */
async function recogniseEntries(
  tx: Tx,
  actorId: string,
  decisionId: string,
  dossier: DossierFacts,
  ids: readonly string[],
): Promise<void> {
  const { firstYear, lastYear } = yearsHeld(dossier.year, TITLES[dossier.title].validityYears);
  await tx.$executeRaw`
    INSERT INTO recognition (subject_id, title, assessment_id, decision_id, commune_id, first_year, last_year)
    SELECT subject_id, title, id, ${decisionId}::uuid, commune_id, ${firstYear}::int, ${lastYear}::int
      FROM assessment WHERE id = ANY (${ids}::uuid[])`;
  const changed = await tx.$executeRaw`
    UPDATE assessment SET state = 'RECOGNISED', reviewed_by = ${actorId}::uuid, version = version + 1
     WHERE id = ANY (${ids}::uuid[]) AND state = 'APPROVED'`;
  if (changed !== ids.length) throw new AppError({ code: "WRONG_STATE" });
}
