import { randomUUID } from "node:crypto";
import pg from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import type { Capability, Role } from "@/domain/access/access";
import { ACCESS_TABLE, ROLES, roleCan } from "@/domain/access/access";
import {
  appSql,
  buildCitizen,
  buildHousehold,
  buildReference,
  buildRound,
  buildUnit,
  buildUser,
  ownerSql,
} from "../setup/builders";
import { testDatabase } from "../setup/database";

// The first wall is switched off here: statements go to the database directly, as the web role, under a person's scope.

type Place = {
  commune: number;
  hamlet: number;
  household: string;
  citizen: string;
  draft: string;
  submitted: string;
  approved: string;
  dossier: string;
  file: string;
};

const places: Place[] = [];
const actors: { id: string; role: Role; commune: number }[] = [];
let outsider = { id: randomUUID() };

beforeAll(async () => {
  await buildReference();
  const province = await buildUnit({ level: "PROVINCE" });
  const [set] = await ownerSql<{ id: number }>("SELECT id FROM criteria_set WHERE title = 'FAMILY' LIMIT 1");
  const roundId = await buildRound({ unitId: province, year: 2026 });
  const officer = await buildUser({ role: "COMMUNE_OFFICER", unitId: province });
  const reviewer = await buildUser({ role: "REVIEWER", unitId: province });
  for (let n = 0; n < 2; n++) {
    const commune = await buildUnit({ level: "COMMUNE", parentId: province });
    const hamlet = await buildUnit({ level: "HAMLET", parentId: commune });
    const household = await buildHousehold({ hamletId: hamlet });
    const citizen = await buildCitizen({ hamletId: hamlet, householdId: household });
    const [dossier] = await ownerSql<{ id: string }>(
      `INSERT INTO dossier (round_id, title, year, unit_id, reviewer_unit_id, submitted_by) VALUES ($1, 'FAMILY', 2026, $2, $3, $4) RETURNING id`,
      [roundId, commune, province, officer.id],
    );
    const assessment = async (state: string) => {
      const subject = state === "DRAFT" ? household : await buildHousehold({ hamletId: hamlet });
      const isOut = state !== "DRAFT";
      const [row] = await ownerSql<{ id: string }>(
        `INSERT INTO assessment (subject_id, round_id, title, year, unit_id, commune_id, criteria_set_id, state, registered_on, is_complete, is_recognisable, scored_by, dossier_id, submitted_by, reviewed_by, total)
         VALUES ($1, $2, 'FAMILY', 2026, $3, $4, $5, $6, '2026-01-01', true, true, $7, $8, $9, $10, 90) RETURNING id`,
        [
          subject,
          roundId,
          hamlet,
          commune,
          set?.id,
          state,
          officer.id,
          isOut ? dossier?.id : null,
          isOut ? officer.id : null,
          state === "APPROVED" ? reviewer.id : null,
        ],
      );

      return row?.id ?? "";
    };
    const draft = await assessment("DRAFT");
    const [file] = await ownerSql<{ id: string }>(
      `INSERT INTO evidence_file (commune_id, sha256, mime, byte_size, label, storage_key, uploaded_by) VALUES ($1, $2, 'image/png', 10, 'Ảnh', 'x', $3) RETURNING id`,
      [commune, randomUUID(), officer.id],
    );
    await ownerSql(
      "INSERT INTO evidence_link (file_id, assessment_id, item_code, linked_by) VALUES ($1, $2, '3.1', $3)",
      [file?.id, draft, officer.id],
    );
    await ownerSql(
      "INSERT INTO figure (unit_id, year, key, value, source) VALUES ($1, 2026, 'family_total', 10, 'thử')",
      [commune],
    );
    await ownerSql(
      `INSERT INTO figure_batch (id, unit_id, year, source, dated_on, cells, problems, unchanged, created_by)
       VALUES ($1, $2, 2026, 'thử', '2026-01-01', '[]', '[]', 0, $3)`,
      [randomUUID(), commune, officer.id],
    );
    await ownerSql('SELECT append_actions($1, $2, \'[{"verb":"x","type":"y","id":"z"}]\')', [
      commune,
      randomUUID(),
    ]);
    places.push({
      commune,
      hamlet,
      household,
      citizen,
      draft,
      submitted: await assessment("SUBMITTED"),
      approved: await assessment("APPROVED"),
      dossier: dossier?.id ?? "",
      file: file?.id ?? "",
    });
    for (const role of ROLES) actors.push({ ...(await buildUser({ role, unitId: commune })), role, commune });
  }
  outsider = { id: randomUUID() };
}, 120_000);

