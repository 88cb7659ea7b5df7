import { randomUUID } from "node:crypto";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { MAX_KEPT_BYTES, MAX_OPEN_BATCHES } from "@/features/data-import/constants";
import { listRunning } from "@/features/data-import/data";
import { createBatch, discardBatch } from "@/features/data-import/mutations";
import { expireBatches } from "@/features/data-import/mutations/worker";
import { runningText } from "@/features/data-import/utils";
import { openJobDatabase } from "@/lib/db/job";
import { withScope } from "@/lib/db/scope";
import { appSql, buildCitizen, buildUser, ownerSql } from "../setup/builders";
import type { ImportWorld } from "../setup/import-world";
import { batchOf, bringIn, buildImportWorld, check, csvList, undo, write } from "../setup/import-world";

const database = openJobDatabase();
afterAll(() => database.close());
// What is only counted is not for the worker.
afterEach(async () => {
  await ownerSql("DELETE FROM import_batch WHERE state = 'LOOKING'");
});

function upload({ communeId, officer }: ImportWorld, byteSize = 1000): ReturnType<typeof createBatch> {
  const batchId = randomUUID();

  return createBatch(
    officer,
    {
      batchId,
      communeId,
      fileName: "danh-sach.csv",
      storageKey: `import/${communeId}/${batchId}.csv`,
      sha256: "0".repeat(64),
      byteSize,
      format: "CSV",
    },
    randomUUID(),
  );
}

/** Batches as they lie in the table, without a worker. */
async function fill(world: ImportWorld, count: number, state: string, byteSize = 1000): Promise<void> {
  await ownerSql(
    `INSERT INTO import_batch (id, commune_id, state, file_name, storage_key, sha256, byte_size, format, step_id, acting_id, created_by, plan)
     SELECT gen_random_uuid(), $1, $2, 'cu.csv', 'import/cu.csv', repeat('0', 64), $3, 'CSV', gen_random_uuid(), $4, $4, '{}'
       FROM generate_series(1, $5)`,
    [world.communeId, state, byteSize, world.officer.id, count],
  );
}

describe("what a commune can have under way", { timeout: 120_000 }, () => {
  it("is so many imports that are not over; two uploads at once do not both take the last place", async () => {
    const world = await buildImportWorld();
    await fill(world, MAX_OPEN_BATCHES - 1, "LOOKED");
    await fill(world, 30, "WRITTEN");
    const outcomes = await Promise.allSettled([upload(world), upload(world), upload(world)]);
    const refused = outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(refused).toHaveLength(2);
    for (const error of refused) {
      expect(error).toMatchObject({
        code: "TOO_LARGE",
        detail: expect.stringMatching(/^Xã đang có 20 lượt nhập chưa xong.*Hãy ghi hoặc huỷ bớt/),
      });
    }

    const made = outcomes.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []))[0];
    if (!made) throw new Error("nothing was made");
    await discardBatch(world.officer, made, randomUUID());
    expect((await upload(world)).state).toBe("LOOKING");
  });

  it("is so many megabytes of files; those that are to be cleaned away do not count", async () => {
    const world = await buildImportWorld();
    const size = 30 * 1024 * 1024;
    await fill(world, MAX_KEPT_BYTES / size, "WRITTEN", size);
    await expect(upload(world)).rejects.toMatchObject({
      code: "TOO_LARGE",
      detail: expect.stringContaining("300 MB"),
    });
    await ownerSql("UPDATE import_batch SET expires_at = now() WHERE commune_id = $1", [world.communeId]);
    expect((await upload(world)).state).toBe("LOOKING");
  });
});

describe("what the other pages of an officer tell", { timeout: 120_000 }, () => {
  it("is of the lists the officer asked for, while the server has them", async () => {
    const world = await buildImportWorld();
    const colleague = await buildUser({ role: "COMMUNE_OFFICER", unitId: world.communeId });
    const told = async (actor: { id: string }) =>
      await withScope(actor, async (tx) => await listRunning(tx, actor.id));
    expect(await told(world.officer)).toEqual([]);
    const { batchId } = await upload(world);
    const running = await told(world.officer);
    expect(running).toEqual([{ batchId, state: "LOOKING", stage: "WAITING", done: 0, total: null }]);
    expect(running.map(runningText)).toEqual(["Đang đọc một danh sách"]);
    expect(runningText({ state: "WRITING", done: 12_000, total: 100_000 })).toBe(
      "Đang ghi 12.000 / 100.000 dòng",
    );
    expect(await told(colleague)).toEqual([]);
    await fill(world, 1, "CHECKED");
    expect(await told(world.officer)).toHaveLength(1);
  });
});

