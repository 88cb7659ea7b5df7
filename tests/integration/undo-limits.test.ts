import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listRows } from "@/features/data-import/data";
import { undoBatch } from "@/features/data-import/mutations";
import { workOnce } from "@/features/data-import/mutations/worker";
import { mergeHamlets } from "@/features/hamlet/mutations/succession";
import { MergeHamlets } from "@/features/hamlet/schema";
import { undoSubjectStep } from "@/features/registry/mutations/undo";
import { openJobDatabase } from "@/lib/db/job";
import { withScope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { ownerSql } from "../setup/builders";
import { batchOf, bringIn, buildImportWorld, check, write } from "../setup/import-world";
import type { RegisterWorld } from "../setup/register-world";
import { buildRegisterWorld, stepsOf } from "../setup/register-world";

const database = openJobDatabase();
afterAll(() => database.close());

const differences = async () => [
  ...(await ownerSql("SELECT * FROM recount_differences()")),
  ...(await ownerSql("SELECT * FROM register_differences()")),
];
const file = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(`\uFEFF${text}`) });

async function textOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof AppError) return `${error.code}: ${error.text}`;
    throw error;
  }

  return "OK";
}

describe("a hamlet that ended", () => {
  let world: RegisterWorld;
  let act: ReturnType<typeof stepsOf>;
  beforeAll(async () => {
    world = await buildRegisterWorld();
    act = stepsOf(world);
  });
  const merge = async (seen: number, requestId: string) => {
    const [one, two] = world.hamlets;
    const input = {
      communeId: world.commune,
      [`from.${one}`]: "on",
      into: two,
      on: "2026-11-01",
      seen: JSON.stringify({ [one]: seen }),
    };

    return await mergeHamlets(world.officer, MergeHamlets.parse(input), requestId);
  };
  const undo = (stepId: string) => textOf(undoSubjectStep(world.officer, { stepId }, randomUUID()));

  it("gets no entries back, by whichever step they left it, and says so", async () => {
    const [one, two] = world.hamlets;
    const family = async (name: string) =>
      (await act.register({ title: "FAMILY", name, hamletId: one })).subjectId;
    const [closed, moved, stays] = [
      await family("Chảo A Nghỉ"),
      await family("Chảo A Chuyển"),
      await family("Chảo A Ở"),
    ];
    const closing = await act.close(closed, { reason: "DISSOLVED", closedOn: "2026-10-01" });
    const moving = await act.move(moved, two, "2026-10-01");
    const edit = await act.update(stays, { title: "FAMILY", name: "Chảo A Ở", address: "Ngõ 1" });
    const merging = randomUUID();
    await merge(1, merging);

    for (const step of [closing.step, moving.step]) {
      expect(await undo(step)).toMatch(/^WRONG_STATE: Không hoàn tác được: thôn cũ của 1 mục/);
    }
    expect(await undo(edit.step)).toMatch(/^WRONG_STATE: .*đã được sửa tiếp/);
    expect(await undo(merging)).toMatch(/^WRONG_STATE: Việc về thôn được sửa ở trang của thôn/);
    expect(
      await ownerSql(
        "SELECT id FROM subject WHERE unit_id = $1 AND active_to IS NULL AND title <> 'COMMUNITY'",
        [one],
      ),
    ).toEqual([]);
    expect(await differences()).toEqual([]);
  });
});

