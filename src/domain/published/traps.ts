import type { PublishedResult } from "./published-result";
import { PUBLISHED_MODELS } from "./published-result";

/** The numbers of a published row that the rules need. */
export type PublishedNumbers = Pick<
  PublishedResult,
  | "unitTie"
  | "periodKind"
  | "periodFrom"
  | "periodTo"
  | "model"
  | "population"
  | "total"
  | "registered"
  | "recognised"
  | "ratePublished"
  | "rateDecimals"
  | "denominatorPublished"
  | "registeredShare"
  | "approximate"
  | "isOlderTitle"
  | "isModelInferred"
  | "confidence"
>;

/** What a reader of a published number must know before using it. Numbers in percent or percentage points are not rounded. */
export type Trap =
  | Readonly<{ code: "RATE_MISMATCH"; difference: number; recomputed: number }>
  | Readonly<{ code: "RATE_TRUNCATED"; recomputed: number }>
  | Readonly<{ code: "RATE_ON_REGISTERED"; recomputed: number }>
  | Readonly<{ code: "RATE_IS_REGISTRATION" }>
  | Readonly<{ code: "DENOMINATOR_NOT_STATED" }>
  | Readonly<{ code: "IMPLIED_TOTAL"; total: number }>
  | Readonly<{ code: "RECOGNISED_ABOVE_TOTAL" }>
  | Readonly<{ code: "RECOGNISED_ABOVE_REGISTERED" }>
  | Readonly<{ code: "RATE_WITHOUT_COUNTS" }>
  | Readonly<{ code: "SEVERAL_YEARS"; years: number }>
  | Readonly<{ code: "PART_OF_YEAR" }>
  | Readonly<{ code: "UP_TO_DATE" }>
  | Readonly<{ code: "PERIOD_UNKNOWN" }>
  | Readonly<{ code: "PLACE_NOT_TIED"; tie: Exclude<PublishedResult["unitTie"], "TIED"> }>
  | Readonly<{ code: "APPROXIMATE"; what: "COUNTS" | "RATE" }>
  | Readonly<{ code: "PART_OF_PEOPLE" }>
  | Readonly<{ code: "OLDER_TITLE" }>
  | Readonly<{ code: "MODEL_INFERRED" }>
  | Readonly<{ code: "LOW_CONFIDENCE" }>;
export type TrapCode = Trap["code"];

/** A share in percent, not rounded; null where a side is unknown or there is nobody to count. */
export function share(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole === 0 ? null : (part / whole) * 100;
}

/** Recognised of the total and recognised of those registered, each from the row's own numbers. */
export function recomputed(
  row: Pick<PublishedNumbers, "total" | "registered" | "recognised">,
): Readonly<{ ofTotal: number | null; ofRegistered: number | null }> {
  return { ofTotal: share(row.recognised, row.total), ofRegistered: share(row.recognised, row.registered) };
}

/** How a printed rate came from an exact share: rounded (half up), cut off, or not at all. */
export function printedAs(
  printed: number,
  decimals: number,
  part: number,
  whole: number,
): "ROUNDED" | "TRUNCATED" | null {
  // In whole steps of the last printed digit, so that no binary fraction decides a half.
  const scale = 10 ** decimals;
  const steps = Math.round(printed * scale);
  const exact = part * 100 * scale;
  if (Math.floor((2 * exact + whole) / (2 * whole)) === steps) return "ROUNDED";

  return Math.floor(exact / whole) === steps ? "TRUNCATED" : null;
}

/** Everything that can mislead in one published row, in a fixed order. Says what is so and corrects nothing. */
export function trapsOf(row: PublishedNumbers): Trap[] {
  return [...rateTraps(row), ...countTraps(row), ...periodTraps(row), ...meaningTraps(row)];
}

function rateTraps(row: PublishedNumbers): Trap[] {
  const { ratePublished: rate, total, registered, recognised } = row;
  if (rate === null) return [];
  const decimals = row.rateDecimals ?? 0;
  const { ofTotal, ofRegistered } = recomputed(row);
  const traps: Trap[] = [];

  const ofTotalPrint =
    recognised !== null && total !== null && total > 0 ? printedAs(rate, decimals, recognised, total) : null;
  const fitsRegistered =
    recognised !== null &&
    registered !== null &&
    registered > 0 &&
    printedAs(rate, decimals, recognised, registered) !== null;
  if (row.denominatorPublished === "REGISTERED_OF_TOTAL") traps.push({ code: "RATE_IS_REGISTRATION" });
  else if (ofTotalPrint === "TRUNCATED" && ofTotal !== null)
    traps.push({ code: "RATE_TRUNCATED", recomputed: ofTotal });
  else if (ofTotalPrint === null && fitsRegistered && ofRegistered !== null)
    traps.push({ code: "RATE_ON_REGISTERED", recomputed: ofRegistered });
  else if (ofTotalPrint === null && ofTotal !== null)
    traps.push({ code: "RATE_MISMATCH", difference: rate - ofTotal, recomputed: ofTotal });

  if (row.denominatorPublished === "NOT_STATED") traps.push({ code: "DENOMINATOR_NOT_STATED" });
  if (registered === null && recognised === null) traps.push({ code: "RATE_WITHOUT_COUNTS" });

  return traps;
}