describe("rows and progress", { timeout: 120_000 }, () => {
  it("cannot point at a batch of another commune", async () => {
    const own = await buildImportWorld();
    const other = await buildImportWorld();
    const theirs = await bringIn(database, other, csvList([["Họ và tên chủ hộ"], ["Nguyễn Thử"]]));
    for (const [table, columns, values] of [
      [
        "import_row",
        "batch_id, ordinal, commune_id, sheet, row_number, target, verdict",
        "$1, 900, $2, 'x', 1, 'FAMILY', 'NEW'",
      ],
      ["import_progress", "batch_id, commune_id", "$1, $2"],
    ] as const) {
      if (table === "import_progress")
        await ownerSql("DELETE FROM import_progress WHERE batch_id = $1", [theirs.id]);
      await expect(
        appSql(own.officer.id, `INSERT INTO ${table} (${columns}) VALUES (${values})`, [
          theirs.id,
          own.communeId,
        ]),
      ).rejects.toMatchObject({ code: "23503" });
    }
  });
});

describe("identity numbers that a list wrote over", { timeout: 120_000 }, () => {
  it("are kept as long as undoing needs them, thirty days at the most", async () => {
    const world = await buildImportWorld();
    const [hamletId = 0] = world.hamletIds;
    const person = await buildCitizen({ hamletId, birthYear: 1970 });
    await ownerSql("UPDATE subject SET name = 'Nguyễn Thử Số' WHERE id = $1", [person]);
    const rewrite = async (number: string) => {
      const list = csvList([
        ["Họ và tên", "Năm sinh", "Giới tính", "Số CCCD", "Thôn"],
        ["Nguyễn Thử Số", "1970", "Nam", number, "Thôn Bờ Suối"],
      ]);
      const checked = await check(database, world.officer, await bringIn(database, world, list), {
        policy: "UPDATE",
      });

      return await write(database, world.officer, checked);
    };
    const kept = async () => {
      const [row] = await ownerSql<{ count: number }>("SELECT count(*)::int AS count FROM import_identity");

      return row?.count;
    };

    const first = await rewrite("001070000001");
    expect([first.state, first.errorText, await kept()]).toEqual(["WRITTEN", null, 1]);
    await expireBatches(database);
    expect(await kept()).toBe(1);
    expect((await undo(database, world.officer, first)).state).toBe("UNDONE");
    expect(await kept()).toBe(0);

    const second = await rewrite("001070000002");
    expect([second.state, await kept()]).toEqual(["WRITTEN", 1]);
    await ownerSql("UPDATE import_batch SET written_at = now() - interval '31 days' WHERE id = $1", [
      second.id,
    ]);
    await expireBatches(database);
    expect(await kept()).toBe(0);
    const refused = await undo(database, world.officer, await batchOf(world.officer, second.id));
    expect([refused.state, refused.errorText]).toEqual([
      "WRITTEN",
      "Tệp này đã sửa số CCCD, mà số cũ chỉ được giữ 30 ngày nên không hoàn tác được cả tệp. Hãy sửa từng mục trong sổ.",
    ]);
    const [number] = await ownerSql<{ count: number }>("SELECT count(*)::int AS count FROM identity_number");
    expect(number?.count).toBe(1);
  });
});

describe("functions that look past the policies", () => {
  it("are nobody's to call who was not given them", async () => {
    const open = await ownerSql<{ name: string }>(
      `SELECT p.oid::regprocedure::text AS name FROM pg_proc p
        WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace
          AND EXISTS (SELECT 1 FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a WHERE a.grantee = 0)`,
    );
    expect(open.map(({ name }) => name)).toEqual([]);
  });
});
