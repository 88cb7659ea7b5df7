import "server-only";
import type { TitleCode } from "@/domain/title/title";
import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "@/lib/db/scope";
import type { ChangedFact, Image, ImageNames } from "../images";
import { changedFacts, referencesIn } from "../images";

/** The names behind the ids of images, as far as the reader may see them. */
export async function namesOfImages(tx: Tx, images: readonly (Image | null)[]): Promise<ImageNames> {
  const { subjects, units } = referencesIn(images);
  const [known, places] = [
    subjects.length === 0
      ? []
      : await tx.$queryRaw<{ id: string; name: string }[]>`
          SELECT id, name FROM subject WHERE id = ANY (${subjects}::uuid[])`,
    units.length === 0
      ? []
      : await tx.$queryRaw<
          { id: number; name: string }[]
        >`SELECT id, name FROM unit WHERE id = ANY (${units}::int[])`,
  ];

  return {
    subjects: new Map(known.map(({ id, name }) => [id, name])),
    units: new Map(places.map(({ id, name }) => [id, name])),
  };
}

/** What changed of an entry since a version, from what the reader saw then to what stands now. */
export async function changesSince(
  tx: Tx,
  { id, title, version }: Readonly<{ id: string; title: TitleCode; version: number }>,
): Promise<ChangedFact[]> {
  const [row] = await tx.$queryRaw<{ before: Image | null; after: Image | null }[]>`
    SELECT jsonb_object_agg(b.key, b.value ORDER BY c.id DESC) AS before, jsonb_object_agg(b.key, c.after -> b.key ORDER BY c.id) AS after
      FROM subject_change c CROSS JOIN LATERAL jsonb_each(c.before) b
     WHERE c.subject_id = ${id}::uuid AND c.version_after > ${version}::int`;
  if (!row?.before || !row.after) return [];

  return changedFacts(title, row.before, row.after, await namesOfImages(tx, [row.before, row.after]));
}

/** Where a page of the history goes on: what is older than this. */
export type HistoryCursor = Readonly<{ at: Date; key: string }>;

/** One line of an entry's history: a step on the entry with what it changed, or a step on one of its assessments. */
export type HistoryLine = {
  key: string;
  stepId: string;
  verb: string;
  /** the year of the assessment the step was taken on; null for a step on the entry itself */
  year: number | null;
  at: Date;
  actorId: string | null;
  /** what the step changed of the entry; null where the journal does not say (assessments, steps of before the journal) */
  before: Image | null;
  after: Image | null;
  isMade: boolean;
  isUndone: boolean;
  /** the step took another one back */
  isUndo: boolean;
  /**
   * Nothing was built on it as far as this entry shows: it may be taken back. A number written later stays as it is, unless
   * the whole entry would go.
   */
  isLatest: boolean;
  /** how many entries the step changed in all */
  stepSize: number;
  detail: Prisma.JsonValue;
};

export const HISTORY_PAGE = 50;

/**
 * One page of what was done to an entry and its assessments, newest first: the journal of the entry, which every reader of it
 * may read, and the log as far as the reader may see it. A step that stands in both is one line.
 */
export async function listHistory(
  tx: Tx,
  query: Readonly<{ subjectId: string; before?: HistoryCursor | undefined; limit?: number }>,
): Promise<{ rows: HistoryLine[]; next: HistoryCursor | undefined }> {
  const { subjectId, before, limit = HISTORY_PAGE } = query;
  const beyond = before
    ? Prisma.sql`WHERE (x.at, x.key) < (${before.at}::timestamptz, ${before.key})`
    : Prisma.empty;
  const rows = await tx.$queryRaw<HistoryLine[]>`
    WITH own AS (
      SELECT c.id, c.request_id, c.verb, c.actor_id, c.at, c.before, c.after, c.undone_by,
             EXISTS (SELECT 1 FROM subject_change t WHERE t.undone_by = c.request_id) AS is_undo
        FROM subject_change c WHERE c.subject_id = ${subjectId}::uuid AND c.version_after IS NOT NULL
    ), entity AS (
      SELECT ${subjectId} AS id, NULL::int AS year
      UNION ALL SELECT id::text, year FROM assessment WHERE subject_id = ${subjectId}::uuid
    ), x AS (
      SELECT 'c' || lpad(o.id::text, 19, '0') AS key, o.request_id::text AS "stepId", o.verb, NULL::int AS year, o.at, o.actor_id::text AS "actorId",
             o.before, o.after, o.before IS NULL AS "isMade", o.undone_by IS NOT NULL AS "isUndone", o.is_undo AS "isUndo",
             o.undone_by IS NULL AND NOT o.is_undo
               AND NOT EXISTS (SELECT 1 FROM own l WHERE l.id > o.id AND l.undone_by IS NULL AND NOT l.is_undo
                                 AND (o.before IS NULL OR l.before - 'identityVersion' <> '{}')) AS "isLatest",
             NULL::jsonb AS detail
        FROM own o
      UNION ALL
      SELECT 'a' || lpad(a.chain_id::text, 10, '0') || lpad(a.seq::text, 19, '0'), a.request_id::text, a.verb, e.year, a.at, a.actor_id::text,
             NULL, NULL, false, false, false, false, a.detail
        FROM entity e JOIN action a ON a.entity_id = e.id
       WHERE e.year IS NOT NULL OR NOT EXISTS (SELECT 1 FROM own o WHERE o.request_id = a.request_id)
    ), page AS (
      SELECT x.* FROM x ${beyond} ORDER BY x.at DESC, x.key DESC LIMIT ${limit + 1}
    )
    SELECT page.*, CASE WHEN left(page.key, 1) = 'c' THEN subject_step_size(page."stepId"::uuid) ELSE 1 END AS "stepSize"
      FROM page ORDER BY page.at DESC, page.key DESC`;
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;

  return { rows: shown, next: last && { at: last.at, key: last.key } };
}
