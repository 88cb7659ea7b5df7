import "server-only";
import { notFound } from "next/navigation";
import { TITLE_SLUGS, titleOfSlug } from "@/domain/title/slug";
import type { TitleCode } from "@/domain/title/title";
import type { PageScope, SearchParams } from "@/features/user/page-scope";
import { loadPageScope, optionalId, param, readForPage } from "@/features/user/page-scope";
import { AppError } from "@/lib/errors/app-error";
import type { BulkJob } from "../bulk";
import { BULK_FACTS, BULK_JOBS, isFact, jobsOf, reasonsOf } from "../bulk";
import { openHamlets } from "../data";
import type { BulkPreview } from "../data/bulk";
import { listChoices, previewBulk } from "../data/bulk";
import { today } from "../data/entry";
import { countFiltered } from "../data/filter";
import type { Step } from "../data/step";
import { findStep } from "../data/step";
import { filterParams, parseFilter } from "../filter";
import { assertChange, selectionOf } from "../mutations/bulk";
import { BulkChange } from "../schema";

export type BulkPage = {
  scope: PageScope;
  title: TitleCode;
  /** the list's address without its path */
  list: string;
  ids: string[];
  /** rows of the list, or ticked */
  count: number;
  jobs: BulkJob[];
  job: BulkJob | undefined;
  /** what the job may set, in words */
  options: { value: string; label: string }[];
  change: BulkChange | undefined;
  preview: BulkPreview | undefined;
  /** why what was asked for cannot be previewed, by field */
  problem: AppError | undefined;
  done: Step | undefined;
};

const MOST_TICKED = 200;

/**
 * Changing many rows: the address holds the list (as on its page), `?muc=` the rows ticked (none: all), `?viec=` what to do,
 * `?gia-tri=` the new value, `?ngay=` the day, `?kem=` members too; `?xong=` the step that did it.
 */
export async function loadBulk(searchParams: SearchParams): Promise<BulkPage> {
  const scope = await loadPageScope(searchParams, "registry.write");
  const params = await searchParams;
  const title = titleOfSlug(param(params, "mo-hinh") ?? TITLE_SLUGS.FAMILY);
  if (!title) notFound();
  const filter = parseFilter({ unitId: scope.unit.id, year: scope.year, title }, (name) =>
    param(params, name),
  );
  if (!filter) notFound();
  const asked = params.muc;
  const ids = [asked ?? []].flat().map((id) => optionalId(id) ?? "");
  if (ids.length > MOST_TICKED || ids.includes("")) notFound();
  const job = BULK_JOBS.find((one) => one === param(params, "viec"));
  const stepId = optionalId(param(params, "xong"));
  const list = filterParams(filter).toString();

  return await readForPage(scope.actor, async (tx) => {
    const { selection, communeId } = await selectionOf(tx, scope.actor, {
      unitId: scope.unit.id,
      year: scope.year,
      title,
      list,
      ids,
    });
    const jobs = jobsOf(title);
    const on = new Date(await today(tx));
    const optionsFor = async (): Promise<BulkPage["options"]> => {
      if (job === undefined || !jobs.includes(job)) return [];
      if (job === "move")
        return (await openHamlets(tx, communeId, on)).map(({ id, name }) => ({
          value: String(id),
          label: name,
        }));
      if (job === "close") return [...reasonsOf(title)];
      const { options } = BULK_FACTS[job];
      if (options) return [...options];
      const choices = await listChoices(tx, selection.leafIds, title === "FAMILY" ? "CLAN" : "ORGANISATION");

      return choices.map(({ id, name }) => ({ value: id, label: name }));
    };
    const page = {
      scope,
      title,
      list,
      ids,
      count: ids.length > 0 ? ids.length : await countFiltered(tx, filter),
      jobs,
      job: job && jobs.includes(job) ? job : undefined,
      options: await optionsFor(),
      done: stepId === undefined ? undefined : await findStep(tx, stepId),
    };
    const isAsked = page.job !== undefined && params["gia-tri"] !== undefined;
    if (!isAsked) return { ...page, change: undefined, preview: undefined, problem: undefined };

    const parsed = BulkChange.safeParse({
      job,
      value: param(params, "gia-tri") ?? "",
      on: job && isFact(job) ? undefined : (param(params, "ngay") ?? ""),
      withMembers: param(params, "kem") === "on",
    });
    if (!parsed.success) {
      return {
        ...page,
        change: undefined,
        preview: undefined,
        problem: new AppError({ code: "INVALID", fields: { on: "Hãy nhập ngày/tháng/năm." } }),
      };
    }
    try {
      await assertChange(tx, selection, communeId, parsed.data);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "INVALID") throw error;

      return { ...page, change: parsed.data, preview: undefined, problem: error };
    }

    return {
      ...page,
      change: parsed.data,
      preview: await previewBulk(tx, selection, parsed.data),
      problem: undefined,
    };
  });
}
