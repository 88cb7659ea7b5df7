import "server-only";
import { notFound } from "next/navigation";
import { listUnitYearFigures } from "@/features/figures/data";
import type { PageScope, SearchParams } from "@/features/user/page-scope";
import { dayWithin, loadPageScope, param } from "@/features/user/page-scope";
import { withScope } from "@/lib/db/scope";
import { listPlans, listPredecessors, listSpeciallyDifficult, listTargets } from "./data";
import type { AppliedPlan, PlanRow, TargetRow, TargetView } from "./types";
import { planPath } from "./utils";
import { appliedPlans, plainView } from "./views";

export type PlanPageData = Readonly<{ scope: PageScope; targetCount: number }> &
  (
    | Readonly<{ view: "applied"; plans: readonly AppliedPlan[]; isSpeciallyDifficult: boolean }>
    | Readonly<{ view: "all"; plans: readonly PlanRow[] }>
    | Readonly<{ view: "one"; plan: TargetRow; views: readonly TargetView[] }>
  );

/** `?pham-vi=tat-ca`: all plans; `?ke-hoach=<code>`: one of them; else those that apply to the page's unit. */
export async function loadPlanPage(searchParams: SearchParams): Promise<PlanPageData> {
  const params = await searchParams;
  const scope = await loadPageScope(searchParams, "dashboard.read");
  const code = param(params, "ke-hoach");
  const { actor, unit, year } = scope;

  return await withScope(actor, async (tx): Promise<PlanPageData> => {
    const targets = await listTargets(tx);
    const targetCount = targets.length;
    if (code !== undefined) {
      const own = targets.filter(({ planCode }) => planCode === code);
      const [plan] = own;
      if (!plan) notFound();

      return { scope, targetCount, view: "one", plan, views: own.map(plainView) };
    }
    if (param(params, "pham-vi") === "tat-ca") {
      return { scope, targetCount, view: "all", plans: await listPlans(tx) };
    }

    const on = dayWithin(unit, year);
    const [figures] = await listUnitYearFigures(tx, [unit.id], [{ year, on }]);
    if (!figures) throw new RangeError("one unit and year give one entry");
    const predecessors = await listPredecessors(tx, [unit.id], on);
    const isSpeciallyDifficult = (await listSpeciallyDifficult(tx, [unit.id], year, on)).has(unit.id);
    const unitPath = planPath(scope.path, predecessors.get(unit.id) ?? []);

    return {
      scope,
      targetCount,
      view: "applied",
      isSpeciallyDifficult,
      plans: appliedPlans(targets, { unitPath, isSpeciallyDifficult, figures }),
    };
  });
}
