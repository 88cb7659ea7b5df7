import "server-only";
import { can } from "@/domain/access/access";
import type { UnitRef } from "@/features/territory/data";
import { childrenOf, reachOf } from "@/features/territory/data";
import { namesOf } from "@/features/user/data";
import type { PageScope, SearchParams } from "@/features/user/page-scope";
import { dayWithin, loadPageScope, param } from "@/features/user/page-scope";
import type { Tx } from "@/lib/db/scope";
import { withScope } from "@/lib/db/scope";
import { yearOf } from "@/lib/format/date";
import type { FigureField, GridSet } from "./constants";
import { FIRST_FIGURE_YEAR, GRID_SETS, gridFields, LIST_FIELDS } from "./constants";
import { listUnitYearFigures } from "./data";
import type { FigureRow } from "./data/entries";
import { listEnteredUnits, listFigures, listVersions } from "./data/entries";
import type { FigureVersion, UnitYearFigures } from "./types";
import type { PartsCheck } from "./utils";
import { checkParts } from "./utils";

/** The page's unit with the year of its figures: any year since the movement began, not only those with a round. */
export type FigurePlace = Readonly<{ scope: PageScope; year: number; years: readonly number[] }>;

/** Reads `?don-vi=` and `?nam-so-lieu=` (else the page's year). */
export async function loadFigurePlace(
  searchParams: SearchParams,
  capability: "figure.write" | "dashboard.read",
): Promise<FigurePlace> {
  const scope = await loadPageScope(searchParams, capability);
  const thisYear = Math.max(yearOf(new Date()), scope.year);
  const years = Array.from({ length: thisYear - FIRST_FIGURE_YEAR + 1 }, (_, index) => thisYear - index);
  const asked = Number(param(await searchParams, "nam-so-lieu"));

  return { scope, year: years.includes(asked) ? asked : scope.year, years };
}

export type FigureFormData = FigurePlace &
  Readonly<{
    rows: readonly (FigureRow & { enteredByName: string | null })[];
    /** What the register counts for the same unit and year. */
    register: UnitYearFigures;
    /** Own figures that the figures of the units below contradict. */
    contradictions: readonly Contradiction[];
    /** Whether there are units below whose figures may be entered one by one. */
    hasParts: boolean;
  }>;

export type Contradiction = Readonly<{ field: FigureField; check: PartsCheck }>;

/** The entered figures of the page's unit. */
export async function loadFigureForm(searchParams: SearchParams): Promise<FigureFormData> {
  const place = await loadFigurePlace(searchParams, "figure.write");
  const { unit, actor } = place.scope;
  const { year } = place;

  return await withScope(actor, async (tx) => {
    const on = dayWithin(unit, year);
    const rows = await listFigures(tx, [unit.id], year);
    const names = await namesOf(
      tx,
      rows.map((row) => row.enteredBy),
    );
    const children = await childrenOf(tx, unit.id, on);
    const [register] = await listUnitYearFigures(tx, [unit.id], [{ year, on }]);
    if (!register) throw new RangeError("one unit and year give one entry");

    return {
      ...place,
      rows: rows.map((row) => ({
        ...row,
        enteredByName: row.enteredBy === null ? null : (names.get(row.enteredBy) ?? null),
      })),
      register,
      contradictions: contradictionsOf(rows, await listFigures(tx, idsOf(children), year), children),
      hasParts: children.length > 0,
    };
  });
}

function contradictionsOf(
  own: readonly FigureRow[],
  below: readonly FigureRow[],
  children: readonly UnitRef[],
): Contradiction[] {
  const entered = new Map(below.map((row) => [`${row.unitId} ${row.key}`, row.value]));

  return LIST_FIELDS.flatMap((field) => {
    const check = checkParts(
      own.find(({ key }) => key === field.key)?.value ?? null,
      children.map(({ id }) => entered.get(`${id} ${field.key}`) ?? null),
    );

    return check ? [{ field, check }] : [];
  });
}

export type FigureGridData = FigurePlace &
  Readonly<{
    set: GridSet;
    fields: readonly FigureField[];
    children: readonly UnitRef[];
    /** The own figures of the unit and of those below it. */
    rows: readonly FigureRow[];
    /** What the register counts, by unit; the page's unit too. */
    counted: ReadonlyMap<number, UnitYearFigures>;
    contradictions: readonly Contradiction[];
  }>;

/** The units directly below the page's unit on the last day of the year, with everything entered and counted of them. */
export async function loadFigureGrid(searchParams: SearchParams): Promise<FigureGridData> {
  const place = await loadFigurePlace(searchParams, "figure.write");
  const { unit, actor } = place.scope;
  const asked = param(await searchParams, "bang");
  const set = GRID_SETS.find((one) => one === asked) ?? "tong-so";

  return await withScope(actor, async (tx) => {
    const on = dayWithin(unit, place.year);
    const children = await childrenOf(tx, unit.id, on);
    const ids = [unit.id, ...idsOf(children)];
    const rows = await listFigures(tx, ids, place.year);
    const counted = await listUnitYearFigures(tx, ids, [{ year: place.year, on }]);

    return {
      ...place,
      set,
      fields: gridFields(set, children[0]?.level ?? ""),
      children,
      rows,
      counted: new Map(counted.map((one) => [one.unitId, one])),
      contradictions: contradictionsOf(
        rows.filter((row) => row.unitId === unit.id),
        rows,
        children,
      ),
    };
  });
}

export type FigureSources = FigurePlace &
  Readonly<{
    /** Every version of the unit's own figures, latest first within a figure. */
    versions: readonly FigureVersion[];
    /** Units at or under this one with figures of their own: their sources stand on their own page. */
    below: readonly { id: number; name: string; level: string; figures: number }[];
    figures: UnitYearFigures;
    canEnter: boolean;
  }>;

const MOST_UNITS = 200;

/** Where the numbers of the page's unit and year come from: its own figures with every version, and the units below with some. */
export async function loadFigureSources(searchParams: SearchParams): Promise<FigureSources> {
  const place = await loadFigurePlace(searchParams, "dashboard.read");
  const { unit, actor } = place.scope;
  const { year } = place;

  return await withScope(actor, async (tx) => ({
    ...place,
    versions: await listVersions(tx, unit.id, year),
    below: await listEnteredUnits(tx, unit.id, year, MOST_UNITS),
    figures: await readOne(tx, unit, year),
    canEnter: can(actor, "figure.write", await reachOf(tx, unit.id)),
  }));
}

async function readOne(tx: Tx, unit: PageScope["unit"], year: number): Promise<UnitYearFigures> {
  const [figures] = await listUnitYearFigures(tx, [unit.id], [{ year, on: dayWithin(unit, year) }]);
  if (!figures) throw new RangeError("one unit and year give one entry");

  return figures;
}

function idsOf(units: readonly UnitRef[]): number[] {
  return units.map(({ id }) => id);
}
