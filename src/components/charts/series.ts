/**
 * The five series of the product's charts, in the order in which they always stand.
 * The colours differ also for the colour-blind; none carries meaning without a word beside it.
 */
export type Series = 1 | 2 | 3 | 4 | 5;

/** A rate to be reached in a year, in percent (0–100). */
export type Target = Readonly<{ year: number; rate: number }>;

/** The fill of a series. */
export function seriesColor(series: Series): string {
  return `var(--color-series-${series})`;
}

/** A darker edge of the same colour: the lighter fills alone do not stand out enough on white. */
export function seriesEdge(series: Series): string {
  return `color-mix(in srgb, var(--color-series-${series}) 62%, var(--color-ink))`;
}

/** Targets from the nearest to the farthest; the last one is drawn as a solid line, the others dashed. */
export function orderTargets(targets: readonly Target[]): Array<Target & { isLast: boolean }> {
  const ordered = [...targets].sort((a, b) => a.year - b.year);

  return ordered.map((target, index) => ({ ...target, isLast: index === ordered.length - 1 }));
}

/** Keeps a percentage on the scale. */
export function clampPercent(value: number): number {
  return Math.min(100, Math.max(0, value));
}
