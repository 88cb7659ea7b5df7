import { randomUUID } from "node:crypto";
import pg from "pg";
import { beforeAll, expect, test } from "vitest";
import { buildCitizen, buildHousehold, buildRound, buildUnit, buildUser, ownerSql } from "../setup/builders";
import { testDatabase } from "../setup/database";
import type { DossierWorld } from "../setup/dossier-world";
import { buildDossierWorld, buildScoredFamily, faults } from "../setup/dossier-world";

// Many writers at once on few leaves and few subjects, so that they meet; then every counter must be what a recount gives.

type Run = (sql: string, values?: unknown[]) => Promise<unknown>;
type Pick = <T>(from: readonly T[]) => T;
type Step = (run: Run, pick: Pick) => Promise<unknown>;

const TRANSACTIONS = 20;
const SERIALISATION = new Set(["40P01", "40001"]);

let world: DossierWorld;
let hamlets: number[] = [];
const families: string[] = [];
const citizens: string[] = [];
const clans: string[] = [];
const organisations: string[] = [];
const communities: string[] = [];
let approved: { id: string; decisionId: string }[] = [];

async function buildOther(title: "CLAN" | "ORGANISATION" | "COMMUNITY", unitId: number): Promise<string> {
  const id = randomUUID();
  await ownerSql(
    "INSERT INTO subject (id, title, unit_id, name, active_from) VALUES ($1, $2, $3, 'Mục Thử', '2020-01-01')",
    [id, title, unitId],
  );
  if (title === "CLAN") await ownerSql("INSERT INTO clan (subject_id) VALUES ($1)", [id]);
  if (title === "ORGANISATION") {
    await ownerSql("INSERT INTO organisation (subject_id, kind) VALUES ($1, 'AGENCY')", [id]);
  }
  if (title === "COMMUNITY") {
    await ownerSql("INSERT INTO community (subject_id, area_unit_id) VALUES ($1, $2)", [id, unitId]);
  }
  await ownerSql("INSERT INTO subject_home (subject_id, unit_id, valid_from) VALUES ($1, $2, '2020-01-01')", [
    id,
    unitId,
  ]);

  return id;
}

/** An approved entry of any title with a decision of its dossier: what a recognition can name. */
async function buildApproved(title: string, subjectId: string): Promise<{ id: string; decisionId: string }> {
  const [round] = await ownerSql<{ id: number }>(
    "SELECT id FROM round WHERE title = $1 AND year = 2026 LIMIT 1",
    [title],
  );
  const [dossier] = await ownerSql<{ id: string }>(
    `INSERT INTO dossier (round_id, title, year, unit_id, reviewer_unit_id, submitted_by) VALUES ($1, $2, 2026, $3, $4, $5)
     ON CONFLICT (unit_id, title, year) DO UPDATE SET version = 1 RETURNING id`,
    [round?.id, title, world.commune, world.reviewArea, world.officer.id],
  );
  const [decision] = await ownerSql<{ id: string }>(
    `INSERT INTO decision (dossier_id, unit_id, number, decided_on, signer, created_by) VALUES ($1, $2, '1/QĐ', '2026-11-01', 'Người Ký', $3)
     ON CONFLICT (dossier_id, number) DO UPDATE SET signer = excluded.signer RETURNING id`,
    [dossier?.id, world.commune, world.reviewer.id],
  );
  const [row] = await ownerSql<{ id: string }>(
    `INSERT INTO assessment (subject_id, round_id, title, year, unit_id, commune_id, criteria_set_id, state, registered_on,
                             is_complete, is_recognisable, scored_by, dossier_id, submitted_by, reviewed_by)
     SELECT $1, $2, $3, 2026, h.unit_id, $4, (SELECT min(id) FROM criteria_set WHERE title = $3), 'APPROVED', '2026-03-01',
            true, true, $5, $6, $5, $7 FROM subject_home h WHERE h.subject_id = $1 RETURNING id`,
    [subjectId, round?.id, title, world.commune, world.officer.id, dossier?.id, world.reviewer.id],
  );

  return { id: row?.id ?? "", decisionId: decision?.id ?? "" };
}

