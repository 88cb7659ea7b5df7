import "server-only";
import { criteriaSetInForce } from "@/domain/criteria/in-force";
import type { CitizenVariant, TitleCode } from "@/domain/title/title";
import { listCriteriaHeaders } from "@/features/assessment/data/criteria";
import { findRound, pathOf } from "@/features/territory/data";
import type { Tx } from "@/lib/db/scope";
import { toIsoDate } from "@/lib/format/date";
import type { WriteContext } from "./write";

type Group = { title: TitleCode; unitId: number; variant: CitizenVariant | null };
type Standing = Group & { roundId: number; referenceDate: string; communeId: number; criteriaSetId: number };

/**
 * Registers the entries that the list calls registered for the year's round, by the rules of a single registration: round, leaf,
 * commune and criteria set are those of the round's reference date, and one registration a year is enough. One statement.
 * @returns how many were not registered yet
 */
export async function registerEntries({ tx, actorId, batchId, plan }: WriteContext): Promise<number> {
  await tx.$executeRaw`
    CREATE TEMP TABLE import_candidate ON COMMIT DROP AS
    SELECT s.id, s.title, s.unit_id, c.variant FROM import_entity e JOIN import_row r ON r.batch_id = ${batchId}::uuid AND r.ordinal = e.ordinal
      JOIN subject s ON s.id = e.id LEFT JOIN citizen c ON c.subject_id = s.id
     WHERE (r.facts -> 'registered') = 'true'`;
  const groups = await tx.$queryRaw<Group[]>`
    SELECT DISTINCT title, unit_id AS "unitId", variant FROM import_candidate ORDER BY title, unit_id, variant`;
  const standings = await standingsOf(tx, groups, plan.year);
  if (standings.length === 0) return 0;

  return await tx.$executeRaw`
    WITH standing AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(standings)}::jsonb)
        AS x(title text, "unitId" int, variant text, "roundId" int, "referenceDate" date, "communeId" int, "criteriaSetId" int)
    ), made AS (
      INSERT INTO assessment (subject_id, round_id, title, year, unit_id, commune_id, criteria_set_id, state, registered_on, created_by)
      SELECT DISTINCT ON (c.unit_id, c.id) c.id, x."roundId", c.title, ${plan.year}::int, c.unit_id, x."communeId", x."criteriaSetId", 'REGISTERED', app_today(), ${actorId}::uuid
        FROM import_candidate c JOIN standing x ON (x.title, x."unitId") = (c.title, c.unit_id) AND x.variant IS NOT DISTINCT FROM c.variant
        JOIN subject_home h ON h.subject_id = c.id AND h.unit_id = c.unit_id AND h.valid_from <= x."referenceDate"
         AND (h.valid_to IS NULL OR h.valid_to > x."referenceDate")
       ORDER BY c.unit_id, c.id
      ON CONFLICT (subject_id, title, year) DO NOTHING RETURNING id
    )
    INSERT INTO import_registration (batch_id, assessment_id) SELECT ${batchId}::uuid, id FROM made`;
}

/** Round, commune and criteria set by which the entries of each group are registered; a group without them is left out. */
export async function standingsOf(tx: Tx, groups: readonly Group[], year: number): Promise<Standing[]> {
  const standings: Standing[] = [];
  const headers = new Map<TitleCode, Awaited<ReturnType<typeof listCriteriaHeaders>>>();
  for (const group of groups) {
    const round = await findRound(tx, group.unitId, group.title, year);
    if (!round) continue;
    const path = await pathOf(tx, group.unitId, round.referenceDate);
    const commune = path.find(({ level }) => level === "COMMUNE");
    const sets = headers.get(group.title) ?? (await listCriteriaHeaders(tx, group.title));
    headers.set(group.title, sets);
    const set = criteriaSetInForce(sets, {
      title: group.title,
      variant: group.variant,
      date: toIsoDate(round.referenceDate),
      unitPath: path.map(({ id }) => id),
    });
    if (!commune || !set) continue;
    standings.push({
      ...group,
      roundId: round.id,
      referenceDate: toIsoDate(round.referenceDate),
      communeId: commune.id,
      criteriaSetId: set.id,
    });
  }

  return standings;
}
