const GROUP = /\B(?=(\d{3})+(?!\d))/g;
const MISSING = "–";

/**
 * Writes a number the Vietnamese way: `1234.5` becomes `1.234,5`.
 * The result does not depend on the machine's language data, so server and browser agree.
 *
 * @param value the number; null, undefined and non-finite values give an en dash
 * @param digits most decimals kept (default 1); trailing zeros are dropped
 */
export function formatNumber(value: number | null | undefined, digits = 1): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return MISSING;

  const [whole = "0", fraction = ""] = roundTo(Math.abs(value), digits).toFixed(digits).split(".");
  const decimals = fraction.replace(/0+$/, "");
  const text = decimals ? `${whole.replace(GROUP, ".")},${decimals}` : whole.replace(GROUP, ".");
  const isZero = Number(`${whole}.${fraction || "0"}`) === 0;

  return value < 0 && !isZero ? `-${text}` : text;
}

/** Writes a count without decimals: `12345` becomes `12.345`. */
export function formatCount(value: number | null | undefined): string {
  return formatNumber(value, 0);
}

/**
 * Writes a percentage with exactly one decimal and a space: `72.84` becomes `72,8 %`.
 *
 * @param value a percentage (0–100), not a share of one
 */
export function formatPercent(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return MISSING;

  return `${fixed(value, 1)} %`;
}

/** The percentage (0–100) a numerator makes of a denominator; null when the denominator is not positive. */
export function percentOf(numerator: number, denominator: number): number | null {
  return denominator > 0 ? (numerator / denominator) * 100 : null;
}

/** Writes a target or threshold percentage without a needless decimal: `70` becomes `70 %`, `72.5` `72,5 %`. */
export function formatTarget(value: number | null | undefined): string {
  const text = formatNumber(value, 1);

  return text === MISSING ? MISSING : `${text} %`;
}

/** Writes a difference with its sign, one decimal: `+1,2`, `-7,2`, `0`. */
export function formatSigned(value: number | null | undefined): string {
  const text = formatNumber(value, 1);
  if (text === MISSING || text === "0" || text.startsWith("-")) return text;

  return `+${text}`;
}

/** Writes how far a rate is below its target, in percentage points: `7,2`; what rounds to nothing is `dưới 0,1`. */
export function formatGap(points: number): string {
  return points > 0 && points < 0.05 ? "dưới 0,1" : formatTenths(points);
}

/** Writes a number with exactly one decimal, as rates stand beside each other: `70,0`. */
export function formatTenths(value: number): string {
  return fixed(value, 1);
}

/** Writes a file size: `0 B`, `340 KB`, `2,4 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${formatCount(bytes)} B`;
  if (bytes < 1024 * 1024) return `${formatCount(Math.ceil(bytes / 1024))} KB`;

  return `${formatNumber(bytes / 1024 / 1024, 1)} MB`;
}

/**
 * Reads a number typed the Vietnamese way (`1.234,5`, `1234,5`, `-3`).
 * A single dot that cannot be a thousands mark (`7.5`) is read as a decimal point.
 *
 * @returns the number, or null when the text is not one
 */
export function parseNumber(text: string): number | null {
  const trimmed = text.replace(/\s/g, "").replace("−", "-");
  if (/^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(trimmed) || /^-?\d+(,\d+)?$/.test(trimmed)) {
    return Number(trimmed.replaceAll(".", "").replace(",", "."));
  }

  return /^-?\d+\.\d+$/.test(trimmed) ? Number(trimmed) : null;
}

function fixed(value: number, digits: number): string {
  const [whole = "0", fraction = ""] = roundTo(Math.abs(value), digits).toFixed(digits).split(".");
  const sign = value < 0 && Number(`${whole}.${fraction}`) !== 0 ? "-" : "";

  return `${sign}${whole.replace(GROUP, ".")},${fraction}`;
}

// toFixed works on the binary value, so 1.005 would fall to 1.00; the exponent form rounds what is written.
function roundTo(value: number, digits: number): number {
  const shifted = Number(`${value}e${digits}`);

  return Number.isFinite(shifted) ? Number(`${Math.round(shifted)}e-${digits}`) : value;
}