beforeAll(async () => {
  world = await buildDossierWorld();
  hamlets = [world.hamlet];
  for (let n = 0; n < 3; n++) {
    hamlets.push(
      await buildUnit({
        level: "HAMLET",
        parentId: world.commune,
        validFrom: n === 2 ? "2026-01-01" : "2025-07-01",
      }),
    );
  }
  for (const hamletId of hamlets) {
    clans.push(await buildOther("CLAN", hamletId));
    communities.push(await buildOther("COMMUNITY", hamletId));
    for (let n = 0; n < 3; n++) {
      const householdId = await buildHousehold({ hamletId });
      families.push(householdId);
      citizens.push(
        await buildCitizen({ hamletId, householdId }),
        await buildCitizen({ hamletId, birthYear: 2008 }),
      );
    }
  }
  for (let n = 0; n < 2; n++) organisations.push(await buildOther("ORGANISATION", world.commune));
  approved = [
    ...(await Promise.all(families.slice(0, 6).map((id) => buildApproved("FAMILY", id)))),
    ...(await Promise.all(citizens.slice(0, 8).map((id) => buildApproved("CITIZEN", id)))),
    ...(await Promise.all(clans.map((id) => buildApproved("CLAN", id)))),
    ...(await Promise.all(communities.map((id) => buildApproved("COMMUNITY", id)))),
    ...(await Promise.all(organisations.map((id) => buildApproved("ORGANISATION", id)))),
  ];
}, 120_000);

/** Moves a subject on a day, also on the days around the end of a year, as the register does. */
async function move(run: Run, pick: Pick, subjectId: string): Promise<void> {
  const day = pick(["2024-12-31", "2025-01-01", "2025-06-01", "2025-12-31", "2026-01-01", "2026-05-01"]);
  await run("SELECT 1 FROM subject WHERE id = $1 FOR UPDATE", [subjectId]);
  await run("DELETE FROM subject_home WHERE subject_id = $1 AND valid_from >= $2", [subjectId, day]);
  await run(
    "UPDATE subject_home SET valid_to = $2 WHERE subject_id = $1 AND (valid_to IS NULL OR valid_to > $2)",
    [subjectId, day],
  );
  await run("INSERT INTO subject_home (subject_id, unit_id, valid_from) VALUES ($1, $2, $3)", [
    subjectId,
    pick(hamlets),
    day,
  ]);
}

async function recognise(run: Run, { id, decisionId }: { id: string; decisionId: string }): Promise<void> {
  await run(
    `INSERT INTO recognition (subject_id, title, assessment_id, decision_id, commune_id, first_year, last_year)
     SELECT subject_id, title, id, $2, commune_id, year, year + 2 FROM assessment WHERE id = $1 ON CONFLICT DO NOTHING`,
    [id, decisionId],
  );
}

