import "server-only";
import { namesOf } from "@/features/user/data";
import type { PageScope, SearchParams } from "@/features/user/page-scope";
import { dayWithin, loadPageScope, param } from "@/features/user/page-scope";
import { withScope } from "@/lib/db/scope";
import { yearOf } from "@/lib/format/date";
import { FIRST_FIGURE_YEAR } from "./constants";
import type { FigureRow } from "./data";
import { listFigures, listUnitYearFigures } from "./data";
import type { UnitYearFigures } from "./types";

export type FigureFormData = {
  scope: PageScope;
  /** The year of the figures: any year since the movement began, not only those with a round. */
  year: number;
  years: number[];
  rows: (FigureRow & { enteredByName: string | null })[];
  /** What the register counts for the same unit and year. */
  register: UnitYearFigures;
};

/** The entered figures of the page's unit in `?nam-so-lieu=` (else the page's year). */
export async function loadFigureForm(searchParams: SearchParams): Promise<FigureFormData> {
  const scope = await loadPageScope(searchParams, "figure.write");
  const thisYear = Math.max(yearOf(new Date()), scope.year);
  const years = Array.from({ length: thisYear - FIRST_FIGURE_YEAR + 1 }, (_, index) => thisYear - index);
  const asked = Number(param(await searchParams, "nam-so-lieu"));
  const year = years.includes(asked) ? asked : scope.year;

  return await withScope(scope.actor, async (tx) => {
    const rows = await listFigures(tx, scope.unit.id, year);
    const names = await namesOf(
      tx,
      rows.map((row) => row.enteredBy),
    );
    const [register] = await listUnitYearFigures(
      tx,
      [scope.unit.id],
      [{ year, on: dayWithin(scope.unit, year) }],
    );
    if (!register) throw new RangeError("one unit and year give one entry");

    return {
      scope,
      year,
      years,
      rows: rows.map((row) => ({
        ...row,
        enteredByName: row.enteredBy === null ? null : (names.get(row.enteredBy) ?? null),
      })),
      register,
    };
  });
}
