import "server-only";
import type { Tx } from "@/lib/db/scope";
import { compareText } from "@/lib/text/name";
import type { HamletCounts, HamletOption, MovableEntry } from "./types";

export type Hamlet = {
  id: number;
  code: string;
  name: string;
  kind: string;
  validFrom: string;
  validTo: string | null;
  commune: { id: number; name: string };
  /** the hamlet as a candidate for the title; null while nobody entered it */
  community: { id: string; version: number; activeFrom: string; activeTo: string | null } | null;
};

/** A hamlet with its commune and its entry in the register; undefined when there is none. Days as yyyy-mm-dd. */
export async function findHamlet(tx: Tx, id: number): Promise<Hamlet | undefined> {
  const rows = await tx.$queryRaw<Hamlet[]>`
    SELECT u.id, u.code, u.name, u.type AS kind, u.valid_from::text AS "validFrom", u.valid_to::text AS "validTo",
           (SELECT jsonb_build_object('id', c.id, 'name', c.name) FROM ancestry a JOIN unit c ON c.id = a.ancestor_id
             WHERE a.descendant_id = u.id AND c.level = 'COMMUNE' ORDER BY a.valid_from DESC LIMIT 1) AS commune,
           (SELECT jsonb_build_object('id', s.id, 'version', s.version, 'activeFrom', s.active_from, 'activeTo', s.active_to)
              FROM community k JOIN subject s ON s.id = k.subject_id WHERE k.area_unit_id = u.id) AS community
      FROM unit u WHERE u.id = ${id} AND u.level = 'HAMLET'`;

  return rows[0];
}

export type HamletName = { name: string; kind: string; validFrom: string; validTo: string | null };

/** What a hamlet was called, latest first. */
export async function listNames(tx: Tx, id: number): Promise<HamletName[]> {
  return await tx.$queryRaw<HamletName[]>`
    SELECT name, type AS kind, valid_from::text AS "validFrom", valid_to::text AS "validTo"
      FROM unit_name WHERE unit_id = ${id} ORDER BY valid_from DESC LIMIT 100`;
}

export type HamletSuccession = {
  direction: "BECAME" | "CAME_FROM";
  unitId: number;
  name: string;
  on: string;
  isWhole: boolean;
};

/** Which hamlets a hamlet came from and which it became. */
export async function listSuccessions(tx: Tx, id: number): Promise<HamletSuccession[]> {
  return await tx.$queryRaw<HamletSuccession[]>`
    SELECT CASE WHEN s.old_unit_id = ${id} THEN 'BECAME' ELSE 'CAME_FROM' END AS direction, u.id AS "unitId", u.name,
           s.effective_on::text AS "on", s.population = 'WHOLE' AS "isWhole"
      FROM succession s JOIN unit u ON u.id = CASE WHEN s.old_unit_id = ${id} THEN s.new_unit_id ELSE s.old_unit_id END
     WHERE ${id} IN (s.old_unit_id, s.new_unit_id) ORDER BY s.effective_on DESC, u.id LIMIT 100`;
}

/** The years in which a hamlet itself is marked specially difficult. */
export async function listDifficultYears(tx: Tx, id: number): Promise<number[]> {
  const rows = await tx.$queryRaw<{ year: number }[]>`
    SELECT year FROM unit_flag WHERE unit_id = ${id} AND flag = 'SPECIALLY_DIFFICULT' ORDER BY year`;

  return rows.map(({ year }) => year);
}

/** The hamlets of a commune that stand on a day, with what is followed in each. */
export async function listHamletOptions(tx: Tx, communeId: number, on: string): Promise<HamletOption[]> {
  const rows = await tx.$queryRaw<HamletOption[]>`
    SELECT u.id, u.name, count(s.id) FILTER (WHERE s.title = 'FAMILY')::int AS households,
           count(s.id) FILTER (WHERE s.title = 'CITIZEN')::int AS citizens, count(s.id) FILTER (WHERE s.title = 'CLAN')::int AS clans
      FROM placement p JOIN unit u ON u.id = p.child_id AND u.level = 'HAMLET' AND u.valid_to IS NULL
      LEFT JOIN subject s ON s.unit_id = u.id AND s.active_to IS NULL
     WHERE p.parent_id = ${communeId} AND p.kind = 'TREE' AND p.valid_from <= ${on}::date AND p.valid_to IS NULL
     GROUP BY u.id`;

  return rows.sort((a, b) => compareText(a.name, b.name) || a.id - b.id);
}