describe("an import taken back", () => {
  it("takes the hamlets it made with it, specially difficult ones too", async () => {
    const world = await buildImportWorld();
    const list = file(
      "thon.csv",
      "STT,Tên thôn,Loại,Đặc biệt khó khăn\n1,Thôn Nậm Mới,Thôn,x\n2,Thôn Nậm Cũ,Thôn,\n",
    );
    const looked = await bringIn(database, world, list);
    const checked = await check(database, world.officer, looked);
    const written = await write(database, world.officer, checked);
    expect(written.state).toBe("WRITTEN");
    const flags = () =>
      ownerSql(
        "SELECT f.unit_id FROM unit_flag f JOIN ancestry a ON a.descendant_id = f.unit_id WHERE a.ancestor_id = $1",
        [world.communeId],
      );
    expect(await flags()).toHaveLength(1);

    await undoBatch(world.officer, { batchId: written.id, version: written.version }, randomUUID());
    await workOnce(database);
    const undone = await batchOf(world.officer, written.id);
    expect([undone.state, undone.errorText]).toEqual(["UNDONE", null]);
    expect(await flags()).toEqual([]);
    expect(await differences()).toEqual([]);
  });

  it("puts the identity numbers back that it wrote over, unless one was changed since", async () => {
    const world = await buildImportWorld();
    const hamlet = "Thôn Bờ Suối";
    const list = (a: string, b: string) =>
      file(
        "cong-dan.csv",
        `STT,Họ và tên,Năm sinh,Giới tính,Thôn,Số CCCD\n1,Phàn Thị Một,1990,Nữ,${hamlet},${a}\n2,Phàn Thị Hai,1991,Nữ,${hamlet},${b}\n`,
      );
    const bring = async (a: string, b: string) => {
      const looked = await bringIn(database, world, list(a, b));
      const checked = await check(database, world.officer, looked, { policy: "UPDATE" });

      return await write(database, world.officer, checked);
    };
    const numbers = () =>
      ownerSql<{ name: string; hash: string }>(
        `SELECT s.name, encode(n.hash, 'hex') AS hash FROM identity_number n JOIN subject s ON s.id = n.subject_id
          WHERE s.unit_id = ANY ($1) ORDER BY 1`,
        [world.hamletIds],
      );
    const takeBack = async ({ id }: { id: string }) => {
      const { version } = await batchOf(world.officer, id);
      await undoBatch(world.officer, { batchId: id, version }, randomUUID());
      await workOnce(database);

      return await batchOf(world.officer, id);
    };
    await bring("001190000017", "");
    const before = await numbers();
    expect(before).toHaveLength(1);

    const added = list("", "001191000024");
    const checked = await check(database, world.officer, await bringIn(database, world, added));
    const { rows } = await withScope(world.officer, (tx) =>
      listRows(tx, { batchId: checked.id, verdict: "CHANGED" }),
    );
    // Not even the keyed hash of a number reaches a page.
    expect(rows.map(({ changes }) => changes)).toEqual([
      [{ field: "identityNumber", from: "", to: "số trong tệp" }],
    ]);

    const second = await bring("", "001191000024");
    expect(await numbers()).toHaveLength(2);
    expect((await takeBack(second)).state).toBe("UNDONE");
    expect(await numbers()).toEqual(before);

    const third = await bring("", "001191000024");
    await ownerSql("UPDATE identity_number SET version = version + 1");
    const kept = await takeBack(third);
    expect([kept.state, kept.errorCode]).toEqual(["WRITTEN", "WRONG_STATE"]);
    expect(await numbers()).toHaveLength(2);
  });

  it("keeps no identity number readable while it waits: not in the look, not in the rows", async () => {
    const world = await buildImportWorld();
    const [hamlet = ""] = (
      await ownerSql<{ name: string }>("SELECT name FROM unit WHERE id = $1", [world.hamletIds[0]])
    ).map(({ name }) => name);
    const list = file(
      "cong-dan.csv",
      `STT,Họ và tên,Năm sinh,Giới tính,Thôn,Số CCCD\n1,Phàn Thị Giả,1990,Nữ,${hamlet},001190000017\n2,Phàn Thị Sai,1991,Nữ,${hamlet},0011 9000 0018 99\n`,
    );
    const looked = await bringIn(database, world, list);
    await check(database, world.officer, looked);
    const [row] = await ownerSql<{ text: string }>(
      `SELECT b.look::text || b.plan::text || coalesce(b.counts::text, '') || coalesce(b.base::text, '')
              || (SELECT string_agg(r.facts::text || r.problems::text || coalesce(r.changes::text, ''), ' ') FROM import_row r WHERE r.batch_id = b.id) AS text
         FROM import_batch b WHERE b.id = $1`,
      [looked.id],
    );
    expect(row?.text).toContain("Phàn Thị Giả");
    expect(row?.text).toContain("•017");
    expect(row?.text).not.toMatch(/001190000017|0011 9000 0018/);
  });
});
