import pg from "pg";
import { readArguments, writeFigures } from "../lib/args";
import { ownerUrl } from "../lib/owner-url";

/*
 * npm run recount [-- --json PATH]. Counts every leaf and year again from the raw rows and compares with unit_year.
 * Exit code 1 on any difference. Writes nothing.
 */
type Difference = {
  unitId: number;
  unit: string;
  year: number;
  /** What unit_year holds and what the raw rows give, for the counters that differ. */
  counters: Record<string, { stored: number | null; counted: number | null }>;
};

type Row = {
  unitId: number;
  unit: string;
  year: number;
  stored: Record<string, number> | null;
  counted: Record<string, number> | null;
};

const { json } = readArguments({});
const url = ownerUrl();

const started = performance.now();
const db = new pg.Client({ connectionString: url });
await db.connect();
try {
  // One snapshot for both questions: what is written meanwhile belongs to neither.
  await db.query("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
  const differences = (await readDifferences(db)).map(toDifference);
  const { rows } = await db.query<{ rows: number; years: number[] }>(
    "SELECT count(*)::int AS rows, coalesce(array_agg(DISTINCT year ORDER BY year), '{}') AS years FROM unit_year",
  );
  await db.query("COMMIT");
  const total = rows[0] ?? { rows: 0, years: [] };
  const durationMs = Math.round(performance.now() - started);

  if (differences.length === 0) console.log(`khớp: ${total.rows} dòng (đếm lại trong ${durationMs} ms)`);
  for (const one of differences) console.log(describe(one));
  if (differences.length > 0) console.log(`lệch: ${differences.length} trong ${total.rows} dòng`);
  writeFigures(json, { ...total, differences, durationMs });
  process.exitCode = differences.length > 0 ? 1 : 0;
} finally {
  await db.end();
}

async function readDifferences(client: pg.Client): Promise<Row[]> {
  const { rows } = await client.query<Row>(
    `SELECT d.unit_id AS "unitId", u.name AS unit, d.year, d.stored, d.counted
       FROM recount_differences() d JOIN unit u ON u.id = d.unit_id ORDER BY d.year, d.unit_id`,
  );

  return rows;
}

function toDifference({ unitId, unit, year, stored, counted }: Row): Difference {
  const names = Object.keys(stored ?? counted ?? {}).filter((name) => name !== "unit_id" && name !== "year");
  const counters: Difference["counters"] = {};
  for (const name of names) {
    const [before, now] = [stored?.[name] ?? null, counted?.[name] ?? null];
    if (before !== now) counters[name] = { stored: before, counted: now };
  }

  return { unitId, unit, year, counters };
}

function describe({ unitId, unit, year, counters }: Difference): string {
  const parts = Object.entries(counters).map(
    ([name, { stored, counted }]) => `${name} ghi ${stored ?? "–"}, đếm ${counted ?? "–"}`,
  );

  return `${unit} (${unitId}), năm ${year}: ${parts.join("; ")}`;
}
