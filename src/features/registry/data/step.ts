import "server-only";
import type { TitleCode } from "@/domain/title/title";
import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "@/lib/db/scope";
import type { Hindrance } from "../hindrance";

/** A step of the register: everything one request changed. */
export type Step = {
  stepId: string;
  verb: string;
  actorId: string | null;
  at: Date;
  /** subjects it changed, and how many of them it made */
  count: number;
  made: number;
  isUndone: boolean;
};

/** A step as the journal knows it; undefined when the reader sees nothing of it. */
export async function findStep(tx: Tx, stepId: string): Promise<Step | undefined> {
  const [row] = await tx.$queryRaw<Step[]>`
    SELECT c.request_id::text AS "stepId", min(c.verb) AS verb, min(c.actor_id::text) AS "actorId", min(c.at) AS at,
           count(DISTINCT c.subject_id)::int AS count, count(*) FILTER (WHERE c.before IS NULL)::int AS made,
           bool_or(c.undone_by IS NOT NULL) AS "isUndone"
      FROM subject_change c WHERE c.request_id = ${stepId}::uuid GROUP BY c.request_id`;

  return row;
}

/** Where what a step changed stands: all of it in one commune. */
export async function unitOfStep(tx: Tx, stepId: string): Promise<number | undefined> {
  const [row] = await tx.$queryRaw<{ unitId: number }[]>`
    SELECT s.unit_id AS "unitId" FROM subject_change c JOIN subject s ON s.id = c.subject_id
     WHERE c.request_id = ${stepId}::uuid LIMIT 1`;

  return row?.unitId;
}

/**
 * What was built on a step since it was taken, before anything is taken back. Later steps that were taken back themselves do
 * not count, nor those that touched a citizen's number alone where the entry itself stays. The subjects' rows should be locked where it must stay true.
 */
export async function findHindrance(tx: Tx, stepId: string): Promise<Hindrance | undefined> {
  // The step's subjects come back as arrays: of these the planner knows how many there are, of a step it does not.
  const own = await tx.$queryRaw<
    { id: string; lastId: string; isMade: boolean; isMoved: boolean; isReopened: boolean }[]
  >`
    SELECT c.subject_id AS id, max(c.id)::text AS "lastId", bool_or(c.before IS NULL) AS "isMade",
           coalesce(bool_or(c.before ? 'homes'), false) AS "isMoved", coalesce(bool_or(c.before ->> 'activeTo' IS NOT NULL), false) AS "isReopened"
      FROM subject_change c WHERE c.request_id = ${stepId}::uuid GROUP BY c.subject_id`;
  const found = await tx.$queryRaw<Hindrance[]>`
    WITH own AS (
      SELECT * FROM unnest(${own.map(({ id }) => id)}::uuid[], ${own.map(({ lastId }) => lastId)}::bigint[], ${own.map(({ isMade }) => isMade)}::boolean[],
                           ${own.map(({ isMoved }) => isMoved)}::boolean[], ${own.map(({ isReopened }) => isReopened)}::boolean[])
                    AS o(subject_id, last_id, is_made, is_moved, is_reopened)
    ), hindrance AS (
      SELECT 1 AS rank, 'UNSEEN' AS kind, NULL::uuid AS subject_id FROM (SELECT count(*) AS seen FROM subject_change WHERE request_id = ${stepId}::uuid) x
       WHERE x.seen <> subject_step_size(${stepId}::uuid)
      UNION ALL
      SELECT 2, 'CHANGED', own.subject_id FROM own JOIN subject s ON s.id = own.subject_id
       WHERE s.version IS DISTINCT FROM (SELECT c.version_after FROM subject_change c WHERE c.subject_id = own.subject_id ORDER BY c.id DESC LIMIT 1)
          OR EXISTS (SELECT 1 FROM subject_change c WHERE c.subject_id = own.subject_id AND c.id > own.last_id AND c.undone_by IS NULL
                        AND (own.is_made OR c.before - 'identityVersion' <> '{}')
                        AND NOT EXISTS (SELECT 1 FROM subject_change t WHERE t.undone_by = c.request_id))
      UNION ALL
      SELECT 3, 'ASSESSED', own.subject_id FROM own JOIN assessment a ON a.subject_id = own.subject_id
       WHERE own.is_made
          OR own.is_moved AND NOT EXISTS (SELECT 1 FROM assessment_transfer t WHERE t.assessment_id = a.id AND t.request_id = ${stepId}::uuid)
             AND EXISTS (SELECT 1 FROM subject_home h WHERE h.subject_id = a.subject_id AND h.unit_id = a.unit_id)
             AND NOT EXISTS (SELECT 1 FROM subject_change c CROSS JOIN LATERAL jsonb_array_elements(c.before -> 'homes') h
                               WHERE c.subject_id = own.subject_id AND c.request_id = ${stepId}::uuid AND (h ->> 'unitId')::int = a.unit_id)
      UNION ALL
      SELECT 4, 'WORKED_ON', t.to_subject_id FROM assessment_transfer t JOIN assessment a ON a.id = t.assessment_id
       WHERE t.request_id = ${stepId}::uuid AND (a.subject_id, a.version) IS DISTINCT FROM (t.to_subject_id, t.version_after)
      UNION ALL
      SELECT 5, 'LINKED', x.subject_id FROM own CROSS JOIN LATERAL (
               SELECT c.subject_id FROM citizen c WHERE c.household_id = own.subject_id
               UNION ALL SELECT c.subject_id FROM citizen c WHERE c.organisation_id = own.subject_id
               UNION ALL SELECT h.subject_id FROM household h WHERE h.clan_id = own.subject_id
               UNION ALL SELECT s.id FROM subject s WHERE s.merged_into_id = own.subject_id) x
       WHERE own.is_made AND NOT EXISTS (${inStep(Prisma.sql`x.subject_id`)})
      UNION ALL
      SELECT 6, 'HAMLET_USED', h.subject_id FROM own JOIN community c ON c.subject_id = own.subject_id JOIN subject_home h ON h.unit_id = c.area_unit_id
       WHERE own.is_made AND NOT EXISTS (${inStep(Prisma.sql`h.subject_id`)} AND o.is_made)
      UNION ALL
      SELECT 6, 'HAMLET_USED', s.id FROM own JOIN community c ON c.subject_id = own.subject_id
        JOIN subject s ON s.unit_id = c.area_unit_id AND s.active_to IS NULL AND s.id <> own.subject_id
       WHERE own.is_reopened
      UNION ALL
      SELECT 7, 'JOINED_SINCE', c.subject_id FROM own JOIN subject s ON s.id = own.subject_id AND s.title = 'FAMILY' AND s.active_to IS NULL
        JOIN citizen c ON c.household_id = s.id JOIN subject m ON m.id = c.subject_id AND m.active_to IS NULL AND m.unit_id = s.unit_id
       WHERE own.is_moved AND NOT own.is_made AND NOT EXISTS (${inStep(Prisma.sql`c.subject_id`)})
      UNION ALL
      SELECT 8, 'HAMLET_CLOSED', was.subject_id FROM (
               SELECT DISTINCT ON (c.subject_id) c.subject_id, c.before FROM subject_change c
                WHERE c.request_id = ${stepId}::uuid AND c.before ?| ARRAY['unitId', 'activeTo'] ORDER BY c.subject_id, c.id) was
        JOIN subject s ON s.id = was.subject_id JOIN unit u ON u.id = coalesce((was.before ->> 'unitId')::int, s.unit_id)
       WHERE u.level = 'HAMLET' AND u.valid_to <= app_today()
         AND CASE WHEN was.before ? 'activeTo' THEN was.before ->> 'activeTo' ELSE s.active_to::text END IS NULL
    )
    SELECT kind, count(DISTINCT subject_id)::int AS count, min(subject_id::text) AS "subjectId"
      FROM hindrance GROUP BY rank, kind ORDER BY rank LIMIT 1`;

  return found[0];
}

