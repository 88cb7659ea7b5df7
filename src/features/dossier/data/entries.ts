import "server-only";
import type { AssessmentState } from "@/domain/recognition/recognition";
import type { TitleCode } from "@/domain/title/title";
import { scoreForSubmission } from "@/features/assessment/data/score";
import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "@/lib/db/scope";
import type { NotReady } from "../utils";
import { notReadyReason } from "../utils";

export const ENTRY_PAGE = 50;

export type DossierHead = {
  id: string;
  title: TitleCode;
  year: number;
  communeId: number;
  communeName: string;
  reviewerName: string;
  submittedAt: Date;
  submitBy: Date;
  reviewBy: Date;
};

/** A dossier with who reviews it and by when; undefined when there is none the actor can see. Raw: four tables, one row. */
export async function findDossier(tx: Tx, dossierId: string): Promise<DossierHead | undefined> {
  const rows = await tx.$queryRaw<DossierHead[]>`
    SELECT d.id, d.title, d.year, d.unit_id AS "communeId", u.name AS "communeName", v.name AS "reviewerName",
           d.submitted_at AS "submittedAt", r.submit_by AS "submitBy", r.review_by AS "reviewBy"
      FROM dossier d JOIN unit u ON u.id = d.unit_id JOIN unit v ON v.id = d.reviewer_unit_id JOIN round r ON r.id = d.round_id
     WHERE d.id = ${dossierId}::uuid`;

  return rows[0];
}

export type StateCounts = Record<"SUBMITTED" | "RETURNED" | "APPROVED" | "RECOGNISED", number>;

/** How many entries of a dossier, or of one hamlet in it, stand in each state. */
export async function countByState(tx: Tx, dossierId: string, hamletId?: number): Promise<StateCounts> {
  const rows = await tx.assessment.groupBy({
    by: ["state"],
    where: { dossierId, ...(hamletId === undefined ? {} : { unitId: hamletId }) },
    _count: true,
  });
  const counts: StateCounts = { SUBMITTED: 0, RETURNED: 0, APPROVED: 0, RECOGNISED: 0 };
  for (const row of rows) counts[row.state as keyof StateCounts] = row._count;

  return counts;
}

export type EntryRow = {
  id: string;
  name: string;
  hamletId: number;
  hamletName: string;
  state: AssessmentState;
  total: number | null;
  classification: string | null;
  returnReason: string | null;
  returnCount: number;
  decisionNumber: string | null;
  /** of a returned entry: why it cannot be sent again yet; null when it can */
  notReady: NotReady | null;
};

/** The last condition, the order and the limit of a list of entries: one page by hamlet and name after the given entry. */
function pageAfter(after: string | undefined, limit = ENTRY_PAGE): Prisma.Sql {
  const id = after ?? null;

  return Prisma.sql`(${id}::uuid IS NULL OR (u.name_search, u.id, coalesce(s.name_sort, ''), a.id) > (
             SELECT pu.name_search, pu.id, coalesce(ps.name_sort, ''), p.id
               FROM assessment p JOIN unit pu ON pu.id = p.unit_id LEFT JOIN subject ps ON ps.id = p.subject_id
              WHERE p.id = ${id}::uuid))
     ORDER BY u.name_search, u.id, coalesce(s.name_sort, ''), a.id LIMIT ${limit + 1}`;
}

/**
 * Entries of a dossier by hamlet and name, 50 after the given one. Returned ones carry whether they may be sent again now.
 * Raw: keyset over the names of hamlet and subject, looked up from the id so that no name stands in an address.
 */
export async function listEntries(
  tx: Tx,
  of: { dossierId: string; state?: AssessmentState; hamletId?: number; after?: string; limit?: number },
): Promise<{ rows: EntryRow[]; next: string | null }> {
  const { state = null, hamletId = null, after, limit = ENTRY_PAGE } = of;
  const rows = await tx.$queryRaw<EntryRow[]>`
    SELECT a.id, coalesce(s.name, '(không còn trong địa bàn)') AS name, u.id AS "hamletId", u.name AS "hamletName", a.state,
           a.total::float8 AS total, a.classification, a.return_reason AS "returnReason", a.return_count AS "returnCount",
           e.number AS "decisionNumber", NULL AS "notReady"
      FROM assessment a
      JOIN unit u ON u.id = a.unit_id
      LEFT JOIN subject s ON s.id = a.subject_id
      LEFT JOIN recognition c ON c.assessment_id = a.id
      LEFT JOIN decision e ON e.id = c.decision_id
     WHERE a.dossier_id = ${of.dossierId}::uuid
       AND (${state}::text IS NULL OR a.state = ${state}::text) AND (${hamletId}::int IS NULL OR a.unit_id = ${hamletId}::int)
       AND ${pageAfter(after, limit)}`;
  const page = rows.slice(0, limit);
  const returned = page.filter((row) => row.state === "RETURNED").map((row) => row.id);
  const scores = await scoreForSubmission(tx, returned);
  for (const row of page) {
    const now = scores.get(row.id);
    if (now) row.notReady = notReadyReason({ state: row.state, ...now });
  }

  return { rows: page, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

/** The hamlets (for organisations: the commune) that have entries in a dossier. */
export async function listHamletsOf(tx: Tx, dossierId: string): Promise<{ id: number; name: string }[]> {
  return await tx.$queryRaw<{ id: number; name: string }[]>`
    SELECT id, name FROM unit WHERE id IN (SELECT unit_id FROM assessment WHERE dossier_id = ${dossierId}::uuid)
     ORDER BY name_search, id`;
}

export type NamedEntry = { id: string; name: string; hamletName: string };

/** Names for a page of ids, by hamlet and name, 50 after the given one. Raw: keyset like {@link listEntries}. */
export async function nameEntries(
  tx: Tx,
  ids: readonly string[],
  after?: string,
): Promise<{ rows: NamedEntry[]; next: string | null }> {
  const rows = await tx.$queryRaw<NamedEntry[]>`
    SELECT a.id, coalesce(s.name, '(không còn trong địa bàn)') AS name, u.name AS "hamletName"
      FROM assessment a JOIN unit u ON u.id = a.unit_id LEFT JOIN subject s ON s.id = a.subject_id
     WHERE a.id = ANY (${[...ids]}::uuid[])
       AND ${pageAfter(after)}`;
  const page = rows.slice(0, ENTRY_PAGE);

  return { rows: page, next: rows.length > ENTRY_PAGE ? (page.at(-1)?.id ?? null) : null };
}

/** Returned entries that nobody touched since: no later score, no later evidence. Raw: set-wise over the ids. */
export async function countUntouchedReturns(tx: Tx, ids: readonly string[]): Promise<number> {
  const rows = await tx.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM assessment a
     WHERE a.id = ANY (${[...ids]}::uuid[]) AND a.state = 'RETURNED' AND coalesce(a.scored_at <= a.reviewed_at, true)
       AND NOT EXISTS (SELECT 1 FROM evidence_link l WHERE l.assessment_id = a.id
                          AND greatest(l.linked_at, l.removed_at) > a.reviewed_at)`;

  return rows[0]?.n ?? 0;
}