function countTraps(row: PublishedNumbers): Trap[] {
  const { total, registered, recognised } = row;
  const traps: Trap[] = [];
  const implied = impliedTotal(row);
  if (implied !== null) traps.push({ code: "IMPLIED_TOTAL", total: implied });
  if (recognised !== null && total !== null && recognised > total)
    traps.push({ code: "RECOGNISED_ABOVE_TOTAL" });
  if (recognised !== null && registered !== null && recognised > registered)
    traps.push({ code: "RECOGNISED_ABOVE_REGISTERED" });

  return traps;
}

/** The total that a published rate supposes where the total itself is not published; null where none follows. */
export function impliedTotal(row: PublishedNumbers): number | null {
  const { total, registered, recognised, ratePublished: rate, denominatorPublished: denominator } = row;
  if (total !== null) return null;
  if (row.registeredShare && registered !== null) return Math.round((registered / row.registeredShare) * 100);
  if (!rate) return null;
  if (denominator === "REGISTERED") return null;
  if (denominator === "REGISTERED_OF_TOTAL")
    return registered === null ? null : Math.round((registered / rate) * 100);

  return recognised === null ? null : Math.round((recognised / rate) * 100);
}

function periodTraps({ periodKind, periodFrom, periodTo }: PublishedNumbers): Trap[] {
  if (periodKind === "YEARS" && periodFrom !== null && periodTo !== null)
    return [{ code: "SEVERAL_YEARS", years: periodTo - periodFrom + 1 }];
  if (periodKind === "PART_YEAR") return [{ code: "PART_OF_YEAR" }];
  if (periodKind === "UP_TO") return [{ code: "UP_TO_DATE" }];

  return periodKind === "UNKNOWN" ? [{ code: "PERIOD_UNKNOWN" }] : [];
}

function meaningTraps(row: PublishedNumbers): Trap[] {
  const traps: Trap[] = [];
  if (row.unitTie !== "TIED") traps.push({ code: "PLACE_NOT_TIED", tie: row.unitTie });
  if (row.approximate !== null) traps.push({ code: "APPROXIMATE", what: row.approximate });
  if (row.population !== null) traps.push({ code: "PART_OF_PEOPLE" });
  if (row.isOlderTitle) traps.push({ code: "OLDER_TITLE" });
  if (row.isModelInferred) traps.push({ code: "MODEL_INFERRED" });
  if (row.confidence === "LOW") traps.push({ code: "LOW_CONFIDENCE" });

  return traps;
}

/** Why a row's numbers are not taken over as figures of its unit and year. */
export type NotTaken =
  | "PLACE"
  | "PERIOD"
  | "TITLE"
  | "PEOPLE"
  | "APPROXIMATE"
  | "INFERRED"
  | "LOW"
  | "NO_COUNTS";

/**
 * The numbers of a row as figures of one unit in one year (the last of its period), or why there are none: the place must be one
 * unit of the map of that time, the period whole years, the model a title kept here, and the counts printed exactly.
 */
export function figuresOf(row: PublishedNumbers):
  | Readonly<{
      year: number;
      stages: readonly Readonly<{ stage: "Total" | "Registered" | "Recognised"; value: number }>[];
    }>
  | NotTaken {
  if (row.unitTie !== "TIED") return "PLACE";
  if (row.periodTo === null || (row.periodKind !== "YEAR" && row.periodKind !== "YEARS")) return "PERIOD";
  if (PUBLISHED_MODELS[row.model].title === null) return "TITLE";
  if (row.population !== null) return "PEOPLE";
  if (row.isModelInferred) return "INFERRED";
  if (row.confidence === "LOW") return "LOW";
  if (row.approximate === "COUNTS") return "APPROXIMATE";

  const stages = (
    [
      ["Total", row.total],
      ["Registered", row.registered],
      ["Recognised", row.recognised],
    ] as const
  ).flatMap(([stage, value]) => (value === null ? [] : [{ stage, value }]));

  return stages.length === 0 ? "NO_COUNTS" : { year: row.periodTo, stages };
}
