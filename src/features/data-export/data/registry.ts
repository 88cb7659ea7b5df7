import "server-only";
import { filterSql } from "@/features/registry/data/filter";
import { openRows } from "@/features/registry/data/finding";
import type { RegistryFilter } from "@/features/registry/filter";
import { Prisma } from "@/generated/prisma/client";
import { readByCursor } from "@/lib/db/cursor";
import type { Tx } from "@/lib/db/scope";
import type { RegistryRecord } from "../types";

// Raw SQL throughout: rows from one cursor, whatever the size of the list.

/** The first batch is small, that the file begins at once. */
const FIRST_BATCH = 200;
const BATCH = 2_000;

/** A row as it comes; a million of them are completed where they stand, not copied. */
type Drawn = Omit<RegistryRecord, "communeName"> & { unitId: number; communeName: string | null };

/**
 * Every row of a filtered list of the register with its facts and the year's assessment, as they are drawn: the rows of its pages
 * in their order.
 */
export function readRegistry(
  actor: Readonly<{ id: string }>,
  filter: RegistryFilter,
): AsyncGenerator<RegistryRecord, void, undefined> {
  return readByCursor<RegistryRecord>(actor, async (query) => {
    const communes = new Map(
      (await query<{ id: number; name: string }>(communesSql(filter))).map(({ id, name }) => [id, name]),
    );
    await query(openRows(filter));

    let size = FIRST_BATCH;

    return async () => {
      const rows = await query<Drawn>(Prisma.sql`FETCH ${Prisma.raw(String(size))} FROM register_rows`);
      size = BATCH;

      for (const row of rows) row.communeName = communes.get(row.unitId) ?? null;

      return rows;
    };
  });
}

/** The different names of a filtered list in order, for a list to choose from; at most 5,000. */
export async function listFilteredNames(tx: Tx, filter: RegistryFilter): Promise<string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT s.name FROM subject s WHERE ${filterSql(filter)} GROUP BY s.name ORDER BY min(s.name_sort), s.name LIMIT 5000`;

  return rows.map(({ name }) => name);
}

/** The commune in which each leaf of the unit stands on the day that counts for the year. */
function communesSql({ unitId, year }: RegistryFilter): Prisma.Sql {
  return Prisma.sql`
    SELECT DISTINCT ON (b.descendant_id) b.descendant_id AS id, c.name
      FROM unit asked
      CROSS JOIN LATERAL (SELECT greatest(least(make_date(${year}::int, 12, 31), asked.valid_to - 1), asked.valid_from) AS day) d
      JOIN ancestry a ON a.ancestor_id = asked.id AND a.valid_from <= d.day AND (a.valid_to IS NULL OR a.valid_to > d.day)
      JOIN ancestry b ON b.descendant_id = a.descendant_id AND b.valid_from <= d.day AND (b.valid_to IS NULL OR b.valid_to > d.day)
      JOIN unit c ON c.id = b.ancestor_id AND c.level = 'COMMUNE'
     WHERE asked.id = ${unitId}::int
     ORDER BY b.descendant_id, b.depth DESC`;
}
