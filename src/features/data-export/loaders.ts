import "server-only";
import { notFound } from "next/navigation";
import { TITLE_SLUGS, titleOfSlug } from "@/domain/title/slug";
import type { TitleCode } from "@/domain/title/title";
import { findCriteriaSets, listCriteriaHeaders } from "@/features/assessment/data/criteria";
import { className } from "@/features/assessment/utils";
import { kindOf } from "@/features/registry/constants";
import { countFiltered } from "@/features/registry/data/filter";
import { FILTERS_OF, parseFilter } from "@/features/registry/filter";
import type { SearchParams } from "@/features/user/page-scope";
import { loadPageScope, param } from "@/features/user/page-scope";
import { getActor } from "@/features/user/session";
import type { Tx } from "@/lib/db/scope";
import { withScope } from "@/lib/db/scope";
import type { CellValue } from "@/lib/spreadsheet/cell";
import type { RegistryColumn } from "./columns";
import { registryColumns } from "./columns";
import { readRegistry } from "./data/registry";
import type { ExportList, RegistryRecord } from "./types";

/** A filtered list of the register, by the same address as the page that shows it. */
export async function loadRegistryList(searchParams: SearchParams): Promise<ExportList> {
  await getActor();
  const scope = await loadPageScope(searchParams, "registry.read");
  const params = await searchParams;
  const title = titleOfSlug(param(params, "mo-hinh") ?? TITLE_SLUGS.FAMILY);
  if (!title) notFound();
  const { actor, unit, year } = scope;
  const filter = parseFilter({ unitId: unit.id, year, title }, (name) => param(params, name));
  if (!filter) notFound();

  const { rows, resultOf } = await withScope(actor, async (tx) => ({
    rows: await countFiltered(tx, filter),
    resultOf: await classNamesOf(tx, title),
  }));
  const columns = registryColumns(
    title,
    {
      year,
      isAboveCommune: unit.level !== "COMMUNE" && unit.level !== "HAMLET",
      isClosed: filter.isClosed ?? false,
    },
    resultOf,
  );

  return {
    scope,
    capability: "registry.read",
    facts: {
      list: "registry",
      rows,
      year,
      title,
      filters: FILTERS_OF[title].filter((key) => filter[key] !== undefined),
    },
    table: {
      fileName: `Sổ theo dõi ${kindOf(title).nounVi} ${unit.name} ${year}`,
      sheetName: kindOf(title).tabLabel,
      columns,
      rows: cellsOf(readRegistry(actor, filter), columns),
    },
  };
}

async function* cellsOf(
  records: AsyncIterable<RegistryRecord>,
  columns: readonly RegistryColumn[],
): AsyncGenerator<readonly CellValue[]> {
  for await (const record of records) yield columns.map(({ value }) => value(record));
}

/** Says what the score of a complete sheet amounts to, by the criteria set it was scored with. */
async function classNamesOf(tx: Tx, title: TitleCode): Promise<(record: RegistryRecord) => string | null> {
  const headers = await listCriteriaHeaders(tx, title);
  const sets = await findCriteriaSets(
    tx,
    headers.map(({ id }) => id),
  );

  return ({ criteriaSetId, classification, isComplete }) => {
    const definition = criteriaSetId === null ? undefined : sets.get(criteriaSetId)?.definition;
    if (!definition || !isComplete) return null;

    return className(definition, classification) ?? "Chưa đạt";
  };
}
