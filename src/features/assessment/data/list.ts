import "server-only";
import type { AssessmentState } from "@/domain/recognition/recognition";
import { isScorable, STATE_FILTERS } from "@/domain/recognition/recognition";
import type { TitleCode } from "@/domain/title/title";
import type { AssessmentListItem, AssessmentProgress } from "@/features/assessment/types";
import { className, UNFINISHED } from "@/features/assessment/utils";
import type { RoundRef, UnitRef } from "@/features/territory/data";
import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "@/lib/db/scope";
import { findCriteriaSets } from "./criteria";
import { scoreForSubmission } from "./score";

export const LIST_PAGE_SIZE = 50;

/** The subjects of a title that stood on `on` in a leaf which stands under the unit on `mapDay`. */
export type ListScope = Readonly<{
  unitId: number;
  title: TitleCode;
  year: number;
  on: Date;
  mapDay: Date;
  hamletId?: number;
}>;

/**
 * The round of a title and year that holds at a unit, also at a unit that began after the reference date (its area's people
 * took part under the old map) or ended before it.
 */
export async function findRoundAt(
  tx: Tx,
  unit: Readonly<{ id: number; validFrom: Date; validTo: Date | null }>,
  title: TitleCode,
  year: number,
): Promise<(RoundRef & { mapDay: Date }) | undefined> {
  const rows = await tx.$queryRaw<(RoundRef & { mapDay: Date })[]>`
    SELECT r.id, r.title, r.year, r.reference_date AS "referenceDate", r.submit_by AS "submitBy", r.review_by AS "reviewBy",
           d.day AS "mapDay"
      FROM round r
      CROSS JOIN LATERAL (SELECT least(greatest(r.reference_date, ${unit.validFrom}::date), ${unit.validTo}::date - 1) AS day) d
      JOIN ancestry a ON a.ancestor_id = r.unit_id AND a.descendant_id = ${unit.id}
       AND a.valid_from <= d.day AND (a.valid_to IS NULL OR a.valid_to > d.day)
     WHERE r.title = ${title} AND r.year = ${year}
     ORDER BY a.depth LIMIT 1`;

  return rows[0];
}

// Raw SQL: the register, the map on a day and the year's assessment in one keyset-paged statement.
function memberSql(scope: ListScope): Prisma.Sql {
  return Prisma.sql`
    SELECT s.id, s.name, s.name_search, s.name_sort, u.id AS unit_id, u.name AS unit_name,
           -- Numbers by value: "Thôn 2" before "Thôn 10".
           regexp_replace(regexp_replace(u.name_search, '(\\d+)', '00000\\1', 'g'), '\\d*(\\d{6})', '\\1', 'g') AS unit_sort,
           a.id AS assessment_id, a.state, a.total, a.classification, a.missing_count, a.is_complete, a.criteria_set_id
      FROM ancestry x
      JOIN subject_home h ON h.unit_id = x.descendant_id AND h.valid_from <= ${scope.on}::date AND (h.valid_to IS NULL OR h.valid_to > ${scope.on}::date)
      JOIN subject s ON s.id = h.subject_id AND s.title = ${scope.title}
      JOIN unit u ON u.id = h.unit_id
      LEFT JOIN assessment a ON a.subject_id = s.id AND a.title = s.title AND a.year = ${scope.year}
     WHERE x.ancestor_id = ${scope.hamletId ?? scope.unitId}
       AND x.valid_from <= ${scope.mapDay}::date AND (x.valid_to IS NULL OR x.valid_to > ${scope.mapDay}::date)`;
}

const unfinishedSql = Prisma.sql`m.assessment_id IS NOT NULL AND NOT m.is_complete`;

/** @param slug one of `LIST_FILTERS`; anything else narrows nothing */
function filterSql(slug: string | undefined): Prisma.Sql {
  if (slug === UNFINISHED) return unfinishedSql;
  const filter = STATE_FILTERS.find((one) => one.slug === slug);
  if (!filter) return Prisma.sql`true`;
  const { state, isComplete } = filter;
  if (state === null) return Prisma.sql`m.assessment_id IS NULL`;

  return isComplete === undefined
    ? Prisma.sql`m.state = ${state}`
    : Prisma.sql`m.state = ${state} AND m.is_complete = ${isComplete}`;
}

type MemberRow = {
  id: string;
  name: string;
  unitId: number;
  unitName: string;
  assessmentId: string | null;
  state: AssessmentState | null;
  total: number | null;
  classification: string | null;
  missingCount: number | null;
  isComplete: boolean | null;
  criteriaSetId: number | null;
};

