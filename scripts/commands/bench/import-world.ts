import { randomUUID } from "node:crypto";
import type pg from "pg";
import { accessRows, roleLevelRows } from "@/domain/access/access";
import { hamletNames } from "./import-list";

export const IMPORT_YEAR = 2024;

export type ImportTown = {
  communeId: number;
  officer: { id: string; grants: { role: "COMMUNE_OFFICER"; unitId: number }[] };
};

/** One commune with hamlets and an officer, in a province with rounds of four years, so that counting costs what it costs. */
export async function buildTown(db: pg.Client | pg.Pool, hamlets: number): Promise<ImportTown> {
  for (const { role, capability, needsStandingUnit } of accessRows()) {
    await db.query(
      "INSERT INTO role_capability (role, capability, needs_standing_unit) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
      [role, capability, needsStandingUnit],
    );
  }
  for (const { role, level } of roleLevelRows()) {
    await db.query("INSERT INTO role_level (role, level) VALUES ($1, $2) ON CONFLICT DO NOTHING", [
      role,
      level,
    ]);
  }
  const mark = randomUUID().slice(0, 8);
  const provinceId = await buildUnit(db, { level: "PROVINCE", code: `P${mark}`, name: `Tỉnh ${mark}` });
  const districtId = await buildUnit(db, {
    level: "DISTRICT",
    code: `D${mark}`,
    name: `Huyện ${mark}`,
    parentId: provinceId,
  });
  const communeId = await buildUnit(db, {
    level: "COMMUNE",
    code: `C${mark}`,
    name: `Xã ${mark}`,
    parentId: districtId,
  });
  for (const [index, name] of hamletNames(hamlets).entries()) {
    await buildUnit(db, { level: "HAMLET", code: `C${mark}-${index + 1}`, name, parentId: communeId });
  }
  for (let year = IMPORT_YEAR - 1; year <= IMPORT_YEAR + 2; year++) {
    for (const title of ["FAMILY", "CITIZEN"]) {
      await db.query(
        `INSERT INTO round (title, year, unit_id, reference_date, opens_on, submit_by, review_by)
         VALUES ($1, $2, $3, make_date($2, 12, 31), make_date($2, 1, 1), make_date($2, 12, 31), make_date($2 + 1, 1, 31)) ON CONFLICT DO NOTHING`,
        [title, year, provinceId],
      );
    }
  }
  const id = randomUUID();
  await db.query(
    "INSERT INTO app_user (id, username, name, password_hash) VALUES ($1, $2, 'Cán Bộ Thử', '-')",
    [id, `thu-${mark}`],
  );
  await db.query(
    "INSERT INTO role_grant (user_id, role, unit_id, valid_from) VALUES ($1, 'COMMUNE_OFFICER', $2, '2024-01-01')",
    [id, communeId],
  );
  await db.query("ANALYZE");

  return { communeId, officer: { id, grants: [{ role: "COMMUNE_OFFICER", unitId: communeId }] } };
}

async function buildUnit(
  db: pg.Client | pg.Pool,
  unit: Readonly<{ level: string; code: string; name: string; parentId?: number }>,
): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    `WITH u AS (INSERT INTO unit (level, code, name, type, valid_from) VALUES ($1, $2, $3, 'Thôn', '2014-02-20') RETURNING id, name, type, valid_from)
     INSERT INTO unit_name (unit_id, name, type, valid_from) SELECT id, name, type, valid_from FROM u RETURNING unit_id AS id`,
    [unit.level, unit.code, unit.name],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error("no unit");
  if (unit.parentId !== undefined) {
    await db.query("INSERT INTO placement (child_id, parent_id, valid_from) VALUES ($1, $2, '2014-02-20')", [
      id,
      unit.parentId,
    ]);
  }
  await db.query("SELECT refresh_ancestry(ARRAY[$1::int])", [id]);

  return id;
}
