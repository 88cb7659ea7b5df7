import "server-only";
import type { UnitYearCounter, UnitYearCounters } from "@/domain/indicator/counters";
import { counterColumn, titleCounter, UNIT_YEAR_COUNTERS, ZERO_COUNTERS } from "@/domain/indicator/counters";
import { TITLE_CODES } from "@/domain/title/title";
import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "@/lib/db/scope";
import type { EnteredFigure, UnitYearFigures, YearDay } from "./types";
import { figureKey } from "./utils";

// Column lists are built from constants of the code; nothing a person sends gets into them.
const SUMS = Prisma.raw(
  UNIT_YEAR_COUNTERS.map((counter) => `sum(y.${counterColumn(counter)})::int AS "${counter}"`).join(", "),
);

/** True where a title's register holds anything: entered numbers of registrations and recognitions then do not count. */
const HAS_REGISTER = Prisma.raw(
  `CASE f.key ${TITLE_CODES.flatMap((title) => {
    const column = (stage: "Registered" | "Recognised") => counterColumn(titleCounter(title, stage));
    const isKept = `y.${column("Registered")} > 0 OR y.${column("Recognised")} > 0`;

    return [`WHEN '${column("Registered")}' THEN ${isKept}`, `WHEN '${column("Recognised")}' THEN ${isKept}`];
  }).join(" ")} ELSE false END`,
);

type CounterRow = { unitId: number; year: number } & Record<UnitYearCounter, number>;

/**
 * What stood under a unit on the day of `m`, or on the nearest day on which the unit itself stood.
 * @param ancestry alias of the ancestry row @param unit alias of the unit above
 */
function isValidOn(ancestry: "a" | "l" | "b", unit: "u" | "fu" | "zu"): Prisma.Sql {
  const day = `least(greatest(m.day, ${unit}.valid_from), ${unit}.valid_to - 1)`;

  return Prisma.raw(
    `${ancestry}.valid_from <= ${day} AND (${ancestry}.valid_to IS NULL OR ${ancestry}.valid_to > ${day})`,
  );
}

/**
 * The counters of several units for several years, each year on the map of its day (for a unit that did not stand then, of
 * its first or last day), in one query: the leaves' rows summed through ancestry. Units without a row the reader may see are absent. Raw: Prisma sums neither through a join nor by period.
 */
export async function sumCountersByYear(
  tx: Tx,
  unitIds: readonly number[],
  moments: readonly YearDay[],
): Promise<{ unitId: number; year: number; counters: UnitYearCounters }[]> {
  if (unitIds.length === 0 || moments.length === 0) return [];

  const rows = await tx.$queryRaw<CounterRow[]>`
    SELECT a.ancestor_id AS "unitId", m.year, ${SUMS}
      FROM unnest(${moments.map((m) => m.year)}::int[], ${moments.map((m) => isoDay(m.on))}::date[]) AS m(year, day)
      JOIN unit u ON u.id = ANY (${[...unitIds]}::int[])
      JOIN ancestry a ON a.ancestor_id = u.id AND ${isValidOn("a", "u")}
      JOIN unit_year y ON y.unit_id = a.descendant_id AND y.year = m.year
     GROUP BY a.ancestor_id, m.year`;

  return rows.map(({ unitId, year, ...counters }) => ({ unitId, year, counters }));
}

/**
 * The counters of several units in a year on the map of a day, by default 31 December of the year. Units without a row the reader may see are absent.
 */
export async function sumCounters(
  tx: Tx,
  unitIds: readonly number[],
  year: number,
  on: Date = new Date(Date.UTC(year, 11, 31)),
): Promise<Map<number, UnitYearCounters>> {
  const rows = await sumCountersByYear(tx, unitIds, [{ year, on }]);

  return new Map(rows.map((row) => [row.unitId, row.counters]));
}

type EnteredRow = { ancestorId: number; unitId: number; year: number; key: string; value: number };

/**
 * The entered figures that hold for the given units: of each line of units the highest one with a figure. Entered
 * registrations and recognitions count only where the register of that title and year is empty (years before the software).
 */
