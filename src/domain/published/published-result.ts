import { z } from "zod";

/** What published models are called in the collected results, with the title whose numbers they are (null: no title kept here). */
export const PUBLISHED_MODELS = {
  GDHT: { nameVi: "Gia đình học tập", title: "FAMILY" },
  DHHT: { nameVi: "Dòng họ học tập", title: "CLAN" },
  CDHT_THON: { nameVi: "Cộng đồng học tập (thôn, tổ dân phố)", title: "COMMUNITY" },
  DVHT_XA: { nameVi: "Đơn vị học tập (cấp xã)", title: "ORGANISATION" },
  CONGDAN: { nameVi: "Công dân học tập", title: "CITIZEN" },
  CDHT_XA: { nameVi: "Cộng đồng học tập cấp xã", title: null },
  DVHT_HUYEN: { nameVi: "Đơn vị học tập cấp huyện", title: null },
  DVHT_TINH: { nameVi: "Đơn vị học tập cấp tỉnh", title: null },
  CONGDAN_TAIKHOAN: { nameVi: "Tài khoản trên phần mềm công dân học tập", title: null },
} as const;
export const PublishedModel = z.enum(
  Object.keys(PUBLISHED_MODELS) as [keyof typeof PUBLISHED_MODELS, ...(keyof typeof PUBLISHED_MODELS)[]],
);
export type PublishedModel = z.infer<typeof PublishedModel>;

/** Of what a published rate is said to be a share. REGISTERED_OF_TOTAL: it is the share of registrations, not of recognitions. */
export const PUBLISHED_DENOMINATORS = [
  "TOTAL",
  "TOTAL_IMPLIED",
  "REGISTERED",
  "REGISTERED_OF_TOTAL",
  "NOT_STATED",
] as const;

/**
 * How a published place stands on the map of its time. TIED: it is one unit. AMBIGUOUS: several could be meant. ENDED: no unit of
 * that name stood on the last day of the period. UNNAMED: the source does not say which. PART: a pilot in a part. REGION: no unit.
 */
export const UNIT_TIES = ["TIED", "AMBIGUOUS", "ENDED", "UNNAMED", "PART", "REGION"] as const;

/** YEARS: several years as one number. PART_YEAR: the first months of a year. UP_TO: whatever there was by then. */
export const PERIOD_KINDS = ["YEAR", "YEARS", "PART_YEAR", "UP_TO", "UNKNOWN"] as const;

const Count = z.int().min(0).nullable();
const Percent = z.number().min(0).nullable();

/** One published row: its own numbers exactly as printed. */
export const PublishedResult = z.strictObject({
  no: z.int().positive(),
  place: z.string(),
  level: z.enum(["NATION", "REGION", "PROVINCE", "DISTRICT", "COMMUNE"]),
  province: z.string().nullable(),
  /** key of the unit: level:code@first day */
  unit: z.string().nullable(),
  unitTie: z.enum(UNIT_TIES),
  period: z.string(),
  periodKind: z.enum(PERIOD_KINDS),
  periodFrom: z.int().nullable(),
  periodTo: z.int().nullable(),
  model: PublishedModel,
  /** of whom, where the row is not about all */
  population: z.string().nullable(),
  total: Count,
  registered: Count,
  recognised: Count,
  ratePublished: Percent,
  /** decimals as printed: 73 has none */
  rateDecimals: z.int().min(0).max(4).nullable(),
  denominatorPublished: z.enum(PUBLISHED_DENOMINATORS).nullable(),
  /** the published share of registrations in the total, where it stands beside another rate */
  registeredShare: Percent,
  /** which numbers are printed as "more than", "nearly" or "about" */
  approximate: z.enum(["COUNTS", "RATE"]).nullable(),
  isOlderTitle: z.boolean(),
  isModelInferred: z.boolean(),
  note: z.string().nullable(),
  confidence: z.enum(["SOURCE", "LOW"]),
  source: z.string(),
});
export type PublishedResult = z.infer<typeof PublishedResult>;

export const PUBLISHED_HEADER = Object.keys(PublishedResult.shape) as (keyof PublishedResult)[];

/** prisma/reference/published-results.json: rows in the order of `header`. */
export const PublishedResultFile = z
  .strictObject({
    note: z.string(),
    header: z
      .array(z.string())
      .refine((found) => found.join() === PUBLISHED_HEADER.join(), "header")
      .readonly(),
    rows: z.array(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))),
  })
  .transform(({ note, rows }) => ({
    note,
    results: rows.map((row) =>
      PublishedResult.parse(Object.fromEntries(PUBLISHED_HEADER.map((column, at) => [column, row[at]]))),
    ),
  }));
export type PublishedResultFile = z.output<typeof PublishedResultFile>;
