import "server-only";
import { entryCode } from "@/domain/title/entry-code";
import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "@/lib/db/scope";
import type { BadRow } from "./bad-rows";
import { IMPORT_PAGE_SIZE } from "./constants";
import type { StoredChange } from "./data/changes";
import { withReadableChanges } from "./data/changes";
import type {
  BatchCounts,
  BatchState,
  ImportField,
  ImportPlan,
  ImportTarget,
  LeftOut,
  Problem,
  ProblemCode,
  Progress,
  RowChange,
  RowDecision,
  RowFacts,
  Running,
  SheetLook,
  Verdict,
  WritePreview,
  WrittenCounts,
} from "./types";

/** A batch as the list of a commune's batches shows it. */
export type BatchRow = {
  id: string;
  fileName: string;
  byteSize: number;
  state: BatchState;
  createdAt: Date;
  createdByName: string | null;
  counts: BatchCounts | null;
  written: WrittenCounts | null;
};

/** A whole batch. `look` and the file are gone once the batch was written, dropped or seven days old. */
export type Batch = BatchRow & {
  communeId: number;
  version: number;
  sha256: string;
  format: "XLSX" | "CSV";
  storageKey: string;
  look: readonly SheetLook[] | null;
  plan: ImportPlan | null;
  /** the state in which a FAILED batch failed */
  failedState: BatchState | null;
  /** why the last stage did not end as asked: code and sentence; also beside CHECKED and WRITTEN */
  errorCode: string | null;
  errorText: string | null;
  checkedAt: Date | null;
  writtenAt: Date | null;
  undoneAt: Date | null;
  expiresAt: Date;
  isFileKept: boolean;
};

/** A row as the page of the check shows it. `candidate`: the entry it is, or is likely to be. */
export type ReviewRow = {
  ordinal: number;
  sheet: string;
  rowNumber: number;
  target: ImportTarget;
  isDerived: boolean;
  verdict: Verdict;
  problems: readonly Problem[];
  facts: RowFacts;
  changes: readonly RowChange[] | null;
  decision: RowDecision | null;
  unitName: string | null;
  candidate: {
    id: string;
    number: string;
    name: string;
    unitName: string;
    birthYear: number | null;
    isClosed: boolean;
  } | null;
};

const batchRow = Prisma.sql`
  b.id, b.file_name AS "fileName", b.byte_size AS "byteSize", b.state, b.created_at AS "createdAt",
  (SELECT n.name FROM user_names(ARRAY[b.created_by]) n) AS "createdByName", b.counts, b.written`;

/** A commune's batches, latest first. `after` is the id of the last batch of the page before. */
export async function listBatches(
  tx: Tx,
  { communeId, after = null }: Readonly<{ communeId: number; after?: string | null }>,
): Promise<{ rows: BatchRow[]; next: string | null }> {
  const rows = await tx.$queryRaw<BatchRow[]>`
    SELECT ${batchRow} FROM import_batch b
     WHERE b.commune_id = ${communeId}::int
       AND (${after}::uuid IS NULL OR (b.created_at, b.id) < (SELECT a.created_at, a.id FROM import_batch a WHERE a.id = ${after}::uuid))
     ORDER BY b.created_at DESC, b.id DESC LIMIT ${IMPORT_PAGE_SIZE + 1}`;
  const page = rows.slice(0, IMPORT_PAGE_SIZE);

  return { rows: page, next: rows.length > page.length ? (page.at(-1)?.id ?? null) : null };
}

/** A batch of a commune whose register the reader writes. */
export async function findBatch(tx: Tx, id: string): Promise<Batch | undefined> {
  const [batch] = await tx.$queryRaw<Batch[]>`
    SELECT ${batchRow}, b.commune_id AS "communeId", b.version, b.sha256, b.format, b.storage_key AS "storageKey", b.look, b.plan,
           b.failed_state AS "failedState", b.error_code AS "errorCode", b.error_text AS "errorText",
           b.checked_at AS "checkedAt", b.written_at AS "writtenAt", b.undone_at AS "undoneAt", b.expires_at AS "expiresAt",
           b.is_file_kept AS "isFileKept"
      FROM import_batch b WHERE b.id = ${id}::uuid`;

  return batch;
}

/** What the worker does for a person just now, longest asked for first. */
export async function listRunning(tx: Tx, actorId: string): Promise<Running[]> {
  return await tx.$queryRaw<Running[]>`
    SELECT b.id AS "batchId", b.state, p.stage, p.done, p.total FROM import_batch b JOIN import_progress p ON p.batch_id = b.id
     WHERE b.state IN ('LOOKING', 'CHECKING', 'WRITING', 'UNDOING') AND b.acting_id = ${actorId}::uuid
     ORDER BY b.queued_at LIMIT 20`;
}

