import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTerritory } from "../../prisma/reference/read-reference";
import { loadTerritory } from "../../scripts/commands/seed/load-territory";
import { territoryRows } from "../../scripts/commands/seed/territory-rows";
import { testDatabase } from "../setup/database";

let owner: pg.Client;

async function rowsOf<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
  return (await owner.query<Row>(sql, values)).rows;
}

const counts = () =>
  rowsOf(
    `SELECT (SELECT count(*)::int FROM unit) AS units, (SELECT count(*)::int FROM unit_name) AS names,
            (SELECT count(*)::int FROM placement) AS placements, (SELECT count(*)::int FROM succession) AS successions,
            (SELECT count(*)::int FROM ancestry) AS ancestry`,
  );

beforeAll(async () => {
  owner = new pg.Client({ connectionString: testDatabase().ownerUrl });
  await owner.connect();
});
afterAll(() => owner.end());

describe("loaded reference data", () => {
  it("counts the units of both orders, each under the nation on its dates", async () => {
    const units = await rowsOf(
      `SELECT d.level, a.valid_from <= '2024-12-31' AS before, count(DISTINCT d.id)::int AS n
         FROM ancestry a JOIN unit n ON n.id = a.ancestor_id AND n.level = 'NATION' JOIN unit d ON d.id = a.descendant_id
         JOIN placement p ON p.child_id = d.id AND p.kind = 'TREE' AND p.valid_from = a.valid_from
        WHERE d.level <> 'NATION' GROUP BY 1, 2 ORDER BY 2 DESC, 1`,
    );
    expect(units).toEqual([
      { level: "COMMUNE", before: true, n: 10_035 },
      { level: "DISTRICT", before: true, n: 696 },
      { level: "PROVINCE", before: true, n: 63 },
      { level: "COMMUNE", before: false, n: 3_321 },
      { level: "PROVINCE", before: false, n: 34 },
      { level: "REVIEW_AREA", before: false, n: 696 },
    ]);
  });

  it("keeps every old commune below the nation and its new province after the reform", async () => {
    const [row] = await rowsOf<{ communes: number; provinces: number }>(
      `SELECT count(DISTINCT a.descendant_id)::int AS communes, count(DISTINCT a.ancestor_id)::int AS provinces
         FROM ancestry a JOIN unit p ON p.id = a.ancestor_id AND p.level = 'PROVINCE' AND p.valid_to IS NULL
         JOIN unit c ON c.id = a.descendant_id AND c.level = 'COMMUNE' AND c.valid_to IS NOT NULL
        WHERE a.valid_from <= '2026-12-31' AND (a.valid_to IS NULL OR a.valid_to > '2026-12-31')`,
    );
    expect(row).toEqual({ communes: 10_035, provinces: 34 });
  });

  it("holds the criteria sets, plans, targets, rounds and regimes", async () => {
    const [row] = await rowsOf(
      `SELECT (SELECT count(*)::int FROM criteria_set) AS sets, (SELECT count(*)::int FROM plan) AS plans,
              (SELECT count(*)::int FROM target) AS targets, (SELECT count(*)::int FROM round) AS rounds,
              (SELECT string_agg(code || ' ' || review_level, ', ' ORDER BY valid_from) FROM regime) AS regimes`,
    );
    expect(row).toEqual({
      sets: 12,
      plans: 17,
      targets: 114,
      rounds: 15,
      regimes: "THREE_TIER DISTRICT, TWO_TIER REVIEW_AREA",
    });
  });

  it("loads again without changing anything, and leaves a moved review area as the office put it", async () => {
    await owner.query("BEGIN");
    try {
      await owner.query(
        `UPDATE placement SET valid_to = '2026-01-01'
          WHERE kind = 'TREE' AND child_id = (SELECT id FROM unit WHERE level = 'COMMUNE' AND code = '02536' AND valid_to IS NULL)`,
      );
      await owner.query(
        `INSERT INTO placement (child_id, parent_id, valid_from)
         SELECT c.id, a.id, '2026-01-01' FROM unit c, unit a
          WHERE (c.level, c.code) = ('COMMUNE', '02536') AND c.valid_to IS NULL AND (a.level, a.code) = ('REVIEW_AREA', 'KV075')`,
      );
      await owner.query("SELECT refresh_ancestry(NULL)");
      const before = await counts();
      await loadTerritory(owner, territoryRows(readTerritory()));
      expect(await counts()).toEqual(before);
      const [area] = await rowsOf(
        `SELECT p.code FROM placement l JOIN unit p ON p.id = l.parent_id JOIN unit c ON c.id = l.child_id
          WHERE (c.level, c.code) = ('COMMUNE', '02536') AND l.valid_from = '2026-01-01'`,
      );
      expect(area).toEqual({ code: "KV075" });
    } finally {
      await owner.query("ROLLBACK");
    }
  });
});
