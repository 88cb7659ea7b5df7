import "server-only";
import type { AssessmentState } from "@/domain/recognition/recognition";
import type { TitleCode } from "@/domain/title/title";
import { TITLE_CODES } from "@/domain/title/title";
import type { Tx } from "@/lib/db/scope";
import type { NotReady } from "../utils";
import { notReadyReason } from "../utils";
import { listOpenEntries } from "./open-entries";

export type TitleSummary = {
  title: TitleCode;
  /** everybody of that kind in the register on the year's last day */
  total: number;
  registered: number;
  scored: number;
  /** returned ones that are ready again included */
  ready: number;
  /** of those never sent */
  notReady: Record<NotReady, number>;
  submitted: number;
  returned: number;
  approved: number;
  recognised: number;
  dossierId: string | null;
  submitBy: Date | null;
};

type StateCount = { title: TitleCode; state: AssessmentState; entries: number; complete: number };

/**
 * One line per title of a commune and year: from everybody in the register to the recognised. What is ready is counted
 * with today's derived shares, as a submission would. Raw: counts by state and sums of leaves.
 */
export async function summariseCommune(tx: Tx, communeId: number, year: number): Promise<TitleSummary[]> {
  const counts = await tx.$queryRaw<StateCount[]>`
    SELECT title, state, count(*)::int AS entries, count(*) FILTER (WHERE is_complete)::int AS complete
      FROM assessment WHERE commune_id = ${communeId} AND year = ${year} GROUP BY title, state`;
  const totals = await totalsOf(tx, communeId, year);
  const dossiers = await tx.$queryRaw<{ title: TitleCode; id: string }[]>`
    SELECT title, id FROM dossier WHERE unit_id = ${communeId} AND year = ${year}`;
  const rounds = await tx.$queryRaw<{ title: TitleCode; submitBy: Date }[]>`
    SELECT DISTINCT ON (r.title) r.title, r.submit_by AS "submitBy"
      FROM round r JOIN ancestry a ON a.ancestor_id = r.unit_id AND a.descendant_id = ${communeId}
       AND a.valid_from <= r.reference_date AND (a.valid_to IS NULL OR a.valid_to > r.reference_date)
     WHERE r.year = ${year} ORDER BY r.title, a.depth`;

  const lines: TitleSummary[] = [];
  for (const title of TITLE_CODES) {
    const own = counts.filter((row) => row.title === title);
    const inState = (state: AssessmentState) => own.find((row) => row.state === state)?.entries ?? 0;
    const open = await listOpenEntries(tx, { communeId, title, year });
    // A returned entry stands under "trả lại" alone: every registered entry is counted once over the columns.
    const { notReady } = countReadiness(open.filter(({ state }) => state !== "RETURNED"));

    lines.push({
      title,
      total: totals[title],
      registered: own.reduce((sum, row) => sum + row.entries, 0),
      scored: own.reduce((sum, row) => sum + row.complete, 0),
      ready: countReadiness(open).ready,
      notReady,
      submitted: inState("SUBMITTED"),
      returned: inState("RETURNED"),
      approved: inState("APPROVED"),
      recognised: inState("RECOGNISED"),
      dossierId: dossiers.find((row) => row.title === title)?.id ?? null,
      submitBy: rounds.find((row) => row.title === title)?.submitBy ?? null,
    });
  }

  return lines;
}

/** How many open entries are ready, and why the others stay behind. */
export function countReadiness(entries: readonly Parameters<typeof notReadyReason>[0][]): {
  ready: number;
  notReady: Record<NotReady, number>;
} {
  const notReady: Record<NotReady, number> = { UNSCORED: 0, MISSING: 0, BELOW: 0 };
  let ready = 0;
  for (const entry of entries) {
    const reason = notReadyReason(entry);
    if (reason === null) ready += 1;
    else notReady[reason] += 1;
  }

  return { ready, notReady };
}

async function totalsOf(tx: Tx, communeId: number, year: number): Promise<Record<TitleCode, number>> {
  const rows = await tx.$queryRaw<Record<TitleCode, number>[]>`
    SELECT coalesce(sum(y.family_total), 0)::int AS "FAMILY", coalesce(sum(y.clan_total), 0)::int AS "CLAN",
           coalesce(sum(y.community_total), 0)::int AS "COMMUNITY", coalesce(sum(y.organisation_total), 0)::int AS "ORGANISATION",
           coalesce(sum(y.citizen_total), 0)::int AS "CITIZEN"
      FROM ancestry a
      JOIN unit c ON c.id = a.ancestor_id
      JOIN unit_year y ON y.unit_id = a.descendant_id AND y.year = ${year}
     WHERE a.ancestor_id = ${communeId}
       AND a.valid_from <= least(make_date(${year}::int, 12, 31), c.valid_to - 1)
       AND (a.valid_to IS NULL OR a.valid_to > least(make_date(${year}::int, 12, 31), c.valid_to - 1))`;

  return rows[0] ?? { FAMILY: 0, CLAN: 0, COMMUNITY: 0, ORGANISATION: 0, CITIZEN: 0 };
}
