import { randomUUID } from "node:crypto";
import { one, sql } from "../database";
import { importTarget } from "./imports";

/** What the walls stand around: ids of Tân Trào, of 2026. */
export type Ids = {
  unit: string;
  hamlet: string;
  subject: string;
  clan: string;
  assessment: string;
  dossier: string;
  file: string;
  user: string;
  criteriaSet: string;
  figureBatch: string;
  importBatch: string;
};

/** A file of figures of Tân Trào, checked and not written. */
export const FIGURE_BATCH = "5d0c9d1e-2f0e-4c0b-9a63-7f7c3a1b2c4d";

/** Ids that nothing has. */
export function nobodysIds(): Ids {
  return {
    unit: "2147480000",
    hamlet: "2147480001",
    subject: randomUUID(),
    clan: randomUUID(),
    assessment: randomUUID(),
    dossier: randomUUID(),
    file: randomUUID(),
    user: randomUUID(),
    criteriaSet: "999999",
    figureBatch: randomUUID(),
    importBatch: randomUUID(),
  };
}

/** A household of Tân Trào whose open sheet has evidence, a dossier of its, its officer; and their names, which are secret. */
export async function findTargets(): Promise<{
  ids: Ids;
  names: { subject: string; clan: string; unit: string; user: string };
}> {
  const unit = await communeId("Xã Tân Trào");
  const sheet = await one<{ id: string; subject: string; hamlet: number; name: string; file: string }>(
    `SELECT a.id, s.id AS subject, s.unit_id AS hamlet, s.name, l.file_id AS file
       FROM assessment a JOIN subject s ON s.id = a.subject_id
       JOIN evidence_link l ON l.assessment_id = a.id AND l.removed_at IS NULL
      WHERE a.commune_id = $1 AND a.year = 2026 AND a.title = 'FAMILY' AND a.state = 'DRAFT' AND a.answers ? '3.1'
      ORDER BY a.id LIMIT 1`,
    [unit],
  );
  const dossier = await one<{ id: string }>(
    `SELECT id FROM dossier WHERE unit_id = $1 AND year = 2026 AND title = 'ORGANISATION'`,
    [unit],
  );
  const user = await one<{ id: string; name: string }>(
    `SELECT id, name FROM app_user WHERE username = 'canbo.tantrao'`,
  );
  const clan = await one<{ id: string; name: string }>(
    `SELECT s.id, s.name FROM subject s JOIN ancestry a ON a.descendant_id = s.unit_id AND a.ancestor_id = $1 AND a.valid_to IS NULL
      WHERE s.title = 'CLAN' AND s.active_to IS NULL ORDER BY s.id LIMIT 1`,
    [unit],
  );
  const set = await one<{ id: number }>(`SELECT id FROM criteria_set WHERE title = 'FAMILY' LIMIT 1`);
  await sql(
    `INSERT INTO figure_batch (id, unit_id, year, source, dated_on, cells, problems, unchanged, created_by)
     VALUES ($1, $2::int, 2018, 'Báo cáo năm 2018', '2018-12-20',
             jsonb_build_array(jsonb_build_object('row', 4, 'unitId', $2::int, 'key', 'clan_total', 'value', 5, 'before', NULL, 'version', 0)),
             '[{"row": 5, "column": "Tổng số gia đình", "code": "NOT_A_COUNT"}]', 3, $3)
     ON CONFLICT DO NOTHING`,
    [FIGURE_BATCH, unit, user.id],
  );

  return {
    ids: {
      unit: String(unit),
      hamlet: String(sheet.hamlet),
      subject: sheet.subject,
      clan: clan.id,
      assessment: sheet.id,
      dossier: dossier.id,
      file: sheet.file,
      user: user.id,
      criteriaSet: String(set.id),
      figureBatch: FIGURE_BATCH,
      importBatch: await importTarget(unit),
    },
    names: { subject: sheet.name, clan: clan.name, unit: "Tân Trào", user: user.name },
  };
}

/** The commune of a name as it stands today. */
export async function communeId(name: string): Promise<number> {
  return (
    await one<{ id: number }>(
      `SELECT id FROM unit WHERE name = $1 AND level = 'COMMUNE' AND valid_to IS NULL`,
      [name],
    )
  ).id;
}

const WRITTEN = [
  "action",
  "app_user",
  "assessment",
  "citizen",
  "clan",
  "community",
  "decision",
  "dossier",
  "evidence_file",
  "evidence_link",
  "figure",
  "figure_batch",
  "figure_version",
  "household",
  "identity_number",
  "organisation",
  "recognition",
  "request",
  "role_grant",
  "subject",
  "subject_change",
  "subject_home",
  "unit",
  "unit_flag",
  "unit_name",
  "unit_year",
];

/** Every row there is and the transaction that wrote it, as two numbers a table: any write at all makes another text. */
export async function fingerprint(): Promise<string> {
  const rows = await sql<{ fingerprint: string }>(
    WRITTEN.map(
      (table) =>
        `SELECT '${table} ' || count(*) || ' ' || coalesce(sum(xmin::text::bigint), 0) AS fingerprint FROM ${table}`,
    ).join(" UNION ALL "),
  );

  return rows
    .map((row) => row.fingerprint)
    .sort()
    .join("\n");
}
