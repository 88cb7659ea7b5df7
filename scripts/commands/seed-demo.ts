import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { ownerUrl } from "../lib/owner-url";

/*
 * node --conditions=react-server --import tsx scripts/commands/seed-demo.ts, DATABASE_URL of the owner; the file store as
 * for the web process. Loads the demonstration: real communes, invented people. All of it in one transaction; does nothing
 * when it is there. Refuses in production mode and leaves a register alone that somebody has begun.
 */
const NAME = "demo";
const LOCK = 4_201_011;

/** One hash over the code and files the demonstration is made of. */
function demoChecksum(): string {
  const hash = createHash("sha256");
  const folder = new URL("./demo/", import.meta.url);
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    if (/\.(ts|png|pdf)$/.test(name)) hash.update(name).update(readFileSync(new URL(name, folder)));
  }

  return hash.update(readFileSync(new URL("../demo-accounts.json", import.meta.url))).digest("hex");
}

type StoredFile = { storageKey: string; sha256: string; mime: string };

/** The evidence files of a demonstration loaded before: their bytes may be missing in another file store. */
async function listDemoFiles(db: pg.Client): Promise<StoredFile[]> {
  const { rows } = await db.query<StoredFile>(
    `SELECT f.storage_key AS "storageKey", f.sha256, f.mime FROM evidence_file f
       JOIN app_user u ON u.id = f.uploaded_by AND u.is_demo WHERE f.label LIKE '%(minh hoạ)' ORDER BY f.storage_key`,
  );

  return rows;
}

/** A quick look, so that a start with everything in place need not open the file store. */
function isOnDisk({ storageKey }: StoredFile): boolean {
  if (process.env.FILES_DRIVER === "s3") return false;

  return existsSync(path.resolve(process.env.DATA_DIR || ".data", "files", storageKey));
}

type Found = "loaded" | "same" | "other" | "occupied";

async function seed(db: pg.Client): Promise<{ found: Found; files: readonly StoredFile[]; text: string }> {
  const checksum = demoChecksum();
  await db.query("BEGIN");
  try {
    await db.query("SELECT pg_advisory_xact_lock($1)", [LOCK]);
    const { rows } = await db.query<{ checksum: string | null; isOccupied: boolean }>(
      `SELECT (SELECT checksum FROM reference_state WHERE name = $1) AS checksum,
              EXISTS (SELECT 1 FROM subject) AS "isOccupied"`,
      [NAME],
    );
    const state = rows[0];
    if (state?.checksum) {
      const files = await listDemoFiles(db);
      await db.query("ROLLBACK");
      return { found: state.checksum === checksum ? "same" : "other", files, text: "" };
    }
    if (state?.isOccupied) {
      await db.query("ROLLBACK");
      return { found: "occupied", files: [], text: "" };
    }

    const { loadDemonstration } = await import("./demo/load");
    const { counts, files } = await loadDemonstration(db);
    await db.query("INSERT INTO reference_state (name, checksum) VALUES ($1, $2)", [NAME, checksum]);
    await db.query("COMMIT");
    const text = Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(", ");
    return { found: "loaded", files, text };
  } catch (error) {
    await db.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

if (process.env.HIEU_HOC_MODE === "production") {
  console.error("Chế độ chính thức không nạp dữ liệu minh hoạ.");
  process.exit(1);
}
const url = ownerUrl();

const started = performance.now();
const db = new pg.Client({ connectionString: url });
await db.connect();
try {
  const { found, files, text } = await seed(db);
  if (!files.every(isOnDisk)) {
    const { storeEvidence } = await import("./demo/evidence");
    await storeEvidence(files);
  }
  const took = `${Math.round(performance.now() - started)} ms`;
  if (found === "loaded") console.log(`Đã nạp dữ liệu minh hoạ trong ${took}: ${text}.`);
  if (found === "other")
    console.warn("Dữ liệu minh hoạ trong cơ sở dữ liệu là của một bản khác; được giữ nguyên.");
  if (found === "occupied") console.warn("Sổ theo dõi đã có dữ liệu: không nạp dữ liệu minh hoạ.");
} finally {
  await db.end();
}