const columnsSql = Prisma.sql`m.id, m.name, m.unit_id AS "unitId", m.unit_name AS "unitName", m.assessment_id AS "assessmentId", m.state,
  m.total::float8 AS total, m.classification, m.missing_count AS "missingCount", m.is_complete AS "isComplete",
  m.criteria_set_id AS "criteriaSetId"`;

const orderSql = Prisma.sql`m.unit_sort, m.unit_id, m.name_sort, m.id`;

/**
 * One page of subjects by hamlet and name, and how many there are with the filter. `after` is the last subject of the page
 * before. Open sheets of titles with counted shares are scored with the shares of now.
 */
export async function listSubjects(
  tx: Tx,
  scope: ListScope,
  page: Readonly<{ filter?: string; after?: string; limit?: number }> = {},
): Promise<{ items: AssessmentListItem[]; total: number; nextAfter: string | null }> {
  const filter = filterSql(page.filter);
  const limit = page.limit ?? LIST_PAGE_SIZE;
  const after = page.after
    ? Prisma.sql`(m.unit_sort, m.unit_id, m.name_sort, m.id) > (SELECT k.unit_sort, k.unit_id, k.name_sort, k.id FROM member k WHERE k.id = ${page.after}::uuid)`
    : Prisma.sql`true`;
  const rows = await tx.$queryRaw<MemberRow[]>`
    WITH member AS (${memberSql(scope)})
    SELECT ${columnsSql} FROM member m WHERE (${filter}) AND ${after} ORDER BY ${orderSql} LIMIT ${limit + 1}`;
  const counted = await tx.$queryRaw<{ total: number }[]>`
    WITH member AS (${memberSql(scope)}) SELECT count(*)::int AS total FROM member m WHERE (${filter})`;
  const shown = rows.slice(0, limit);

  return {
    items: await toItems(tx, shown),
    total: counted[0]?.total ?? 0,
    nextAfter: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}

/** At most twenty subjects whose name holds the typed words (marks and case ignored), by hamlet and name. */
export async function searchSubjects(tx: Tx, scope: ListScope, text: string): Promise<AssessmentListItem[]> {
  const rows = await tx.$queryRaw<MemberRow[]>`
    WITH member AS (${memberSql(scope)})
    SELECT ${columnsSql} FROM member m WHERE strpos(m.name_search, search_key(${text})) > 0 ORDER BY ${orderSql} LIMIT 20`;

  return await toItems(tx, rows);
}

/**
 * The next (or previous) subject of the scope that still has something to score, seen from the given one and then from the
 * other end: those who registered first, then those who have not; undefined when all are scored.
 */
export async function findNextUnscored(
  tx: Tx,
  scope: ListScope,
  from?: string,
  direction: "next" | "previous" = "next",
): Promise<AssessmentListItem | undefined> {
  const current = from ?? null;
  const place = Prisma.sql`(SELECT k.unit_sort, k.unit_id, k.name_sort, k.id FROM member k WHERE k.id = ${current}::uuid)`;
  const order =
    direction === "next"
      ? Prisma.sql`(${orderSql}) <= ${place}, ${orderSql}`
      : Prisma.sql`(${orderSql}) >= ${place}, m.unit_sort DESC, m.unit_id DESC, m.name_sort DESC, m.id DESC`;
  const rows = await tx.$queryRaw<MemberRow[]>`
    WITH member AS (${memberSql(scope)})
    SELECT ${columnsSql} FROM member m
     WHERE (m.assessment_id IS NULL OR ${unfinishedSql}) AND m.id IS DISTINCT FROM ${current}::uuid
     ORDER BY m.assessment_id IS NULL, ${order} LIMIT 1`;

  return (await toItems(tx, rows))[0];
}

async function toItems(tx: Tx, rows: readonly MemberRow[]): Promise<AssessmentListItem[]> {
  const sets = await findCriteriaSets(
    tx,
    rows.map((row) => row.criteriaSetId).filter((id) => id !== null),
  );
  const open = rows.filter((row) => row.state === "DRAFT" || row.state === "RETURNED");
  const live = await scoreForSubmission(
    tx,
    open.map((row) => row.assessmentId).filter((id) => id !== null),
  );

  return rows.map((row) => {
    const fresh = row.assessmentId === null ? undefined : live.get(row.assessmentId);
    const definition = row.criteriaSetId === null ? undefined : sets.get(row.criteriaSetId)?.definition;
    const classification = fresh ? fresh.classification : row.classification;

    return {
      subjectId: row.id,
      name: row.name,
      unitId: row.unitId,
      unitName: row.unitName,
      assessmentId: row.assessmentId,
      state: row.state,
      total: fresh?.total ?? row.total,
      classification,
      className: definition ? className(definition, classification) : null,
      missingCount: fresh?.missingCount ?? row.missingCount,
      isComplete: fresh?.isComplete ?? row.isComplete ?? false,
      isOpen: row.state === null || isScorable(row.state),
    };
  });
}

/** How many subjects there are and how far they have come. */
export async function countProgress(tx: Tx, scope: ListScope): Promise<AssessmentProgress> {
  const rows = await tx.$queryRaw<AssessmentProgress[]>`
    WITH member AS (${memberSql(scope)})
    SELECT count(*)::int AS subjects, count(m.assessment_id)::int AS registered,
           (count(*) FILTER (WHERE m.is_complete))::int AS scored,
           (count(*) FILTER (WHERE m.state = 'RETURNED'))::int AS returned,
           (count(*) FILTER (WHERE m.state IN ('SUBMITTED', 'APPROVED', 'RECOGNISED')))::int AS submitted,
           (count(*) FILTER (WHERE m.state = 'RECOGNISED'))::int AS recognised
      FROM member m`;

  return rows[0] ?? { subjects: 0, registered: 0, scored: 0, returned: 0, submitted: 0, recognised: 0 };
}

/** The leaves with subjects of the title, for the hamlet filter. */
export async function listLeaves(
  tx: Tx,
  scope: ListScope,
): Promise<{ id: number; name: string; subjects: number }[]> {
  return await tx.$queryRaw<{ id: number; name: string; subjects: number }[]>`
    WITH member AS (${memberSql({ ...scope, hamletId: undefined })})
    SELECT m.unit_id AS id, m.unit_name AS name, count(*)::int AS subjects
      FROM member m GROUP BY m.unit_id, m.unit_name, m.unit_sort ORDER BY m.unit_sort, m.unit_id`;
}

/** Is a leaf among those under the unit. */
export async function isLeafOf(tx: Tx, scope: ListScope, leafId: number): Promise<boolean> {
  const rows = await tx.$queryRaw<{ found: boolean }[]>`
    SELECT true AS found FROM ancestry
     WHERE ancestor_id = ${scope.unitId} AND descendant_id = ${leafId}
       AND valid_from <= ${scope.mapDay}::date AND (valid_to IS NULL OR valid_to > ${scope.mapDay}::date)`;

  return rows.length > 0;
}

export type ChildProgress = UnitRef &
  Pick<AssessmentProgress, "subjects" | "registered" | "scored" | "submitted" | "recognised">;

/**
 * Communes that stand under a higher unit on the day, with how far they have come, from the yearly counters (those of the
 * communes they grew out of included). Communes with somebody in the register come first.
 */
export async function listCommunes(
  tx: Tx,
  scope: Pick<ListScope, "unitId" | "title" | "year" | "mapDay">,
): Promise<ChildProgress[]> {
  const prefix = scope.title.toLowerCase();

  return await tx.$queryRaw<ChildProgress[]>`
    SELECT u.id, u.level, u.code, u.name,
           coalesce(sum((to_jsonb(y)->>${`${prefix}_total`})::int), 0)::int AS subjects,
           coalesce(sum((to_jsonb(y)->>${`${prefix}_registered`})::int), 0)::int AS registered,
           coalesce(sum((to_jsonb(y)->>${`${prefix}_scored`})::int), 0)::int AS scored,
           coalesce(sum((to_jsonb(y)->>${`${prefix}_submitted`})::int), 0)::int AS submitted,
           coalesce(sum((to_jsonb(y)->>${`${prefix}_recognised`})::int), 0)::int AS recognised
      FROM ancestry x
      JOIN unit u ON u.id = x.descendant_id AND u.level = 'COMMUNE'
      LEFT JOIN ancestry l ON l.ancestor_id = u.id AND l.valid_from <= ${scope.mapDay}::date AND (l.valid_to IS NULL OR l.valid_to > ${scope.mapDay}::date)
      LEFT JOIN unit_year y ON y.unit_id = l.descendant_id AND y.year = ${scope.year}
     WHERE x.ancestor_id = ${scope.unitId} AND x.valid_from <= ${scope.mapDay}::date AND (x.valid_to IS NULL OR x.valid_to > ${scope.mapDay}::date)
       AND u.valid_from <= ${scope.mapDay}::date AND (u.valid_to IS NULL OR u.valid_to > ${scope.mapDay}::date)
     GROUP BY u.id ORDER BY coalesce(sum((to_jsonb(y)->>${`${prefix}_total`})::int), 0) = 0, u.name_search, u.id`;
}
