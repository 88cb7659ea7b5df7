/** Levels of units, from the top. A review area stands between province and commune from 1/7/2025 on. */
export const UNIT_LEVELS = ["NATION", "PROVINCE", "DISTRICT", "REVIEW_AREA", "COMMUNE", "HAMLET"] as const;
export type UnitLevel = (typeof UNIT_LEVELS)[number];

export const UNIT_LEVEL_NAMES: Readonly<Record<UnitLevel, string>> = {
  NATION: "Cả nước",
  PROVINCE: "Tỉnh, thành phố",
  DISTRICT: "Huyện, quận, thị xã, thành phố thuộc tỉnh",
  REVIEW_AREA: "Khu vực thẩm định",
  COMMUNE: "Xã, phường, đặc khu",
  HAMLET: "Thôn, tổ dân phố",
};

/**
 * First day of the record of units that existed before 1/7/2025: the day of decision 281/QĐ-TTg, with which the yearly
 * figures of the learning models begin. Units are recorded as they stood on 30/6/2025; earlier changes are not.
 */
export const RECORD_START = "2014-02-20";

/** First day of the two-level administration: the districts end, the communes are new. */
export const TWO_TIER_START = "2025-07-01";

export type RegimeCode = "THREE_TIER" | "TWO_TIER";

/** Who prepares and who reviews dossiers, by date. Half-open: `validTo` is the first day it no longer counts. */
export type Regime = Readonly<{
  code: RegimeCode;
  nameVi: string;
  prepareLevel: UnitLevel;
  reviewLevel: UnitLevel;
  /** Levels of the tree on those dates, from the top. */
  levels: readonly UnitLevel[];
  validFrom: string;
  validTo: string | null;
}>;

export const REGIMES: readonly Regime[] = [
  {
    code: "THREE_TIER",
    nameVi: "Ba cấp: tỉnh, huyện, xã",
    prepareLevel: "COMMUNE",
    reviewLevel: "DISTRICT",
    levels: ["NATION", "PROVINCE", "DISTRICT", "COMMUNE", "HAMLET"],
    validFrom: RECORD_START,
    validTo: TWO_TIER_START,
  },
  {
    code: "TWO_TIER",
    nameVi: "Hai cấp: tỉnh, xã",
    prepareLevel: "COMMUNE",
    reviewLevel: "REVIEW_AREA",
    levels: ["NATION", "PROVINCE", "REVIEW_AREA", "COMMUNE", "HAMLET"],
    validFrom: TWO_TIER_START,
    validTo: null,
  },
];

/** Key of a unit in reference data. Codes are reused, so a code alone names no unit. */
export type UnitKey = `${UnitLevel}:${string}@${string}`;

/** `COMMUNE:02536@2025-07-01`: level, code and first day of validity. */
export function unitKey(level: UnitLevel, code: string, validFrom: string): UnitKey {
  return `${level}:${code}@${validFrom}`;
}

/** The parts of a unit key, or null when the text is none. */
export function parseUnitKey(text: string): { level: UnitLevel; code: string; validFrom: string } | null {
  const match = /^([A-Z_]+):([^@]+)@(\d{4}-\d{2}-\d{2})$/.exec(text);
  const level = UNIT_LEVELS.find((one) => one === match?.[1]);
  if (!match?.[2] || !match[3] || !level) return null;

  return { level, code: match[2], validFrom: match[3] };
}
