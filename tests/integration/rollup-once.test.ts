import pg from "pg";
import { beforeAll, expect, it } from "vitest";
import type { SessionActor } from "@/features/user/data";
import {
  buildHousehold,
  buildReference,
  buildRound,
  buildUnit,
  buildUser,
  ownerSql,
} from "../setup/builders";
import { testDatabase } from "../setup/database";

const YEAR = 2024;
let officer: SessionActor;
let hamlet = 0;
let households: string[] = [];

beforeAll(async () => {
  await buildReference();
  const province = await buildUnit({ level: "PROVINCE" });
  await buildRound({ unitId: province, year: YEAR });
  const commune = await buildUnit({ level: "COMMUNE", parentId: province });
  hamlet = await buildUnit({ level: "HAMLET", parentId: commune, name: "Thôn Đếm Một Lần" });
  officer = await buildUser({ role: "COMMUNE_OFFICER", unitId: commune });
  households = [];
  for (let n = 0; n < 3; n++) households.push(await buildHousehold({ hamletId: hamlet }));
});

type Query = (sql: string, values?: unknown[]) => Promise<pg.QueryResult>;

/** One transaction of the web role as the officer; what `run` leaves open is committed. */
async function transaction(run: (query: Query) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: testDatabase().appUrl });
  await client.connect();
  try {
    await client.query("BEGIN");
    await client.query("SELECT set_config('app.user_id', $1, true)", [officer.id]);
    await run((sql, values) => client.query(sql, values));
    await client.query("COMMIT");
  } finally {
    await client.end();
  }
}

const members = async (query: Query): Promise<number> =>
  (
    await query("SELECT member_family_total AS n FROM unit_year WHERE unit_id = $1 AND year = $2", [
      hamlet,
      YEAR,
    ])
  ).rows[0]?.n;

const owner: Query = async (sql, values) => ({ rows: await ownerSql(sql, values) }) as never;

const join = "UPDATE household SET is_association_member = $2 WHERE subject_id = $1";

it("counts a leaf once, when the transaction ends, and keeps no note of it", async () => {
  await transaction(async (query) => {
    for (const id of households) await query(join, [id, true]);
    expect(await members(query)).toBe(0);
  });

  expect(await members(owner)).toBe(3);
  expect(await ownerSql("SELECT 1 FROM recount_due UNION ALL SELECT 1 FROM register_due")).toEqual([]);
  expect(await ownerSql("SELECT * FROM recount_differences()")).toEqual([]);
  expect(await ownerSql("SELECT * FROM register_differences()")).toEqual([]);
});

it("lets the web role bring the count forward, never leave it out", async () => {
  await transaction(async (query) => {
    await query("SET CONSTRAINTS ALL IMMEDIATE");
    await query(join, [households[0], false]);
    expect(await members(query)).toBe(2);
    await query("SET CONSTRAINTS ALL DEFERRED");
    await query(join, [households[1], false]);
  });
  expect(await members(owner)).toBe(1);

  for (const sql of [
    "DELETE FROM recount_due",
    "INSERT INTO recount_due (subjects, units) VALUES ('{}', '{}')",
    "SELECT * FROM register_due",
    "DELETE FROM register_due",
    "ALTER TABLE recount_due DISABLE TRIGGER ALL",
  ]) {
    await expect(
      transaction(async (query) => {
        await query(sql);
      }),
      sql,
    ).rejects.toMatchObject({ code: "42501" });
  }
});

it("counts nothing of what was taken back to a savepoint", async () => {
  await transaction(async (query) => {
    await query("SAVEPOINT s");
    await query(join, [households[0], true]);
    await query("ROLLBACK TO SAVEPOINT s");
  });

  expect(await members(owner)).toBe(1);
  expect(await ownerSql("SELECT * FROM recount_differences()")).toEqual([]);
});
