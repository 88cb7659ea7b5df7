import type { ClientBase } from "pg";
import { accessRows, roleLevelRows } from "@/domain/access/access";
import type { CriteriaSet } from "@/domain/criteria/criteria-set";
import type { PlanFile } from "@/domain/plan/target";
import { unitKey } from "@/domain/territory/territory";
import type { RoundFile } from "../../../prisma/reference/read-reference";

const nationOf = (nation: { code: string; recordStart: string }) =>
  unitKey("NATION", nation.code, nation.recordStart);

/** The access table and the levels of its roles, copied exactly: the second wall decides on these rows. */
export async function loadAccess(db: ClientBase): Promise<void> {
  await db.query("DELETE FROM role_capability");
  await db.query(
    `INSERT INTO role_capability (role, capability, needs_standing_unit)
     SELECT role, capability, "needsStandingUnit"
       FROM jsonb_to_recordset($1::jsonb) AS r(role text, capability text, "needsStandingUnit" boolean)`,
    [JSON.stringify(accessRows())],
  );
  await db.query("DELETE FROM role_level");
  await db.query(
    "INSERT INTO role_level (role, level) SELECT role, level FROM jsonb_to_recordset($1::jsonb) AS r(role text, level text)",
    [JSON.stringify(roleLevelRows())],
  );
}

/**
 * Adds the criteria sets that are not there yet. A set in the database is never rewritten: published ones are frozen and
 * drafts may have been completed since. Returns the codes of those whose definition differs from the reference.
 */
export async function loadCriteriaSets(
  db: ClientBase,
  nation: { code: string; recordStart: string },
  sets: readonly CriteriaSet[],
): Promise<string[]> {
  const { rows } = await db.query<{ code: string }>(
    `WITH given AS (
       SELECT s.*, k.id AS unit_id FROM jsonb_to_recordset($1::jsonb) AS s(
         code text, version int, title text, variant text, name text, "legalBasis" text, issuer text,
         "validFrom" date, "validTo" date, status text, definition jsonb)
       JOIN unit_key k ON k.key = $2
     ), added AS (
       INSERT INTO criteria_set (code, version, title, variant, unit_id, name, legal_basis, issuer, valid_from, valid_to, status, definition, published_at)
       SELECT code, version, title, variant, unit_id, name, "legalBasis", issuer, "validFrom", "validTo", status, definition,
              CASE WHEN status <> 'DRAFT' THEN now() END
         FROM given
       ON CONFLICT (code, version) DO NOTHING
     )
     SELECT g.code FROM given g JOIN criteria_set c ON c.code = g.code AND c.version = g.version
      WHERE c.definition <> g.definition ORDER BY g.code`,
    [JSON.stringify(sets), nationOf(nation)],
  );

  return rows.map((row) => row.code);
}

/** Brings the reference plans and targets to what the file says; plans made by offices are not touched. */
export async function loadPlans(db: ClientBase, file: PlanFile): Promise<void> {
  await db.query(
    `INSERT INTO plan (code, unit_id, document, name, issued_on, period_from, period_to)
     SELECT p.code, k.id, p.document, p.name, p."issuedOn", p."periodFrom", p."periodTo"
       FROM jsonb_to_recordset($1::jsonb) AS p(
         code text, unit text, document text, name text, "issuedOn" text, "periodFrom" int, "periodTo" int)
       JOIN unit_key k ON k.key = p.unit
     ON CONFLICT (code) DO UPDATE SET unit_id = excluded.unit_id, document = excluded.document, name = excluded.name,
       issued_on = excluded.issued_on, period_from = excluded.period_from, period_to = excluded.period_to`,
    [JSON.stringify(file.plans.map(({ targets: _, ...plan }) => plan))],
  );
  const targets = file.plans.flatMap((plan) =>
    plan.targets.map((row) => ({
      plan: plan.code,
      ...Object.fromEntries(file.header.map((column, index) => [column, row[index]])),
    })),
  );
  await db.query(
    `INSERT INTO target (code, plan_id, indicator, year, operator, value_pct, denominator, area_variant, area_text, confidence, source, note)
     SELECT t.code, p.id, t.indicator, t.year, t.operator, t."valuePct", t.denominator, t."areaVariant", t."areaText",
            t.confidence, t.source, t.note
       FROM jsonb_to_recordset($1::jsonb) AS t(
         plan text, code text, indicator text, year int, operator text, "valuePct" numeric, denominator text,
         "areaVariant" text, "areaText" text, confidence text, source text, note text)
       JOIN plan p ON p.code = t.plan
     ON CONFLICT (code) DO UPDATE SET plan_id = excluded.plan_id, indicator = excluded.indicator, year = excluded.year,
       operator = excluded.operator, value_pct = excluded.value_pct, denominator = excluded.denominator,
       area_variant = excluded.area_variant, area_text = excluded.area_text, confidence = excluded.confidence,
       source = excluded.source, note = excluded.note`,
    [JSON.stringify(targets)],
  );
}

/** Opens the nation's rounds that are not there yet, in order of year and title. */
export async function loadRounds(
  db: ClientBase,
  nation: { code: string; recordStart: string },
  file: RoundFile,
): Promise<void> {
  await db.query(
    `INSERT INTO round (title, year, unit_id, reference_date, opens_on, submit_by, review_by)
     SELECT t.title, r.year, k.id, r.reference_date, r.opens_on, r.submit_by, r.review_by
       FROM unnest($1::int[], $2::date[], $3::date[], $4::date[], $5::date[])
              AS r(year, reference_date, opens_on, submit_by, review_by)
       CROSS JOIN unnest($6::text[]) WITH ORDINALITY AS t(title, place)
       JOIN unit_key k ON k.key = $7
      ORDER BY r.year, t.place
     ON CONFLICT (title, year, unit_id) DO NOTHING`,
    [...[0, 1, 2, 3, 4].map((column) => file.rows.map((row) => row[column])), file.titles, nationOf(nation)],
  );
}
