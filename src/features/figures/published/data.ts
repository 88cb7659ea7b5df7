import "server-only";
import type { PublishedResult } from "@/domain/published/published-result";
import { PublishedResult as Result } from "@/domain/published/published-result";
import type { Tx } from "@/lib/db/scope";

export type PublishedRow = Readonly<{
  result: PublishedResult;
  /** The unit of the map of that time; null where there is none. */
  unitId: number | null;
  unitName: string | null;
  /** Whether the reader may open the unit's numbers. */
  canOpen: boolean;
  /** How many figures stand that were taken from this row; 0 where the reader may not see them. */
  figures: number;
}>;

type Row = Omit<PublishedRow, "result"> & { result: unknown };

/** Every published result in the order of its number. */
export async function listPublished(tx: Tx): Promise<PublishedRow[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT p.unit_id AS "unitId", u.name AS "unitName",
           p.unit_id IN (SELECT app_units('dashboard.read')) AS "canOpen",
           (SELECT count(*)::int FROM figure f WHERE f.unit_id = p.unit_id AND f.published_no = p.no AND f.value IS NOT NULL) AS figures,
           jsonb_build_object('no', p.no, 'place', p.place, 'level', p.level, 'province', p.province,
             'unit', u.level || ':' || u.code || '@' || u.valid_from, 'unitTie', p.unit_tie, 'period', p.period,
             'periodKind', p.period_kind, 'periodFrom', p.period_from, 'periodTo', p.period_to, 'model', p.model,
             'population', p.population, 'total', p.total, 'registered', p.registered, 'recognised', p.recognised,
             'ratePublished', p.rate_published, 'rateDecimals', p.rate_decimals, 'denominatorPublished', p.denominator_published,
             'registeredShare', p.registered_share, 'approximate', p.approximate, 'isOlderTitle', p.is_older_title,
             'isModelInferred', p.is_model_inferred, 'note', p.note, 'confidence', p.confidence, 'source', p.source) AS result
      FROM published_result p LEFT JOIN unit u ON u.id = p.unit_id
     ORDER BY p.no`;

  return rows.map((row) => ({ ...row, canOpen: row.canOpen === true, result: Result.parse(row.result) }));
}
