import type pg from "pg";
import { CriteriaSetDefinition } from "@/domain/criteria/criteria-set";
import { RECORD_START, TWO_TIER_START } from "@/domain/territory/territory";
import type { TitleCode } from "@/domain/title/title";
import { demoPasswordHash, listAccounts, officerIdOf, reviewerIdOf } from "./accounts";
import { buildEvidence, type EvidenceFileRow } from "./evidence";
import { buildFigures } from "./figures";
import { loadEvidence, loadLog, loadRoundRows } from "./load-rounds";
import { loadAccounts, loadFigures, loadHamlets, loadSubjects } from "./load-world";
import { sealEntries } from "./log";
import type { DemoCriteriaSet, Surroundings } from "./round/rows";
import { playRounds } from "./round/run";
import type { DemoYear } from "./round/scenario";
import { buildWorld, type CommuneLookup } from "./world";

/** Tables whose statement triggers count: they are off during the load, and everything is counted once at its end. */
const COUNTED = ["subject_home", "citizen", "household", "clan", "assessment", "recognition"] as const;

type UnitFacts = Readonly<{ id: number; name: string; type: string }>;

async function readUnits(db: pg.Client): Promise<(key: string) => UnitFacts> {
  const { rows } = await db.query<UnitFacts & { key: string }>(
    "SELECT level || ':' || code || '@' || valid_from AS key, id, name, type FROM unit WHERE level <> 'HAMLET'",
  );
  const units = new Map(rows.map((row) => [row.key, row]));

  return (key) => {
    const unit = units.get(key);
    if (!unit) throw new Error(`Đơn vị ${key} không có trong danh mục.`);
    return unit;
  };
}

/** The rounds of the demonstration's years; the one of 2025 is not among the reference rounds. */
async function readRounds(
  db: pg.Client,
  nationId: number,
): Promise<Pick<Surroundings, "roundId" | "referenceDate">> {
  await db.query(
    `INSERT INTO round (title, year, unit_id, reference_date, opens_on, submit_by, review_by)
     SELECT t, 2025, $1, '2025-12-31', '2025-01-01', '2025-12-10', '2025-12-15'
       FROM unnest(ARRAY['FAMILY', 'CLAN', 'COMMUNITY', 'ORGANISATION', 'CITIZEN']) AS t
     ON CONFLICT (title, year, unit_id) DO NOTHING`,
    [nationId],
  );
  const { rows } = await db.query<{ id: number; title: TitleCode; year: number; on: string }>(
    `SELECT id, title, year, reference_date::text AS "on" FROM round WHERE unit_id = $1`,
    [nationId],
  );
  const find = (title: TitleCode, year: DemoYear) => {
    const round = rows.find((row) => row.title === title && row.year === year);
    if (!round) throw new Error(`Chưa có đợt ${title} năm ${year} của cả nước.`);
    return round;
  };

  return { roundId: (title, year) => find(title, year).id, referenceDate: (year) => find("FAMILY", year).on };
}

async function readCriteriaSets(db: pg.Client): Promise<DemoCriteriaSet[]> {
  const { rows } = await db.query<DemoCriteriaSet>(
    `SELECT id, code, version, title, variant, unit_id AS "unitId", status, definition,
            valid_from::text AS "validFrom", valid_to::text AS "validTo" FROM criteria_set WHERE status <> 'DRAFT'`,
  );

  return rows.map((row) => ({ ...row, definition: CriteriaSetDefinition.parse(row.definition) }));
}

async function setCounting(db: pg.Client, on: boolean): Promise<void> {
  const { rows } = await db.query<{ table: string; trigger: string }>(
    `SELECT tgrelid::regclass::text AS table, tgname AS trigger FROM pg_trigger
      WHERE tgname LIKE '%\\_counted\\_%' AND tgrelid = ANY ($1::regclass[])`,
    [COUNTED],
  );
  for (const { table, trigger } of rows) {
    await db.query(`ALTER TABLE ${table} ${on ? "ENABLE" : "DISABLE"} TRIGGER "${trigger}"`);
  }
}

/**
 * Writes the whole demonstration inside the caller's transaction: units, accounts, register, rounds, evidence, log and
 * counters. Returns what was written and the evidence files whose bytes are still to be stored.
 */
export async function loadDemonstration(
  db: pg.Client,
): Promise<{ counts: Readonly<Record<string, number>>; files: readonly EvidenceFileRow[] }> {
  const unit = await readUnits(db);
  const unitId = (key: string) => unit(key).id;
  const lookup: CommuneLookup = (era, code) => {
    const { id, name, type } = unit(`COMMUNE:${code}@${era === "OLD" ? RECORD_START : TWO_TIER_START}`);
    return { unitId: id, name, type };
  };
  const nationId = unitId(`NATION:VN@${RECORD_START}`);
  const world = buildWorld(lookup);
  const rounds = await readRounds(db, nationId);

  await setCounting(db, false);
  await loadHamlets(db, world.hamlets);
  const accounts = await listAccounts(world);
  await loadAccounts(db, accounts, await demoPasswordHash(), unitId);
  const subjects = await loadSubjects(db, world);

  const rows = playRounds(world, {
    ...rounds,
    nationId,
    criteriaSets: await readCriteriaSets(db),
    officerId: officerIdOf,
    reviewerId: reviewerIdOf,
    reviewerUnitId: ({ era, district }) =>
      unitId(
        era === "OLD"
          ? `DISTRICT:${district.code}@${RECORD_START}`
          : `REVIEW_AREA:KV${district.code}@${TWO_TIER_START}`,
      ),
  });
  const evidence = await buildEvidence(rows.assessments, rows.entries);
  const { actions, heads } = sealEntries(rows.entries);
  await loadRoundRows(db, rows);
  await loadEvidence(db, evidence.files, evidence.links);
  await loadLog(db, actions, heads);
  await loadFigures(db, world, buildFigures(world));

  await setCounting(db, true);
  await db.query(
    "ANALYZE unit, placement, ancestry, subject, subject_home, household, citizen, clan, organisation, community, assessment, recognition, dossier, action",
  );
  await db.query(
    "SELECT recount_units((SELECT array_agg(DISTINCT unit_id ORDER BY unit_id) FROM subject_home), tracked_years())",
  );

  return {
    counts: {
      subjects,
      hamlets: world.hamlets.length,
      households: world.hamlets.reduce((sum, one) => sum + one.households.length, 0),
      assessments: rows.assessments.length,
      recognitions: rows.recognitions.length,
      actions: actions.length,
    },
    files: evidence.files,
  };
}
