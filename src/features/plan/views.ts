import { baseOf, findIndicator } from "@/domain/indicator/catalogue";
import type { PathStep } from "@/domain/plan/binding-target";
import { bindingTarget } from "@/domain/plan/binding-target";
import type { UnitYearFigures } from "@/features/figures/types";
import { figureKey, ownFigures, ratioOf, standing } from "@/features/figures/utils";
import type { AppliedPlan, TargetRow, TargetView } from "./types";

type UnitScope = Readonly<{
  unitPath: readonly PathStep<number>[];
  isSpeciallyDifficult: boolean;
  /** The unit's numbers of the page's year. */
  figures: UnitYearFigures;
}>;

/** The plans that apply to a unit, nearest first, each with all its targets and how the unit stands to them. */
export function appliedPlans(targets: readonly TargetRow[], scope: UnitScope): AppliedPlan[] {
  const plans = new Map<string, AppliedPlan & { order: number; views: TargetView[] }>();
  for (const target of targets) {
    const place = placeOf(target, scope.unitPath);
    if (!place) continue;
    const plan = plans.get(target.planCode) ?? {
      code: target.planCode,
      document: target.document,
      name: target.planName,
      period: target.planPeriod,
      owner: target.planUnit,
      isInherited: place.isInherited,
      order: place.order,
      views: [],
    };
    plan.views.push(viewOf(target, targets, scope, place.isInherited));
    plans.set(target.planCode, plan);
  }

  return [...plans.values()]
    .sort((a, b) => a.order - b.order || b.period[1] - a.period[1] || a.code.localeCompare(b.code))
    .map(({ order: _order, ...plan }) => plan);
}

/** How near a plan's unit is on the way up: the own plan of a step goes before that of a unit it follows. */
function placeOf(
  target: TargetRow,
  unitPath: readonly PathStep<number>[],
): { order: number; isInherited: boolean } | undefined {
  for (const [distance, step] of unitPath.entries()) {
    if (step.unitId === target.unitId) return { order: 2 * distance, isInherited: false };
    if (step.predecessorIds?.includes(target.unitId)) return { order: 2 * distance + 1, isInherited: true };
  }

  return undefined;
}

function viewOf(
  target: TargetRow,
  targets: readonly TargetRow[],
  { unitPath, isSpeciallyDifficult, figures }: UnitScope,
  isInherited: boolean,
): TargetView {
  const { binding } = bindingTarget(targets, {
    unitPath,
    indicator: target.indicator,
    year: target.year,
    isSpeciallyDifficult,
  });
  const base = baseOf(target.indicator, target.denominator);
  const ratio = base && ratioOf(figures, base);
  const holds = base ? null : holdsOf(target.indicator, figures);

  return {
    ...plainView(target),
    isBinding: binding?.target.code === target.code,
    isInherited,
    isForOtherAreas: target.areaVariant !== null && !isSpeciallyDifficult,
    ratio,
    holds,
    ...(ratio
      ? standing(ratio, target.valuePct)
      : { rate: null, isReached: holds, gap: null, missing: null }),
  };
}

/** A target by itself, without a unit to compare with. */
export function plainView(target: TargetRow): TargetView {
  return {
    target,
    isBinding: false,
    isInherited: false,
    isForOtherAreas: false,
    indicatorName: findIndicator(target.indicator)?.nameVi ?? target.indicator,
    base: baseOf(target.indicator, target.denominator),
    ratio: null,
    holds: null,
    rate: null,
    isReached: null,
    gap: null,
    missing: null,
  };
}

function holdsOf(indicatorCode: string, figures: UnitYearFigures): boolean | null {
  const indicator = findIndicator(indicatorCode);
  if (indicator?.kind !== "boolean") return null;
  const answer = ownFigures(figures).get(figureKey(indicator.key));

  return answer === undefined ? null : answer.value > 0;
}