const READS: { table: string; capability: Capability; of: string }[] = [
  {
    table: "subject",
    capability: "registry.read",
    of: "SELECT p.parent_id AS commune FROM subject t JOIN placement p ON p.child_id = t.unit_id",
  },
  {
    table: "subject_home",
    capability: "registry.read",
    of: "SELECT p.parent_id AS commune FROM subject_home t JOIN placement p ON p.child_id = t.unit_id",
  },
  {
    table: "household",
    capability: "registry.read",
    of: "SELECT p.parent_id AS commune FROM household t JOIN subject s ON s.id = t.subject_id JOIN placement p ON p.child_id = s.unit_id",
  },
  {
    table: "citizen",
    capability: "registry.read",
    of: "SELECT p.parent_id AS commune FROM citizen t JOIN subject s ON s.id = t.subject_id JOIN placement p ON p.child_id = s.unit_id",
  },
  { table: "assessment", capability: "assessment.read", of: "SELECT commune_id AS commune FROM assessment" },
  {
    table: "evidence_file",
    capability: "assessment.read",
    of: "SELECT commune_id AS commune FROM evidence_file",
  },
  {
    table: "evidence_link",
    capability: "assessment.read",
    of: "SELECT a.commune_id AS commune FROM evidence_link l JOIN assessment a ON a.id = l.assessment_id",
  },
  { table: "dossier", capability: "dossier.read", of: "SELECT unit_id AS commune FROM dossier" },
  {
    table: "unit_year",
    capability: "dashboard.read",
    of: "SELECT p.parent_id AS commune FROM unit_year t JOIN placement p ON p.child_id = t.unit_id",
  },
  { table: "figure", capability: "dashboard.read", of: "SELECT unit_id AS commune FROM figure" },
  {
    table: "figure_version",
    capability: "dashboard.read",
    of: "SELECT unit_id AS commune FROM figure_version",
  },
  { table: "figure_batch", capability: "figure.write", of: "SELECT unit_id AS commune FROM figure_batch" },
  { table: "action", capability: "audit.read", of: "SELECT chain_id AS commune FROM action" },
];

describe("reading", () => {
  test.each(READS)(
    "$table shows each role its own commune alone, and only with $capability",
    async ({ table, capability, of }) => {
      for (const actor of actors) {
        const rows = await appSql<{ commune: number }>(actor.id, of);
        const communes = new Set(rows.map(({ commune }) => commune));
        expect(communes, `${actor.role} on ${table}`).toEqual(
          roleCan(actor.role, capability) ? new Set([actor.commune]) : new Set(),
        );
        const raw = await appSql(actor.id, `SELECT 1 FROM ${table}`);
        expect(raw.length > 0, `${actor.role} on ${table}`).toBe(roleCan(actor.role, capability));
      }
    },
  );

  test.each([
    ...READS.map(({ table }) => table),
    "decision",
    "recognition",
    "clan",
    "organisation",
    "community",
    "request",
    "role_grant",
  ])("a stranger finds %s empty", async (table) => {
    expect(await appSql(outsider.id, `SELECT 1 FROM ${table}`)).toEqual([]);
  });

  test("password hashes cannot be selected, by anybody", async () => {
    for (const actor of actors.slice(0, ROLES.length)) {
      await expect(appSql(actor.id, "SELECT password_hash FROM app_user")).rejects.toThrow(
        /permission denied/,
      );
    }
  });
});

type Write = {
  name: string;
  capability: Capability;
  at: (place: Place, actorId: string) => [string, unknown[]];
};

