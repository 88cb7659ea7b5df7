import { readFileSync } from "node:fs";
import { z } from "zod";
import type { CriteriaSet } from "@/domain/criteria/criteria-set";
import { CriteriaSetFile } from "@/domain/criteria/reference-file";
import { PlanFile, type PlanTarget } from "@/domain/plan/target";
import { PublishedResultFile } from "@/domain/published/published-result";
import { TerritoryFile } from "@/domain/territory/reference-file";
import { TitleCode } from "@/domain/title/title";

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));
}

const Day = z.iso.date();

/** rounds.json: the nation's yearly rounds, one per title and row. Rows in the order of `header`. */
export const RoundFile = z.strictObject({
  note: z.string(),
  titles: z.array(TitleCode),
  header: z.tuple([
    z.literal("year"),
    z.literal("referenceDate"),
    z.literal("opensOn"),
    z.literal("submitBy"),
    z.literal("reviewBy"),
  ]),
  rows: z.array(z.tuple([z.int(), Day, Day, Day, Day])),
});
export type RoundFile = z.infer<typeof RoundFile>;

/** The compiled reference files, checked against their schemas. */
export const readTerritory = (): TerritoryFile => TerritoryFile.parse(read("territory.json"));
export const readPlans = (): PlanFile => PlanFile.parse(read("plans.json"));
export const readPublishedResults = (): PublishedResultFile =>
  PublishedResultFile.parse(read("published-results.json"));
export const readRounds = (): RoundFile => RoundFile.parse(read("rounds.json"));
export const readCriteriaSets = (): CriteriaSet[] => CriteriaSetFile.parse(read("criteria-sets.json")).sets;

/** A reference criteria set by its code. */
export function criteriaSet(code: string): CriteriaSet {
  const set = readCriteriaSets().find((one) => one.code === code);
  if (!set) throw new RangeError(`No criteria set ${code}`);

  return set;
}

/** The targets of the reference plans as the rules take them. */
export function readTargets(): PlanTarget<string>[] {
  return readPlans().plans.flatMap((plan) =>
    plan.targets.map(
      ([code, indicator, year, operator, valuePct, denominator, areaVariant]): PlanTarget<string> => ({
        code,
        planCode: plan.code,
        document: plan.document,
        issuedOn: plan.issuedOn,
        unitId: plan.unit,
        indicator,
        year,
        operator,
        valuePct,
        denominator,
        areaVariant,
      }),
    ),
  );
}
