import type { IndicatorBase } from "@/domain/indicator/indicator";
import type { AppliedTarget } from "@/domain/plan/binding-target";
import type { TitleCode } from "@/domain/title/title";
import type { SourcedRatio, UnitYearFigures } from "@/features/figures/types";
import type { TargetRow } from "@/features/plan/types";
import type { UnitRef } from "@/features/territory/data";

/** How a unit stands to the target of one milestone year. */
export type Milestone = Readonly<{
  year: number;
  applied: AppliedTarget<TargetRow> | null;
  /** The other targets set for the title in that year, of the same or another population. */
  others: readonly AppliedTarget<TargetRow>[];
  indicator: string;
  base: IndicatorBase;
  ratio: SourcedRatio;
  /** Percent, two decimals; never shown as reaching a target it does not reach. Null when unknown. */
  rate: number | null;
  isReached: boolean | null;
  /** Percentage points, negative below the target. */
  gap: number | null;
  /** Further recognitions needed; null when unknown. */
  missing: number | null;
}>;

/** One title's card: measured by the target it works towards, the milestones measured alike beside it. */
export type TitleCard = Readonly<{
  title: TitleCode;
  base: IndicatorBase;
  indicator: string;
  ratio: SourcedRatio;
  rate: number | null;
  /** The milestone that decides by what the card is measured. */
  main: Milestone;
  /** Milestones with a target measured by the same numbers, earliest first. */
  milestones: readonly Milestone[];
  /** Milestones measured by other numbers (workers instead of adults, say). */
  differing: readonly Milestone[];
  /** The earliest milestone not reached. */
  missing: Readonly<{ count: number; targetYear: number }> | null;
  history: readonly TrendPoint[];
}>;

export type TrendPoint = Readonly<{ year: number; rate: number | null; isEntered: boolean }>;

/** One unit below, with how it stands to its own target. `unit` null: what stands directly at the parent. */
export type ChildRow = Readonly<{
  unit: UnitRef | null;
  figures: UnitYearFigures;
  ratio: SourcedRatio;
  rate: number | null;
  target: AppliedTarget<TargetRow> | null;
  gap: number | null;
  missing: number | null;
}>;

/** One candidate in the list of a leaf. */
export type SubjectRow = Readonly<{
  id: string;
  name: string;
  assessmentId: string | null;
  state: string | null;
  total: number | null;
  classification: string | null;
  isComplete: boolean;
  missingCount: number;
  /** The year of the recognition by which the title is held in this year; null when it is not held. */
  heldSince: number | null;
}>;
