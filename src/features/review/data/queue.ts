import "server-only";
import type { AssessmentState } from "@/domain/recognition/recognition";
import type { TitleCode } from "@/domain/title/title";
import type { Tx } from "@/lib/db/scope";

export const QUEUE_PAGE = 50;

/** Why an entry stands before others in the queue. */
export type QueueEntry = {
  id: string;
  position: number;
  of: number;
  name: string;
  hamletName: string;
  state: AssessmentState;
  total: number | null;
  classification: string | null;
  wasReturned: boolean;
  isOverruled: boolean;
  lacksEvidence: boolean;
  isNearThreshold: boolean;
};

export type QueuePage = {
  rows: QueueEntry[];
  of: number;
  previousPage: string | null;
  nextPage: string | null;
};

/** Points above the lowest class that still count as near it, of 100. */
const NEAR_POINTS = 3;

/**
 * One page of the entries of a dossier in a state (null: all), the ones with something to look at first: returned before (8),
 * a counted share overruled (4), evidence lacking where the set names some and points were given (2), near the threshold (1);
 * then by hamlet and name. The page is the one that holds `current`, else the first, whose
 * first entry then counts as the open one.
 * Raw: the reasons are found in one pass over the dossier. No join between two sets of unknown size: right after a large
 * submission the planner expects no rows and would compare each with each.
 */
export async function listQueue(
  tx: Tx,
  of: { dossierId: string; title: TitleCode; state: AssessmentState | null; current?: string },
): Promise<QueuePage & { previous: string | null; next: string | null }> {
  const current = of.current ?? null;
  const rows = await tx.$queryRaw<
    (QueueEntry & { previous: string | null; next: string | null; place: number })[]
  >`
    WITH used AS (
      SELECT id, definition, (definition->'scoring'->'classes'->-1->>'atLeast')::numeric AS threshold
        FROM criteria_set WHERE title = ${of.title}
    ), item AS (
      SELECT used.id AS set_id, i->>'code' AS code, i->>'derived' AS measure, i ? 'evidence' AS wants_evidence
        FROM used, jsonb_path_query(used.definition, '$.groups[*].items[*]') i WHERE i ? 'derived' OR i ? 'evidence'
    ), entry AS MATERIALIZED (
      SELECT a.id, a.subject_id, a.unit_id, a.criteria_set_id, a.state, a.total, a.classification, a.answers, a.derived,
             a.return_count > 0 AS was_returned,
             ARRAY(SELECT l.item_code FROM evidence_link l WHERE l.assessment_id = a.id AND l.removed_at IS NULL) AS proved
        FROM assessment a
       WHERE a.dossier_id = ${of.dossierId}::uuid AND (${of.state}::text IS NULL OR a.state = ${of.state}::text)
    ), weighed AS MATERIALIZED (
      SELECT e.id, e.subject_id, e.unit_id, e.state, e.total, e.classification, e.was_returned,
             coalesce(f.overruled, false) AS overruled, coalesce(f.lacks_evidence, false) AS lacks_evidence,
             coalesce(e.total < used.threshold + ${NEAR_POINTS}, false) AS near_threshold
        FROM entry e JOIN used ON used.id = e.criteria_set_id
        CROSS JOIN LATERAL (
          SELECT bool_or(item.measure IS NOT NULL AND e.derived ? item.measure AND e.answers->item.code ? 'numerator'
                         AND (e.answers->item.code->'numerator', e.answers->item.code->'denominator')
                             IS DISTINCT FROM (e.derived->item.measure->'numerator', e.derived->item.measure->'denominator')) AS overruled,
                 bool_or(item.wants_evidence AND item.code <> ALL (e.proved)
                         AND NOT coalesce(e.answers->item.code ? 'notApplicable', false)
                         AND (e.answers->item.code->'yes' = 'true' OR e.answers->item.code->'points' > '0'
                              OR e.answers->item.code->'numerator' > '0' OR e.answers->item.code->'level' > '0')) AS lacks_evidence
            FROM item WHERE item.set_id = e.criteria_set_id) f
    ), ordered AS (
      SELECT e.*, coalesce(s.name, '(không còn trong địa bàn)') AS name, u.name AS hamlet_name,
             (row_number() OVER w)::int AS position, lag(e.id) OVER w AS previous, lead(e.id) OVER w AS next
        FROM weighed e JOIN unit u ON u.id = e.unit_id LEFT JOIN subject s ON s.id = e.subject_id
      WINDOW w AS (ORDER BY 8 * e.was_returned::int + 4 * e.overruled::int + 2 * e.lacks_evidence::int + e.near_threshold::int DESC,
                            u.name_search, u.id, coalesce(s.name_sort, ''), e.id)
    ), here AS (
      SELECT coalesce((SELECT position FROM ordered WHERE id = ${current}::uuid), 1) AS place, (SELECT count(*)::int FROM ordered) AS total
    )
    SELECT o.id, o.position, here.total AS "of", o.name, o.hamlet_name AS "hamletName", o.state, o.total::float8 AS total,
           o.classification, o.was_returned AS "wasReturned", o.overruled AS "isOverruled", o.lacks_evidence AS "lacksEvidence",
           o.near_threshold AS "isNearThreshold", o.previous, o.next, here.place
      FROM ordered o CROSS JOIN here
     WHERE (o.position - 1) / ${QUEUE_PAGE}::int BETWEEN (here.place - 1) / ${QUEUE_PAGE}::int - 1 AND (here.place - 1) / ${QUEUE_PAGE}::int + 1
     ORDER BY o.position`;

  const own = of.current === undefined ? rows[0] : rows.find((row) => row.id === of.current);
  const start = Math.floor(((rows[0]?.place ?? 1) - 1) / QUEUE_PAGE) * QUEUE_PAGE + 1;
  const onPage = rows.filter((row) => row.position >= start && row.position < start + QUEUE_PAGE);

  return {
    rows: onPage.map(({ previous: _previous, next: _next, place: _place, ...row }) => row),
    of: rows[0]?.of ?? 0,
    previousPage: rows.find((row) => row.position === start - QUEUE_PAGE)?.id ?? null,
    nextPage: rows.find((row) => row.position === start + QUEUE_PAGE)?.id ?? null,
    previous: own?.previous ?? null,
    next: own ? own.next : (rows[0]?.id ?? null),
  };
}
