import "server-only";
import type { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { notFound } from "next/navigation";
import type { Actor } from "@/domain/access/access";
import { openHamlets } from "@/features/registry/data";
import { today } from "@/features/registry/data/entry";
import type { Place } from "@/features/registry/types";
import type { UnitRef } from "@/features/territory/data";
import { findRound, findUnit } from "@/features/territory/data";
import { assertCan } from "@/features/user/guard";
import type { PageScope, SearchParams } from "@/features/user/page-scope";
import {
  chosenYear,
  idOf,
  loadPageScope,
  optionalId,
  optionalNumber,
  param,
  readForPage,
} from "@/features/user/page-scope";
import { getActor, loadActor } from "@/features/user/session";
import type { Tx } from "@/lib/db/scope";
import { withScope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { writeWorkbook } from "@/lib/spreadsheet/write";
import { badRowSheets } from "./bad-rows";
import type { PlanSettings, SheetDraft } from "./columns/draft";
import { draftOf, draftOfPlan, yearOfFile } from "./columns/draft";
import { mappingOf } from "./columns/remember";
import { BUSY_STATES, VERDICTS } from "./constants";
import type { Batch, BatchRow, ReviewRow } from "./data";
import {
  countBadRows,
  findBatch,
  findProgress,
  listBadRows,
  listBatches,
  listRows,
  listRunning,
  listSameFile,
  previewWrite,
} from "./data";
import type { ChosenMapping } from "./mutations";
import { withSpreadsheet } from "./mutations/stage";
import type {
  BatchCounts,
  BatchState,
  ImportPlan,
  LeftOut,
  ProblemCode,
  Progress,
  Running,
  SheetLook,
  SheetPlan,
  Verdict,
  WritePreview,
  WrittenCounts,
} from "./types";
import { problemOfSlug, verdictOfSlug } from "./utils";

/** The batches of the page's commune, latest first; `?sau=` pages. */
export async function loadImports(searchParams: SearchParams): Promise<{
  scope: PageScope;
  batches: BatchRow[];
  next: string | null;
}> {
  const scope = await loadPageScope(searchParams, "registry.write");
  if (scope.unit.level !== "COMMUNE") notFound();
  const after = optionalId(param(await searchParams, "sau"));

  return await readForPage(scope.actor, async (tx) => {
    const { rows, next } = await listBatches(tx, { communeId: scope.unit.id, after: after ?? null });

    return { scope, batches: rows, next };
  });
}

export type ColumnsView = {
  kind: "columns";
  looks: readonly SheetLook[];
  drafts: SheetDraft[];
  settings: PlanSettings;
  years: number[];
  /** the years for which the commune can register */
  roundYears: number[];
  /** the year the file names */
  yearOfFile: number | undefined;
  hamlets: Place[];
  /** whether there is a check to go back to */
  isAgain: boolean;
};

export type CheckView = {
  kind: "check";
  plan: ImportPlan;
  counts: BatchCounts;
  preview: WritePreview;
  left: LeftOut;
  looks: readonly SheetLook[];
  hamlets: Place[];
  list: RowList;
};

export type WrittenView = {
  kind: "written";
  plan: ImportPlan;
  counts: BatchCounts;
  written: WrittenCounts;
  left: LeftOut;
  list: RowList;
};

/** One page of the rows of a verdict. */
export type RowList = {
  verdict: Verdict;
  problem: ProblemCode | undefined;
  rows: ReviewRow[];
  next: number | null;
};

export type BatchPage = {
  batch: Batch;
  commune: UnitRef;
  /** other batches of the same bytes */
  same: BatchRow[];
  view: { kind: "busy"; progress: Progress } | ColumnsView | CheckView | WrittenView | { kind: "over" };
};

/**
 * One batch where it stands. `?buoc=cot` goes back to the columns of a checked one; `?xem=` which rows, `?ly-do=` with which
 * problem, `?sau=` from which row on.
 */
export async function loadImport(rawId: string, searchParams: SearchParams): Promise<BatchPage> {
  const actor = await loadActor();
  const params = await searchParams;
  const id = idOf(rawId);
  const rounds = await chosenYear(undefined);

  return await readForPage(actor, async (tx) => {
    const batch = await findBatch(tx, id);
    if (!batch) notFound();
    await assertCan(tx, actor, "registry.write", batch.communeId);
    const commune = await findUnit(tx, batch.communeId);
    if (!commune) notFound();

    return {
      batch,
      commune,
      same: await listSameFile(tx, { communeId: commune.id, sha256: batch.sha256, except: id }),
      view: await viewOf(tx, batch, params, rounds),
    };
  });
}

type Params = Record<string, string | string[] | undefined>;

async function viewOf(
  tx: Tx,
  batch: Batch,
  params: Params,
  rounds: { year: number; years: number[] },
): Promise<BatchPage["view"]> {
  const { plan, counts, look, written } = batch;
  const state = standingOf(batch);
  if (BUSY_STATES.includes(batch.state)) {
    return { kind: "busy", progress: await progressOf(tx, batch) };
  }
  const named = look ? yearOfFile(look) : undefined;
  if (look && (state === "LOOKED" || (state === "CHECKED" && param(params, "buoc") === "cot"))) {
    return {
      kind: "columns",
      looks: look,
      drafts: look.map((one) => (plan ? draftOfPlan(one, plan) : draftOf(one))),
      settings: {
        year: plan?.year ?? (named !== undefined && rounds.years.includes(named) ? named : rounds.year),
        policy: plan?.policy ?? "SKIP",
        takeRegistrations: plan?.takeRegistrations ?? true,
        takeResults: plan?.takeResults ?? true,
        legacy: plan ? (plan.legacy ?? null) : (look[0]?.legacy?.encoding ?? null),
      },
      years: rounds.years.length > 0 ? rounds.years : [rounds.year],
      roundYears: await roundYearsOf(tx, batch.communeId, rounds.years),
      yearOfFile: named,
      hamlets: await hamletsOf(tx, batch.communeId),
      isAgain: state === "CHECKED",
    };
  }
  if (state === "CHECKED" && plan && counts && look) {
    return {
      kind: "check",
      plan,
      counts,
      preview: await previewWrite(tx, { id: batch.id, plan, counts }),
      left: await countBadRows(tx, batch.id),
      looks: look,
      hamlets: await hamletsOf(tx, batch.communeId),
      list: await rowListOf(tx, batch.id, counts, params),
    };
  }
  if (state === "WRITTEN" && plan && counts && written) {
    return {
      kind: "written",
      plan,
      counts,
      written,
      left: await countBadRows(tx, batch.id),
      list: await rowListOf(tx, batch.id, counts, { ...params, xem: "loi" }),
    };
  }

  return { kind: "over" };
}

/** A failed batch stands where it stood before the stage that failed. */
const BEFORE: Readonly<Partial<Record<BatchState, BatchState>>> = {
  CHECKING: "LOOKED",
  WRITING: "CHECKED",
  UNDOING: "WRITTEN",
};

function standingOf({ state, failedState }: Batch): BatchState {
  return (failedState && BEFORE[failedState]) || state;
}

async function rowListOf(tx: Tx, batchId: string, counts: BatchCounts, params: Params): Promise<RowList> {
  const asked = verdictOfSlug(param(params, "xem"));
  const verdict = asked ?? VERDICTS.find((one) => counts.rows[one] > 0) ?? "NEW";
  const problem = verdict === "REJECTED" ? problemOfSlug(param(params, "ly-do")) : undefined;
  const after = optionalNumber(param(params, "sau")) ?? null;
  const { rows, next } = await listRows(tx, { batchId, verdict, problem: problem ?? null, after });

  return { verdict, problem, rows, next };
}

async function roundYearsOf(tx: Tx, communeId: number, years: readonly number[]): Promise<number[]> {
  const open: number[] = [];
  for (const year of years) if (await findRound(tx, communeId, "FAMILY", year)) open.push(year);

  return open;
}

async function hamletsOf(tx: Tx, communeId: number): Promise<Place[]> {
  return await openHamlets(tx, communeId, new Date(await today(tx)));
}

async function progressOf(tx: Tx, batch: Batch): Promise<Progress> {
  return (await findProgress(tx, batch.id)) ?? { state: batch.state, stage: "WAITING", done: 0, total: null };
}

/** Asked before a byte of an upload is taken. @throws AppError NOT_FOUND */
export async function assertMayImport(actor: Actor, communeId: number): Promise<void> {
  await withScope(actor, (tx) => assertCan(tx, actor, "registry.write", communeId));
}

/** How far the server is with a batch. @throws AppError UNAUTHENTICATED, NOT_FOUND */
export async function getProgress(id: string): Promise<Progress> {
  const actor = await getActor();

  return await withScope(actor, async (tx) => {
    const batch = await findBatch(tx, id);
    if (!batch) throw new AppError({ code: "NOT_FOUND" });
    await assertCan(tx, actor, "registry.write", batch.communeId);

    return await progressOf(tx, batch);
  });
}

/** What the worker does for whoever asks, for the line on their other pages. @throws AppError UNAUTHENTICATED, NOT_FOUND */
export async function getRunning(unitId: number): Promise<Running[]> {
  const actor = await getActor();

  return await withScope(actor, async (tx) => {
    await assertCan(tx, actor, "registry.write", unitId);

    return await listRunning(tx, actor.id);
  });
}

/**
 * What the columns step does not send: the hamlets chosen before, and what is remembered of each sheet's headers.
 * @throws AppError NOT_FOUND, WRONG_STATE
 */
export async function loadRememberedColumns(
  actor: Actor,
  batchId: string,
  sheets: readonly SheetPlan[],
): Promise<{ hamlets: ImportPlan["hamlets"]; mappings: ChosenMapping[] }> {
  return await withScope(actor, async (tx) => {
    const batch = await findBatch(tx, batchId);
    if (!batch) throw new AppError({ code: "NOT_FOUND" });
    const { look } = batch;
    if (!look) throw new AppError({ code: "WRONG_STATE" });

    return {
      hamlets: batch.plan?.hamlets ?? {},
      mappings: sheets.flatMap((sheet) => mappingOf(sheet, look) ?? []),
    };
  });
}

/** The plan of a batch that was checked. @throws AppError NOT_FOUND, WRONG_STATE */
export async function loadPlanToChange(actor: Actor, batchId: string): Promise<ImportPlan> {
  return await withScope(actor, async (tx) => {
    const batch = await findBatch(tx, batchId);
    if (!batch) throw new AppError({ code: "NOT_FOUND" });
    if (!batch.plan) throw new AppError({ code: "WRONG_STATE" });

    return batch.plan;
  });
}

/**
 * The rows of a batch that stay out, as a workbook, streamed; the stored file is open as long as somebody reads.
 * @throws AppError UNAUTHENTICATED, NOT_FOUND, WRONG_STATE (the file is no longer kept)
 */
export async function openBadRows(id: string): Promise<{ stream: Readable; name: string }> {
  const actor = await getActor();
  const { batch, plan, rows } = await withScope(actor, async (tx) => {
    const found = await findBatch(tx, id);
    if (!found) throw new AppError({ code: "NOT_FOUND" });
    await assertCan(tx, actor, "registry.write", found.communeId);
    const bad = await listBadRows(tx, id);
    if (!found.plan || bad.length === 0) throw new AppError({ code: "NOT_FOUND" });

    return { batch: found, plan: found.plan, rows: bad };
  });
  const stream = await new Promise<Readable>((resolve, reject) => {
    withSpreadsheet(batch, async (spreadsheet) => {
      const workbook = writeWorkbook({ sheets: await badRowSheets(spreadsheet, plan, rows) });
      resolve(workbook);
      // A reader who leaves ends the workbook early; either way the file is closed only after it.
      await finished(workbook).catch(() => undefined);
    }).catch(reject);
  });

  return { stream, name: `${batch.fileName.replace(/\.[^.]*$/, "")} dòng lỗi` };
}