/** What a commune has under way: imports that are not over, and the bytes of files that are kept. */
export async function countOpenBatches(tx: Tx, communeId: number): Promise<{ open: number; bytes: number }> {
  const [row] = await tx.$queryRaw<{ open: number; bytes: number }[]>`
    SELECT count(*) FILTER (WHERE b.state NOT IN ('WRITTEN', 'UNDONE', 'DISCARDED'))::int AS open,
           coalesce(sum(b.byte_size) FILTER (WHERE b.expires_at > now()), 0)::float8 AS bytes
      FROM import_batch b WHERE b.commune_id = ${communeId}::int AND b.is_file_kept`;

  return row ?? { open: 0, bytes: 0 };
}

/** How far the worker is; read while its transaction is open. */
export async function findProgress(tx: Tx, id: string): Promise<Progress | undefined> {
  const [progress] = await tx.$queryRaw<Progress[]>`
    SELECT b.state, p.stage, p.done, p.total FROM import_batch b JOIN import_progress p ON p.batch_id = b.id WHERE b.id = ${id}::uuid`;

  return progress;
}

/** Batches of the commune made from a file with the same content that were not dropped, latest first. */
export async function listSameFile(
  tx: Tx,
  { communeId, sha256, except }: Readonly<{ communeId: number; sha256: string; except: string }>,
): Promise<BatchRow[]> {
  return await tx.$queryRaw<BatchRow[]>`
    SELECT ${batchRow} FROM import_batch b
     WHERE b.commune_id = ${communeId}::int AND b.sha256 = ${sha256} AND b.id <> ${except}::uuid AND b.state <> 'DISCARDED'
     ORDER BY b.created_at DESC LIMIT 5`;
}

export type RowFilter = Readonly<{
  batchId: string;
  verdict: Verdict;
  /** only rows with a problem of this code */
  problem?: ProblemCode | null;
  /** only rows of one register */
  target?: ImportTarget | null;
  /** the ordinal of the last row of the page before */
  after?: number | null;
}>;

/** The rows of a verdict in the order of the file, by pages. After writing, only what was rejected or left is still there. */
export async function listRows(
  tx: Tx,
  { batchId, verdict, problem = null, target = null, after = null }: RowFilter,
): Promise<{ rows: ReviewRow[]; next: number | null }> {
  const rows = await tx.$queryRaw<
    (Omit<ReviewRow, "changes"> & { changes: readonly StoredChange[] | null })[]
  >`
    SELECT r.ordinal, r.sheet, r.row_number AS "rowNumber", r.target, r.is_derived AS "isDerived", r.verdict, r.problems, r.facts,
           r.changes, r.decision, u.name AS "unitName",
           CASE WHEN s.id IS NULL THEN NULL ELSE jsonb_build_object('id', s.id, 'number', s.number::text, 'name', s.name, 'unitName', su.name,
             'birthYear', coalesce(c.birth_year, h.head_birth_year), 'isClosed', s.active_to IS NOT NULL) END AS candidate
      FROM import_row r
      LEFT JOIN unit u ON u.id = r.unit_id
      LEFT JOIN subject s ON s.id = r.subject_id
      LEFT JOIN unit su ON su.id = s.unit_id
      LEFT JOIN citizen c ON c.subject_id = s.id
      LEFT JOIN household h ON h.subject_id = s.id
     WHERE r.batch_id = ${batchId}::uuid AND r.verdict = ${verdict} AND r.ordinal > ${after ?? -1}::int
       AND (${target}::text IS NULL OR r.target = ${target})
       AND (${problem}::text IS NULL OR r.problems @> jsonb_build_array(jsonb_build_object('code', ${problem}::text)))
     ORDER BY r.ordinal LIMIT ${IMPORT_PAGE_SIZE + 1}`;
  const page = rows.slice(0, IMPORT_PAGE_SIZE);

  return {
    rows: await withReadableChanges(tx, page),
    next: rows.length > page.length ? (page.at(-1)?.ordinal ?? null) : null,
  };
}

const isLeftOut = Prisma.sql`
  NOT r.is_derived AND (r.verdict = 'REJECTED' OR r.verdict = 'DOUBTFUL' AND coalesce(r.decision, 'LEAVE') = 'LEAVE')`;

/** How many rows the file of bad rows holds: those rejected, and doubtful ones that nobody decided or that were left. */
export async function countBadRows(tx: Tx, batchId: string): Promise<LeftOut> {
  const [row] = await tx.$queryRaw<LeftOut[]>`
    SELECT count(*) FILTER (WHERE r.verdict = 'REJECTED')::int AS rejected, count(*) FILTER (WHERE r.verdict = 'DOUBTFUL')::int AS doubtful
      FROM import_row r WHERE r.batch_id = ${batchId}::uuid AND ${isLeftOut}`;

  return row ?? { rejected: 0, doubtful: 0 };
}

type BadRowRecord = Omit<BadRow, "household"> & {
  household: { number: string | null; name: string | null } | null;
};

