import { execFileSync } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import os from "node:os";
import pg from "pg";
import { readArguments, writeFigures } from "../lib/args";
import { ownerUrl } from "../lib/owner-url";
import { applyMigrations } from "../lib/prisma.mjs";
import { openAppRole } from "../lib/roles.mjs";
import { buildTown, IMPORT_YEAR } from "./bench/import-world";

/*
 * npm run bench:bulk [-- --households N --json PATH]
 * How long changes of a whole commune's list take and how long taking them back: a fact of N households, then the move of N
 * households with 3 N members into another hamlet. On a database of its own on the same server, dropped afterwards; beside them
 * a plain UPDATE of the same rows, in the same run.
 */
const HAMLETS = 40;
const MEMBERS = 3;
const args = readArguments({ households: "string" });
const households = Number(args.households ?? 10_000);

const own = new URL(ownerUrl());
const name = `bench_bulk_${randomBytes(4).toString("hex")}`;
const server = new pg.Client({ connectionString: own.href });
await server.connect();
await server.query(`CREATE DATABASE ${name}`);
own.pathname = `/${name}`;
try {
  await applyMigrations(own.href);
  process.env.APP_DATABASE_URL = await openAppRole(own.href, process.env.AUTH_SECRET ?? "");
  const db = new pg.Client({ connectionString: own.href });
  await db.connect();
  try {
    await measure(db);
  } finally {
    await db.end();
    const { prisma } = await import("@/lib/db/client");
    await prisma.$disconnect();
  }
} finally {
  await server.query(`DROP DATABASE ${name} WITH (FORCE)`);
  await server.end();
}

async function measure(db: pg.Client): Promise<void> {
  const { previewBulk } = await import("@/features/registry/data/bulk");
  const { changeMany, selectionOf } = await import("@/features/registry/mutations/bulk");
  const { undoSubjectStep } = await import("@/features/registry/mutations/undo");
  const { BulkChange, ChangeMany } = await import("@/features/registry/schema");
  const { filterParams, RegistryFilter } = await import("@/features/registry/filter");
  const { withScope } = await import("@/lib/db/scope");

  const { communeId, officer } = await buildTown(db, HAMLETS + 1);
  const actor = { ...officer, name: "Cán Bộ Thử", username: "thu" };
  const hamlets = await fill(db, communeId);

  const ask = async (change: Record<string, unknown>) => {
    const scope = { unitId: communeId, year: IMPORT_YEAR + 1, title: "FAMILY" as const, ids: [] };
    const list = filterParams(RegistryFilter.parse(scope)).toString();
    const preview = await withScope(actor, async (tx) =>
      previewBulk(tx, (await selectionOf(tx, actor, { ...scope, list })).selection, BulkChange.parse(change)),
    );
    const { count, verdicts, fingerprint } = preview;
    if (verdicts.CHANGES !== households) throw new Error(`${verdicts.CHANGES} of ${count} would change`);

    return ChangeMany.parse({ ...scope, list, ...change, count: verdicts.CHANGES, fingerprint });
  };
  const seconds: Record<string, number> = {};
  const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const from = performance.now();
    const result = await work();
    seconds[what] = (performance.now() - from) / 1000;
    console.log(`${what}: ${seconds[what].toFixed(1)} s`);

    return result;
  };
  const changed = async (what: string, change: Record<string, unknown>) => {
    const input = await timed(`xem trước ${what}`, () => ask(change));
    const step = randomUUID();
    await timed(what, () => changeMany(actor, input, step));
    await timed(`hoàn tác ${what}`, () => undoSubjectStep(actor, { stepId: step }, randomUUID()));
  };

  console.log(
    `Máy: ${os.cpus()[0]?.model}, ${os.cpus().length} nhân, tải ${os.loadavg()[0]?.toFixed(1)}; mã nguồn ${commit()}; ${households} hộ, ${households * MEMBERS} người`,
  );
  await timed("giới hạn: UPDATE trần các dòng ấy", () =>
    db.query("UPDATE subject SET updated_at = now() WHERE title IN ('FAMILY', 'CITIZEN')"),
  );
  await changed("sửa một mục của mọi hộ", { job: "poverty", value: "POOR" });
  await changed("chuyển mọi hộ cùng thành viên", {
    job: "move",
    value: String(hamlets.at(-1)),
    on: `${IMPORT_YEAR + 1}-04-01`,
  });
  const { rows } = await db.query("SELECT * FROM recount_differences() LIMIT 1");
  if (rows.length > 0) throw new Error("Số đếm không khớp dòng gốc");
  writeFigures(args.json, { households, members: households * MEMBERS, commit: commit(), seconds });
}

/** Households and their members, spread over all hamlets but the last. */
async function fill(db: pg.Client, communeId: number): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    "SELECT u.id FROM unit u JOIN placement p ON p.child_id = u.id WHERE p.parent_id = $1 ORDER BY u.id",
    [communeId],
  );
  const hamlets = rows.map(({ id }) => id);
  await db.query("CREATE TEMP TABLE made (id uuid, household uuid, unit_id int, n int)");
  await db.query(
    `INSERT INTO made SELECT h.id, CASE WHEN m > 0 THEN h.id END, ($1::int[])[1 + h.n % $3], h.n * 10 + m
       FROM (SELECT gen_random_uuid() AS id, n FROM generate_series(1, $2::int) n) h, generate_series(0, $4::int) m`,
    [hamlets, households, HAMLETS, MEMBERS],
  );
  await db.query("UPDATE made SET id = gen_random_uuid() WHERE household IS NOT NULL");
  await db.query("BEGIN");
  await db.query(
    `INSERT INTO subject (id, title, unit_id, name, active_from)
     SELECT id, CASE WHEN household IS NULL THEN 'FAMILY' ELSE 'CITIZEN' END, unit_id, 'Nguyễn Văn Thử ' || n, '2024-01-01' FROM made ORDER BY n`,
  );
  await db.query("INSERT INTO household (subject_id) SELECT id FROM made WHERE household IS NULL");
  await db.query(
    "INSERT INTO citizen (subject_id, birth_year, sex, household_id, variant) SELECT id, 1980, 'FEMALE', household, 'FARMER' FROM made WHERE household IS NOT NULL",
  );
  await db.query(
    "INSERT INTO subject_home (subject_id, unit_id, valid_from) SELECT id, unit_id, '2024-01-01' FROM made",
  );
  await db.query("COMMIT");
  await db.query("ANALYZE");

  return hamlets;
}

function commit(): string {
  try {
    return execFileSync("git", ["rev-parse", "--short", "HEAD"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return "không rõ";
  }
}
