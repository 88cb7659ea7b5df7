import { z } from "zod";
import { AnyTitleCode, CitizenVariant } from "@/domain/title/title";
import type { Ratio } from "./ratio";

/** Where a criterion's wording and points come from. `unknown`: exists in the annex, its content is not entered. */
export const Provenance = z.enum(["source", "inferred", "template", "unknown"]);
export type Provenance = z.infer<typeof Provenance>;

/**
 * Shares the system can count itself from recognitions of the same year.
 * Each is numerator/denominator of people or subjects.
 */
export const DERIVED_MEASURES = [
  "household.adultCitizenShare",
  "clan.familyShare",
  "clan.adultCitizenShare",
  "hamlet.familyShare",
  "hamlet.clanShare",
  "hamlet.workerCitizenShare",
  "organisation.memberCitizenShare",
] as const;
export const DerivedMeasure = z.enum(DERIVED_MEASURES);
export type DerivedMeasure = z.infer<typeof DerivedMeasure>;

export const DERIVED_MEASURE_LABELS: Readonly<
  Record<DerivedMeasure, { numeratorVi: string; denominatorVi: string }>
> = {
  "household.adultCitizenShare": {
    numeratorVi: "người lớn trong hộ đạt Công dân học tập",
    denominatorVi: "người lớn trong hộ",
  },
  "clan.familyShare": {
    numeratorVi: "gia đình trong họ đạt Gia đình học tập",
    denominatorVi: "gia đình trong họ",
  },
  "clan.adultCitizenShare": {
    numeratorVi: "người lớn trong họ đạt Công dân học tập",
    denominatorVi: "người lớn trong họ",
  },
  "hamlet.familyShare": {
    numeratorVi: "gia đình trong thôn đạt Gia đình học tập",
    denominatorVi: "gia đình trong thôn",
  },
  "hamlet.clanShare": {
    numeratorVi: "dòng họ trong thôn đạt Dòng họ học tập",
    denominatorVi: "dòng họ trong thôn",
  },
  "hamlet.workerCitizenShare": {
    numeratorVi: "người lao động trong thôn đạt Công dân học tập",
    denominatorVi: "người lao động trong thôn",
  },
  "organisation.memberCitizenShare": {
    numeratorVi: "thành viên đạt Công dân học tập",
    denominatorVi: "thành viên của đơn vị",
  },
};

/** Counted values of the derived measures, for one subject and year. A measure that is left out is not known. */
export const DerivedValues = z.partialRecord(
  DerivedMeasure,
  z.strictObject({ numerator: z.int().min(0), denominator: z.int().min(0) }),
);
export type DerivedValues = Partial<Record<DerivedMeasure, Ratio>>;

const Percent = z.number().min(0).max(100);
const Points = z.int().min(0).max(1000);

export const ShareBand = z.strictObject({ atLeast: Percent, points: Points });
export type ShareBand = z.infer<typeof ShareBand>;

/**
 * How a criterion is answered.
 * yesNo: full points or none. scale: whole points 0..max. share: points of the highest band reached, bands from high to
 * low, `atLeast` in percent. level: level 0, 1 or 2. levelShare: a share against the percentage of each level.
 */
export const AnswerKind = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("yesNo") }),
  z.strictObject({ kind: z.literal("scale"), max: Points }),
  z.strictObject({ kind: z.literal("share"), bands: z.array(ShareBand).min(1) }),
  z.strictObject({ kind: z.literal("level") }),
  z.strictObject({ kind: z.literal("levelShare"), level1: Percent, level2: Percent }),
]);
export type AnswerKind = z.infer<typeof AnswerKind>;

const Code = z.string().regex(/^[\p{L}\d][\p{L}\d._-]{0,19}$/u);

export const CriteriaItem = z.strictObject({
  code: Code,
  name: z.string().min(1),
  /** Null in sets of levels, which know no points. */
  maxPoints: Points.nullable(),
  answer: AnswerKind,
  derived: DerivedMeasure.optional(),
  /** What usually proves it, as a hint beside the upload. */
  evidence: z.string().optional(),
  provenance: Provenance,
  note: z.string().optional(),
});
export type CriteriaItem = z.infer<typeof CriteriaItem>;

export const CriteriaGroup = z.strictObject({
  code: Code,
  name: z.string().min(1),
  provenance: Provenance,
  items: z.array(CriteriaItem).min(1),
});
export type CriteriaGroup = z.infer<typeof CriteriaGroup>;

export const CriteriaClass = z.strictObject({
  code: Code,
  name: z.string().min(1),
  /** Total points from which the class is reached. */
  atLeast: z.number().min(0),
});
export type CriteriaClass = z.infer<typeof CriteriaClass>;

export const PointsScoring = z.strictObject({
  kind: z.literal("points"),
  total: Points.min(1),
  /** No class while an applicable item has fewer points than this. */
  minPerItem: Points.optional(),
  /** From the highest to the lowest. Below the lowest there is no recognition. */
  classes: z.array(CriteriaClass).min(1),
  /** rescale: the item leaves both sums. zero: it counts no points. full: it counts its maximum. */
  whenNotApplicable: z.enum(["rescale", "zero", "full"]),
  provenance: Provenance.optional(),
});
export type PointsScoring = z.infer<typeof PointsScoring>;

export const LevelScoring = z.strictObject({
  kind: z.literal("levels"),
  /** Level 1 first, then level 2. */
  levels: z.tuple([
    z.strictObject({ code: Code, name: z.string().min(1) }),
    z.strictObject({ code: Code, name: z.string().min(1) }),
  ]),
  /** Months a subject must have held level 1 before level 2 can be given. */
  monthsBetweenLevels: z.int().min(0),
  provenance: Provenance.optional(),
});
export type LevelScoring = z.infer<typeof LevelScoring>;

/** The part of a criteria set that is scored with, as stored in the database. */
export const CriteriaSetDefinition = z.strictObject({
  scoring: z.discriminatedUnion("kind", [PointsScoring, LevelScoring]),
  groups: z.array(CriteriaGroup).min(1),
  /** What is still missing, in words. A set with this text cannot be published. */
  incomplete: z.string().optional(),
});
export type CriteriaSetDefinition = z.infer<typeof CriteriaSetDefinition>;

/** PUBLISHED: in force as issued. TEMPLATE: usable, always shown with a banner. DRAFT: not usable. */
export const CRITERIA_SET_STATUSES = ["PUBLISHED", "TEMPLATE", "DRAFT"] as const;
export const CriteriaSetStatus = z.enum(CRITERIA_SET_STATUSES);
export type CriteriaSetStatus = z.infer<typeof CriteriaSetStatus>;

const IsoDate = z.iso.date();

/** A criteria set with its header. Validity is half-open: `validTo` is the first day it no longer counts. */
export const CriteriaSet = z.strictObject({
  code: z.string().min(1),
  version: z.int().min(1),
  title: AnyTitleCode,
  variant: CitizenVariant.nullable(),
  name: z.string().min(1),
  legalBasis: z.string().min(1),
  issuer: z.string().min(1),
  validFrom: IsoDate,
  validTo: IsoDate.nullable(),
  status: CriteriaSetStatus,
  definition: CriteriaSetDefinition,
});
export type CriteriaSet = z.infer<typeof CriteriaSet>;

/** Every item of a set, in the order of the form. */
export function listItems(definition: CriteriaSetDefinition): CriteriaItem[] {
  return definition.groups.flatMap((group) => group.items);
}
