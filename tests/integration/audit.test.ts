import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { verifyChains } from "../../scripts/commands/audit/verify";
import { jsonbText } from "../../scripts/commands/demo/log";
import { runCommand } from "../../scripts/lib/commands.mjs";
import { buildHousehold, buildRound, buildUnit, buildUser } from "../setup/builders";
import { testDatabase } from "../setup/database";

let owner: pg.Client;
let chains: [number, number];

async function append(chainId: number, count: number): Promise<void> {
  const entries = Array.from({ length: count }, (_, index) => ({
    verb: "assessment.score",
    type: "assessment",
    id: randomUUID(),
    detail: {
      total: 80 + index / 4,
      reason: "Thiếu ảnh | “góc học tập”\n\\",
      missing: null,
      complete: index % 2 === 0,
    },
  }));
  await owner.query("SELECT append_actions($1, $2, $3::jsonb)", [
    chainId,
    randomUUID(),
    JSON.stringify(entries),
  ]);
}

/** What nobody should be able to do, done by whoever holds the keys of the server. */
async function tamper(sql: string, values: unknown[]): Promise<void> {
  await owner.query("ALTER TABLE action DISABLE TRIGGER action_append_only");
  await owner.query(sql, values);
  await owner.query("ALTER TABLE action ENABLE TRIGGER action_append_only");
}

beforeAll(async () => {
  owner = new pg.Client({ connectionString: testDatabase().ownerUrl });
  await owner.connect();
  const { rows } = await owner.query<{ id: number }>(
    "SELECT id FROM unit WHERE level = 'COMMUNE' ORDER BY id LIMIT 2",
  );
  chains = [rows[0]?.id ?? 0, rows[1]?.id ?? 0];
});
afterAll(() => owner.end());

beforeEach(async () => {
  await tamper("TRUNCATE action, chain_head", []);
  await append(chains[0], 40);
  await append(chains[1], 25);
  await append(chains[0], 10);
});

describe("the chained log", () => {
  it("is found whole, by the database and counted again", async () => {
    expect(await verifyChains(owner)).toMatchObject({ chains: 2, entries: 75, faults: [] });
  });

  it("refuses changes, the owner's too", async () => {
    await expect(owner.query("UPDATE action SET verb = 'x'")).rejects.toThrow("append-only");
    await expect(owner.query("DELETE FROM action")).rejects.toThrow("append-only");
    await expect(owner.query("TRUNCATE action")).rejects.toThrow("append-only");
  });

  it.each([
    ["detail", `detail = '{"total": 99}'`],
    ["actor_id", "actor_id = gen_random_uuid()"],
    ["at", "at = at + interval '1 millisecond'"],
    ["entity_id", "entity_id = entity_id || 'x'"],
    ["hash", "hash = sha256(hash)"],
  ])("shows a changed %s with chain and number", async (_column, change) => {
    await tamper(`UPDATE action SET ${change} WHERE chain_id = $1 AND seq = 17`, [chains[1]]);
    const { faults } = await verifyChains(owner);
    expect(faults[0]).toEqual({ chainId: chains[1], seq: "17", fault: "CHANGED", seenBy: "BOTH" });
  });

  it("shows an entry taken out of the middle, and one taken off the end", async () => {
    await tamper("DELETE FROM action WHERE chain_id = $1 AND seq = 9", [chains[0]]);
    await tamper("DELETE FROM action WHERE chain_id = $1 AND seq = 25", [chains[1]]);
    expect((await verifyChains(owner)).faults).toEqual([
      { chainId: chains[0], seq: "10", fault: "GAP", seenBy: "BOTH" },
      { chainId: chains[1], seq: "24", fault: "WRONG_HEAD", seenBy: "BOTH" },
    ]);
  });

  it("shows an entry rewritten together with its hash, at the next one", async () => {
    await tamper(
      `UPDATE action SET verb = 'assessment.approve', hash = action_hash(prev_hash,
         action_text(chain_id, seq, request_id, actor_id, 'assessment.approve', entity_type, entity_id, at, detail))
        WHERE chain_id = $1 AND seq = 30`,
      [chains[0]],
    );
    expect((await verifyChains(owner)).faults).toEqual([
      { chainId: chains[0], seq: "31", fault: "BROKEN_LINK", seenBy: "BOTH" },
    ]);
  });
});