async function listEntered(
  tx: Tx,
  unitIds: readonly number[],
  moments: readonly YearDay[],
): Promise<EnteredRow[]> {
  return await tx.$queryRaw<EnteredRow[]>`
    WITH found AS MATERIALIZED (
      SELECT a.ancestor_id, f.unit_id, f.year, f.key, f.value, m.day
        FROM unnest(${moments.map((m) => m.year)}::int[], ${moments.map((m) => isoDay(m.on))}::date[]) AS m(year, day)
        JOIN figure f ON f.year = m.year AND f.value IS NOT NULL
        JOIN unit fu ON fu.id = f.unit_id
        JOIN unit u ON u.id = ANY (${[...unitIds]}::int[])
        JOIN ancestry a ON a.descendant_id = f.unit_id AND a.ancestor_id = u.id AND ${isValidOn("a", "u")}
       WHERE NOT EXISTS (
         SELECT 1 FROM ancestry l JOIN unit_year y ON y.unit_id = l.descendant_id AND y.year = f.year
          WHERE f.key ~ '_(registered|recognised)$' AND l.ancestor_id = f.unit_id AND ${isValidOn("l", "fu")} AND ${HAS_REGISTER})
    )
    SELECT x.ancestor_id AS "ancestorId", x.unit_id AS "unitId", x.year, x.key, x.value::float8 AS value
      FROM found x
     WHERE NOT EXISTS (
       SELECT 1 FROM found m JOIN unit zu ON zu.id = m.unit_id
         JOIN ancestry b ON b.ancestor_id = m.unit_id AND b.descendant_id = x.unit_id AND b.depth > 0 AND ${isValidOn("b", "zu")}
        WHERE m.ancestor_id = x.ancestor_id AND m.year = x.year AND m.key = x.key)`;
}

const COUNTER_BY_KEY: ReadonlyMap<string, UnitYearCounter> = new Map(
  UNIT_YEAR_COUNTERS.map((counter) => [figureKey(counter), counter]),
);

/**
 * Everything known of several units in several years: counted and entered. One entry per unit and year, in the order of
 * `unitIds` and `moments`, also where nothing is known.
 */
export async function listUnitYearFigures(
  tx: Tx,
  unitIds: readonly number[],
  moments: readonly YearDay[],
): Promise<UnitYearFigures[]> {
  if (unitIds.length === 0 || moments.length === 0) return [];

  const counted = new Map(
    (await sumCountersByYear(tx, unitIds, moments)).map((row) => [`${row.unitId} ${row.year}`, row.counters]),
  );
  const entered = await listEntered(tx, unitIds, moments);
  const below = [...new Set(entered.map((row) => row.unitId))];
  const replaced = new Map(
    (await sumCountersByYear(tx, below, moments)).map((row) => [`${row.unitId} ${row.year}`, row.counters]),
  );

  const byUnitYear = new Map<string, EnteredFigure[]>();
  for (const { ancestorId, unitId, year, key, value } of entered) {
    const counter = COUNTER_BY_KEY.get(key);
    const count = counter === undefined ? 0 : (replaced.get(`${unitId} ${year}`)?.[counter] ?? 0);
    const list = byUnitYear.get(`${ancestorId} ${year}`) ?? [];
    list.push({ unitId, key, value, replaced: count, isOwn: unitId === ancestorId });
    byUnitYear.set(`${ancestorId} ${year}`, list);
  }

  return unitIds.flatMap((unitId) =>
    moments.map(({ year }) => {
      const counters = counted.get(`${unitId} ${year}`);

      return {
        unitId,
        year,
        isCounted: counters !== undefined,
        counters: counters ?? ZERO_COUNTERS,
        entered: byUnitYear.get(`${unitId} ${year}`) ?? [],
      };
    }),
  );
}

/** The years for which a unit has entered figures, its own or of units below it, earliest first. */
export async function listEnteredYears(tx: Tx, unitId: number): Promise<number[]> {
  const rows = await tx.$queryRaw<{ year: number }[]>`
    SELECT DISTINCT f.year FROM figure f JOIN ancestry a ON a.descendant_id = f.unit_id
     WHERE a.ancestor_id = ${unitId} AND f.value IS NOT NULL ORDER BY f.year`;

  return rows.map((row) => row.year);
}

function isoDay(day: Date): string {
  return day.toISOString().slice(0, 10);
}
