import type { UnitYearCounter } from "@/domain/indicator/counters";
import { counterColumn, UNIT_YEAR_COUNTERS } from "@/domain/indicator/counters";
import { gapInPoints, isReached, rate, shortfall } from "@/domain/indicator/rate";
import { formatCount } from "@/lib/format/number";
import type { EnteredFigure, GridUnit, SourcedNumber, SourcedRatio, UnitYearFigures } from "./types";

const COUNTERS: ReadonlySet<string> = new Set(UNIT_YEAR_COUNTERS);

function isCounter(name: string): name is UnitYearCounter {
  return COUNTERS.has(name);
}

/** The key under which a counter or an indicator's own figure is entered: `familyTotal` → `family_total`. */
export function figureKey(name: string): string {
  return counterColumn(name as UnitYearCounter);
}

/**
 * A number of a unit and year: the figure entered for it, else what the register counts with the figures entered for
 * units below in place of their counts. Null when it is neither counted nor entered.
 * @param name a counter (`familyTotal`) or an indicator's own figure (`officerBriefedTotal`)
 */
export function numberOf(figures: UnitYearFigures, name: string): SourcedNumber | null {
  const entered = figures.entered.filter((figure) => figure.key === figureKey(name));
  const counted = isCounter(name) && figures.isCounted ? figures.counters[name] : null;
  if (entered.length === 0) {
    return counted === null ? null : { value: counted, basis: "COUNTED", isOwn: false, unitCount: 0 };
  }

  const replaced = sum(entered.map((figure) => figure.replaced));
  const rest = Math.max(0, (counted ?? 0) - replaced);

  return {
    value: rest + sum(entered.map((figure) => figure.value)),
    basis: rest > 0 ? "MIXED" : "ENTERED",
    isOwn: entered.some((figure) => figure.isOwn),
    unitCount: entered.length,
  };
}

/** Numerator and denominator of a base, each with its source. */
export function ratioOf(
  figures: UnitYearFigures,
  base: Readonly<{ numerator: string; denominator: string }>,
): SourcedRatio {
  return {
    numerator: numberOf(figures, base.numerator),
    denominator: numberOf(figures, base.denominator),
  };
}

/** A ratio as plain counts; null when a side is unknown or there is nobody to count. */
export function countsOf(ratio: SourcedRatio): { numerator: number; denominator: number } | null {
  if (!ratio.numerator || !ratio.denominator || ratio.denominator.value <= 0) return null;

  return { numerator: ratio.numerator.value, denominator: ratio.denominator.value };
}

export type Standing = Readonly<{
  /** Percent, two decimals; never shown as reaching a target it does not reach. */
  rate: number | null;
  isReached: boolean | null;
  /** Percentage points, negative below the target. */
  gap: number | null;
  /** Further recognitions needed. */
  missing: number | null;
}>;

/** How a ratio stands to a target in percent; unknown parts are null. */
export function standing(ratio: SourcedRatio, target: number | undefined): Standing {
  const counts = countsOf(ratio);
  if (!counts) return { rate: null, isReached: null, gap: null, missing: null };
  if (target === undefined) return { rate: rate(counts), isReached: null, gap: null, missing: null };

  return {
    rate: rate(counts),
    isReached: isReached(counts, target),
    gap: gapInPoints(counts, target),
    missing: shortfall(counts.numerator, counts.denominator, target),
  };
}

/** The rate, not rounded; null where a part is unknown. */
export function knownRate(ratio: SourcedRatio): number | null {
  const counts = countsOf(ratio);

  return counts && rate(counts);
}

/** Which denominator this is, in words: "theo sổ", "số chính thức"… */
export function denominatorText(number: SourcedNumber | null): string {
  if (!number) return "chưa có số liệu";
  if (number.basis === "COUNTED") return "theo sổ";
  if (number.isOwn) return "số chính thức";
  if (number.basis === "ENTERED") return `số chính thức của ${number.unitCount} đơn vị`;

  return `theo sổ, riêng ${number.unitCount} đơn vị theo số chính thức`;
}

