import "server-only";
import type { AssessmentState } from "@/domain/recognition/recognition";
import type { TitleCode } from "@/domain/title/title";
import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "@/lib/db/scope";
import { PAGE_SIZE } from "../constants";

type Linked = { id: string; name: string } | null;

/** Everything the register knows of one subject itself; of the five details exactly the one of its kind is there. */
export type Entry = {
  id: string;
  /** what it is called by, with the letters of its kind before it */
  number: number;
  title: TitleCode;
  name: string;
  unitId: number;
  unit: { name: string; level: string; type: string };
  activeFrom: string;
  activeTo: string | null;
  closeReason: string | null;
  /** the entry that goes on for it, when it was found to be the same */
  mergedInto: Linked;
  /** entries that were merged into it */
  merged: { id: string; name: string }[];
  version: number;
  /** where it stood, latest first; days as yyyy-mm-dd */
  homes: { unitId: number; unitName: string; validFrom: string; validTo: string | null }[];
  household: {
    headBirthYear: number | null;
    address: string;
    isAssociationMember: boolean;
    poverty: string;
    hasSchoolAgeChildren: boolean;
    clan: Linked;
  } | null;
  citizen: {
    birthYear: number;
    sex: string;
    variant: string;
    isWorker: boolean;
    digitalSkill: string;
    household: Linked;
    organisation: Linked;
  } | null;
  clan: { headName: string; isPromotion: boolean } | null;
  organisation: { kind: string; level: string } | null;
};

/** One entry of the register; undefined when there is none or it lies outside what the reader may see. Raw: one round trip. */
export async function findEntry(tx: Tx, id: string): Promise<Entry | undefined> {
  const rows = await tx.$queryRaw<Entry[]>`
    SELECT s.id, s.number::float8 AS number, s.title, s.name, s.unit_id AS "unitId", s.version,
           s.active_from::text AS "activeFrom", s.active_to::text AS "activeTo", s.close_reason AS "closeReason",
           (SELECT jsonb_build_object('id', l.id, 'name', l.name) FROM subject l WHERE l.id = s.merged_into_id) AS "mergedInto",
           coalesce((SELECT jsonb_agg(jsonb_build_object('id', l.id, 'name', l.name) ORDER BY l.active_to DESC, l.id)
                       FROM subject l WHERE l.merged_into_id = s.id), '[]') AS merged,
           jsonb_build_object('name', u.name, 'level', u.level, 'type', u.type) AS unit,
           (SELECT jsonb_agg(jsonb_build_object('unitId', h.unit_id, 'unitName', hu.name, 'validFrom', h.valid_from, 'validTo', h.valid_to)
                             ORDER BY h.valid_from DESC)
              FROM subject_home h JOIN unit hu ON hu.id = h.unit_id WHERE h.subject_id = s.id) AS homes,
           (SELECT jsonb_build_object('headBirthYear', d.head_birth_year, 'address', d.address, 'isAssociationMember', d.is_association_member, 'poverty', d.poverty,
                     'hasSchoolAgeChildren', d.has_school_age_children,
                     'clan', (SELECT jsonb_build_object('id', l.id, 'name', l.name) FROM subject l WHERE l.id = d.clan_id))
              FROM household d WHERE d.subject_id = s.id) AS household,
           (SELECT jsonb_build_object('birthYear', d.birth_year, 'sex', d.sex, 'variant', d.variant, 'isWorker', d.is_worker,
                     'digitalSkill', d.digital_skill,
                     'household', (SELECT jsonb_build_object('id', l.id, 'name', l.name) FROM subject l WHERE l.id = d.household_id),
                     'organisation', (SELECT jsonb_build_object('id', l.id, 'name', l.name) FROM subject l WHERE l.id = d.organisation_id))
              FROM citizen d WHERE d.subject_id = s.id) AS citizen,
           (SELECT jsonb_build_object('headName', d.head_name, 'isPromotion', d.is_promotion) FROM clan d WHERE d.subject_id = s.id) AS clan,
           (SELECT jsonb_build_object('kind', d.kind, 'level', d.level) FROM organisation d WHERE d.subject_id = s.id) AS organisation
      FROM subject s JOIN unit u ON u.id = s.unit_id
     WHERE s.id = ${id}::uuid`;

  return rows[0];
}

export type RelatedRow = {
  id: string;
  name: string;
  unitName: string;
  birthYear: number | null;
  sex: string | null;
  variant: string | null;
  isWorker: boolean | null;
  digitalSkill: string | null;
  assessmentId: string | null;
  state: AssessmentState | null;
  isComplete: boolean;
  total: number | null;
  isClosed: boolean;
};

/** What a list of related entries follows: members of a household, households of a clan, staff of an organisation. */
export type Relation = "household" | "clan" | "organisation";

