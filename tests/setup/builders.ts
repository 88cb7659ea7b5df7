import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import pg from "pg";
import type { Role } from "@/domain/access/access";
import { accessRows, roleLevelRows } from "@/domain/access/access";
import { REGIMES } from "@/domain/territory/territory";
import type { TitleCode } from "@/domain/title/title";
import type { SessionActor } from "@/features/user/data";
import { testDatabase } from "./database";

let pool: pg.Pool | undefined;

/** Rows of a statement run as the owner of the tables, past row-level security. */
export async function ownerSql<Row extends pg.QueryResultRow>(
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  if (!pool) {
    pool = new pg.Pool({ connectionString: testDatabase().ownerUrl, max: 4 });
    // The database is dropped under the pool after the last test.
    pool.on("error", () => undefined);
  }
  const { rows } = await pool.query<Row>(text, values);

  return rows;
}

/** Rows of statements run by direct SQL as the web role under a person's scope: what the second wall alone lets through. */
export async function appSql<Row extends pg.QueryResultRow>(
  actorId: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: testDatabase().appUrl });
  await client.connect();
  try {
    await client.query("BEGIN");
    await client.query("SELECT set_config('app.user_id', $1, true)", [actorId]);
    const { rows } = await client.query<Row>(text, values);
    await client.query("COMMIT");

    return rows;
  } finally {
    await client.end();
  }
}

