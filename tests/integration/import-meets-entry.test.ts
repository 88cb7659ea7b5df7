import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Batch } from "@/features/data-import/data";
import { writeBatch } from "@/features/data-import/mutations";
import { workOnce } from "@/features/data-import/mutations/worker";
import { registerSubject } from "@/features/registry/mutations";
import { RegisterSubject } from "@/features/registry/schema";
import { openJobDatabase } from "@/lib/db/job";
import { buildReference, ownerSql } from "../setup/builders";
import { testDatabase } from "../setup/database";
import type { ImportWorld } from "../setup/import-world";
import { batchOf, bringIn, buildImportWorld, check, csvList, planOf, previewOf } from "../setup/import-world";

// One person enters a household while a list with the same household is on its way: whoever comes first, it is entered once.

const database = openJobDatabase();
let other: pg.Client;
beforeAll(async () => {
  other = new pg.Client({ connectionString: testDatabase().ownerUrl });
  await other.connect();
  await buildReference();
}, 120_000);
afterAll(async () => {
  await other.end();
  await database.close();
});

const NAME = "Nguyễn Thử Một";
const LIST = csvList([
  ["Họ và tên chủ hộ", "Thôn", "Năm sinh"],
  [NAME, "Thôn Bờ Suối", "1970"],
  ["Nguyễn Thử Hai", "Thôn Bờ Suối", "1971"],
]);

function enter(world: ImportWorld, name = NAME): Promise<unknown> {
  const input = {
    communeId: world.communeId,
    year: 2024,
    title: "FAMILY",
    name,
    hamletId: world.hamletIds[0],
    headBirthYear: "1970",
  };

  return registerSubject(
    world.officer,
    RegisterSubject.parse(input as Parameters<typeof RegisterSubject.parse>[0]),
    randomUUID(),
  );
}

async function until(holds: () => Promise<{ waiting: number }[]>): Promise<void> {
  for (let round = 0; round < 600; round++) {
    const [row] = await holds();
    if ((row?.waiting ?? 0) > 0) return;
    await pause(25);
  }
  throw new Error("nobody waits");
}

/** Waits until somebody stands still before the commune's log. */
async function isAtTheLog(): Promise<void> {
  const [own] = (await other.query<{ pid: number }>("SELECT pg_backend_pid() AS pid")).rows;
  await until(() =>
    ownerSql(
      "SELECT count(*)::int AS waiting FROM pg_locks WHERE NOT granted AND $1::int = ANY (pg_blocking_pids(pid))",
      [own?.pid],
    ),
  );
}

/** Waits until somebody waits for the commune's register to be free of a list, or of entries being made. */
async function isAtTheRegister({ communeId }: ImportWorld): Promise<void> {
  await until(() =>
    ownerSql(
      "SELECT count(*)::int AS waiting FROM pg_locks WHERE NOT granted AND locktype = 'advisory' AND objid = $1::int::oid",
      [communeId],
    ),
  );
}

/** Holds the commune's log so that whoever writes into its register stands still just before the end. */
async function whileHeldUp<T>(world: ImportWorld, run: () => Promise<T>): Promise<T> {
  await other.query("BEGIN");
  await other.query("SELECT 1 FROM chain_head WHERE chain_id = $1 FOR UPDATE", [world.communeId]);
  try {
    return await run();
  } finally {
    await other.query("COMMIT");
  }
}

async function heads(world: ImportWorld): Promise<string[]> {
  const rows = await ownerSql<{ name: string }>(
    "SELECT name FROM subject WHERE unit_id = ANY ($1) AND title = 'FAMILY' ORDER BY name",
    [world.hamletIds],
  );

  return rows.map(({ name }) => name);
}

async function checkedList(world: ImportWorld): Promise<Batch> {
  const checked = await check(database, world.officer, await bringIn(database, world, LIST));
  expect(checked.counts?.rows).toMatchObject({ NEW: 2, REJECTED: 0 });

  return checked;
}

async function ask(world: ImportWorld, batch: Batch): Promise<void> {
  const { rows } = await previewOf(world.officer, batch);
  await writeBatch(
    world.officer,
    { batchId: batch.id, version: batch.version, expected: rows },
    randomUUID(),
  );
}

describe("a list and a person at the same time", { timeout: 120_000 }, () => {
  it("waits for an entry that is not committed yet, and is checked again with it", async () => {
    const world = await buildImportWorld();
    const checked = await checkedList(world);
    await ask(world, checked);
    const running = await whileHeldUp(world, async () => {
      const entering = enter(world);
      await isAtTheLog();
      const writing = workOnce(database);
      await isAtTheRegister(world);
      return { entering, writing };
    });
    await Promise.all([running.entering, running.writing]);
    expect(await heads(world)).toEqual([NAME]);
    expect((await batchOf(world.officer, checked.id)).errorCode).toBe("CHANGED_SINCE");

    await workOnce(database);
    const again = await batchOf(world.officer, checked.id);
    expect(again.counts?.rows).toMatchObject({ NEW: 1, UNCHANGED: 1 });
    await ask(world, again);
    await workOnce(database);
    const written = await batchOf(world.officer, checked.id);
    expect([written.state, written.errorText]).toEqual(["WRITTEN", null]);
    expect(await heads(world)).toEqual(["Nguyễn Thử Hai", NAME]);
  });

  it("sees what was entered before its check but committed only after it, behind a later entry", async () => {
    const world = await buildImportWorld();
    const looked = await bringIn(database, world, LIST);
    const { entering, checked } = await whileHeldUp(world, async () => {
      const first = enter(world);
      await isAtTheLog();
      // Committed first, with the higher number.
      await ownerSql(
        "INSERT INTO subject (title, unit_id, name, active_from) VALUES ('ORGANISATION', $1, 'Đơn Vị Thử', '2020-01-01')",
        [world.communeId],
      );
      await ownerSql(
        "UPDATE import_batch SET state = 'CHECKING', plan = $2, queued_at = now() - interval '1 minute' WHERE id = $1",
        [looked.id, JSON.stringify(planOf(looked))],
      );
      await workOnce(database);
      return { entering: first, checked: await batchOf(world.officer, looked.id) };
    });
    await entering;
    expect([checked.state, checked.counts?.rows.NEW]).toEqual(["CHECKED", 2]);

    await ask(world, checked);
    await workOnce(database);
    expect((await batchOf(world.officer, looked.id)).errorCode).toBe("CHANGED_SINCE");
    expect(await heads(world)).toEqual([NAME]);

    await workOnce(database);
    expect((await batchOf(world.officer, looked.id)).counts?.rows).toMatchObject({ NEW: 1, UNCHANGED: 1 });
  });

  it("makes a person wait, who then is told of the household the list entered", async () => {
    const world = await buildImportWorld();
    await ask(world, await checkedList(world));
    const { entering, writing } = await whileHeldUp(world, async () => {
      const list = workOnce(database);
      await isAtTheLog();
      const person = enter(world).then(
        () => "entered",
        (error: unknown) => (error as { code?: string }).code,
      );
      await isAtTheRegister(world);
      return { entering: person, writing: list };
    });
    await writing;
    expect(await entering).toBe("DUPLICATE");
    expect(await heads(world)).toEqual(["Nguyễn Thử Hai", NAME]);
  });
});
