import type { Ratio } from "@/domain/criteria/ratio";

/*
 * Percentages of targets have at most two decimals, so a percentage is a whole number of hundredths and every comparison
 * below is between whole numbers: exact for counts up to 10⁹ (beyond any nation's households).
 */
const HUNDREDTHS = 100;
const WHOLE = 100 * HUNDREDTHS;

function hundredths(percent: number): number {
  return Math.round(percent * HUNDREDTHS);
}

/** The rate in percent, not rounded: a page rounds it once, when it writes it. Null when there is nobody to count. */
export function rate({ numerator, denominator }: Ratio): number | null {
  if (denominator <= 0) return null;

  return (numerator * 100) / denominator;
}

/** Whether a share reaches a target, exactly (a rate that only rounds up to the target does not). */
export function isReached({ numerator, denominator }: Ratio, targetPercent: number): boolean {
  return denominator > 0 && numerator * WHOLE >= hundredths(targetPercent) * denominator;
}

/**
 * "Còn thiếu N": the smallest number of further recognitions with which the share reaches the target, the denominator
 * standing as it is. 0 when it is reached or there is nobody to count.
 */
export function shortfall(numerator: number, denominator: number, targetPercent: number): number {
  if (denominator <= 0) return 0;
  const needed = Math.ceil((hundredths(targetPercent) * denominator) / WHOLE);

  return Math.max(0, needed - numerator);
}

/** Rate minus target in percentage points, not rounded, negative below the target; null when nobody is counted. */
export function gapInPoints({ numerator, denominator }: Ratio, targetPercent: number): number | null {
  if (denominator <= 0) return null;

  return (numerator * WHOLE - hundredths(targetPercent) * denominator) / denominator / HUNDREDTHS;
}
