import { randomUUID } from "node:crypto";
import { access } from "node:fs/promises";
import path from "node:path";
import { verify } from "@node-rs/argon2";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type { Answers } from "@/domain/criteria/answer";
import type { CriteriaSetDefinition, DerivedValues } from "@/domain/criteria/criteria-set";
import { score } from "@/domain/scoring/score";
import type { TitleCode } from "@/domain/title/title";
import { deriveMeasures } from "@/features/assessment/data/derive";
import { VERB_NAMES } from "@/features/audit/constants";
import { withScope } from "@/lib/db/scope";
import { verifyChains } from "../../scripts/commands/audit/verify";
import { loadDemonstration } from "../../scripts/commands/demo/load";
import accounts from "../../scripts/demo-accounts.json";
import { runCommand } from "../../scripts/lib/commands.mjs";
import { testDatabase } from "../setup/database";

const PATIENT = 120_000;

let owner: pg.Client;
let first: { code: number; output: string };

async function rowsOf<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
  return (await owner.query<Row>(sql, values)).rows;
}

async function numberOf(sql: string, values: unknown[] = []): Promise<number> {
  return Number((await rowsOf<{ n: string }>(sql, values))[0]?.n);
}

function seedDemo(env: Record<string, string> = {}) {
  const { ownerUrl, appUrl, dataDir } = testDatabase();
  const secret = inject("authSecret");
  const base = {
    DATABASE_URL: ownerUrl,
    APP_DATABASE_URL: appUrl,
    AUTH_SECRET: secret,
    IDENTITY_KEY: inject("identityKey"),
    DATA_DIR: dataDir,
  };
  return runCommand("seed-demo", [], { ...base, ...env }, { quiet: true });
}

const COUNTED = [
  "unit",
  "subject",
  "subject_home",
  "assessment",
  "recognition",
  "action",
  "app_user",
  "evidence_link",
];
const countRows = () =>
  rowsOf(`SELECT ${COUNTED.map((table) => `(SELECT count(*)::int FROM ${table}) AS ${table}`).join(", ")}`);

/** One text over what the demonstration wrote, ids of units left out: two databases that agree have the same. */
const CHECKSUM = `
  SELECT md5(string_agg(line, E'\\n' ORDER BY line)) AS n FROM (
    SELECT concat_ws('|', s.id, s.title, s.name, s.active_from, s.active_to, u.level, u.code) AS line
      FROM subject s JOIN unit u ON u.id = s.unit_id
    UNION ALL
    SELECT concat_ws('|', a.id, a.state, a.answers, a.derived, a.total, a.scored_at, a.version, a.return_reason) FROM assessment a
    UNION ALL
    SELECT concat_ws('|', request_id, verb, entity_id, at) FROM action
    UNION ALL
    SELECT concat_ws('|', id, username, name, password_hash) FROM app_user
  ) x`;

beforeAll(async () => {
  owner = new pg.Client({ connectionString: testDatabase().ownerUrl });
  await owner.connect();
  first = await seedDemo();
}, PATIENT);
afterAll(() => owner.end());