function inStep(subjectId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`SELECT 1 FROM own o WHERE o.subject_id = ${subjectId}`;
}

/** How many entries' numbers a step wrote over or took out: what they were is kept nowhere. */
export async function countLostIdentities(tx: Tx, stepId: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM subject_change
     WHERE request_id = ${stepId}::uuid AND before ->> 'identityVersion' IS NOT NULL`;

  return row?.count ?? 0;
}

/**
 * What does not fit once a step is taken back: people in a household that is closed or stands elsewhere, entries in a hamlet
 * that is no longer followed, links to what is gone. Asked inside the transaction, after the rows are restored.
 */
export async function findMisfit(tx: Tx, ids: readonly string[]): Promise<Hindrance | undefined> {
  const found = await tx.$queryRaw<Hindrance[]>`
    WITH misfit AS (
      SELECT CASE WHEN h.active_to IS NOT NULL THEN 'HOUSEHOLD_CLOSED' ELSE 'HOUSEHOLD_ELSEWHERE' END AS kind, s.id AS subject_id
        FROM unnest(${ids}::uuid[]) t(id) JOIN subject s ON s.id = t.id JOIN citizen c ON c.subject_id = s.id JOIN subject h ON h.id = c.household_id
       WHERE s.active_to IS NULL AND (h.active_to IS NOT NULL OR h.unit_id <> s.unit_id)
      UNION ALL
      SELECT 'HAMLET_CLOSED', s.id FROM unnest(${ids}::uuid[]) t(id) JOIN subject s ON s.id = t.id JOIN unit u ON u.id = s.unit_id
       WHERE s.active_to IS NULL AND s.title <> 'COMMUNITY'
         AND (u.valid_to <= app_today() OR EXISTS (
               SELECT 1 FROM community k JOIN subject ks ON ks.id = k.subject_id WHERE k.area_unit_id = u.id AND ks.active_to IS NOT NULL))
    )
    SELECT kind, count(*)::int AS count, min(subject_id::text) AS "subjectId" FROM misfit GROUP BY kind ORDER BY kind LIMIT 1`;

  return found[0];
}

/** Subjects of a step with their kinds, locked in the order in which every writer locks. */
export async function lockStep(
  tx: Tx,
  stepId: string,
): Promise<{ id: string; title: TitleCode; unitId: number; isMade: boolean }[]> {
  const locked = await tx.$queryRaw<{ id: string; title: TitleCode; unitId: number }[]>`
    SELECT id, title, unit_id AS "unitId" FROM subject
     WHERE id IN (SELECT subject_id FROM subject_change WHERE request_id = ${stepId}::uuid) ORDER BY id FOR UPDATE`;
  // Put together here: the planner takes a step for a few rows and compares every one with every other.
  const made = await tx.$queryRaw<{ id: string }[]>`
    SELECT subject_id AS id FROM subject_change WHERE request_id = ${stepId}::uuid AND before IS NULL`;
  const isMade = new Set(made.map(({ id }) => id));

  return locked.map((subject) => ({ ...subject, isMade: isMade.has(subject.id) }));
}
