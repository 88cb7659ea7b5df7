import type { ClientBase } from "pg";
import { REGIMES } from "@/domain/territory/territory";
import type { TerritoryRows } from "./territory-rows";

/** Columns of rows as parallel arrays, for `unnest`. */
function columns<Row, Key extends keyof Row>(rows: readonly Row[], ...keys: readonly Key[]): Row[Key][][] {
  return keys.map((key) => rows.map((row) => row[key]));
}

/** Temporary table of the keys and ids of all units that are not hamlets. */
async function mapKeys(db: ClientBase): Promise<void> {
  await db.query(`
    CREATE TEMP TABLE unit_key ON COMMIT DROP AS
      SELECT level || ':' || code || '@' || to_char(valid_from, 'YYYY-MM-DD') AS key, id FROM unit WHERE level <> 'HAMLET'`);
  await db.query("CREATE UNIQUE INDEX ON unit_key (key)");
  await db.query("ANALYZE unit_key");
}

/**
 * Brings units, names, placements, succession and regimes to what the reference says. Hamlets and what an office changed
 * since (another review area, for example) stay as they are: rows that exist or would overlap are left alone.
 */
export async function loadTerritory(db: ClientBase, rows: TerritoryRows): Promise<void> {
  await db.query(
    `INSERT INTO unit (level, code, name, type, valid_from, valid_to)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::date[], $6::date[])
     ON CONFLICT (level, code, valid_from) DO UPDATE SET name = excluded.name, type = excluded.type, valid_to = excluded.valid_to
      WHERE (unit.name, unit.type, unit.valid_to) IS DISTINCT FROM (excluded.name, excluded.type, excluded.valid_to)`,
    columns(rows.units, "level", "code", "name", "type", "validFrom", "validTo"),
  );
  await mapKeys(db);

  await db.query(
    `INSERT INTO unit_name (unit_id, name, type, valid_from, valid_to)
     SELECT k.id, r.name, r.type, r.valid_from, r.valid_to
       FROM unnest($1::text[], $2::text[], $3::text[], $4::date[], $5::date[]) AS r(key, name, type, valid_from, valid_to)
       JOIN unit_key k USING (key)
     ON CONFLICT DO NOTHING`,
    columns(rows.names, "key", "name", "type", "validFrom", "validTo"),
  );
  await db.query(
    `INSERT INTO placement (child_id, parent_id, kind, valid_from, valid_to)
     SELECT c.id, p.id, r.kind, r.valid_from, r.valid_to
       FROM unnest($1::text[], $2::text[], $3::text[], $4::date[], $5::date[]) AS r(child, parent, kind, valid_from, valid_to)
       JOIN unit_key c ON c.key = r.child JOIN unit_key p ON p.key = r.parent
     ON CONFLICT DO NOTHING`,
    columns(rows.placements, "child", "parent", "kind", "validFrom", "validTo"),
  );
  await db.query(
    `INSERT INTO succession (old_unit_id, new_unit_id, effective_on, population, note)
     SELECT o.id, n.id, $5::date, r.population, r.note
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS r(old, next, population, note)
       JOIN unit_key o ON o.key = r.old JOIN unit_key n ON n.key = r.next
     ON CONFLICT (old_unit_id, new_unit_id) DO UPDATE SET population = excluded.population, note = excluded.note`,
    [...columns(rows.successions, "old", "next", "population", "note"), rows.effectiveOn],
  );
  await db.query("SELECT refresh_ancestry(NULL)");

  await db.query(
    `INSERT INTO regime (code, name, prepare_level, review_level, valid_from, valid_to)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::date[], $6::date[])
     ON CONFLICT (code) DO NOTHING`,
    columns(REGIMES, "code", "nameVi", "prepareLevel", "reviewLevel", "validFrom", "validTo"),
  );
}