/** The rows of the file of bad rows. A head whose household is not in the register yet needs none named. */
export async function listBadRows(tx: Tx, batchId: string): Promise<BadRow[]> {
  const rows = await tx.$queryRaw<BadRowRecord[]>`
    SELECT r.sheet, r.row_number AS "rowNumber", r.problems,
           CASE WHEN home.id IS NOT NULL THEN jsonb_build_object('number', home.number::text, 'name', home.name)
                WHEN (r.facts -> 'isHead') IS DISTINCT FROM 'true' AND h.facts ? 'name' AND h.facts -> 'name' IS DISTINCT FROM r.facts -> 'name'
                THEN jsonb_build_object('number', NULL, 'name', h.facts ->> 'name') END AS household,
           CASE WHEN r.verdict = 'DOUBTFUL' AND s.id IS NOT NULL THEN jsonb_build_object('number', s.number::text, 'name', s.name,
             'birthYear', coalesce(c.birth_year, hh.head_birth_year), 'unitName', u.name) END AS likely
      FROM import_row r
      LEFT JOIN import_row h ON h.batch_id = r.batch_id AND h.ordinal = r.household_ordinal AND h.target = 'FAMILY'
      LEFT JOIN subject home ON home.active_to IS NULL
       AND home.id = coalesce(r.household_id, CASE WHEN h.verdict IN ('CHANGED', 'UNCHANGED') THEN h.subject_id END)
      LEFT JOIN subject s ON s.id = r.subject_id
      LEFT JOIN unit u ON u.id = s.unit_id
      LEFT JOIN citizen c ON c.subject_id = s.id
      LEFT JOIN household hh ON hh.subject_id = s.id
     WHERE r.batch_id = ${batchId}::uuid AND ${isLeftOut}
     ORDER BY r.ordinal`;

  return rows.map(({ household, ...row }) => ({
    ...row,
    household: household?.number ? entryCode("FAMILY", BigInt(household.number)) : (household?.name ?? null),
  }));
}

/** What a commune chose for sheets with these headers before, by fingerprint. */
export async function listMappings(
  tx: Tx,
  communeId: number,
): Promise<Map<string, { target: ImportTarget; fields: Record<string, ImportField> }>> {
  const rows = await tx.importMapping.findMany({
    where: { communeId },
    orderBy: { savedAt: "desc" },
    take: 200,
    select: { fingerprint: true, target: true, fields: true },
  });

  return new Map(
    rows.map(({ fingerprint, target, fields }) => [
      fingerprint,
      { target: target as ImportTarget, fields: fields as Record<string, ImportField> },
    ]),
  );
}

type Tally = { verdict: Verdict; decision: RowDecision | null; isDerived: boolean; count: number };

/** What "Ghi" would do now. */
export async function previewWrite(
  tx: Tx,
  batch: Readonly<{ id: string; plan: ImportPlan; counts: BatchCounts }>,
): Promise<WritePreview> {
  const tally = await tx.$queryRaw<Tally[]>`
    SELECT verdict, decision, is_derived AS "isDerived", count(*)::int AS count FROM import_row r
     WHERE batch_id = ${batch.id}::uuid AND verdict IN ('NEW', 'CHANGED', 'DOUBTFUL')
     GROUP BY 1, 2, 3`;

  return previewOf(tally, batch);
}

function previewOf(
  tally: readonly Tally[],
  { plan, counts }: Readonly<{ plan: ImportPlan; counts: BatchCounts }>,
): WritePreview {
  const sum = (holds: (one: Tally) => boolean) =>
    tally.filter(holds).reduce((total, { count }) => total + count, 0);
  const isUpdating = plan.policy === "UPDATE";
  const newRows = sum(
    (one) =>
      !one.isDerived && (one.verdict === "NEW" || (one.verdict === "DOUBTFUL" && one.decision === "NEW")),
  );
  const changedRows = isUpdating
    ? sum(
        (one) =>
          !one.isDerived &&
          (one.verdict === "CHANGED" || (one.verdict === "DOUBTFUL" && one.decision === "SAME")),
      )
    : 0;
  const newHouseholds = sum((one) => one.isDerived && one.verdict === "NEW");
  const changed = sum(({ verdict }) => verdict === "CHANGED");
  const undecided = sum(({ verdict, decision }) => verdict === "DOUBTFUL" && decision === null);
  const registrations = plan.takeRegistrations ? counts.newRegistrations : 0;
  const figures = plan.takeResults ? counts.newFigures : 0;
  const rows = newRows + changedRows;

  return {
    rows,
    newRows,
    changedRows,
    newHouseholds,
    registrations,
    figures,
    undecided,
    isStopped: plan.policy === "STOP" && changed + undecided > 0,
    isEmpty: rows + newHouseholds + registrations + figures === 0,
  };
}
