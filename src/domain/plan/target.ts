import { z } from "zod";

/** GTE: the rate must reach `valuePct`. IS_TRUE: the thing must hold (`valuePct` is 100). */
export const TARGET_OPERATORS = ["GTE", "IS_TRUE"] as const;
export const TargetOperator = z.enum(TARGET_OPERATORS);
export type TargetOperator = z.infer<typeof TargetOperator>;

/** Flag of a unit for one year: xã (thôn) vùng sâu, vùng xa, miền núi, đặc biệt khó khăn. */
export const SPECIALLY_DIFFICULT = "SPECIALLY_DIFFICULT";

/** How sure a target is: read in a source, or following from one. */
export const TargetConfidence = z.enum(["source", "inferred"]);

const Year = z.int().min(2010).max(2100);

/**
 * prisma/reference/plans.json: plans with their targets.
 * `unit`: key of the unit the plan is for. `issuedOn` is as exact as it is known (yyyy, yyyy-mm, yyyy-mm-dd) or null.
 * Rows are arrays in the order of `header`.
 */
export const PlanFile = z.strictObject({
  note: z.string(),
  header: z.tuple([
    z.literal("code"),
    z.literal("indicator"),
    z.literal("year"),
    z.literal("operator"),
    z.literal("valuePct"),
    z.literal("denominator"),
    z.literal("areaVariant"),
    z.literal("areaText"),
    z.literal("confidence"),
    z.literal("source"),
    z.literal("note"),
  ]),
  plans: z.array(
    z.strictObject({
      code: z.string(),
      unit: z.string(),
      place: z.string(),
      document: z.string(),
      name: z.string(),
      issuedOn: z
        .string()
        .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/)
        .nullable(),
      periodFrom: Year,
      periodTo: Year,
      targets: z.array(
        z.tuple([
          z.string(),
          z.string(),
          Year,
          TargetOperator,
          z.number().min(0).max(100),
          z.string(),
          z.literal(SPECIALLY_DIFFICULT).nullable(),
          z.string().nullable(),
          TargetConfidence,
          z.string(),
          z.string().nullable(),
        ]),
      ),
    }),
  ),
});
export type PlanFile = z.infer<typeof PlanFile>;

/** A target with what is needed of its plan to choose and to name it. */
export type PlanTarget<UnitKey> = Readonly<{
  code: string;
  planCode: string;
  document: string;
  /** As exact as known, yyyy[-mm[-dd]]; null when unknown. */
  issuedOn: string | null;
  /** The unit the plan is for. */
  unitId: UnitKey;
  indicator: string;
  year: number;
  operator: TargetOperator;
  valuePct: number;
  /** Wording of the denominator; names a base of the indicator when it equals that base's wording. */
  denominator: string;
  /** SPECIALLY_DIFFICULT: for units flagged so in that year only. */
  areaVariant: string | null;
}>;
