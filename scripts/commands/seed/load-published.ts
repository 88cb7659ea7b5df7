import type { ClientBase } from "pg";
import type { PublishedResult, PublishedResultFile } from "@/domain/published/published-result";
import { PUBLISHED_MODELS } from "@/domain/published/published-result";
import { figuresOf } from "@/domain/published/traps";

type PublishedFigure = Readonly<{ no: number; year: number; key: string; value: number; source: string }>;

/** The numbers of the published rows that are figures of a unit and year. @throws RangeError two rows give the same figure */
export function publishedFigures(results: readonly PublishedResult[]): PublishedFigure[] {
  const figures = results.flatMap((result) => {
    const taken = figuresOf(result);
    const { title } = PUBLISHED_MODELS[result.model];
    if (typeof taken === "string" || title === null) return [];

    return taken.stages.map(({ stage, value }) => ({
      no: result.no,
      unit: result.unit,
      year: taken.year,
      key: `${title}_${stage}`.toLowerCase(),
      value,
      source: `Kết quả đã công bố của ${result.place}, ${result.period}: ${result.source}`.slice(0, 300),
    }));
  });
  const keys = new Set(figures.map(({ unit, year, key }) => `${unit} ${year} ${key}`));
  if (keys.size !== figures.length) throw new RangeError("two published rows give the same figure");

  return figures.map(({ unit: _, ...figure }) => figure);
}

/**
 * Brings the published results to what the file says, and their numbers into the figures of their units. A figure that somebody
 * entered is never touched; one taken from a row that no longer gives it is withdrawn.
 */
export async function loadPublishedResults(db: ClientBase, file: PublishedResultFile): Promise<void> {
  await db.query(
    `INSERT INTO published_result (no, place, level, province, unit_id, unit_tie, period, period_kind, period_from, period_to, model,
       population, total, registered, recognised, rate_published, rate_decimals, denominator_published, registered_share, approximate,
       is_older_title, is_model_inferred, note, confidence, source)
     SELECT r.no, r.place, r.level, r.province, k.id, r."unitTie", r.period, r."periodKind", r."periodFrom", r."periodTo", r.model,
            r.population, r.total, r.registered, r.recognised, r."ratePublished", r."rateDecimals", r."denominatorPublished",
            r."registeredShare", r.approximate, r."isOlderTitle", r."isModelInferred", r.note, r.confidence, r.source
       FROM jsonb_to_recordset($1::jsonb) AS r(
         no int, place text, level text, province text, unit text, "unitTie" text, period text, "periodKind" text, "periodFrom" int,
         "periodTo" int, model text, population text, total int, registered int, recognised int, "ratePublished" numeric,
         "rateDecimals" int, "denominatorPublished" text, "registeredShare" numeric, approximate text, "isOlderTitle" boolean,
         "isModelInferred" boolean, note text, confidence text, source text)
       LEFT JOIN unit_key k ON k.key = r.unit
     ON CONFLICT (no) DO UPDATE SET place = excluded.place, level = excluded.level, province = excluded.province,
       unit_id = excluded.unit_id, unit_tie = excluded.unit_tie, period = excluded.period, period_kind = excluded.period_kind,
       period_from = excluded.period_from, period_to = excluded.period_to, model = excluded.model, population = excluded.population,
       total = excluded.total, registered = excluded.registered, recognised = excluded.recognised,
       rate_published = excluded.rate_published, rate_decimals = excluded.rate_decimals,
       denominator_published = excluded.denominator_published, registered_share = excluded.registered_share,
       approximate = excluded.approximate, is_older_title = excluded.is_older_title, is_model_inferred = excluded.is_model_inferred,
       note = excluded.note, confidence = excluded.confidence, source = excluded.source`,
    [JSON.stringify(file.results)],
  );

  await db.query(
    `CREATE TEMP TABLE given_figure ON COMMIT DROP AS
     SELECT p.unit_id, g.year, g.key, g.value::numeric(14,2) AS value, g.source, g.no
       FROM jsonb_to_recordset($1::jsonb) AS g(no int, year int, key text, value numeric, source text)
       JOIN published_result p ON p.no = g.no`,
    [JSON.stringify(publishedFigures(file.results))],
  );
  await db.query(
    `INSERT INTO figure (unit_id, year, key, value, source, published_no)
     SELECT unit_id, year, key, value, source, no FROM given_figure
     ON CONFLICT (unit_id, year, key) DO UPDATE
       SET value = excluded.value, source = excluded.source, published_no = excluded.published_no, entered_at = now(),
           version = figure.version + 1
     WHERE figure.entered_by IS NULL
       AND (figure.value, figure.source, figure.published_no) IS DISTINCT FROM (excluded.value, excluded.source, excluded.published_no)`,
  );
  await db.query(
    `UPDATE figure f SET value = NULL, entered_at = now(), version = version + 1
      WHERE f.published_no IS NOT NULL AND f.value IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM given_figure g WHERE g.unit_id = f.unit_id AND g.year = f.year AND g.key = f.key)`,
  );
}