/** What stands in the given hamlets now, together, without their own entries as communities. */
export async function countEntries(tx: Tx, hamletIds: readonly number[]): Promise<HamletCounts> {
  const [row] = await tx.$queryRaw<HamletCounts[]>`
    SELECT count(*) FILTER (WHERE title = 'FAMILY')::int AS households, count(*) FILTER (WHERE title = 'CITIZEN')::int AS citizens,
           count(*) FILTER (WHERE title = 'CLAN')::int AS clans
      FROM subject WHERE unit_id = ANY (${hamletIds}::int[]) AND active_to IS NULL`;

  return row ?? { households: 0, citizens: 0, clans: 0 };
}

/**
 * What of a hamlet can be chosen when it is split: its households, its clans, and citizens who belong to no household of it.
 * One hamlet has some hundred households: no paging.
 */
export async function listMovable(tx: Tx, hamletId: number): Promise<MovableEntry[]> {
  return await tx.$queryRaw<MovableEntry[]>`
    SELECT s.id, s.title, s.name, coalesce(h.address, c.birth_year::text, '') AS detail,
           (SELECT count(*)::int FROM citizen m JOIN subject ms ON ms.id = m.subject_id AND ms.active_to IS NULL AND ms.unit_id = s.unit_id
             WHERE s.title = 'FAMILY' AND m.household_id = s.id) AS "memberCount"
      FROM subject s LEFT JOIN household h ON h.subject_id = s.id LEFT JOIN citizen c ON c.subject_id = s.id
      LEFT JOIN subject hs ON hs.id = c.household_id
     WHERE s.unit_id = ${hamletId} AND s.active_to IS NULL
       AND (s.title IN ('FAMILY', 'CLAN') OR s.title = 'CITIZEN' AND (hs.id IS NULL OR hs.unit_id <> s.unit_id))
     ORDER BY array_position(ARRAY['FAMILY', 'CITIZEN', 'CLAN'], s.title), s.name_sort, s.id LIMIT 5000`;
}

/** Everything whose home in a hamlet reaches past a day, but for the hamlet's own entry: what follows when it ends. */
export async function listResidents(
  tx: Tx,
  query: Readonly<{ hamletId: number; on: string }>,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT s.id FROM subject_home h JOIN subject s ON s.id = h.subject_id
     WHERE h.unit_id = ${query.hamletId} AND (h.valid_to IS NULL OR h.valid_to > ${query.on}::date) AND s.title <> 'COMMUNITY'
     ORDER BY s.id`;

  return rows.map(({ id }) => id);
}

/** The chosen entries that still stand in the hamlet, with the members of the chosen households who live there. */
export async function withMembers(
  tx: Tx,
  query: Readonly<{ hamletId: number; chosen: readonly string[] }>,
): Promise<{ chosen: number; ids: string[] }> {
  const rows = await tx.$queryRaw<{ id: string; isChosen: boolean }[]>`
    SELECT s.id, s.id = ANY (${query.chosen}::uuid[]) AS "isChosen"
      FROM subject s LEFT JOIN citizen c ON c.subject_id = s.id
     WHERE s.unit_id = ${query.hamletId} AND s.active_to IS NULL AND s.title IN ('FAMILY', 'CITIZEN', 'CLAN')
       AND (s.id = ANY (${query.chosen}::uuid[]) OR c.household_id = ANY (${query.chosen}::uuid[]))
     ORDER BY s.id`;

  return { chosen: rows.filter(({ isChosen }) => isChosen).length, ids: rows.map(({ id }) => id) };
}
