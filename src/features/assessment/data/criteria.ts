import "server-only";
import { CriteriaSetDefinition } from "@/domain/criteria/criteria-set";
import type { CriteriaSetHeader } from "@/domain/criteria/in-force";
import type { UsedCriteriaSet } from "@/features/assessment/types";
import type { Tx } from "@/lib/db/scope";

type HeaderRow = CriteriaSetHeader<number> & Readonly<{ id: number; version: number }>;

/** The headers of every set of a title that may be scored with, for the choice of the one in force. */
export async function listCriteriaHeaders(tx: Tx, title: string): Promise<HeaderRow[]> {
  return await tx.$queryRaw<HeaderRow[]>`
    SELECT id, code, version, title, variant, unit_id AS "unitId", status,
           valid_from::text AS "validFrom", valid_to::text AS "validTo"
      FROM criteria_set WHERE title = ${title} AND status <> 'DRAFT'`;
}

/** Sets out of draft never change (trigger criteria_set_frozen), so that each is read and parsed once per process. */
const frozen = new Map<number, UsedCriteriaSet>();

/** The criteria sets of the given ids, parsed. @throws when a stored definition is not readable */
export async function findCriteriaSets(
  tx: Tx,
  ids: readonly number[],
): Promise<Map<number, UsedCriteriaSet>> {
  const wanted = [...new Set(ids)];
  const unread = wanted.filter((id) => !frozen.has(id));
  const found = new Map<number, UsedCriteriaSet>();
  if (unread.length > 0) {
    const rows = await tx.criteriaSet.findMany({
      where: { id: { in: unread } },
      select: {
        id: true,
        code: true,
        version: true,
        name: true,
        legalBasis: true,
        issuer: true,
        status: true,
        definition: true,
      },
    });
    for (const row of rows) {
      const set: UsedCriteriaSet = { ...row, definition: CriteriaSetDefinition.parse(row.definition) };
      found.set(set.id, set);
      if (set.status !== "DRAFT") frozen.set(set.id, set);
    }
  }
  for (const id of wanted) {
    const set = frozen.get(id);
    if (set) found.set(id, set);
  }

  return found;
}