/** What the owner of the tables does: each step can touch several leaves, many rows, or rows that another step moves. */
const OWNER_STEPS: readonly Step[] = [
  async (run, pick) => move(run, pick, pick([...families, ...citizens])),
  async (run, pick) => move(run, pick, pick(citizens)),
  async (run, pick) => recognise(run, pick(approved)),
  async (run, pick) => recognise(run, pick(approved)),
  async (run, pick) => run("DELETE FROM recognition WHERE assessment_id = $1", [pick(approved).id]),
  async (run, pick) =>
    run("UPDATE citizen SET household_id = $2 WHERE subject_id = $1", [
      pick(citizens),
      pick([null, ...families]),
    ]),
  async (run, pick) =>
    run("UPDATE citizen SET organisation_id = $2 WHERE subject_id = $1", [
      pick(citizens),
      pick([null, ...organisations]),
    ]),
  async (run, pick) =>
    run("UPDATE citizen SET birth_year = $2, is_worker = $3, digital_skill = $4 WHERE subject_id = $1", [
      pick(citizens),
      pick([1980, 2006, 2007, 2008, 2009]),
      pick([true, false]),
      pick(["NONE", "HAS", "FLUENT"]),
    ]),
  async (run, pick) =>
    run("UPDATE household SET clan_id = $2, is_association_member = $3 WHERE subject_id = $1", [
      pick(families),
      pick([null, ...clans]),
      pick([true, false]),
    ]),
  async (run, pick) =>
    run("UPDATE clan SET is_promotion = NOT is_promotion WHERE subject_id = ANY ($1)", [
      [pick(clans), pick(clans)],
    ]),
  // Many rows from several leaves into one.
  async (run, pick) =>
    run("UPDATE subject_home SET unit_id = $2 WHERE valid_to IS NULL AND subject_id = ANY ($1)", [
      [pick(citizens), pick(citizens), pick(families)],
      pick(hamlets),
    ]),
  async (run, pick) =>
    run("UPDATE citizen SET organisation_id = $2 WHERE subject_id = ANY ($1)", [
      [pick(citizens), pick(citizens)],
      pick(organisations),
    ]),
  // A citizen who comes and goes again with everything that hangs on the row.
  async (run, pick) => {
    const id = randomUUID();
    await run(
      "INSERT INTO subject (id, title, unit_id, name, active_from) VALUES ($1, 'CITIZEN', $2, 'Người Thử', '2025-01-01')",
      [id, pick(hamlets)],
    );
    await run(
      "INSERT INTO citizen (subject_id, birth_year, sex, variant, household_id, organisation_id) VALUES ($1, 1990, 'MALE', 'FARMER', $2, $3)",
      [id, pick(families), pick(organisations)],
    );
    await run("INSERT INTO subject_home (subject_id, unit_id, valid_from) VALUES ($1, $2, '2025-01-01')", [
      id,
      pick(hamlets),
    ]);
    if (pick([true, false])) await run("DELETE FROM subject WHERE id = $1", [id]);
  },
];

/** What people do through the web role, under row-level security. */
const OFFICER_STEPS: readonly Step[] = [
  async (run, pick) => {
    const id = randomUUID();
    const hamletId = pick(hamlets);
    await run(
      "INSERT INTO subject (id, title, unit_id, name, active_from) VALUES ($1, 'FAMILY', $2, 'Hộ Thử', '2026-02-01')",
      [id, hamletId],
    );
    await run("INSERT INTO household (subject_id, clan_id, is_association_member) VALUES ($1, $2, true)", [
      id,
      pick([null, ...clans]),
    ]);
    await run("INSERT INTO subject_home (subject_id, unit_id, valid_from) VALUES ($1, $2, '2026-02-01')", [
      id,
      hamletId,
    ]);
    await run(
      `INSERT INTO assessment (subject_id, round_id, title, year, unit_id, commune_id, criteria_set_id, state, registered_on)
       SELECT $1, r.id, 'FAMILY', 2026, $2, $3, (SELECT min(id) FROM criteria_set WHERE title = 'FAMILY'), 'REGISTERED', '2026-03-01'
         FROM round r WHERE r.title = 'FAMILY' AND r.year = 2026 AND r.unit_id = $4`,
      [id, hamletId, world.commune, world.province],
    );
  },
  async (run, pick) =>
    run("UPDATE household SET is_association_member = NOT is_association_member WHERE subject_id = $1", [
      pick(families),
    ]),
  async (run, pick) =>
    run(
      `UPDATE assessment SET state = 'DRAFT', is_complete = $2, answers = '{"1.3": {"yes": true}}', scored_by = $1
        WHERE id IN (SELECT id FROM assessment WHERE state IN ('REGISTERED', 'DRAFT') ORDER BY id LIMIT 3)`,
      [world.officer.id, pick([true, false])],
    ),
];

