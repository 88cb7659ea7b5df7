import type { UnitYearCounters } from "@/domain/indicator/counters";

/** A year with the day whose map it is read on. */
export type YearDay = Readonly<{ year: number; on: Date }>;

/** An entered figure that stands for what the register counts below its unit. */
export type EnteredFigure = Readonly<{
  unitId: number;
  /** Column of a counter (`family_total`) or key of an indicator's own figure (`officer_briefed_total`). */
  key: string;
  value: number;
  /** What the register counts under that unit, which the figure replaces; 0 for keys that are no counters. */
  replaced: number;
  /** Entered for the very unit that is asked about, not for one below it. */
  isOwn: boolean;
}>;

/** Everything known of a unit in a year: counted from the register, and entered. */
export type UnitYearFigures = Readonly<{
  unitId: number;
  year: number;
  /** Whether the register is kept for that year: there are counters at all. */
  isCounted: boolean;
  counters: UnitYearCounters;
  entered: readonly EnteredFigure[];
}>;

/** COUNTED: from the register alone. ENTERED: entered figures alone. MIXED: entered for some units below, counted for others. */
export type Basis = "COUNTED" | "ENTERED" | "MIXED";

/** One number with where it comes from. `unitCount`: the units whose entered figures are in it. */
export type SourcedNumber = Readonly<{ value: number; basis: Basis; isOwn: boolean; unitCount: number }>;

/** Numerator and denominator, each with its source; null where nothing is known. */
export type SourcedRatio = Readonly<{ numerator: SourcedNumber | null; denominator: SourcedNumber | null }>;

/** One touched or untouched cell of a form, with what the form was opened with. */
export type FigureCell = Readonly<{
  unitId: number;
  key: string;
  value: number | null;
  base: Readonly<{ value: number | null; version: number }>;
}>;

/** One version of a figure: what was entered, from where, by whom. */
export type FigureVersion = Readonly<{
  key: string;
  version: number;
  /** null: withdrawn */
  value: number | null;
  source: string;
  datedOn: string | null;
  publishedNo: number | null;
  enteredBy: string | null;
  enteredByName: string | null;
  enteredAt: Date;
}>;

/** What a grid knows of one unit: its own figures with their versions, and what the register counts, by key. */
export type GridUnit = Readonly<{
  id: number;
  name: string;
  figures: Readonly<Record<string, { value: number | null; version: number }>>;
  counted: Readonly<Record<string, number>>;
}>;
