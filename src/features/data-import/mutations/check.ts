import "server-only";
import { TITLES } from "@/domain/title/title";
import { leavesOf, openHamlets } from "@/features/registry/data";
import { today } from "@/features/registry/data/entry";
import type { Tx } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import type {
  BatchCounts,
  FieldColumns,
  ImportField,
  ImportPlan,
  ImportTarget,
  LeftOutHamlet,
  ProblemCode,
  Verdict,
  VerdictCounts,
} from "../types";
import { findHouseholds } from "./households";
import { judge, keepDecisions, saveRows } from "./judge";
import type { MatchContext } from "./match";
import {
  loadEntries,
  markLikely,
  markRepeats,
  matchCodes,
  matchIdentities,
  matchNames,
  matchPlaces,
} from "./match";
import { findReferences } from "./references";
import { standingsOf } from "./register";
import { leftOutOf, readResults } from "./results";
import type { StageContext } from "./stage";
import { withSpreadsheet } from "./stage";
import type { StagedHamlet } from "./staging";
import { stageRows } from "./staging";

/** Reads every row, finds its entry, judges it; keeps all that for the person and the write. Writes nothing to the register. */
export async function checkStage(context: StageContext): Promise<void> {
  const { tx, copyInto, batch, reporter } = context;
  const { plan, communeId } = batch;
  if (!plan) throw new AppError({ code: "WRONG_STATE" });
  await assertRounds(tx, communeId, plan);

  const on = new Date(await today(tx));
  const leaves = await leavesOf(tx, communeId, on);
  const hamlets: StagedHamlet[] = (await openHamlets(tx, communeId, on)).map(({ id, name }) => ({
    id,
    name,
    kind: null,
  }));
  const expected = batch.counts ? total(batch.counts.rows) : null;
  const columns = columnsOf(plan);
  const staged = await withSpreadsheet(batch, (spreadsheet) =>
    stageRows(spreadsheet, {
      tx,
      copyInto,
      plan,
      communeId,
      hamlets,
      columns,
      onRow: (count) => reporter.tell("READING", count, expected),
    }),
  );

  reporter.tell("MATCHING", 0, staged.rows);
  const match: MatchContext = {
    tx,
    communeId,
    leafIds: leaves.map(({ id }) => id),
    year: plan.year,
    columns,
  };
  // Before the entries are read: whatever is committed later makes another mark.
  const mark = await registerMark(tx, match.leafIds);
  const steps = [
    () => markRepeats(match),
    () => loadEntries(match),
    () => matchCodes(match),
    () => matchIdentities(match),
    () => matchPlaces(match),
    () => matchNames(match, "CLAN"),
    () => matchNames(match, "FAMILY"),
    () => findHouseholds(match),
    () => matchNames(match, "CITIZEN"),
    () => markLikely(match),
    () => findReferences(match),
    () => judge(match),
    () => keepDecisions(tx, batch.id),
    () => saveRows(tx, batch),
  ];
  for (const [at, step] of steps.entries()) {
    await step();
    reporter.tell("MATCHING", Math.floor((staged.rows * (at + 1)) / steps.length), staged.rows);
  }

  const results = await readResults(match, plan);
  const figures = results.flatMap((result) => result.figures ?? []);
  const base: CheckBase = {
    mark,
    hamlets: staged.hamlets.filter(({ id }) => id < 0),
    figures,
  };
  const counts = await countRows(tx, {
    batchId: batch.id,
    plan,
    figures,
    unknownHamlets: staged.unknownHamlets,
    leftOutHamlets: leftOutOf(results, staged.hamlets),
  });
  await tx.$executeRaw`
    UPDATE import_batch SET state = 'CHECKED', counts = ${JSON.stringify(counts)}::jsonb, base = ${JSON.stringify(base)}::jsonb,
           checked_at = now(), version = version + 1
     WHERE id = ${batch.id}::uuid`;
}

/** What the write goes by: how the register looked, the hamlets to be made (numbers below zero), the figures of the file. */
export type CheckBase = {
  mark: string;
  hamlets: StagedHamlet[];
  figures: { unitId: number; key: string; value: number; isNew: boolean }[];
};

/**
 * What the register of the commune looked like, in one short text: which entries are followed, their names and hamlets. Rows of a
 * file go by these; where one was entered, named anew or moved since, they may go by another entry.
 */
export async function registerMark(tx: Tx, leafIds: readonly number[]): Promise<string> {
  const [row] = await tx.$queryRaw<{ mark: string }[]>`
    SELECT count(*) || '-' || coalesce(sum(hashtextextended(concat_ws('|', number, unit_id, name_search), 0)::numeric), 0) AS mark
      FROM subject WHERE unit_id = ANY (${[...leafIds]}::int[]) AND active_to IS NULL`;

  return row?.mark ?? "";
}