const REVIEWER_STEPS: readonly Step[] = [
  async (run) =>
    run(
      `UPDATE assessment SET state = 'RETURNED', return_reason = 'Thiếu minh chứng', reviewed_by = $1
        WHERE id IN (SELECT a.id FROM assessment a WHERE a.state = 'SUBMITTED' ORDER BY a.id LIMIT 1)`,
      [world.reviewer.id],
    ),
  async (run) =>
    run(
      `UPDATE assessment SET state = 'APPROVED', reviewed_by = $1
        WHERE id IN (SELECT a.id FROM assessment a WHERE a.state = 'SUBMITTED' ORDER BY a.id DESC LIMIT 2)`,
      [world.reviewer.id],
    ),
];

/** A generator of its own for each writer, so that a run can be repeated from its seed. */
function pickerOf(seed: number): Pick {
  let state = seed;
  return <T>(from: readonly T[]): T => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return from[Math.floor((state / 2 ** 32) * from.length)] as T;
  };
}

/** Transactions of one or two random steps on one connection; a deadlock is tried no more, everything else fails the test. */
async function write(
  url: string,
  actorId: string | undefined,
  steps: readonly Step[],
  seed: number,
): Promise<number> {
  const pick = pickerOf(seed);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  let done = 0;
  try {
    for (let n = 0; n < TRANSACTIONS; n++) {
      await client.query("BEGIN");
      if (actorId) await client.query("SELECT set_config('app.user_id', $1, true)", [actorId]);
      try {
        for (let step = pick([1, 1, 1, 2]); step > 0; step--) {
          await pick(steps)((sql, values) => client.query(sql, values), pick);
        }
        await client.query(pick([true, true, true, false]) ? "COMMIT" : "ROLLBACK");
        done++;
      } catch (error) {
        await client.query("ROLLBACK");
        const { code } = error as { code?: string };
        // Two moves of one subject to one day also meet in the exclusion constraint.
        if (code !== "23P01" && code !== "23505" && !SERIALISATION.has(code ?? "")) throw error;
      }
    }
  } finally {
    await client.end();
  }

  return done;
}

