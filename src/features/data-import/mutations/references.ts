import "server-only";
import { Prisma } from "@/generated/prisma/client";
import type { MatchContext } from "./match";
import { addProblem } from "./match";

/** Finds the clan of a household and the unit of a citizen by name, in the register or in the file. */
export async function findReferences(context: MatchContext): Promise<void> {
  for (const { field, code, target, of, key, id } of [
    {
      field: "clan",
      code: "CLAN_UNKNOWN",
      target: "CLAN",
      of: "FAMILY",
      key: Prisma.sql`clan_key`,
      id: Prisma.sql`clan_id`,
    },
    {
      field: "organisation",
      code: "ORGANISATION_UNKNOWN",
      target: "ORGANISATION",
      of: "CITIZEN",
      key: Prisma.sql`organisation_key`,
      id: Prisma.sql`organisation_id`,
    },
  ] as const) {
    // One of the name in the commune, or the one of the name in the hamlet. What the file enters gets its id at the write: until
    // then the row keeps the name.
    await context.tx.$executeRaw`
      WITH known AS (SELECT e.id, e.unit_id, e.name_key FROM import_entry e WHERE e.title = ${target}),
      wanted AS (
        SELECT s.ordinal, count(*) AS n, count(*) FILTER (WHERE k.unit_id = s.unit_id) AS near,
               (array_agg(k.id ORDER BY (k.unit_id = s.unit_id) DESC))[1] AS id
          FROM import_stage s JOIN known k ON k.name_key = s.${key}
         WHERE s.target = ${of} AND s.verdict IS NULL AND s.${key} IS NOT NULL GROUP BY s.ordinal
      )
      UPDATE import_stage s SET ${id} = w.id FROM wanted w WHERE w.ordinal = s.ordinal AND (w.n = 1 OR w.near = 1)`;
    const isNowhere = Prisma.sql`s.target = ${of} AND s.${key} IS NOT NULL AND s.${id} IS NULL AND (
      SELECT count(*) FROM import_stage f WHERE f.target = ${target} AND f.verdict IS NULL AND f.problems = '[]' AND f.name_key = s.${key}) <> 1`;
    if (field === "clan") await addProblem(context, field, code, isNowhere);
    // People work and learn in places that no commune keeps in its register: no reason to leave the person out.
    else await context.tx.$executeRaw`UPDATE import_stage s SET organisation_key = NULL WHERE ${isNowhere}`;
  }
}