/** "Đăng ký" needs a round of the year; better said before anything is read. */
async function assertRounds(tx: Tx, communeId: number, plan: ImportPlan): Promise<void> {
  if (!plan.takeRegistrations) return;
  const targets = new Set(
    plan.sheets
      .filter(({ columns }) => columns.some(({ field }) => field === "registered"))
      .map(({ target }) => target),
  );
  for (const title of targets) {
    const variant = title === "CITIZEN" ? "FARMER" : null;
    if ((await standingsOf(tx, [{ title, unitId: communeId, variant }], plan.year)).length > 0) continue;
    throw new AppError({
      code: "WRONG_STATE",
      detail: `Chưa có đợt bình xét hoặc bộ tiêu chí của năm ${plan.year} cho danh hiệu ${TITLES[title].nameVi} nên không ghi được cột “Đăng ký”. Hãy bỏ chọn ghi đăng ký, hoặc chọn năm khác.`,
    });
  }
}

function columnsOf({ sheets }: ImportPlan): FieldColumns {
  return Object.fromEntries(
    sheets.map(({ sheet, columns }) => [
      sheet,
      Object.fromEntries([...columns].reverse().map(({ field, index }) => [field, index])) as Partial<
        Record<ImportField, number>
      >,
    ]),
  );
}

const NONE: VerdictCounts = { NEW: 0, CHANGED: 0, UNCHANGED: 0, DOUBTFUL: 0, REPEATED: 0, REJECTED: 0 };

const total = (counts: VerdictCounts) => Object.values(counts).reduce((sum, one) => sum + one, 0);

async function countRows(
  tx: Tx,
  given: Readonly<{
    batchId: string;
    plan: ImportPlan;
    figures: CheckBase["figures"];
    unknownHamlets: BatchCounts["unknownHamlets"];
    leftOutHamlets: readonly LeftOutHamlet[];
  }>,
): Promise<BatchCounts> {
  const { batchId, plan, figures, unknownHamlets, leftOutHamlets } = given;
  const verdicts = await tx.$queryRaw<
    { target: ImportTarget; isDerived: boolean; verdict: Verdict; count: number }[]
  >`
    SELECT target, is_derived AS "isDerived", verdict, count(*)::int AS count FROM import_row WHERE batch_id = ${batchId}::uuid GROUP BY 1, 2, 3`;
  const problems = await tx.$queryRaw<{ code: ProblemCode; count: number }[]>`
    SELECT code, count(*)::int AS count FROM (
      SELECT DISTINCT r.ordinal, p ->> 'code' AS code FROM import_row r CROSS JOIN LATERAL jsonb_array_elements(r.problems) p
       WHERE r.batch_id = ${batchId}::uuid AND r.verdict = 'REJECTED') x GROUP BY code`;
  const sum = (holds: (row: (typeof verdicts)[number]) => boolean): VerdictCounts => {
    const counts: Record<Verdict, number> = { ...NONE };
    for (const row of verdicts.filter(holds)) counts[row.verdict] += row.count;

    return counts;
  };
  const targets = [...new Set(plan.sheets.map(({ target }) => target))];

  return {
    rows: sum(({ isDerived }) => !isDerived),
    byTarget: Object.fromEntries(
      targets.map((target) => [target, sum((row) => row.target === target && !row.isDerived)]),
    ),
    households: sum(({ isDerived }) => isDerived),
    problems: Object.fromEntries(problems.map(({ code, count }) => [code, count])),
    unknownHamlets,
    leftOutHamlets,
    ...(await countRegistrations(tx, batchId, plan)),
    resultHamlets: new Set(figures.map(({ unitId }) => unitId)).size,
    newFigures: figures.filter(({ isNew }) => isNew).length,
  };
}

async function countRegistrations(
  tx: Tx,
  batchId: string,
  { year }: ImportPlan,
): Promise<Pick<BatchCounts, "registered" | "newRegistrations">> {
  const [row] = await tx.$queryRaw<{ registered: number; newRegistrations: number }[]>`
    SELECT count(*)::int AS registered, count(*) FILTER (WHERE a.id IS NULL)::int AS "newRegistrations"
      FROM import_row r LEFT JOIN assessment a ON a.subject_id = r.subject_id AND a.title = r.target AND a.year = ${year}::int
     WHERE r.batch_id = ${batchId}::uuid AND r.verdict IN ('NEW', 'CHANGED', 'UNCHANGED') AND (r.facts -> 'registered') = 'true'`;

  return row ?? { registered: 0, newRegistrations: 0 };
}