/** One page of the entries that belong to another one, with their assessment of a year, and how many there are in all. */
export async function listRelated(
  tx: Tx,
  query: Readonly<{ relation: Relation; id: string; year: number; after?: string | undefined }>,
): Promise<{ rows: RelatedRow[]; count: number; hasNext: boolean }> {
  const { id, year, after } = query;
  const title: TitleCode = query.relation === "clan" ? "FAMILY" : "CITIZEN";
  const own = {
    household: Prisma.sql`citizen l WHERE l.household_id = ${id}::uuid`,
    clan: Prisma.sql`household l WHERE l.clan_id = ${id}::uuid`,
    organisation: Prisma.sql`citizen l WHERE l.organisation_id = ${id}::uuid`,
  }[query.relation];
  const beyond =
    after === undefined
      ? Prisma.empty
      : Prisma.sql`AND (s.active_to IS NOT NULL, s.name_sort, s.id) > (SELECT k.active_to IS NOT NULL, k.name_sort, k.id FROM subject k WHERE k.id = ${after}::uuid)`;

  const rows = await tx.$queryRaw<RelatedRow[]>`
    SELECT s.id, s.name, u.name AS "unitName", c.birth_year AS "birthYear", c.sex, c.variant, c.is_worker AS "isWorker",
           c.digital_skill AS "digitalSkill", a.id AS "assessmentId", a.state, coalesce(a.is_complete, false) AS "isComplete",
           a.total::float8 AS total,           s.active_to IS NOT NULL AS "isClosed"
      FROM (SELECT l.subject_id FROM ${own}) o
      JOIN subject s ON s.id = o.subject_id
      JOIN unit u ON u.id = s.unit_id
      LEFT JOIN citizen c ON c.subject_id = s.id
      LEFT JOIN assessment a ON a.subject_id = s.id AND a.title = ${title} AND a.year = ${year}::int
     WHERE true ${beyond}
     ORDER BY s.active_to IS NOT NULL, s.name_sort, s.id LIMIT ${PAGE_SIZE + 1}`;
  const [total] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (SELECT l.subject_id FROM ${own}) o JOIN subject s ON s.id = o.subject_id
     WHERE s.active_to IS NULL`;

  return { rows: rows.slice(0, PAGE_SIZE), count: total?.count ?? 0, hasNext: rows.length > PAGE_SIZE };
}

export type EntryAssessment = {
  id: string;
  year: number;
  state: AssessmentState;
  isComplete: boolean;
  total: number | null;
  className: string | null;
  missingCount: number;
  recognition: { firstYear: number; lastYear: number; number: string; decidedOn: string } | null;
};

/** A subject's assessments, latest year first, each with the recognition it led to. One a year: no paging. */
export async function listAssessments(tx: Tx, subjectId: string): Promise<EntryAssessment[]> {
  return await tx.$queryRaw<EntryAssessment[]>`
    SELECT a.id, a.year, a.state, a.is_complete AS "isComplete", a.total::float8 AS total, a.missing_count AS "missingCount",
           (SELECT c ->> 'name' FROM jsonb_array_elements(coalesce(cs.definition #> '{scoring,classes}', cs.definition #> '{scoring,levels}')) c
             WHERE c ->> 'code' = a.classification) AS "className",
           CASE WHEN r.id IS NOT NULL THEN jsonb_build_object(
             'firstYear', r.first_year, 'lastYear', r.last_year, 'number', d.number, 'decidedOn', d.decided_on) END AS recognition
      FROM assessment a JOIN criteria_set cs ON cs.id = a.criteria_set_id
      LEFT JOIN recognition r ON r.assessment_id = a.id
      LEFT JOIN decision d ON d.id = r.decision_id
     WHERE a.subject_id = ${subjectId}::uuid ORDER BY a.year DESC LIMIT 100`;
}

export type OpenRound = { year: number; submitBy: Date };

/** The rounds that have opened for a subject, by its home on their reference date, and in which it has no assessment yet. */
export async function listRoundsToOpen(tx: Tx, subjectId: string, title: TitleCode): Promise<OpenRound[]> {
  return await tx.$queryRaw<OpenRound[]>`
    SELECT DISTINCT ON (r.year) r.year, r.submit_by AS "submitBy"
      FROM round r
      JOIN subject_home h ON h.subject_id = ${subjectId}::uuid
       AND h.valid_from <= r.reference_date AND (h.valid_to IS NULL OR h.valid_to > r.reference_date)
      JOIN ancestry a ON a.ancestor_id = r.unit_id AND a.descendant_id = h.unit_id
       AND a.valid_from <= r.reference_date AND (a.valid_to IS NULL OR a.valid_to > r.reference_date)
     WHERE r.title = ${title} AND r.opens_on <= app_today()
       AND NOT EXISTS (SELECT 1 FROM assessment s WHERE s.subject_id = ${subjectId}::uuid AND s.title = r.title AND s.year = r.year)
     ORDER BY r.year DESC, a.depth`;
}

/** Today as the database counts days, yyyy-mm-dd. */
export async function today(tx: Tx): Promise<string> {
  const [row] = await tx.$queryRaw<{ day: string }[]>`SELECT app_today()::text AS day`;

  return row?.day ?? "";
}
