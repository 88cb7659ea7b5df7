import type { UnitYearCounter } from "./counters";

/** A population an indicator is measured over, with what is counted of it. */
export type IndicatorBase = Readonly<{
  code: string;
  numeratorVi: string;
  /** Wording of the denominator, also the key by which a target names a base other than the first. */
  denominatorVi: string;
  /** `unit_year` counter, or key of an entered figure when the indicator is `entered`. */
  numerator: string;
  denominator: string;
}>;

type IndicatorHead = Readonly<{
  code: string;
  /** Code in the collection of targets the catalogue was drawn from. */
  sourceCode: string;
  nameVi: string;
}>;

/**
 * ratio: both counts come from `unit_year`. entered: both are figures somebody enters, under the base's keys.
 * boolean: one entered figure, 1 or 0, under `key`.
 */
export type Indicator = IndicatorHead &
  (
    | Readonly<{
        kind: "ratio";
        bases: readonly [CounterBase, ...CounterBase[]];
      }>
    | Readonly<{ kind: "entered"; bases: readonly [IndicatorBase, ...IndicatorBase[]] }>
    | Readonly<{ kind: "boolean"; key: string }>
  );

export type CounterBase = IndicatorBase &
  Readonly<{ numerator: UnitYearCounter; denominator: UnitYearCounter }>;

/** A base counted by two counters of `unit_year`. */
export function base(
  code: string,
  [numerator, numeratorVi]: readonly [UnitYearCounter, string],
  [denominator, denominatorVi]: readonly [UnitYearCounter, string],
): CounterBase {
  return { code, numerator, denominator, numeratorVi, denominatorVi };
}

/** The one base of an indicator whose counts are entered: `<key>Reached` of `<key>Total`. */
export function entered(key: string, numeratorVi: string, denominatorVi: string): readonly [IndicatorBase] {
  return [
    { code: "ENTERED", numerator: `${key}Reached`, denominator: `${key}Total`, numeratorVi, denominatorVi },
  ];
}
