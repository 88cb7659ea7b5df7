import type { PlanTarget } from "@/domain/plan/target";

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
