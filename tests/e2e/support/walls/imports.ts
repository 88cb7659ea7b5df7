import { randomUUID } from "node:crypto";
import { one, sql } from "../database";
import { openSession, origin } from "../sessions";

const FILE_NAME = "danh-sach-thu.csv";
const LIST = "Họ và tên chủ hộ,Thôn\nNguyễn Văn Bức Tường,Thôn Chưa Có\n";
/** How the list is read. */
export const IMPORT_PLAN = {
  year: 2026,
  policy: "SKIP",
  takeRegistrations: false,
  takeResults: false,
  hamlets: {},
  sheets: [
    {
      sheet: "danh-sach-thu",
      target: "FAMILY",
      headerRow: 1,
      columns: [
        { index: 0, field: "name" },
        { index: 1, field: "hamlet" },
      ],
      hamletText: null,
    },
  ],
};
const NONE = { NEW: 0, CHANGED: 0, UNCHANGED: 0, DOUBTFUL: 0, REPEATED: 0, REJECTED: 0 };
const COUNTS = {
  rows: { ...NONE, REJECTED: 1 },
  byTarget: {},
  households: NONE,
  problems: { HAMLET_UNKNOWN: 1 },
  unknownHamlets: [{ key: "thon chua co", text: "Thôn Chưa Có", rows: 1 }],
  registered: 0,
  newRegistrations: 0,
  resultHamlets: 0,
  newFigures: 0,
};

/** What follows the check, for the states beyond it. */
const AFTER = {
  CHECKED: [],
  READY: [],
  WRITTEN: [
    "state = 'WRITING'",
    `state = 'WRITTEN', write_step_id = gen_random_uuid(), written_at = now(),
     written = '{"created": 0, "updated": 0, "households": 0, "registrations": 0, "figures": 0, "hamlets": 0}'`,
  ],
  FAILED: [
    "state = 'CHECKING'",
    "state = 'FAILED', failed_state = 'CHECKING', error_code = 'UNKNOWN', error_text = 'Có lỗi.'",
  ],
} as const;

/** A list of a commune that was checked and has one bad row; its file is stored. Made once. */
export async function importTarget(unit: number): Promise<string> {
  const [found] = await sql<{ id: string }>(
    `SELECT id FROM import_batch WHERE commune_id = $1 AND file_name = $2 AND state = 'CHECKED' ORDER BY created_at LIMIT 1`,
    [unit, FILE_NAME],
  );

  return found?.id ?? (await makeImport(unit, "CHECKED")).id;
}

/** A list of a commune in a state, as the worker would have left it, and its version. Waits until the worker has nothing to do. */
export async function makeImport(
  unit: number,
  state: keyof typeof AFTER,
): Promise<{ id: string; version: number }> {
  await settle();
  const { http } = await openSession("canbo.tantrao");
  const answer = await http.post(`/api/nhap-lieu?don-vi=${unit}`, {
    headers: {
      Origin: origin(),
      "Content-Type": "application/octet-stream",
      "X-Request-Id": randomUUID(),
      "X-File-Name": FILE_NAME,
    },
    data: Buffer.from(LIST),
  });
  const { batchId } = (await answer.json()) as { batchId: string };
  await http.dispose();
  await settle();

  const row =
    state === "READY"
      ? { verdict: "NEW", problems: [], counts: { ...COUNTS, rows: { ...NONE, NEW: 1 } } }
      : {
          verdict: "REJECTED",
          problems: [{ field: "hamlet", column: 1, code: "HAMLET_UNKNOWN" }],
          counts: COUNTS,
        };
  // The guard lets a batch go its way alone, so it passes the check here too; in one transaction, or the worker would take it.
  await sql(
    `UPDATE import_batch SET state = 'CHECKING', plan = ${quoted(IMPORT_PLAN)} WHERE id = '${batchId}';
     UPDATE import_batch SET state = 'CHECKED', counts = ${quoted(row.counts)} WHERE id = '${batchId}';
     INSERT INTO import_row (batch_id, ordinal, commune_id, sheet, row_number, target, verdict, problems, facts, unit_id, subject_id)
     SELECT '${batchId}', 1, ${unit}, 'danh-sach-thu', 2, 'FAMILY', '${row.verdict}', ${quoted(row.problems)},
            '{"name": "Nguyễn Văn Bức Tường", "hamlet": "Thôn Chưa Có"}',
            ${state === "READY" ? hamletOf(unit) : "NULL"}, ${state === "READY" ? "gen_random_uuid()" : "NULL"};
     ${AFTER[state].map((change) => `UPDATE import_batch SET ${change} WHERE id = '${batchId}';`).join("\n")}`,
  );

  return await one<{ id: string; version: number }>(`SELECT id, version FROM import_batch WHERE id = $1`, [
    batchId,
  ]);
}

function hamletOf(unit: number): string {
  return `(SELECT min(u.id) FROM ancestry a JOIN unit u ON u.id = a.descendant_id AND u.level = 'HAMLET'
            WHERE a.ancestor_id = ${unit} AND a.valid_to IS NULL)`;
}

function quoted(value: unknown): string {
  return `'${JSON.stringify(value).replaceAll("'", "''")}'`;
}

async function settle(): Promise<void> {
  for (let tries = 0; tries < 1_200; tries += 1) {
    const { busy } = await one<{ busy: number }>(
      `SELECT count(*)::int AS busy FROM import_batch WHERE state IN ('LOOKING', 'CHECKING', 'WRITING', 'UNDOING')`,
    );
    if (busy === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error("the worker does not come to an end");
}
