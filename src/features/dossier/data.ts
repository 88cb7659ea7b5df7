import "server-only";
import type { TitleCode } from "@/domain/title/title";
import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "@/lib/db/scope";
import { withScope } from "@/lib/db/scope";
import type { StateCounts } from "./data/entries";

/** Entries that came back to the communes for which the actor submits: the officer's waiting work. */
export async function countReturned(actor: { id: string }): Promise<number> {
  return await withScope(actor, async (tx) => {
    const rows = await tx.$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM assessment
       WHERE state = 'RETURNED' AND commune_id IN (SELECT app_units('dossier.submit'))`;

    return rows[0]?.n ?? 0;
  });
}

/** The counts by state of the entries of a dossier `d`, as columns named like {@link StateCounts}. */
export const stateCountsSql = Prisma.sql`
  SELECT count(*) FILTER (WHERE state = 'SUBMITTED')::int AS "SUBMITTED", count(*) FILTER (WHERE state = 'RETURNED')::int AS "RETURNED",
         count(*) FILTER (WHERE state = 'APPROVED')::int AS "APPROVED", count(*) FILTER (WHERE state = 'RECOGNISED')::int AS "RECOGNISED"
    FROM assessment a WHERE a.dossier_id = d.id`;

export const DOSSIER_PAGE = 50;

export type DossierRow = StateCounts & {
  id: string;
  title: TitleCode;
  year: number;
  communeName: string;
  submittedAt: Date;
  reviewBy: Date;
};

/** Dossiers of a year in the communes under a unit, earliest first, 50 after the given one. Raw: counts per dossier. */
export async function listDossiers(
  tx: Tx,
  of: { unitId: number; year: number; after?: string },
): Promise<{ rows: DossierRow[]; next: string | null }> {
  const after = of.after ?? null;
  const rows = await tx.$queryRaw<DossierRow[]>`
    SELECT d.id, d.title, d.year, u.name AS "communeName", d.submitted_at AS "submittedAt", r.review_by AS "reviewBy",
           n."SUBMITTED", n."RETURNED", n."APPROVED", n."RECOGNISED"
      FROM dossier d JOIN unit u ON u.id = d.unit_id JOIN round r ON r.id = d.round_id
      CROSS JOIN LATERAL (${stateCountsSql}) n
     WHERE d.year = ${of.year} AND d.unit_id IN (SELECT descendant_id FROM ancestry WHERE ancestor_id = ${of.unitId})
       AND d.unit_id IN (SELECT app_units('dossier.read'))
       AND (${after}::uuid IS NULL OR (d.submitted_at, d.id) > (SELECT submitted_at, id FROM dossier WHERE id = ${after}::uuid))
     ORDER BY d.submitted_at, d.id LIMIT ${DOSSIER_PAGE + 1}`;
  const page = rows.slice(0, DOSSIER_PAGE);

  return { rows: page, next: rows.length > DOSSIER_PAGE ? (page.at(-1)?.id ?? null) : null };
}
