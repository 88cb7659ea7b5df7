import "server-only";
import type { AssessmentState } from "@/domain/recognition/recognition";
import type { TitleCode } from "@/domain/title/title";
import { stateCountsSql } from "@/features/dossier/data";
import type { StateCounts } from "@/features/dossier/data/entries";
import type { Tx } from "@/lib/db/scope";
import { withScope } from "@/lib/db/scope";

/** Dossiers in which something waits that the actor may decide: the reviewer's waiting work. */
export async function countWaitingReview(actor: { id: string }): Promise<number> {
  return await withScope(actor, async (tx) => {
    const rows = await tx.$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM dossier d
       WHERE d.unit_id IN (SELECT app_units('review.decide'))
         AND EXISTS (SELECT 1 FROM assessment a WHERE a.dossier_id = d.id AND a.state = 'SUBMITTED')`;

    return rows[0]?.n ?? 0;
  });
}

export const REVIEW_PAGE = 50;

export type ReviewRow = StateCounts & {
  id: string;
  title: TitleCode;
  communeName: string;
  submittedAt: Date;
  reviewBy: Date;
  isOverdue: boolean;
};

/**
 * The work queue: dossiers of a year in the communes where the actor decides, oldest first, 50 after the given one.
 * @param of.isOpen only those with something waiting, or approved and not yet decided
 */
export async function listReviewDossiers(
  tx: Tx,
  of: { year: number; isOpen: boolean; title?: TitleCode; after?: string },
): Promise<{ rows: ReviewRow[]; next: string | null }> {
  const { title = null, after = null } = of;
  const rows = await tx.$queryRaw<ReviewRow[]>`
    SELECT d.id, d.title, u.name AS "communeName", d.submitted_at AS "submittedAt", r.review_by AS "reviewBy",
           n."SUBMITTED" > 0 AND r.review_by < app_today() AS "isOverdue",
           n."SUBMITTED", n."RETURNED", n."APPROVED", n."RECOGNISED"
      FROM dossier d JOIN unit u ON u.id = d.unit_id JOIN round r ON r.id = d.round_id
      CROSS JOIN LATERAL (${stateCountsSql}) n
     WHERE d.year = ${of.year} AND d.unit_id IN (SELECT app_units('review.decide'))
       AND (${title}::text IS NULL OR d.title = ${title}::text)
       AND (NOT ${of.isOpen} OR n."SUBMITTED" > 0 OR n."APPROVED" > 0)
       AND (${after}::uuid IS NULL OR (d.submitted_at, d.id) > (SELECT submitted_at, id FROM dossier WHERE id = ${after}::uuid))
     ORDER BY d.submitted_at, d.id LIMIT ${REVIEW_PAGE + 1}`;
  const page = rows.slice(0, REVIEW_PAGE);

  return { rows: page, next: rows.length > REVIEW_PAGE ? (page.at(-1)?.id ?? null) : null };
}

export type YearWork = { year: number; dossiers: number; open: number; waiting: number };

/** By year: dossiers in the actor's reach, those that want work, and entries that wait. */
export async function countWorkByYear(tx: Tx): Promise<YearWork[]> {
  return await tx.$queryRaw<YearWork[]>`
    SELECT d.year, count(*)::int AS dossiers, count(*) FILTER (WHERE n.waiting > 0 OR n.approved > 0)::int AS open,
           coalesce(sum(n.waiting), 0)::int AS waiting
      FROM dossier d
      CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE state = 'SUBMITTED') AS waiting, count(*) FILTER (WHERE state = 'APPROVED') AS approved
                            FROM assessment a WHERE a.dossier_id = d.id AND a.state IN ('SUBMITTED', 'APPROVED')) n
     WHERE d.unit_id IN (SELECT app_units('review.decide'))
     GROUP BY d.year ORDER BY d.year DESC`;
}

export type EarlierScore = {
  year: number;
  total: number | null;
  classification: string | null;
  state: AssessmentState;
  isComplete: boolean;
};

/** The subject's last assessment before the given year; undefined when there is none in sight. */
export async function findEarlier(
  tx: Tx,
  of: { subjectId: string; title: TitleCode; year: number },
): Promise<EarlierScore | undefined> {
  const row = await tx.assessment.findFirst({
    where: { subjectId: of.subjectId, title: of.title, year: { lt: of.year } },
    select: { year: true, total: true, classification: true, state: true, isComplete: true },
    orderBy: { year: "desc" },
  });

  return row
    ? { ...row, total: row.total === null ? null : row.total.toNumber(), state: row.state as AssessmentState }
    : undefined;
}

/** How many waiting entries of a dossier the actor may approve: all but own work. */
export async function countApprovable(tx: Tx, actorId: string, dossierId: string): Promise<number> {
  const rows = await tx.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM assessment
     WHERE dossier_id = ${dossierId}::uuid AND state = 'SUBMITTED'
       AND submitted_by <> ${actorId}::uuid AND scored_by IS DISTINCT FROM ${actorId}::uuid`;

  return rows[0]?.n ?? 0;
}

/** Whom an entry of a dossier is about. */
export async function findEntryName(
  tx: Tx,
  dossierId: string,
  entryId: string,
): Promise<{ id: string; name: string } | null> {
  const row = await tx.assessment.findFirst({
    where: { id: entryId, dossierId },
    select: { id: true, subject: { select: { name: true } } },
  });

  return row && { id: row.id, name: row.subject.name };
}
