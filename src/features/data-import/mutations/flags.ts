import "server-only";
import type { Tx } from "@/lib/db/scope";
import type { WriteContext } from "./write";

/** A hamlet that is specially difficult in a year since the batch, or no longer is. */
export type FlagByBatch = { unitId: number; year: number; isDifficult: boolean };

type FlagContext = Pick<WriteContext, "tx" | "plan" | "communeId">;

/** Which hamlets of the commune are specially difficult in the year of the list. */
export async function difficultHamlets({ tx, plan, communeId }: FlagContext): Promise<Set<number>> {
  const rows = await tx.$queryRaw<{ unitId: number }[]>`
    SELECT f.unit_id AS "unitId" FROM unit_flag f
     WHERE f.flag = 'SPECIALLY_DIFFICULT' AND f.year = ${plan.year}::int
       AND f.unit_id IN (SELECT a.descendant_id FROM ancestry a WHERE a.ancestor_id = ${communeId}::int)`;

  return new Set(rows.map(({ unitId }) => unitId));
}

/** What the batch changed of it, for undoing: `before` is what stood when it began. */
export async function changedFlags(
  context: FlagContext,
  before: ReadonlySet<number>,
): Promise<FlagByBatch[]> {
  const { year } = context.plan;
  const after = await difficultHamlets(context);

  return [
    ...[...after].filter((id) => !before.has(id)).map((unitId) => ({ unitId, year, isDifficult: true })),
    ...[...before].filter((id) => !after.has(id)).map((unitId) => ({ unitId, year, isDifficult: false })),
  ];
}

/** Puts hamlets back to what they were before the batch in that year. @returns how many */
export async function takeBackFlags(tx: Tx, flags: readonly FlagByBatch[]): Promise<number> {
  if (flags.length === 0) return 0;
  await tx.$queryRaw`
    SELECT hamlet_classify(x."unitId", x.year, NOT x."isDifficult")
      FROM jsonb_to_recordset(${JSON.stringify(flags)}::jsonb) AS x("unitId" int, year int, "isDifficult" boolean)
     ORDER BY x."unitId"`;

  return flags.length;
}
