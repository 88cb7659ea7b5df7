import type { AnswerError } from "@/domain/criteria/answer";
import type { Ratio } from "@/domain/criteria/ratio";

/** The rule that gave an item its points, as a key for the page that explains the score. */
export const SCORE_RULES = [
  "missing",
  "invalid",
  "notApplicable",
  "nobodyToCount",
  "yes",
  "no",
  "scale",
  "band",
  "belowBands",
  "level",
  "levelShare",
] as const;
export type ScoreRule = (typeof SCORE_RULES)[number];

export type ItemScore = Readonly<{
  code: string;
  /** Points, or the level reached in a set of levels; null when missing or not applicable. */
  points: number | null;
  /** Maximum points; 2 in a set of levels. */
  max: number;
  notApplicable: boolean;
  rule: ScoreRule;
  /** The lower edge in percent of the band reached, or of the level reached, for shares. */
  edge: number | null;
  /** The share the points were given for. */
  share?: Ratio;
  /** The share the system counted, whether it was used or overruled. */
  derived?: Ratio;
  isOverruled: boolean;
  /** Answered, applicable and below the set's minimum per item. */
  belowMinimum: boolean;
  errors: readonly AnswerError[];
}>;

export type GroupScore = Readonly<{
  code: string;
  /** Points so far of its applicable items; the lowest level in a set of levels. */
  points: number;
  /** Maximum of its applicable items. */
  max: number;
  missing: number;
}>;

/** A condition for recognition that is not met (missing answers are reported apart). */
export type UnmetCondition =
  | Readonly<{ kind: "belowThreshold"; classCode: string; atLeast: number; total: number }>
  | Readonly<{ kind: "belowMinimum"; itemCode: string; minimum: number; points: number }>
  | Readonly<{ kind: "nothingApplicable" }>
  | Readonly<{ kind: "belowLevel1"; itemCode: string }>
  | Readonly<{ kind: "level2TooEarly"; months: number; required: number }>;

/** Facts about the subject that some sets ask for besides the answers. */
export type ScoreFacts = Readonly<{
  /** Whole months the subject has held level 1 on the reference date; left out when it never did. */
  monthsAtLevel1?: number;
}>;

export type ScoreResult = Readonly<{
  kind: "points" | "levels";
  /** Points to hundredths (rescaled where items are not applicable), or the level reached. */
  total: number;
  maxTotal: number;
  byItem: readonly ItemScore[];
  byGroup: readonly GroupScore[];
  /** Codes of the items still to be answered, in the order of the form. */
  missing: readonly string[];
  unmet: readonly UnmetCondition[];
  /** Class code, only when complete; null when incomplete or not reached. */
  classification: string | null;
  /** The class if everything missing stayed at nothing. */
  provisionalClassification: string | null;
  complete: boolean;
  /** Complete and of some class: may be submitted as a candidate for recognition. */
  recognisable: boolean;
  /** Points (to hundredths, rounded up) still lacking to the lowest class; 0 when reached; null for levels. */
  distanceToThreshold: number | null;
}>;
