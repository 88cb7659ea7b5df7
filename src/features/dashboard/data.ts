import "server-only";
import type { TitleCode } from "@/domain/title/title";
import type { UnitRef } from "@/features/territory/data";
import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "@/lib/db/scope";
import type { Step } from "./constants";
import type { SubjectRow } from "./types";

export const PAGE_SIZE = 50;

/** The moment the numbers of this transaction are of. */
export async function readMoment(tx: Tx): Promise<Date> {
  const rows = await tx.$queryRaw<{ at: Date }[]>`SELECT now() AS at`;

  return rows[0]?.at ?? new Date();
}

/** Which of the given units' dashboards the reader may open. */
export async function openUnits(tx: Tx, unitIds: readonly number[]): Promise<Set<number>> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT x AS id FROM app_units('dashboard.read') x WHERE x = ANY (${[...unitIds]}::int[])`;

  return new Set(rows.map((row) => row.id));
}

/** The ended units a unit took over whole, and the units that took over an ended one: those the reader may open. */
export async function listNeighboursInTime(
  tx: Tx,
  unitId: number,
): Promise<{ former: UnitRef[]; later: UnitRef[] }> {
  const former = await tx.$queryRaw<UnitRef[]>`
    SELECT u.id, u.level, u.code, u.name FROM placement p JOIN unit u ON u.id = p.child_id
     WHERE p.parent_id = ${unitId} AND p.kind = 'SUCCESSION' AND u.id IN (SELECT app_units('dashboard.read'))
     ORDER BY u.name_search, u.id LIMIT 60`;
  const later = await tx.$queryRaw<UnitRef[]>`
    SELECT u.id, u.level, u.code, u.name FROM placement p JOIN unit u ON u.id = p.parent_id
     WHERE p.child_id = ${unitId} AND p.kind = 'SUCCESSION' AND u.id IN (SELECT app_units('dashboard.read'))
     ORDER BY u.name_search, u.id LIMIT 60`;

  return { former, later };
}

export type SubjectQuery = Readonly<{
  unitId: number;
  title: TitleCode;
  year: number;
  /** The day whose map says what stands under the unit. */
  on: Date;
  step: Step;
}>;

/** The conditions of the counters of unit_year, on one row of the list. */
const STEP_CONDITIONS: Readonly<Record<Step, Prisma.Sql>> = {
  "tat-ca": Prisma.sql`true`,
  "dang-ky": Prisma.sql`a.id IS NOT NULL`,
  "da-cham": Prisma.sql`a.is_complete`,
  "da-nop": Prisma.sql`a.state IN ('SUBMITTED', 'APPROVED', 'RECOGNISED')`,
  "cong-nhan": Prisma.sql`r.first_year IS NOT NULL`,
};

/** The candidates counted for a unit, title and year: those whose home was there on 31 December. Raw: homes by date. */
function counted({ unitId, title, year, on, step }: SubjectQuery): Prisma.Sql {
  const day = on.toISOString().slice(0, 10);

  return Prisma.sql`
      FROM ancestry x
      JOIN subject_home h ON h.unit_id = x.descendant_id AND h.valid_from <= make_date(${year}::int, 12, 31)
       AND (h.valid_to IS NULL OR h.valid_to > make_date(${year}::int, 12, 31))
      JOIN subject s ON s.id = h.subject_id AND s.title = ${title}
      LEFT JOIN assessment a ON a.subject_id = s.id AND a.title = s.title AND a.year = ${year}::int
      LEFT JOIN LATERAL (SELECT max(first_year) AS first_year FROM recognition
                          WHERE subject_id = s.id AND first_year <= ${year}::int AND last_year >= ${year}::int) r ON true
     WHERE x.ancestor_id = ${unitId}::int AND x.valid_from <= ${day}::date AND (x.valid_to IS NULL OR x.valid_to > ${day}::date)
       AND ${STEP_CONDITIONS[step]}`;
}

/** One page of the candidates, in the order of the register, after the one with the id `after`. */
export async function listSubjects(
  tx: Tx,
  query: SubjectQuery,
  after: string | undefined,
): Promise<SubjectRow[]> {
  const position =
    after === undefined
      ? Prisma.sql`true`
      : Prisma.sql`(s.name_sort, s.id) > (SELECT z.name_sort, z.id FROM subject z WHERE z.id = ${after}::uuid)`;

  return await tx.$queryRaw<SubjectRow[]>`
    SELECT s.id, s.name, a.id AS "assessmentId", a.state, a.total::float8 AS total, a.classification,
           coalesce(a.is_complete, false) AS "isComplete", coalesce(a.missing_count, 0) AS "missingCount",
           r.first_year AS "heldSince"
      ${counted(query)} AND ${position}
     ORDER BY s.name_sort, s.id LIMIT ${PAGE_SIZE + 1}`;
}

/** How many candidates the list has at each step. */
export async function countSubjects(
  tx: Tx,
  query: Omit<SubjectQuery, "step">,
): Promise<Record<Step, number>> {
  const rows = await tx.$queryRaw<Record<Step, number>[]>`
    SELECT count(*)::int AS "tat-ca",
           count(*) FILTER (WHERE ${STEP_CONDITIONS["dang-ky"]})::int AS "dang-ky",
           count(*) FILTER (WHERE ${STEP_CONDITIONS["da-cham"]})::int AS "da-cham",
           count(*) FILTER (WHERE ${STEP_CONDITIONS["da-nop"]})::int AS "da-nop",
           count(*) FILTER (WHERE ${STEP_CONDITIONS["cong-nhan"]})::int AS "cong-nhan"
      ${counted({ ...query, step: "tat-ca" })}`;

  return rows[0] ?? { "tat-ca": 0, "dang-ky": 0, "da-cham": 0, "da-nop": 0, "cong-nhan": 0 };
}