/** The mark of a numerator that was typed in, not counted from recognitions; undefined for a counted one. */
export function numeratorMark(number: SourcedNumber | null): string | undefined {
  if (!number || number.basis === "COUNTED") return undefined;

  return number.basis === "ENTERED" ? "số nhập" : `một phần là số nhập (${number.unitCount} đơn vị)`;
}

/** The own figures among the entered ones, by key. */
export function ownFigures(figures: UnitYearFigures): ReadonlyMap<string, EnteredFigure> {
  return new Map(figures.entered.filter((one) => one.isOwn).map((one) => [one.key, one]));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** How a figure stands to those of the parts below it. `known` of `parts` have a figure. */
export type PartsCheck = Readonly<{
  own: number;
  sum: number;
  known: number;
  parts: number;
  difference: number;
}>;

/**
 * Compares a unit's own figure with the sum of its parts' figures. Null where they do not contradict each other: equal, or not
 * all parts known and the rest may still make it up.
 */
export function checkParts(own: number | null, parts: readonly (number | null)[]): PartsCheck | null {
  const known = parts.filter((part) => part !== null);
  if (own === null || known.length === 0) return null;
  const total = sum(known);
  const isWhole = known.length === parts.length;
  if (total === own || (!isWhole && total < own)) return null;

  return { own, sum: total, known: known.length, parts: parts.length, difference: total - own };
}

/** The contradiction in a sentence: both numbers, by how much. */
export function partsWarning(check: PartsCheck): string {
  const which =
    check.known === check.parts ? `${check.parts} nơi` : `${check.known}/${check.parts} nơi đã nhập`;
  const direction = check.difference > 0 ? "nhiều hơn" : "ít hơn";

  return `cộng ${which} được ${formatCount(check.sum)}, số của cả đơn vị là ${formatCount(check.own)} (${direction} ${formatCount(Math.abs(check.difference))})`;
}

/** The address where a number's sources are read. */
export function sourcesHref(
  place: Readonly<{ unitId: number; year: number; key?: string | undefined }>,
): string {
  const query = new URLSearchParams({ "don-vi": String(place.unitId), "nam-so-lieu": String(place.year) });

  return `/bang-dieu-hanh/nguon-so-lieu?${query}${place.key ? `#${place.key}` : ""}`;
}

/** The register's own counts by figure key; empty for a year in which no register was kept. */
export function countedByKey(
  figures: UnitYearFigures | undefined,
  fields: readonly Readonly<{ key: string; counter?: UnitYearCounter | undefined }>[],
): Record<string, number> {
  if (!figures?.isCounted) return {};

  return Object.fromEntries(
    fields.flatMap(({ key, counter }) => (counter ? [[key, figures.counters[counter]]] : [])),
  );
}

/** The name of a cell in the grid's form. */
export function cellName(unitId: number, key: string): string {
  return `${unitId}.${key}`;
}

/** The rows of a grid: of each unit its own figures and the register's counts. */
export function gridUnits(
  units: readonly Readonly<{ id: number; name: string }>[],
  fields: readonly Readonly<{ key: string; counter?: UnitYearCounter | undefined }>[],
  rows: readonly Readonly<{ unitId: number; key: string; value: number | null; version: number }>[],
  counted: ReadonlyMap<number, UnitYearFigures>,
): GridUnit[] {
  const figures = new Map<number, Record<string, { value: number | null; version: number }>>();
  for (const { unitId, key, value, version } of rows)
    figures.set(unitId, { ...figures.get(unitId), [key]: { value, version } });

  return units.map(({ id, name }) => ({
    id,
    name,
    figures: figures.get(id) ?? {},
    counted: countedByKey(counted.get(id), fields),
  }));
}

/** Rows gathered by figure, in the order in which the figures come first. */
export function byKey<Row extends Readonly<{ key: string }>>(rows: readonly Row[]): Row[][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row.key, [...(groups.get(row.key) ?? []), row]);

  return [...groups.values()];
}
