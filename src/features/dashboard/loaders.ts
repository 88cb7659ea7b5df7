import "server-only";
import { cache } from "react";
import { can } from "@/domain/access/access";
import type { TitleCode } from "@/domain/title/title";
import { listEnteredYears, listUnitYearFigures } from "@/features/figures/data";
import type { UnitYearFigures } from "@/features/figures/types";
import { listPredecessors, listSpeciallyDifficult, listTargets } from "@/features/plan/data";
import type { Predecessor } from "@/features/plan/types";
import { planPath } from "@/features/plan/utils";
import type { UnitRef } from "@/features/territory/data";
import { childrenOf, reachOf } from "@/features/territory/data";
import type { PageScope } from "@/features/user/page-scope";
import { dayWithin } from "@/features/user/page-scope";
import { withScope } from "@/lib/db/scope";
import type { Step } from "./constants";
import { countSubjects, listNeighboursInTime, listSubjects, openUnits, PAGE_SIZE, readMoment } from "./data";
import type { ChildRow, SubjectRow, TitleCard } from "./types";
import type { TargetScope } from "./utils";
import { childRow, titleCards } from "./utils";

export type Frame = Readonly<{
  /** The way up as far as the actor may go, nearest first. */
  path: readonly UnitRef[];
  former: readonly UnitRef[];
  later: readonly UnitRef[];
  /** The day whose map is shown. */
  on: Date;
  /** Whether the actor may enter official figures of this unit. */
  canEnterFigures: boolean;
}>;

/** What stands around the numbers: the way up, and the same people's other units in time. */
export async function loadFrame(scope: PageScope): Promise<Frame> {
  return await withScope(scope.actor, async (tx) => {
    const open = await openUnits(
      tx,
      scope.path.map(({ id }) => id),
    );
    const reach = await reachOf(tx, scope.unit.id);

    return {
      path: scope.path.filter(({ id }) => open.has(id)),
      ...(await listNeighboursInTime(tx, scope.unit.id)),
      on: dayWithin(scope.unit, scope.year),
      canEnterFigures: can(scope.actor, "figure.write", reach),
    };
  });
}

export type Overview = Readonly<{
  cards: readonly TitleCard[];
  figures: UnitYearFigures;
  targetScope: TargetScope;
  asOf: Date;
}>;

/** The five cards with their years. Asked once per page, whoever needs it. */
export const loadOverview = cache(async (scope: PageScope): Promise<Overview> => {
  const { actor, unit, year } = scope;

  return await withScope(actor, async (tx) => {
    const asOf = await readMoment(tx);
    const on = dayWithin(unit, year);
    const years = [...new Set([...scope.years, ...(await listEnteredYears(tx, unit.id)), year])]
      .filter((one) => one <= year)
      .sort((a, b) => a - b);
    const predecessors = (await listPredecessors(tx, [unit.id], on)).get(unit.id) ?? [];
    const trend = asWhole(
      await listUnitYearFigures(
        tx,
        [unit.id],
        years.map((one) => ({ year: one, on: dayWithin(unit, one) })),
      ),
      sameAreas(unit, predecessors),
    );
    const figures = trend.find((one) => one.year === year);
    if (!figures) throw new RangeError("the page's year is among the years");

    const targetScope: TargetScope = {
      targets: await listTargets(tx),
      unitPath: planPath(scope.path, predecessors),
      isSpeciallyDifficult: (await listSpeciallyDifficult(tx, [unit.id], year, on)).has(unit.id),
    };

    return { cards: titleCards(targetScope, figures, trend), figures, targetScope, asOf };
  });
});

/** The ended units that a unit continues: what was entered for them was entered for it. */
function sameAreas(unit: UnitRef, predecessors: readonly Predecessor[]): Set<number> {
  const level = unit.level === "REVIEW_AREA" ? "DISTRICT" : unit.level;

  return new Set(predecessors.filter((one) => one.level === level).map(({ id }) => id));
}

function asWhole(trend: readonly UnitYearFigures[], areas: ReadonlySet<number>): UnitYearFigures[] {
  return trend.map((figures) => ({
    ...figures,
    entered: figures.entered.map((one) => ({ ...one, isOwn: one.isOwn || areas.has(one.unitId) })),
  }));
}

/** One title's card. */
export async function loadCard(scope: PageScope, title: TitleCode): Promise<TitleCard> {
  const { cards } = await loadOverview(scope);
  const card = cards.find((one) => one.title === title);
  if (!card) throw new RangeError(title);

  return card;
}

/** The units directly below on the page's day, each with its numbers and its own binding target, furthest behind first. */
export async function loadChildren(scope: PageScope, title: TitleCode): Promise<ChildRow[]> {
  const { figures: parent, targetScope } = await loadOverview(scope);
  const card = await loadCard(scope, title);
  const { actor, unit, year } = scope;
  const on = dayWithin(unit, year);

  return await withScope(actor, async (tx) => {
    const children = await childrenOf(tx, unit.id, on);
    const ids = children.map(({ id }) => id);
    const figures = await listUnitYearFigures(tx, ids, [{ year, on }]);
    const predecessors = await listPredecessors(tx, ids, on);
    const difficult = await listSpeciallyDifficult(tx, ids, year, on);

    const rows = children.flatMap((child) => {
      const own = figures.find((one) => one.unitId === child.id);
      if (!own) return [];
      const unitPath = planPath([child, ...scope.path], predecessors.get(child.id) ?? []);

      return [
        childRow({ unit: child, figures: own }, card, {
          targets: targetScope.targets,
          unitPath,
          isSpeciallyDifficult: difficult.has(child.id),
        }),
      ];
    });
    const rest = restOf(parent, figures);

    return rest
      ? [...rows, childRow({ unit: null, figures: rest }, card, { ...targetScope, targets: [] })]
      : rows;
  });
}

/** What the register counts under the parent but under none of its children: at the commune itself, or in ended units. */
function restOf(parent: UnitYearFigures, children: readonly UnitYearFigures[]): UnitYearFigures | null {
  const counters = { ...parent.counters };
  for (const key of Object.keys(counters) as (keyof typeof counters)[]) {
    counters[key] -= children.reduce((total, child) => total + child.counters[key], 0);
  }
  if (Object.values(counters).every((value) => value === 0)) return null;

  return { unitId: parent.unitId, year: parent.year, isCounted: true, counters, entered: [] };
}

export type SubjectPage = Readonly<{
  rows: readonly SubjectRow[];
  next: string | null;
  counts: Readonly<Record<Step, number>>;
}>;

/** One page of a leaf's candidates by name; null for whoever sees sums alone. A bad `after` begins at the start. */
export async function loadSubjects(
  scope: PageScope,
  query: { title: TitleCode; step: Step; after: string | undefined },
): Promise<SubjectPage | null> {
  const { actor, unit, year } = scope;
  const after = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(query.after ?? "")
    ? query.after
    : undefined;

  return await withScope(actor, async (tx) => {
    if (!can(actor, "registry.read", await reachOf(tx, unit.id))) return null;
    const on = dayWithin(unit, year);
    const asked = { unitId: unit.id, title: query.title, year, on, step: query.step };
    const rows = await listSubjects(tx, asked, after);
    const page = rows.slice(0, PAGE_SIZE);

    return {
      rows: page,
      next: rows.length > PAGE_SIZE ? (page.at(-1)?.id ?? null) : null,
      counts: await countSubjects(tx, asked),
    };
  });
}