/** The access table, regimes and criteria sets, also where the reference data is not loaded. */
export async function buildReference(): Promise<void> {
  for (const row of accessRows()) {
    await ownerSql(
      "INSERT INTO role_capability (role, capability, needs_standing_unit) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
      [row.role, row.capability, row.needsStandingUnit],
    );
  }
  for (const row of roleLevelRows()) {
    await ownerSql("INSERT INTO role_level (role, level) VALUES ($1, $2) ON CONFLICT DO NOTHING", [
      row.role,
      row.level,
    ]);
  }
  for (const regime of REGIMES) {
    await ownerSql(
      `INSERT INTO regime (code, name, prepare_level, review_level, valid_from, valid_to)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
      [regime.code, regime.nameVi, regime.prepareLevel, regime.reviewLevel, regime.validFrom, regime.validTo],
    );
  }
}

let serial = 0;
const nextSerial = () => `T${String(++serial).padStart(4, "0")}`;

/** A unit with its name, placed under its parent (by default for its whole life). */
export async function buildUnit(unit: {
  level: "PROVINCE" | "DISTRICT" | "REVIEW_AREA" | "COMMUNE" | "HAMLET";
  parentId?: number;
  name?: string;
  validFrom?: string;
  validTo?: string | null;
}): Promise<number> {
  const { level, parentId, validFrom = "2014-02-20", validTo = null } = unit;
  const code = nextSerial();
  const name = unit.name ?? `${level} ${code}`;
  const [row] = await ownerSql<{ id: number }>(
    `WITH u AS (INSERT INTO unit (level, code, name, type, valid_from, valid_to) VALUES ($1, $2, $3, $1, $4, $5) RETURNING id, name, type, valid_from, valid_to)
     INSERT INTO unit_name (unit_id, name, type, valid_from, valid_to) SELECT id, name, type, valid_from, valid_to FROM u RETURNING unit_id AS id`,
    [level, code, name, validFrom, validTo],
  );
  if (!row) throw new Error("no unit");
  if (parentId !== undefined) await placeUnit({ childId: row.id, parentId, validFrom, validTo });
  else await ownerSql("SELECT refresh_ancestry(ARRAY[$1::int])", [row.id]);

  return row.id;
}

/** Places a unit under a parent from a day on. `SUCCESSION`: an ended unit under its successor. */
export async function placeUnit(placement: {
  childId: number;
  parentId: number;
  validFrom: string;
  validTo?: string | null;
  kind?: "TREE" | "SUCCESSION";
}): Promise<void> {
  await ownerSql(
    "INSERT INTO placement (child_id, parent_id, kind, valid_from, valid_to) VALUES ($1, $2, $3, $4, $5)",
    [
      placement.childId,
      placement.parentId,
      placement.kind ?? "TREE",
      placement.validFrom,
      placement.validTo ?? null,
    ],
  );
  await ownerSql("SELECT refresh_ancestry(ARRAY[$1::int])", [placement.childId]);
}

/** An account with one grant, as a session would know it. */
export async function buildUser(user: { role: Role; unitId: number; name?: string }): Promise<SessionActor> {
  const id = randomUUID();
  const username = `thu-${id.slice(0, 8)}`;
  const name = user.name ?? "Người Thử Nghiệm";
  await ownerSql("INSERT INTO app_user (id, username, name, password_hash) VALUES ($1, $2, $3, '-')", [
    id,
    username,
    name,
  ]);
  await ownerSql(
    "INSERT INTO role_grant (user_id, role, unit_id, valid_from) VALUES ($1, $2, $3, '2024-01-01')",
    [id, user.role, user.unitId],
  );
  const [unit] = await ownerSql<{ isStanding: boolean }>(
    `SELECT valid_to IS NULL OR valid_to > app_today() AS "isStanding" FROM unit WHERE id = $1`,
    [user.unitId],
  );

  return {
    id,
    username,
    name,
    isDemo: false,
    mustChangePassword: false,
    grants: [
      {
        role: user.role,
        unitId: user.unitId,
        isStanding: unit?.isStanding ?? false,
        unitName: "",
        unitLevel: "",
      },
    ],
  };
}

/** A household standing in a hamlet since 2020. */
export async function buildHousehold(household: {
  hamletId: number;
  name?: string;
  clanId?: string;
}): Promise<string> {
  const id = randomUUID();
  await ownerSql(
    "INSERT INTO subject (id, title, unit_id, name, active_from) VALUES ($1, 'FAMILY', $2, $3, '2020-01-01')",
    [id, household.hamletId, household.name ?? `Hộ Thử ${id.slice(0, 4)}`],
  );
  await ownerSql("INSERT INTO household (subject_id, clan_id) VALUES ($1, $2)", [
    id,
    household.clanId ?? null,
  ]);
  await ownerSql("INSERT INTO subject_home (subject_id, unit_id, valid_from) VALUES ($1, $2, '2020-01-01')", [
    id,
    household.hamletId,
  ]);

  return id;
}

/** A citizen standing in a hamlet since 2020, by default an adult farmer. */
export async function buildCitizen(citizen: {
  hamletId: number;
  householdId?: string;
  organisationId?: string;
  birthYear?: number;
  isWorker?: boolean;
  variant?: "FARMER" | "WORKER" | "OFFICIAL" | "STUDENT";
}): Promise<string> {
  const id = randomUUID();
  await ownerSql(
    "INSERT INTO subject (id, title, unit_id, name, active_from) VALUES ($1, 'CITIZEN', $2, $3, '2020-01-01')",
    [id, citizen.hamletId, `Người Thử ${id.slice(0, 4)}`],
  );
  await ownerSql(
    "INSERT INTO citizen (subject_id, birth_year, sex, household_id, variant, is_worker, organisation_id) VALUES ($1, $2, 'FEMALE', $3, $4, $5, $6)",
    [
      id,
      citizen.birthYear ?? 1980,
      citizen.householdId ?? null,
      citizen.variant ?? "FARMER",
      citizen.isWorker ?? false,
      citizen.organisationId ?? null,
    ],
  );
  await ownerSql("INSERT INTO subject_home (subject_id, unit_id, valid_from) VALUES ($1, $2, '2020-01-01')", [
    id,
    citizen.hamletId,
  ]);

  return id;
}

/** The round of a title and year at a unit; one that is there already is used. */
export async function buildRound(round: {
  unitId: number;
  year: number;
  title?: TitleCode;
  submitBy?: string;
  reviewBy?: string;
}): Promise<number> {
  const { unitId, year, title = "FAMILY" } = round;
  const [row] = await ownerSql<{ id: number }>(
    `INSERT INTO round (title, year, unit_id, reference_date, opens_on, submit_by, review_by)
     VALUES ($1, $2, $3, make_date($2, 12, 31), make_date($2, 1, 1), $4, $5)
     ON CONFLICT (title, year, unit_id) DO UPDATE SET submit_by = excluded.submit_by RETURNING id`,
    [title, year, unitId, round.submitBy ?? `${year}-12-31`, round.reviewBy ?? `${year + 1}-01-31`],
  );
  if (!row) throw new Error("no round");

  return row.id;
}

type CompiledSet = {
  code: string;
  version: number;
  title: string;
  variant: string | null;
  name: string;
  legalBasis: string;
  issuer: string;
  validFrom: string;
  validTo: string | null;
  status: string;
  definition: unknown;
};

/** A criteria set of the reference file by its code, loaded for a unit where it is not there yet. */
export async function buildCriteriaSet(code: string, unitId: number): Promise<number> {
  const [known] = await ownerSql<{ id: number }>(
    "SELECT id FROM criteria_set WHERE code = $1 ORDER BY version LIMIT 1",
    [code],
  );
  if (known) return known.id;

  const file = new URL("../../prisma/reference/criteria-sets.json", import.meta.url);
  const { sets } = JSON.parse(await readFile(file, "utf8")) as { sets: CompiledSet[] };
  const set = sets.find((one) => one.code === code);
  if (!set) throw new Error(`no criteria set ${code}`);
  const [row] = await ownerSql<{ id: number }>(
    `INSERT INTO criteria_set (code, version, title, variant, unit_id, name, legal_basis, issuer, valid_from, valid_to, status, definition, published_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, now()) RETURNING id`,
    [
      set.code,
      set.version,
      set.title,
      set.variant,
      unitId,
      set.name,
      set.legalBasis,
      set.issuer,
      set.validFrom,
      set.validTo,
      set.status,
      JSON.stringify(set.definition),
    ],
  );
  if (!row) throw new Error("no criteria set");

  return row.id;
}
