import "server-only";
import { notFound } from "next/navigation";
import { can } from "@/domain/access/access";
import { TITLE_SLUGS, titleOfSlug } from "@/domain/title/slug";
import type { TitleCode } from "@/domain/title/title";
import type { UnitRef } from "@/features/territory/data";
import { reachOf } from "@/features/territory/data";
import type { PageScope, SearchParams } from "@/features/user/page-scope";
import { dayWithin, loadPageScope, optionalId, param } from "@/features/user/page-scope";
import { withScope } from "@/lib/db/scope";
import { listChildTotals } from "../data";
import { nameOf } from "../data/finding";
import type { RegistryList } from "../data/list";
import { readList } from "../data/list";
import type { RegistryFilter } from "../filter";
import { isNarrowed, parseFilter } from "../filter";
import type { UnitTotals } from "../types";

type Shared = {
  scope: PageScope;
  /** the units above that the reader may see too, from the top */
  above: UnitRef[];
  title: TitleCode;
  filter: RegistryFilter;
  /** the leaves of a commune have one list; above, the list is one of two views */
  isAboveCommune: boolean;
};

export type RegistryPage = Shared &
  RegistryList & {
    canWrite: boolean;
    /** what the filter narrows to by name: a clan, an organisation */
    narrowedTo: string | undefined;
  };

export type RegistryUnits = Shared & { children: UnitTotals[] };

/**
 * The register of the page's unit and year. `?mo-hinh=` kind, filters and order as {@link parseFilter} reads them, `?sau=`/
 * `?truoc=` page by the id of a row. Above the commune the units to walk down to, or, with `?xem=danh-sach` or any filter, the list
 * of everybody below.
 */
export async function loadRegistry(searchParams: SearchParams): Promise<RegistryPage | RegistryUnits> {
  const scope = await loadPageScope(searchParams, "registry.read");
  const params = await searchParams;
  const { actor, unit, year } = scope;
  const title = titleOfSlug(param(params, "mo-hinh") ?? TITLE_SLUGS.FAMILY);
  if (!title) notFound();
  const filter = parseFilter({ unitId: unit.id, year, title }, (name) => param(params, name));
  if (!filter) notFound();
  const on = dayWithin(unit, year);
  const isAboveCommune = unit.level !== "COMMUNE" && unit.level !== "HAMLET";
  const isList =
    !isAboveCommune || param(params, "xem") === "danh-sach" || isNarrowed(filter) || filter.sort !== "name";
  const cursor = { after: optionalId(param(params, "sau")), before: optionalId(param(params, "truoc")) };

  return await withScope(actor, async (tx) => {
    const above: UnitRef[] = [];
    for (const one of scope.path.filter(({ id }) => id !== unit.id)) {
      if (can(actor, "registry.read", await reachOf(tx, one.id))) above.unshift(one);
    }
    const shared = { scope, above, title, filter, isAboveCommune };
    if (!isList)
      return { ...shared, children: await listChildTotals(tx, { unitId: unit.id, on, year, title }) };

    const list = await readList(tx, filter, {
      ...cursor,
      on,
      isAboveCommune,
      isTracked: scope.years.includes(year),
    });
    const { hamletId } = filter;
    if (!isAboveCommune && hamletId !== undefined && !list.hamlets.some(({ id }) => id === hamletId))
      notFound();

    return {
      ...shared,
      ...list,
      canWrite: !isAboveCommune && can(actor, "registry.write", await reachOf(tx, unit.id)),
      narrowedTo: await nameOf(tx, filter.clanId ?? filter.organisationId),
    };
  });
}
