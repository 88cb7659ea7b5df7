import "server-only";
import type { TitleCode } from "@/domain/title/title";
import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "@/lib/db/scope";
import { compareText } from "@/lib/text/name";
import type { Place, RegistryTotals, UnitTotals } from "./types";

// Raw SQL throughout: sums over the counters of many leaves, which Prisma's queries cannot say.

/** The leaves of a unit on a day: its hamlets and, for a commune, the commune itself (where its organisations stand). */
export async function leavesOf(tx: Tx, unitId: number, on: Date): Promise<Place[]> {
  const rows = await tx.$queryRaw<Place[]>`
    SELECT u.id, u.name, u.level, u.valid_from AS "validFrom"
      FROM ancestry a JOIN unit u ON u.id = a.descendant_id
     WHERE a.ancestor_id = ${unitId} AND u.level IN ('COMMUNE', 'HAMLET')
       AND a.valid_from <= ${on}::date AND (a.valid_to IS NULL OR a.valid_to > ${on}::date)`;

  return rows.sort((a, b) => compareText(a.name, b.name) || a.id - b.id);
}

/** The hamlets of a commune in which something new can stand on a day: not ended, not struck off the register. */
export async function openHamlets(tx: Tx, communeId: number, on: Date): Promise<Place[]> {
  const rows = await tx.$queryRaw<Place[]>`
    SELECT u.id, u.name, u.level, u.valid_from AS "validFrom"
      FROM ancestry a JOIN unit u ON u.id = a.descendant_id
     WHERE a.ancestor_id = ${communeId} AND u.level = 'HAMLET' AND (u.valid_to IS NULL OR u.valid_to > ${on}::date)
       AND a.valid_from <= ${on}::date AND (a.valid_to IS NULL OR a.valid_to > ${on}::date)
       AND NOT EXISTS (SELECT 1 FROM community c JOIN subject s ON s.id = c.subject_id
                        WHERE c.area_unit_id = u.id AND s.active_to IS NOT NULL)`;

  return rows.sort((a, b) => compareText(a.name, b.name) || a.id - b.id);
}

/** The counters of all five titles over the given leaves in a year. */
export async function sumTitles(tx: Tx, leafIds: readonly number[], year: number): Promise<RegistryTotals> {
  const rows = await tx.$queryRaw<({ title: TitleCode } & RegistryTotals[TitleCode])[]>`
    WITH y AS (SELECT * FROM unit_year WHERE unit_id = ANY (${leafIds}::int[]) AND year = ${year}::int)
    SELECT t.title, coalesce(sum(t.total), 0)::int AS total, coalesce(sum(t.registered), 0)::int AS registered,
           coalesce(sum(t.scored), 0)::int AS scored, coalesce(sum(t.submitted), 0)::int AS submitted,
           coalesce(sum(t.recognised), 0)::int AS recognised
      FROM y CROSS JOIN LATERAL (VALUES
        ('FAMILY', family_total, family_registered, family_scored, family_submitted, family_recognised),
        ('CLAN', clan_total, clan_registered, clan_scored, clan_submitted, clan_recognised),
        ('COMMUNITY', community_total, community_registered, community_scored, community_submitted, community_recognised),
        ('ORGANISATION', organisation_total, organisation_registered, organisation_scored, organisation_submitted, organisation_recognised),
        ('CITIZEN', citizen_total, citizen_registered, citizen_scored, citizen_submitted, citizen_recognised)
      ) AS t(title, total, registered, scored, submitted, recognised)
     GROUP BY t.title`;
  const of = (title: TitleCode) => {
    const { title: _title, ...totals } = rows.find((row) => row.title === title) ?? { title, ...NOTHING };

    return totals;
  };

  return {
    FAMILY: of("FAMILY"),
    CLAN: of("CLAN"),
    COMMUNITY: of("COMMUNITY"),
    ORGANISATION: of("ORGANISATION"),
    CITIZEN: of("CITIZEN"),
  };
}

const NOTHING = { total: 0, registered: 0, scored: 0, submitted: 0, recognised: 0 };

const COUNTERS: Readonly<Record<TitleCode, string>> = {
  FAMILY: "family",
  CLAN: "clan",
  COMMUNITY: "community",
  ORGANISATION: "organisation",
  CITIZEN: "citizen",
};

/** The units directly under a unit on a day with the counters of one title of the leaves below each in a year. */
export async function listChildTotals(
  tx: Tx,
  query: Readonly<{ unitId: number; on: Date; year: number; title: TitleCode }>,
): Promise<UnitTotals[]> {
  const { unitId, on, year, title } = query;
  const sum = (counter: keyof RegistryTotals[TitleCode]) =>
    Prisma.raw(`coalesce(sum(y.${COUNTERS[title]}_${counter}), 0)::int AS ${counter}`);
  const rows = await tx.$queryRaw<UnitTotals[]>`
    SELECT u.id, u.name, u.level, ${sum("total")}, ${sum("registered")}, ${sum("scored")}, ${sum("submitted")}, ${sum("recognised")}
      FROM placement p
      JOIN unit u ON u.id = p.child_id
      LEFT JOIN ancestry a ON a.ancestor_id = u.id AND a.valid_from <= ${on}::date AND (a.valid_to IS NULL OR a.valid_to > ${on}::date)
      LEFT JOIN unit_year y ON y.unit_id = a.descendant_id AND y.year = ${year}::int
     WHERE p.parent_id = ${unitId} AND p.kind = 'TREE' AND u.level <> 'HAMLET'
       AND p.valid_from <= ${on}::date AND (p.valid_to IS NULL OR p.valid_to > ${on}::date)
     GROUP BY u.id`;

  return rows.sort((a, b) => compareText(a.name, b.name) || a.id - b.id);
}