describe("npm run audit:verify", () => {
  const run = async () => {
    const json = path.join(testDatabase().dataDir, "audit.json");
    const env = {
      DATABASE_URL: testDatabase().ownerUrl,
      APP_DATABASE_URL: "",
      AUTH_SECRET: "",
      IDENTITY_KEY: "",
      DATA_DIR: "",
    };
    const { code, output } = await runCommand("audit-verify", ["--json", json], env, { quiet: true });
    return { code, output, report: JSON.parse(await readFile(json, "utf8")) };
  };

  it("ends well on a whole log and with 1 on a broken one, naming the place", async () => {
    const whole = await run();
    expect(whole).toMatchObject({ code: 0, report: { chains: 2, entries: 75, faults: [] } });

    await tamper("UPDATE action SET verb = 'x' WHERE chain_id = $1 AND seq = 3", [chains[0]]);
    const broken = await run();
    expect(broken).toMatchObject({
      code: 1,
      report: { faults: [{ chainId: chains[0], seq: "3", fault: "CHANGED" }] },
    });
    expect(broken.output).toContain(`chuỗi ${chains[0]}, bản ghi 3`);
  }, 60_000);
});

describe("jsonbText", () => {
  it.each([
    { b: 1, a: 2, aa: 3, B: 0 },
    {
      text: 'Tiếng Việt "có dấu" \\ \n \t \u0001 😀',
      list: [1, "x", null, { y: true, x: false }],
      empty: {},
      none: [],
    },
    { total: 85.71, big: 1234567.5, negative: -3, zero: 0 },
  ])("writes what the database writes: %j", async (value) => {
    const { rows } = await owner.query<{ text: string }>("SELECT $1::jsonb::text AS text", [
      JSON.stringify(value),
    ]);
    expect(jsonbText(value)).toBe(rows[0]?.text);
  });
});

describe("a recognition that the log does not know", () => {
  it("is a fault of its commune: a chain cut off together with its head is noticed", async () => {
    const province = await buildUnit({ level: "PROVINCE" });
    const commune = await buildUnit({ level: "COMMUNE", parentId: province });
    const hamlet = await buildUnit({ level: "HAMLET", parentId: commune });
    const officer = await buildUser({ role: "COMMUNE_OFFICER", unitId: commune });
    const reviewer = await buildUser({ role: "REVIEWER", unitId: province });
    const subject = await buildHousehold({ hamletId: hamlet });
    const roundId = await buildRound({ unitId: province, year: 2026 });
    const { rows } = await owner.query<{ id: string }>(
      `WITH d AS (
         INSERT INTO dossier (round_id, title, year, unit_id, reviewer_unit_id, submitted_by)
         VALUES ($1, 'FAMILY', 2026, $2, $3, $4) RETURNING id
       ) SELECT id FROM d`,
      [roundId, commune, province, officer.id],
    );
    const dossier = rows[0]?.id;
    const assessment = await owner.query<{ id: string }>(
      `INSERT INTO assessment (subject_id, round_id, title, year, unit_id, commune_id, criteria_set_id, state, registered_on,
                               is_complete, is_recognisable, scored_by, dossier_id, submitted_by, reviewed_by, total)
       VALUES ($1, $2, 'FAMILY', 2026, $3, $4, (SELECT id FROM criteria_set WHERE title = 'FAMILY' LIMIT 1), 'APPROVED',
               '2026-01-01', true, true, $5, $6, $5, $7, 90) RETURNING id`,
      [subject, roundId, hamlet, commune, officer.id, dossier, reviewer.id],
    );
    const assessmentId = assessment.rows[0]?.id ?? "";
    const decision = await owner.query<{ id: string }>(
      "INSERT INTO decision (dossier_id, unit_id, number, decided_on, signer, created_by) VALUES ($1, $2, '1/QĐ', '2026-11-01', 'Chủ tịch', $3) RETURNING id",
      [dossier, commune, reviewer.id],
    );
    await owner.query(
      "INSERT INTO recognition (subject_id, title, assessment_id, decision_id, commune_id, first_year, last_year) VALUES ($1, 'FAMILY', $2, $3, $4, 2026, 2026)",
      [subject, assessmentId, decision.rows[0]?.id, commune],
    );

    expect((await verifyChains(owner)).faults).toMatchObject([{ chainId: commune, fault: "MISSING" }]);

    const entry = [{ verb: "assessment.recognise", type: "assessment", id: assessmentId }];
    await owner.query("SELECT append_actions($1, $2, $3::jsonb)", [
      commune,
      randomUUID(),
      JSON.stringify(entry),
    ]);
    const report = await verifyChains(owner);
    expect(report.faults).toEqual([]);
    expect(report.heads.find(({ chainId }) => chainId === commune)?.seq).toBe("1");
  });
});
