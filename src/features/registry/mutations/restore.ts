import "server-only";
import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "@/lib/db/scope";
import type { Columns } from "./columns";
import { DETAIL_COLUMNS, SUBJECT_COLUMNS } from "./columns";

/**
 * Puts facts, links, place and active state of every subject that a step changed back as they were before it: one statement a
 * table, so that each counts its leaves once. Homes are put back by the database itself.
 */
export async function restoreFacts(tx: Tx, stepId: string): Promise<void> {
  await tx.$executeRaw`
    ${wasBefore(stepId)}
    UPDATE subject t SET ${assignments(SUBJECT_COLUMNS)}, version = t.version + 1, updated_at = now()
      FROM was WHERE t.id = was.subject_id`;
  for (const [table, columns] of Object.entries(DETAIL_COLUMNS)) {
    await tx.$executeRaw`
      ${wasBefore(stepId)}
      UPDATE ${Prisma.raw(table)} t SET ${assignments(columns)}
        FROM was WHERE t.subject_id = was.subject_id AND was.image ?| ${columns.map(([, key]) => key)}::text[]`;
  }
  await tx.$queryRaw`
    ${wasBefore(stepId)}
    SELECT hamlet_correct(c.area_unit_id, coalesce(was.image ->> 'name', s.name), coalesce(was.image ->> 'kind', u.type))::text
      FROM was JOIN community c ON c.subject_id = was.subject_id JOIN subject s ON s.id = c.subject_id JOIN unit u ON u.id = c.area_unit_id
     WHERE was.image ?| ARRAY['name', 'kind']`;
}

// A step that touched a subject more than once: what stood there first counts.
function wasBefore(stepId: string): Prisma.Sql {
  return Prisma.sql`
    WITH was AS MATERIALIZED (
      SELECT c.subject_id, jsonb_object_agg(e.key, e.value ORDER BY c.id DESC) AS image
        FROM subject_change c LEFT JOIN LATERAL jsonb_each(c.before) e ON true
       WHERE c.request_id = ${stepId}::uuid AND c.before IS NOT NULL AND c.undone_by IS NULL AND e.key IS NOT NULL
       GROUP BY c.subject_id
    )`;
}

function assignments(columns: Columns): Prisma.Sql {
  return Prisma.raw(
    columns
      .map(
        ([column, key, type]) =>
          `${column} = CASE WHEN was.image ? '${key}' THEN (was.image ->> '${key}')::${type} ELSE t.${column} END`,
      )
      .join(", "),
  );
}
