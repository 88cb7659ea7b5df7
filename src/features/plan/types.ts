import type { IndicatorBase } from "@/domain/indicator/indicator";
import type { PlanTarget } from "@/domain/plan/target";
import type { SourcedRatio } from "@/features/figures/types";

/** A target with what a page says about it and its plan. */
export type TargetRow = PlanTarget<number> &
  Readonly<{
    planName: string;
    planPeriod: readonly [from: number, to: number];
    /** The unit the plan was issued for, as it was called. */
    planUnit: Readonly<{ id: number; name: string; level: string; endedOn: Date | null }>;
    areaText: string | null;
    confidence: string;
    source: string;
    note: string | null;
  }>;

/** An ended unit whose plan a unit follows, with the level of the unit in whose place it stood. */
export type Predecessor = Readonly<{ id: number; level: string; name: string; validTo: Date }>;

/** One plan in the list of all. */
export type PlanRow = Readonly<{
  code: string;
  document: string;
  name: string;
  issuedOn: string | null;
  periodFrom: number;
  periodTo: number;
  unitName: string;
  unitLevel: string;
  targetCount: number;
}>;

/** A target as a page shows it for a unit. */
export type TargetView = Readonly<{
  target: TargetRow;
  /** It is the nearest that sets its indicator and year for the unit. */
  isBinding: boolean;
  isInherited: boolean;
  /** A row for specially difficult areas that does not concern this unit. */
  isForOtherAreas: boolean;
  indicatorName: string;
  /** What is counted and over whom; null for a thing that either holds or does not. */
  base: IndicatorBase | null;
  /** Numbers of the unit in the page's year; null where nothing is known. */
  ratio: SourcedRatio | null;
  /** For a yes-or-no target: the entered answer, null when none was entered. */
  holds: boolean | null;
  rate: number | null;
  isReached: boolean | null;
  gap: number | null;
  missing: number | null;
}>;

/** A plan that applies to a unit, with its targets by year and indicator. */
export type AppliedPlan = Readonly<{
  code: string;
  document: string;
  name: string;
  period: readonly [from: number, to: number];
  owner: TargetRow["planUnit"];
  isInherited: boolean;
  views: readonly TargetView[];
}>;