const WRITES: Write[] = [
  {
    name: "rename a subject",
    capability: "registry.write",
    at: (p) => ["UPDATE subject SET name = name WHERE id = $1 RETURNING 1", [p.household]],
  },
  {
    name: "insert a subject",
    capability: "registry.write",
    at: (p) => [
      "INSERT INTO subject (title, unit_id, name, active_from) VALUES ('FAMILY', $1, 'Hộ Thử', '2026-01-01') RETURNING 1",
      [p.hamlet],
    ],
  },
  {
    name: "change a household",
    capability: "registry.write",
    at: (p) => ["UPDATE household SET address = 'x' WHERE subject_id = $1 RETURNING 1", [p.household]],
  },
  {
    name: "change a citizen",
    capability: "registry.write",
    at: (p) => ["UPDATE citizen SET sex = sex WHERE subject_id = $1 RETURNING 1", [p.citizen]],
  },
  {
    name: "score a draft",
    capability: "assessment.write",
    at: (p) => ["UPDATE assessment SET missing_count = 1 WHERE id = $1 RETURNING 1", [p.draft]],
  },
  {
    name: "link evidence",
    capability: "assessment.write",
    at: (p, id) => [
      "INSERT INTO evidence_link (file_id, assessment_id, item_code, linked_by) VALUES ($1, $2, '1.1', $3) RETURNING 1",
      [p.file, p.draft, id],
    ],
  },
  {
    name: "submit",
    capability: "dossier.submit",
    at: (p, id) => [
      "UPDATE assessment SET state = 'SUBMITTED', submitted_by = $2, dossier_id = $3 WHERE id = $1 RETURNING 1",
      [p.draft, id, p.dossier],
    ],
  },
  {
    name: "approve",
    capability: "review.decide",
    at: (p, id) => [
      "UPDATE assessment SET state = 'APPROVED', reviewed_by = $2 WHERE id = $1 RETURNING 1",
      [p.submitted, id],
    ],
  },
  {
    name: "return",
    capability: "review.decide",
    at: (p, id) => [
      "UPDATE assessment SET state = 'RETURNED', reviewed_by = $2, return_reason = 'x' WHERE id = $1 RETURNING 1",
      [p.submitted, id],
    ],
  },
  {
    name: "decide",
    capability: "review.decide",
    at: (p, id) => [
      "INSERT INTO decision (dossier_id, unit_id, number, decided_on, signer, created_by) VALUES ($1, $2, '1/QĐ', '2026-12-01', 'x', $3) RETURNING 1",
      [p.dossier, p.commune, id],
    ],
  },
  {
    name: "enter a figure",
    capability: "figure.write",
    at: (p, id) => [
      "UPDATE figure SET value = 11, entered_by = $2, version = version + 1 WHERE unit_id = $1 RETURNING 1",
      [p.commune, id],
    ],
  },
];

/** Does the statement change a row; every attempt is rolled back, so that all meet the same rows. */
async function attempt(actorId: string, sql: string, values: unknown[]): Promise<boolean> {
  try {
    return (await rolledBack(actorId, sql, values)) > 0;
  } catch (error) {
    if (/row-level security|permission denied/.test(String(error))) return false;
    throw error;
  }
}

async function rolledBack(actorId: string, sql: string, values: unknown[]): Promise<number> {
  const client = new pg.Client({ connectionString: testDatabase().appUrl });
  await client.connect();
  try {
    await client.query("BEGIN");
    await client.query("SELECT set_config('app.user_id', $1, true)", [actorId]);
    const { rowCount } = await client.query(sql, values);

    return rowCount ?? 0;
  } finally {
    await client.query("ROLLBACK");
    await client.end();
  }
}

