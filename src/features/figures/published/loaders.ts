import "server-only";
import type { PublishedResult } from "@/domain/published/published-result";
import type { NotTaken, Trap } from "@/domain/published/traps";
import { figuresOf, recomputed, trapsOf } from "@/domain/published/traps";
import type { SearchParams } from "@/features/user/page-scope";
import { param } from "@/features/user/page-scope";
import { loadActor } from "@/features/user/session";
import { withScope } from "@/lib/db/scope";
import { compareText } from "@/lib/text/name";
import { matchesSearch } from "@/lib/text/search-key";
import type { PublishedRow } from "./data";
import { listPublished } from "./data";
import { provinceOf } from "./utils";

/** One published row with what follows from its own numbers. */
export type PublishedView = PublishedRow &
  Readonly<{
    traps: readonly Trap[];
    ofTotal: number | null;
    ofRegistered: number | null;
    /** The year whose figures it gives, or why it gives none. */
    taken: number | NotTaken;
  }>;

export type PublishedPage = Readonly<{
  rows: readonly PublishedView[];
  total: number;
  /** How many rows the choice has on all its pages. */
  found: number;
  page: number;
  hasNext: boolean;
  /** How many of the rows found have something to beware of. */
  warned: number;
  chosen: Readonly<{ place: string; province: string; period: string; model: string }>;
  provinces: readonly string[];
  periods: readonly string[];
  models: readonly PublishedResult["model"][];
}>;

const PAGE_SIZE = 20;

/** The published results, narrowed by `?noi=`, `?tinh=`, `?ky=`, `?mo-hinh=`, or to the one row of `?dong=`. */
export async function loadPublished(searchParams: SearchParams): Promise<PublishedPage> {
  const params = await searchParams;
  const actor = await loadActor();
  const all = await withScope(actor, listPublished);
  const chosen = {
    place: param(params, "noi") ?? "",
    province: param(params, "tinh") ?? "",
    period: param(params, "ky") ?? "",
    model: param(params, "mo-hinh") ?? "",
  };
  const only = Number(param(params, "dong"));
  const rows = all
    .filter(({ result }) => (only > 0 ? result.no === only : isMeant(result, chosen)))
    .map(viewOf);

  const asked = Number(param(params, "trang") ?? "1");
  const page =
    Number.isInteger(asked) && asked > 0 && asked <= Math.ceil(rows.length / PAGE_SIZE) ? asked : 1;

  return {
    rows: rows.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE),
    total: all.length,
    found: rows.length,
    page,
    hasNext: rows.length > page * PAGE_SIZE,
    warned: rows.filter(({ traps }) => traps.length > 0).length,
    chosen,
    provinces: [...new Set(all.flatMap(({ result }) => provinceOf(result) ?? []))].sort(compareText),
    periods: [...new Set(all.map(({ result }) => result.period))].sort(compareText),
    models: [...new Set(all.map(({ result }) => result.model))],
  };
}

function isMeant(result: PublishedResult, chosen: PublishedPage["chosen"]): boolean {
  return (
    matchesSearch(`${result.place} ${result.province ?? ""}`, chosen.place) &&
    (chosen.province === "" || provinceOf(result) === chosen.province) &&
    (chosen.period === "" || result.period === chosen.period) &&
    (chosen.model === "" || result.model === chosen.model)
  );
}

function viewOf(row: PublishedRow): PublishedView {
  const taken = figuresOf(row.result);

  return {
    ...row,
    traps: trapsOf(row.result),
    ...recomputed(row.result),
    taken: typeof taken === "string" ? taken : taken.year,
  };
}
