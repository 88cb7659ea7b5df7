import pg from "pg";
import { ownerUrl } from "../lib/owner-url";
import { referenceChecksum } from "./seed/checksum";

/*
 * node --conditions=react-server --import tsx scripts/commands/seed-reference.ts, DATABASE_URL of the owner.
 * Loads units, criteria sets, plans, rounds, published results and the access table in one transaction; does nothing when the database holds
 * this very reference already.
 */
const NAME = "reference";
const LOCK = 4_201_010;

async function load(db: pg.Client): Promise<void> {
  const [reference, { territoryRows }, { loadTerritory }, rules, published] = await Promise.all([
    import("../../prisma/reference/read-reference"),
    import("./seed/territory-rows"),
    import("./seed/load-territory"),
    import("./seed/load-rules"),
    import("./seed/load-published"),
  ]);
  const territory = reference.readTerritory();
  const nation = { code: territory.nation.code, recordStart: territory.recordStart };

  await loadTerritory(db, territoryRows(territory));
  await rules.loadAccess(db);
  const differing = await rules.loadCriteriaSets(db, nation, reference.readCriteriaSets());
  await rules.loadPlans(db, reference.readPlans());
  await rules.loadRounds(db, nation, reference.readRounds());
  await published.loadPublishedResults(db, reference.readPublishedResults());
  for (const code of differing)
    console.warn(`Bộ tiêu chí ${code} đã có trong cơ sở dữ liệu và được giữ nguyên.`);
}

async function seed(url: string): Promise<boolean> {
  const checksum = referenceChecksum();
  const db = new pg.Client({ connectionString: url });
  await db.connect();
  try {
    await db.query("BEGIN");
    await db.query("SELECT pg_advisory_xact_lock($1)", [LOCK]);
    const { rows } = await db.query<{ checksum: string }>(
      "SELECT checksum FROM reference_state WHERE name = $1",
      [NAME],
    );
    if (rows[0]?.checksum === checksum) {
      await db.query("ROLLBACK");
      return false;
    }

    await load(db);
    await db.query(
      `INSERT INTO reference_state (name, checksum) VALUES ($1, $2)
       ON CONFLICT (name) DO UPDATE SET checksum = excluded.checksum, loaded_at = now()`,
      [NAME, checksum],
    );
    await db.query("COMMIT");
    await db.query(
      "ANALYZE unit, unit_name, placement, ancestry, succession, criteria_set, plan, target, round, published_result, figure",
    );
    return true;
  } catch (error) {
    await db.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    await db.end();
  }
}

const url = ownerUrl();
const started = performance.now();
const isLoaded = await seed(url);
if (isLoaded) console.log(`Đã nạp dữ liệu danh mục trong ${Math.round(performance.now() - started)} ms.`);