describe("writing", () => {
  test.each(WRITES)("$name: only with $capability, only at home", async ({ capability, at }) => {
    for (const actor of actors) {
      for (const place of places) {
        const [sql, values] = at(place, actor.id);
        const allowed = roleCan(actor.role, capability) && place.commune === actor.commune;
        expect(
          await attempt(actor.id, sql, values),
          `${actor.role} ${allowed ? "at home" : "elsewhere"}`,
        ).toBe(allowed);
      }
    }
  });

  test("nobody reviews what they submitted or scored, whatever roles they hold", async () => {
    const place = places[0];
    if (!place) throw new Error("no place");
    const both = await buildUser({ role: "COMMUNE_OFFICER", unitId: place.commune });
    await ownerSql("INSERT INTO role_grant (user_id, role, unit_id) VALUES ($1, 'REVIEWER', $2)", [
      both.id,
      place.commune,
    ]);
    const approve = "UPDATE assessment SET state = 'APPROVED', reviewed_by = $2 WHERE id = $1 RETURNING 1";
    expect(await attempt(both.id, approve, [place.submitted, both.id])).toBe(true);
    for (const column of ["submitted_by", "scored_by"]) {
      await ownerSql("ALTER TABLE assessment DISABLE TRIGGER assessment_guard");
      const [before] = await ownerSql<{ who: string }>(
        `SELECT ${column} AS who FROM assessment WHERE id = $1`,
        [place.submitted],
      );
      await ownerSql(`UPDATE assessment SET ${column} = $2 WHERE id = $1`, [place.submitted, both.id]);
      expect(await attempt(both.id, approve, [place.submitted, both.id]), column).toBe(false);
      await ownerSql(`UPDATE assessment SET ${column} = $2 WHERE id = $1`, [place.submitted, before?.who]);
      await ownerSql("ALTER TABLE assessment ENABLE TRIGGER assessment_guard");
    }
  });

  test("counters, log, chain heads, accounts, roles, map and criteria are closed to the web role", async () => {
    const admin = actors.find(({ role }) => role === "SYSTEM_ADMIN");
    if (!admin) throw new Error("no admin");
    for (const sql of [
      "UPDATE unit_year SET family_recognised = 99",
      "INSERT INTO action SELECT * FROM action",
      "UPDATE action SET verb = 'x'",
      "DELETE FROM action",
      "UPDATE chain_head SET seq = 0",
      "UPDATE app_user SET name = 'x'",
      "INSERT INTO role_grant (user_id, role, unit_id) SELECT id, 'SYSTEM_ADMIN', 1 FROM app_user",
      "UPDATE role_capability SET capability = 'user.manage'",
      "UPDATE unit SET name = 'x'",
      "UPDATE criteria_set SET name = 'x'",
      "DELETE FROM assessment",
      "DELETE FROM subject",
      "SELECT recount_units(ARRAY[1], ARRAY[2026])",
      "SELECT refresh_ancestry(NULL)",
      "SELECT count_unit_years(ARRAY[1], ARRAY[2026])",
      "SET ROLE postgres",
    ]) {
      await expect(appSql(admin.id, sql), sql).rejects.toThrow(/permission denied/);
    }
  });

  test("the log takes entries at the actor's own units alone, and in the actor's name", async () => {
    const [here, there] = places;
    const officer = actors.find(
      ({ role, commune }) => role === "COMMUNE_OFFICER" && commune === here?.commune,
    );
    if (!here || !there || !officer) throw new Error("no place");
    const append = (chain: number, request: string) =>
      appSql(officer.id, "SELECT append_actions($1, $2, $3)", [
        chain,
        request,
        '[{"verb":"thử","type":"t","id":"1"}]',
      ]);
    const claim = async () => {
      const request = randomUUID();
      await appSql(
        officer.id,
        "INSERT INTO request (request_id, actor_id, verb) VALUES ($1, app_user_id(), 'thử')",
        [request],
      );

      return request;
    };

    await append(here.commune, await claim());
    const [last] = await ownerSql<{ actor_id: string }>(
      "SELECT actor_id FROM action WHERE chain_id = $1 ORDER BY seq DESC LIMIT 1",
      [here.commune],
    );
    expect(last?.actor_id).toBe(officer.id);
    await expect(append(there.commune, await claim())).rejects.toThrow(/not found/);
    await expect(append(here.commune, randomUUID())).rejects.toThrow(/not found/);
  });
});

test("no role both prepares and reviews", () => {
  for (const role of ROLES) {
    expect(
      ACCESS_TABLE[role].includes("dossier.submit") && ACCESS_TABLE[role].includes("review.decide"),
    ).toBe(false);
  }
});
