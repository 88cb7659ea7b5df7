import "server-only";
import type { CitizenVariant, TitleCode } from "@/domain/title/title";
import { findCriteriaSets } from "@/features/assessment/data/criteria";
import { scoreForSubmission } from "@/features/assessment/data/score";
import { className } from "@/features/assessment/utils";
import { listOpenEntries } from "@/features/dossier/data/open-entries";
import { notReadyReason } from "@/features/dossier/utils";
import type { Tx } from "@/lib/db/scope";

/** Whom a list proposes: everybody who may be, or those the commune has sent to be reviewed. */
export const OFFICIAL_SCOPES = ["READY", "SENT"] as const;
export type OfficialScope = (typeof OFFICIAL_SCOPES)[number];

export type OfficialEntry = {
  id: string;
  name: string;
  hamletId: number;
  hamletName: string;
  birthYear: number | null;
  address: string | null;
  variant: CitizenVariant | null;
  headName: string | null;
  organisationKind: string | null;
  total: number | null;
  className: string | null;
};

type Stored = Omit<OfficialEntry, "className"> & { classification: string | null; criteriaSetId: number };

/**
 * The entries of a commune, title and year that are complete and reach the threshold, by hamlet and name: sent ones with the
 * score as sent, the others with today's.
 */
export async function listOfficialEntries(
  tx: Tx,
  of: Readonly<{ communeId: number; title: TitleCode; year: number; scope: OfficialScope }>,
): Promise<OfficialEntry[]> {
  const ready = of.scope === "READY" ? await readyIds(tx, of) : [];
  const now = await scoreForSubmission(tx, ready);
  // Raw: one statement over the details of all kinds, hamlets with their numbers by value.
  const stored = await tx.$queryRaw<Stored[]>`
    SELECT a.id, coalesce(s.name, '(không còn trong địa bàn)') AS name, u.id AS "hamletId", u.name AS "hamletName",
           coalesce(c.birth_year, h.head_birth_year) AS "birthYear", h.address, c.variant, n.head_name AS "headName",
           o.kind AS "organisationKind", a.total::float8 AS total, a.classification, a.criteria_set_id AS "criteriaSetId"
      FROM assessment a
      JOIN unit u ON u.id = a.unit_id
      LEFT JOIN subject s ON s.id = a.subject_id
      LEFT JOIN household h ON h.subject_id = a.subject_id
      LEFT JOIN citizen c ON c.subject_id = a.subject_id
      LEFT JOIN clan n ON n.subject_id = a.subject_id
      LEFT JOIN organisation o ON o.subject_id = a.subject_id
     WHERE a.commune_id = ${of.communeId} AND a.title = ${of.title} AND a.year = ${of.year}
       AND (a.state IN ('SUBMITTED', 'APPROVED', 'RECOGNISED') OR a.id = ANY (${ready}::uuid[]))
     ORDER BY regexp_replace(regexp_replace(u.name_search, '(\\d+)', '00000\\1', 'g'), '\\d*(\\d{6})', '\\1', 'g'), u.id,
              coalesce(s.name_sort, ''), a.id`;
  const sets = await findCriteriaSets(
    tx,
    stored.map(({ criteriaSetId }) => criteriaSetId),
  );

  return stored.map(({ criteriaSetId, classification, ...row }) => {
    const fresh = now.get(row.id);
    const definition = sets.get(criteriaSetId)?.definition;
    const code = fresh ? fresh.classification : classification;

    return {
      ...row,
      total: fresh ? fresh.total : row.total,
      className: definition ? className(definition, code) : null,
    };
  });
}

/** How many entries a list of either kind has. */
export async function countOfficialEntries(
  tx: Tx,
  of: Readonly<{ communeId: number; title: TitleCode; year: number }>,
): Promise<Record<OfficialScope, number>> {
  const sent = await tx.assessment.count({
    where: {
      communeId: of.communeId,
      title: of.title,
      year: of.year,
      state: { in: ["SUBMITTED", "APPROVED", "RECOGNISED"] },
    },
  });

  return { SENT: sent, READY: sent + (await readyIds(tx, of)).length };
}

async function readyIds(
  tx: Tx,
  of: Readonly<{ communeId: number; title: TitleCode; year: number }>,
): Promise<string[]> {
  const open = await listOpenEntries(tx, of);

  return open.filter((entry) => notReadyReason(entry) === null).map(({ id }) => id);
}
