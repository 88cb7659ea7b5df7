import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { SessionActor } from "@/features/user/data";
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

// The web role writes journals and lists of its own that functions of the owner go by later. What it writes there must not open
// what it could not do itself.

type Place = { commune: number; hamlet: number; officer: SessionActor };

let here: Place;
let there: Place;
let round: number;

beforeAll(async () => {
  await buildReference();
  const province = await buildUnit({ level: "PROVINCE" });
  round = await buildRound({ unitId: province, year: 2026 });
  const place = async (): Promise<Place> => {
    const commune = await buildUnit({ level: "COMMUNE", parentId: province });
    const hamlet = await buildUnit({ level: "HAMLET", parentId: commune });

    return { commune, hamlet, officer: await buildUser({ role: "COMMUNE_OFFICER", unitId: commune }) };
  };
  here = await place();
  there = await place();
});

/** A batch of here that says it is being undone, as only forged statements make one. */
async function undoingBatch(more: Readonly<{ writtenBy?: string; base?: unknown }> = {}): Promise<string> {
  const id = randomUUID();
  const { officer, commune } = here;
  await appSql(
    officer.id,
    `INSERT INTO import_batch (id, commune_id, state, file_name, storage_key, sha256, byte_size, format, plan, base, step_id, acting_id, created_by, written_by)
     VALUES ($1, $2, 'WRITING', 'x.csv', $3, 'x', 1, 'CSV', '{}', $4, gen_random_uuid(), $5, $5, $6)`,
    [
      id,
      commune,
      `import/${commune}/${id}.csv`,
      JSON.stringify(more.base ?? {}),
      officer.id,
      more.writtenBy ?? officer.id,
    ],
  );

  return id;
}

async function setUndoing(id: string): Promise<void> {
  for (const state of ["WRITTEN", "UNDOING"])
    await appSql(here.officer.id, "UPDATE import_batch SET state = $2 WHERE id = $1", [id, state]);
}

describe("an import that is forged", () => {
  test("takes no registration of another commune, nor one that somebody entered by hand", async () => {
    const register = async ({ commune, hamlet, officer }: Place) => {
      const subject = await buildHousehold({ hamletId: hamlet });
      const [row] = await ownerSql<{ id: string }>(
        `INSERT INTO assessment (subject_id, round_id, title, year, unit_id, commune_id, criteria_set_id, state, registered_on, created_by)
         VALUES ($1, $5, 'FAMILY', 2026, $2, $3, (SELECT min(id) FROM criteria_set WHERE title = 'FAMILY'), 'REGISTERED', '2026-01-01', $4) RETURNING id`,
        [subject, hamlet, commune, officer.id, round],
      );

      return row?.id ?? "";
    };
    const colleague = await buildUser({ role: "COMMUNE_OFFICER", unitId: here.commune });
    const cases = [
      { assessment: await register(there), writtenBy: there.officer.id },
      { assessment: await register({ ...here, officer: colleague }), writtenBy: here.officer.id },
    ];
    for (const { assessment, writtenBy } of cases) {
      const batch = await undoingBatch({ writtenBy });
      await appSql(here.officer.id, "INSERT INTO import_registration VALUES ($1, $2)", [batch, assessment]);
      await setUndoing(batch);
      await expect(
        appSql(here.officer.id, "SELECT import_withdraw_registrations($1)", [batch]),
      ).rejects.toThrow(/work stands on it/);
      expect(await ownerSql("SELECT 1 FROM assessment WHERE id = $1", [assessment])).toHaveLength(1);
    }
  });

  test("takes no figure of another commune", async () => {
    await ownerSql(
      "INSERT INTO figure (unit_id, year, key, value, source, entered_by) VALUES ($1, 2026, 'family_total', 5, 'Sổ', $2)",
      [there.commune, there.officer.id],
    );
    const batch = await undoingBatch({
      writtenBy: there.officer.id,
      base: { entered: [{ unitId: there.commune, year: 2026, key: "family_total", version: 1 }] },
    });
    await setUndoing(batch);
    const [row] = await appSql<{ count: number }>(
      here.officer.id,
      "SELECT import_withdraw_figures($1) AS count",
      [batch],
    );
    expect(row?.count).toBe(0);
    expect(await ownerSql("SELECT 1 FROM figure WHERE unit_id = $1", [there.commune])).toHaveLength(1);
  });
});

describe("a journal that is forged", () => {
  const claim = async () => {
    const requestId = randomUUID();
    await appSql(here.officer.id, "INSERT INTO request (request_id, actor_id, verb) VALUES ($1, $2, 'x')", [
      requestId,
      here.officer.id,
    ]);

    return requestId;
  };
  const made = "INSERT INTO subject_change (subject_id, request_id, verb, actor_id, version_after) VALUES";

  test("does not let an entry of long ago be taken off the register", async () => {
    const subject = await buildCitizen({ hamletId: here.hamlet });
    await ownerSql("UPDATE subject SET created_at = now() - interval '30 days' WHERE id = $1", [subject]);
    const requestId = await claim();
    await appSql(here.officer.id, `${made} ($1, $2, 'subject.register', $3, 1)`, [
      subject,
      requestId,
      here.officer.id,
    ]);
    await expect(
      appSql(here.officer.id, "SELECT subject_discard($1, ARRAY[$2::uuid])", [requestId, subject]),
    ).rejects.toThrow(/something stands on the entry/);
    expect(await ownerSql("SELECT 1 FROM subject WHERE id = $1", [subject])).toHaveLength(1);
  });

  test("has no row of another day, none that is closed at birth, none of another commune", async () => {
    const own = await buildCitizen({ hamletId: here.hamlet });
    const foreign = await buildCitizen({ hamletId: there.hamlet });
    const { id } = here.officer;
    await expect(
      appSql(
        id,
        "INSERT INTO subject_change (subject_id, request_id, verb, actor_id, version_after, at) VALUES ($1, $2, 'x', $3, 1, '2020-01-01')",
        [own, randomUUID(), id],
      ),
    ).rejects.toThrow(/permission denied/);
    await expect(
      appSql(
        id,
        "INSERT INTO subject_change (subject_id, request_id, verb, actor_id, before, version_after) VALUES ($1, $2, 'x', $3, '{}', 1)",
        [own, randomUUID(), id],
      ),
    ).rejects.toThrow(/row-level security/);
    await expect(appSql(id, `${made} ($1, $2, 'x', $3, 1)`, [foreign, randomUUID(), id])).rejects.toThrow(
      /row-level security/,
    );
  });

  test("moves no home into a commune that is not the asker's, and none out of it", async () => {
    const subject = await buildCitizen({ hamletId: here.hamlet });
    const requestId = await claim();
    const step = randomUUID();
    const before = { homes: [{ unitId: there.hamlet, from: "2020-01-01", to: null }] };
    await appSql(
      here.officer.id,
      "INSERT INTO subject_change (subject_id, request_id, verb, actor_id, before) VALUES ($1, $2, 'x', $3, $4)",
      [subject, step, here.officer.id, JSON.stringify(before)],
    );
    await expect(
      appSql(here.officer.id, "SELECT subject_homes_restore($1, $2)", [requestId, step]),
    ).rejects.toThrow(/not found/);
    expect(
      await ownerSql("SELECT 1 FROM subject_home WHERE subject_id = $1 AND unit_id = $2", [
        subject,
        there.hamlet,
      ]),
    ).toEqual([]);
  });
});
