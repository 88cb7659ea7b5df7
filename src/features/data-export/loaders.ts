import "server-only";
import { notFound } from "next/navigation";
import { can } from "@/domain/access/access";
import { TITLE_SLUGS, titleOfSlug } from "@/domain/title/slug";
import type { TitleCode } from "@/domain/title/title";
import { TITLE_CODES } from "@/domain/title/title";
import { findCriteriaSets, listCriteriaHeaders } from "@/features/assessment/data/criteria";
import { className } from "@/features/assessment/utils";
import { kindOf } from "@/features/registry/constants";
import { openHamlets } from "@/features/registry/data";
import { countRows } from "@/features/registry/data/finding";
import type { RegistryFilter } from "@/features/registry/filter";
import { FILTERS_OF, parseFilter } from "@/features/registry/filter";
import { reachOf } from "@/features/territory/data";
import type { PageScope, SearchParams } from "@/features/user/page-scope";
import { dayWithin, loadPageScope, param } from "@/features/user/page-scope";
import { getActor } from "@/features/user/session";
import type { Tx } from "@/lib/db/scope";
import { withScope } from "@/lib/db/scope";
import type { CellValue } from "@/lib/spreadsheet/cell";
import type { WriteSheet } from "@/lib/spreadsheet/write";
import type { RegistryColumn } from "./columns";
import { registryColumns } from "./columns";
import type { OfficialScope } from "./data/official";
import { countOfficialEntries, listOfficialEntries } from "./data/official";
import { listFilteredNames, readRegistry } from "./data/registry";
import type { OfficialList } from "./official";
import type { TemplateChoices } from "./template";
import { templateSheets } from "./template";
import type { ExportFacts, ExportList, RegistryRecord } from "./types";

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

  const { rows, resultOf, showsIdentity } = await withScope(actor, async (tx) => ({
    rows: await countRows(tx, filter),
    resultOf: await classNamesOf(tx, title),
    showsIdentity: can(actor, "registry.identity", await reachOf(tx, unit.id)),
  }));
  const columns = registryColumns(
    title,
    {
      year,
      isAboveCommune: unit.level !== "COMMUNE" && unit.level !== "HAMLET",
      isClosed: filter.isClosed ?? false,
      showsIdentity,
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

/** The template of a commune for importing: empty, or with everything that stands in its register (`?kem=du-lieu`). */
export async function loadTemplate(searchParams: SearchParams): Promise<{
  scope: PageScope;
  facts: ExportFacts;
  fileName: string;
  isFilled: boolean;
  sheets: WriteSheet[];
}> {
  await getActor();
  const scope = await loadPageScope(searchParams, "registry.write");
  const { actor, unit, year } = scope;
  const filled = param(await searchParams, "kem");
  if (unit.level !== "COMMUNE" || (filled !== undefined && filled !== "du-lieu")) notFound();
  const isFilled = filled !== undefined;
  const filterOf = (title: TitleCode): RegistryFilter => ({ unitId: unit.id, year, title, sort: "hamlet" });

  const { choices, rows } = await withScope(actor, async (tx) => {
    let count = 0;
    if (isFilled) for (const title of TITLE_CODES) count += await countRows(tx, filterOf(title));

    return { choices: await choicesOf(tx, unit.id, dayWithin(unit, year), filterOf), rows: count };
  });

  return {
    scope,
    facts: { list: "template", rows, year },
    fileName: `Mẫu nhập ${unit.name}${isFilled ? ` kèm dữ liệu ${year}` : ""}`,
    isFilled,
    sheets: templateSheets({
      communeName: unit.name,
      year,
      choices,
      records: isFilled ? (title) => readRegistry(actor, filterOf(title)) : undefined,
    }),
  };
}

const OFFICIAL_SLUGS: Readonly<Record<string, OfficialScope>> = { "du-dieu-kien": "READY", "da-nop": "SENT" };

export type OfficialPage = { scope: PageScope; list: OfficialList; counts: Record<OfficialScope, number> };

/**
 * The official list that proposes entries of a commune for a title: `?mo-hinh=`, and `?gom=` those sent (`da-nop`) or all who
 * may be proposed (`du-dieu-kien`).
 */
export async function loadOfficialList(searchParams: SearchParams): Promise<OfficialPage> {
  const scope = await loadPageScope(searchParams, "dossier.read");
  const params = await searchParams;
  const title = titleOfSlug(param(params, "mo-hinh") ?? TITLE_SLUGS.FAMILY);
  const chosen = OFFICIAL_SLUGS[param(params, "gom") ?? "du-dieu-kien"];
  const { actor, unit, year, path } = scope;
  if (!title || !chosen || unit.level !== "COMMUNE") notFound();
  const of = { communeId: unit.id, title, year };

  return await withScope(actor, async (tx) => ({
    scope,
    counts: await countOfficialEntries(tx, of),
    list: {
      title,
      year,
      scope: chosen,
      commune: unit,
      parent: path.find(({ level }) => level === "DISTRICT" || level === "PROVINCE"),
      entries: await listOfficialEntries(tx, { ...of, scope: chosen }),
    },
  }));
}

async function choicesOf(
  tx: Tx,
  communeId: number,
  on: Date,
  filterOf: (title: TitleCode) => RegistryFilter,
): Promise<TemplateChoices> {
  return {
    hamlets: (await openHamlets(tx, communeId, on)).map(({ name }) => name),
    clans: await listFilteredNames(tx, filterOf("CLAN")),
    organisations: await listFilteredNames(tx, filterOf("ORGANISATION")),
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