describe("the demonstration", () => {
  it("is loaded once: a second call changes nothing", async () => {
    expect(first.code).toBe(0);
    const before = await countRows();
    expect((await seedDemo()).code).toBe(0);
    expect(await countRows()).toEqual(before);
  });

  it(
    "is the same in another database",
    async () => {
      const name = `test_${randomUUID().replaceAll("-", "")}`;
      const template = new URL(inject("templateUrl"));
      const other = new URL(template);
      other.pathname = `/${name}`;
      const maintenance = new pg.Client({ connectionString: new URL("/postgres", template).href });
      await maintenance.connect();
      await maintenance.query(
        `CREATE DATABASE ${name} TEMPLATE ${template.pathname.slice(1)} STRATEGY FILE_COPY`,
      );
      const db = new pg.Client({ connectionString: other.href });
      await db.connect();
      try {
        await loadDemonstration(db);
        const { rows } = await db.query<{ n: string }>(CHECKSUM);
        expect(rows).toEqual(await rowsOf(CHECKSUM));
      } finally {
        await db.end();
        await maintenance.query(`DROP DATABASE ${name} WITH (FORCE)`);
        await maintenance.end();
      }
    },
    PATIENT,
  );

  it("has the size that was asked for", async () => {
    const count = (title: string) => numberOf("SELECT count(*) AS n FROM subject WHERE title = $1", [title]);
    const within = (value: number, least: number, most: number) => {
      expect(value).toBeGreaterThanOrEqual(least);
      expect(value).toBeLessThanOrEqual(most);
    };
    within(await count("FAMILY"), 2_800, 3_200);
    within(await count("CITIZEN"), 8_800, 10_200);
    within(await count("CLAN"), 35, 50);
    within(await count("COMMUNITY"), 110, 130);
    within(await count("ORGANISATION"), 120, 200);
  });

  it("reaches rates near the published ones, differing by district", async () => {
    const rates = await rowsOf<{ code: string; year: number; rate: number }>(
      `SELECT u.code, y.year, sum(y.family_recognised)::float8 / sum(y.family_total) AS rate
         FROM unit u JOIN ancestry a ON a.ancestor_id = u.id AND a.valid_to IS NULL
         JOIN unit_year y ON y.unit_id = a.descendant_id AND y.year IN (2024, 2025)
        WHERE u.level = 'REVIEW_AREA' GROUP BY 1, 2 HAVING sum(y.family_total) > 0`,
    );
    expect(rates).toHaveLength(10);
    expect(rates.filter(({ rate }) => rate < 0.58 || rate > 0.87)).toEqual([]);
    const of2025 = rates.filter(({ year }) => year === 2025).map(({ rate }) => rate);
    expect(Math.max(...of2025) - Math.min(...of2025)).toBeGreaterThan(0.1);
  });

  it("keeps every hamlet and organisation in its old commune until 30/6/2025 and in the new one since", async () => {
    const misplaced = await numberOf(
      `SELECT count(*) AS n FROM unit h
         JOIN placement o ON o.child_id = h.id AND o.valid_to = '2025-07-01'
         JOIN placement n ON n.child_id = h.id AND n.valid_from = '2025-07-01' AND n.valid_to IS NULL
         LEFT JOIN succession s ON s.old_unit_id = o.parent_id AND s.new_unit_id = n.parent_id AND s.population = 'WHOLE'
        WHERE h.level = 'HAMLET' AND s.old_unit_id IS NULL`,
    );
    const placed = await numberOf(
      `SELECT count(DISTINCT p.child_id) AS n FROM placement p JOIN unit h ON h.id = p.child_id AND h.level = 'HAMLET'`,
    );
    expect([misplaced, placed]).toEqual([
      0,
      await numberOf("SELECT count(*) AS n FROM unit WHERE level = 'HAMLET'"),
    ]);
    const homes = await rowsOf(
      `SELECT u.valid_to IS NULL AS current, count(*)::int > 100 AS many FROM subject_home h JOIN subject s ON s.id = h.subject_id
         JOIN unit u ON u.id = h.unit_id AND u.level = 'COMMUNE'
        WHERE s.title = 'ORGANISATION' AND h.valid_to IS NOT DISTINCT FROM u.valid_to GROUP BY 1 ORDER BY 1`,
    );
    expect(homes).toEqual([
      { current: false, many: true },
      { current: true, many: true },
    ]);
  });
});

type Stored = {
  id: string;
  subjectId: string;
  title: TitleCode;
  year: number;
  definition: CriteriaSetDefinition;
  answers: Answers;
  derived: DerivedValues;
  total: number;
  classification: string | null;
  missing: number;
  complete: boolean;
  recognisable: boolean;
};