test.each([11, 2027])(
  "counters equal a recount after concurrent writers of every kind (seed %i)",
  async (seed) => {
    const { ownerUrl, appUrl } = testDatabase();
    for (let n = 0; n < 4; n++) {
      const id = await buildScoredFamily(world);
      await ownerSql(
        `UPDATE assessment SET state = 'SUBMITTED', submitted_by = $2, submitted_at = now(),
                dossier_id = (SELECT id FROM dossier WHERE unit_id = $3 AND title = 'FAMILY' AND year = 2026) WHERE id = $1`,
        [id, world.officer.id, world.commune],
      );
    }

    const [newYear, ...done] = await Promise.all([
      buildRound({ unitId: world.province, year: 2030 + (seed % 50) }),
      write(ownerUrl, undefined, OWNER_STEPS, seed),
      write(ownerUrl, undefined, OWNER_STEPS, seed + 1),
      write(ownerUrl, undefined, OWNER_STEPS, seed + 2),
      write(appUrl, world.officer.id, OFFICER_STEPS, seed + 3),
      write(appUrl, world.otherOfficer.id, OFFICER_STEPS.slice(0, 2), seed + 4),
      write(appUrl, world.reviewer.id, REVIEWER_STEPS, seed + 5),
    ]);

    expect(newYear).toBeGreaterThan(0);
    expect(done.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(TRANSACTIONS * 2);
    expect((await faults()).counters).toEqual([]);
  },
  180_000,
);

type Racer = readonly [sql: string, values: unknown[]][];

/** Two transactions: the first is open while the second writes; the second may have to wait for the first. */
async function race(first: Racer, second: Racer): Promise<void> {
  const clients = [0, 1].map(() => new pg.Client({ connectionString: testDatabase().ownerUrl }));
  const [a, b] = clients;
  if (!a || !b) throw new Error("no client");
  try {
    await Promise.all(clients.map((client) => client.connect()));
    await a.query("BEGIN");
    for (const [sql, values] of first) await a.query(sql, values);
    await b.query("BEGIN");
    const waiting = (async () => {
      for (const [sql, values] of second) await b.query(sql, values);
      await b.query("COMMIT");
    })();
    await new Promise((resolve) => setTimeout(resolve, 200));
    await a.query("COMMIT");
    await waiting;
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

test("a family that moves while its entry is submitted counts as submitted where it went", async () => {
  const assessmentId = await buildScoredFamily(world);
  const [row] = await ownerSql<{ subject_id: string }>("SELECT subject_id FROM assessment WHERE id = $1", [
    assessmentId,
  ]);
  await race(
    [
      ["UPDATE subject_home SET valid_to = '2026-05-01' WHERE subject_id = $1", [row?.subject_id]],
      [
        "INSERT INTO subject_home (subject_id, unit_id, valid_from) VALUES ($1, $2, '2026-05-01')",
        [row?.subject_id, hamlets[1]],
      ],
    ],
    [
      [
        "UPDATE assessment SET state = 'SUBMITTED', submitted_by = $2, dossier_id = (SELECT id FROM dossier WHERE unit_id = $3 AND title = 'FAMILY' AND year = 2026) WHERE id = $1",
        [assessmentId, world.officer.id, world.commune],
      ],
    ],
  );
  expect((await faults()).counters).toEqual([]);
});

test("a bond made while its other end is recognised counts", async () => {
  const [hamletA, hamletB] = [hamlets[0] ?? 0, hamlets[1] ?? 0];
  const [family, person] = [
    await buildHousehold({ hamletId: hamletA }),
    await buildCitizen({ hamletId: hamletB }),
  ];
  const entry = await buildApproved("FAMILY", family);
  const worker = await buildApproved("CITIZEN", person);
  const recognition =
    "INSERT INTO recognition (subject_id, title, assessment_id, decision_id, commune_id, first_year, last_year) SELECT subject_id, title, id, $2, commune_id, 2026, 2028 FROM assessment WHERE id = $1";
  await race(
    [["UPDATE citizen SET household_id = $2 WHERE subject_id = $1", [person, family]]],
    [[recognition, [entry.id, entry.decisionId]]],
  );
  expect((await faults()).counters).toEqual([]);
  await race(
    [["UPDATE citizen SET organisation_id = $2 WHERE subject_id = $1", [person, organisations[0]]]],
    [[recognition, [worker.id, worker.decisionId]]],
  );
  expect((await faults()).counters).toEqual([]);
});

test("a family registered while a new year opens counts in it", async () => {
  const id = randomUUID();
  const hamletId = hamlets[0];
  await race(
    [
      [
        `INSERT INTO round (title, year, unit_id, reference_date, opens_on, submit_by, review_by)
         VALUES ('FAMILY', 2095, $1, '2095-12-31', '2095-01-01', '2095-12-10', '2095-12-15')`,
        [world.province],
      ],
    ],
    [
      [
        "INSERT INTO subject (id, title, unit_id, name, active_from) VALUES ($1, 'FAMILY', $2, 'Hộ Thử', '2026-01-01')",
        [id, hamletId],
      ],
      [
        "INSERT INTO subject_home (subject_id, unit_id, valid_from) VALUES ($1, $2, '2026-01-01')",
        [id, hamletId],
      ],
    ],
  );
  expect((await faults()).counters).toEqual([]);
});

test("a subject deleted with all that hangs on it leaves no count behind", async () => {
  const hamletId = hamlets[2] ?? 0;
  const id = await buildCitizen({ hamletId, ...(organisations[0] && { organisationId: organisations[0] }) });
  await ownerSql("DELETE FROM subject WHERE id = $1", [id]);
  expect((await faults()).counters).toEqual([]);
});

test("an account without grants leaves the counters alone", async () => {
  const stranger = await buildUser({ role: "NATIONAL_LEADER", unitId: world.neighbourCommune });
  const before = await ownerSql("SELECT sum(family_total) AS n FROM unit_year");
  await write(
    testDatabase().appUrl,
    stranger.id,
    [
      async (run, pick) =>
        run("UPDATE household SET is_association_member = true WHERE subject_id = $1", [pick(families)]),
    ],
    5,
  );
  expect(await ownerSql("SELECT sum(family_total) AS n FROM unit_year")).toEqual(before);
});