describe("its scores", () => {
  const scored = () =>
    rowsOf<Stored>(
      `SELECT a.id, a.subject_id AS "subjectId", a.title, a.year, c.definition, a.answers, a.derived, a.total::float8 AS total,
              a.classification, a.missing_count AS missing, a.is_complete AS complete, a.is_recognisable AS recognisable
         FROM assessment a JOIN criteria_set c ON c.id = a.criteria_set_id WHERE a.total IS NOT NULL`,
    );

  it("are what the rules give for the stored answers", async () => {
    const rows = await scored();
    expect(rows.length).toBeGreaterThan(15_000);
    const wrong = rows.filter((row) => {
      const result = score(row.definition, row.answers, row.derived);
      const errors = result.byItem.flatMap((item) => item.errors);
      return (
        errors.length > 0 ||
        result.total !== row.total ||
        result.classification !== row.classification ||
        result.missing.length !== row.missing ||
        result.complete !== row.complete ||
        result.recognisable !== row.recognisable
      );
    });
    expect(wrong.map((row) => row.id)).toEqual([]);
  });

  it(
    "froze the shares that the application counts",
    async () => {
      // As the leader of one province: the same for the others, which take a while under row-level security.
      const [leader] = await rowsOf<{ id: string }>(
        "SELECT id FROM app_user WHERE username = 'lanhdao.tuyenquang'",
      );
      const visible = await rowsOf<{ id: string }>(
        `SELECT a.id FROM assessment a JOIN ancestry t ON t.descendant_id = a.commune_id AND t.valid_to IS NULL
         JOIN unit p ON p.id = t.ancestor_id AND p.level = 'REVIEW_AREA' AND p.code = 'KV076' WHERE a.title <> 'CITIZEN'`,
      );
      const ids = new Set(visible.map(({ id }) => id));
      const rows = (await scored()).filter((row) => ids.has(row.id));
      expect(rows.length).toBeGreaterThan(1_000);
      const counted = new Map<string, DerivedValues>();
      for (const title of ["FAMILY", "CLAN", "COMMUNITY", "ORGANISATION"] as const) {
        for (const year of [2024, 2025, 2026]) {
          const subjectIds = rows
            .filter((row) => row.title === title && row.year === year)
            .map((row) => row.subjectId);
          const query = { subjectIds, title, year, on: new Date(`${year}-12-31T00:00:00Z`) };
          const found = await withScope({ id: leader?.id ?? "" }, (tx) => deriveMeasures(tx, query));
          for (const [subjectId, { values }] of found) counted.set(`${subjectId} ${year}`, values);
        }
      }
      const differing = rows.filter(
        (row) =>
          JSON.stringify(sorted(counted.get(`${row.subjectId} ${row.year}`) ?? {})) !==
          JSON.stringify(sorted(row.derived)),
      );
      expect(differing.map(({ title, year, subjectId }) => `${title} ${year} ${subjectId}`)).toEqual([]);
    },
    PATIENT,
  );
});

function sorted(values: DerivedValues): unknown {
  return Object.entries(values)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([measure, ratio]) => [measure, ratio?.numerator, ratio?.denominator]);
}

describe("its books", () => {
  it("count the same again from the raw rows", async () => {
    expect(await rowsOf("SELECT * FROM recount_differences()")).toEqual([]);
    expect(await numberOf("SELECT count(*) AS n FROM pg_trigger WHERE tgenabled = 'D'")).toBe(0);
  });

  it("are logged, step by step, in whole chains", async () => {
    const { faults, entries } = await verifyChains(owner);
    expect(faults).toEqual([]);
    expect(entries).toBeGreaterThan(60_000);
    const verbs = await rowsOf<{ verb: string }>("SELECT DISTINCT verb FROM action");
    expect(verbs.map(({ verb }) => verb).filter((verb) => !(verb in VERB_NAMES))).toEqual([]);
    const logged = await rowsOf(
      `SELECT verb, count(*)::int AS n FROM action WHERE verb IN ('assessment.register', 'assessment.score', 'assessment.recognise')
        GROUP BY 1 ORDER BY 1`,
    );
    expect(logged).toEqual([
      { verb: "assessment.recognise", n: await numberOf("SELECT count(*) AS n FROM recognition") },
      { verb: "assessment.register", n: await numberOf("SELECT count(*) AS n FROM assessment") },
      {
        verb: "assessment.score",
        n: await numberOf("SELECT count(*) AS n FROM assessment WHERE total IS NOT NULL"),
      },
    ]);
  });

  it("name a place where a changed entry stands", async () => {
    const [entry] = await rowsOf<{ chain_id: number; seq: string }>(
      "SELECT chain_id, seq FROM action WHERE verb = 'assessment.recognise' ORDER BY at DESC, seq DESC LIMIT 1",
    );
    await owner.query("BEGIN");
    await owner.query("ALTER TABLE action DISABLE TRIGGER action_append_only");
    await owner.query("UPDATE action SET detail = '{}' WHERE chain_id = $1 AND seq = $2", [
      entry?.chain_id,
      entry?.seq,
    ]);
    const broken = await rowsOf("SELECT chain_id, seq, fault FROM audit_broken()");
    await owner.query("ROLLBACK");
    expect(broken).toEqual([{ ...entry, fault: "CHANGED" }]);
  });

  it("hold evidence whose bytes are in the file store", async () => {
    const files = await rowsOf<{ key: string }>('SELECT storage_key AS "key" FROM evidence_file');
    expect(files.length).toBeGreaterThan(10);
    await Promise.all(files.map(({ key }) => access(path.join(testDatabase().dataDir, "files", key))));
  });
});

describe("what people find in it", () => {
  const inTanTrao = (sql: string) =>
    numberOf(
      `SELECT count(*) AS n FROM assessment a JOIN unit c ON c.id = a.commune_id AND c.code = '02545' AND c.valid_to IS NULL
        WHERE a.title = 'FAMILY' AND a.year = 2026 AND ${sql}`,
    );

  it("lets every listed account in, and no closed one", async () => {
    const users = await rowsOf<{ username: string; hash: string; active: boolean; demo: boolean }>(
      "SELECT username, password_hash AS hash, is_active AS active, is_demo AS demo FROM app_user",
    );
    expect(users.every((user) => user.demo)).toBe(true);
    for (const { username } of accounts)
      expect(users.find((user) => user.username === username)?.active).toBe(true);
    expect(users.filter((user) => user.active)).toHaveLength(accounts.length);
    expect(await verify(users[0]?.hash ?? "", accounts[0]?.password ?? "")).toBe(true);
  });

  it("has families of Tân Trào to score, to finish and to submit, and its five hamlets", async () => {
    expect(await inTanTrao("a.state = 'REGISTERED'")).toBeGreaterThan(5);
    expect(await inTanTrao("a.state = 'DRAFT' AND NOT a.is_complete")).toBeGreaterThan(5);
    expect(await inTanTrao("a.state = 'DRAFT' AND a.is_recognisable")).toBeGreaterThan(10);
    expect(await inTanTrao("a.dossier_id IS NOT NULL")).toBe(0);
    const hamlets = await rowsOf<{ name: string }>(
      `SELECT h.name FROM unit h JOIN placement p ON p.child_id = h.id AND p.valid_to = '2025-07-01'
         JOIN unit c ON c.id = p.parent_id AND c.name = 'Xã Tân Trào' WHERE h.level = 'HAMLET' ORDER BY h.code`,
    );
    expect(hamlets.map(({ name }) => name)).toEqual([
      "Thôn Bờ Suối",
      "Thôn Gốc Đa",
      "Thôn Đồng Mía",
      "Thôn Khuôn Bưởi",
      "Thôn Vực Trầu",
    ]);
  });

  it("leaves work to the district for 2024 and to the review area for 2026", async () => {
    const waiting = await rowsOf(
      `SELECT d.year, r.level, r.code FROM assessment a JOIN dossier d ON d.id = a.dossier_id JOIN unit r ON r.id = d.reviewer_unit_id
        WHERE a.state = 'SUBMITTED' AND r.code LIKE '%076' GROUP BY 1, 2, 3 ORDER BY 1`,
    );
    expect(waiting).toEqual([
      { year: 2024, level: "DISTRICT", code: "076" },
      { year: 2026, level: "REVIEW_AREA", code: "KV076" },
    ]);
    expect(
      await numberOf("SELECT count(*) AS n FROM assessment WHERE state = 'RETURNED' AND year = 2026"),
    ).toBeGreaterThan(20);
  });

  it("shows what Quảng Trị published for 2016-2020", async () => {
    const figures = await rowsOf(
      `SELECT f.value::int AS value FROM figure f JOIN unit u ON u.id = f.unit_id AND u.level = 'PROVINCE' AND u.code = '45'
        WHERE f.year = 2020 AND f.key IN ('family_total', 'family_recognised') ORDER BY f.key`,
    );
    expect(figures).toEqual([{ value: 122_151 }, { value: 167_687 }]);
  });
});

describe("where it must not be", () => {
  it("is refused in production mode", async () => {
    process.env.HIEU_HOC_MODE = "production";
    const { code } = await seedDemo().finally(() => delete process.env.HIEU_HOC_MODE);
    expect(code).toBe(1);
  });
});
