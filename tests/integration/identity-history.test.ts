import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findEntry } from "@/features/registry/data/entry";
import { RecordIdentity } from "@/features/registry/identity";
import { historyOf } from "@/features/registry/loaders/history";
import { updateSubject } from "@/features/registry/mutations/change";
import { recordIdentity, removeIdentity } from "@/features/registry/mutations/identity";
import { undoSubjectStep } from "@/features/registry/mutations/undo";
import { UpdateSubject } from "@/features/registry/schema";
import { openJobDatabase } from "@/lib/db/job";
import { withScope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { ownerSql } from "../setup/builders";
import { bringIn, buildImportWorld, check, undo as undoBatch, write } from "../setup/import-world";
import { codeOf } from "../setup/refusal";
import type { RegisterWorld } from "../setup/register-world";
import { buildRegisterWorld, stepsOf } from "../setup/register-world";

const database = openJobDatabase();
afterAll(() => database.close());

let world: RegisterWorld;
let act: ReturnType<typeof stepsOf>;
beforeAll(async () => {
  world = await buildRegisterWorld();
  act = stepsOf(world);
});

const NUMBER = "000000000731";
const FACTS = { title: "CITIZEN", birthYear: "1970", sex: "MALE", variant: "FARMER", householdId: "" };
const citizen = (name: string) => act.register({ ...FACTS, name, hamletId: world.hamlets[0] });
async function record(subjectId: string, identityNumber: string, identityVersion = 0): Promise<string> {
  const step = randomUUID();
  await recordIdentity(
    world.officer,
    RecordIdentity.parse({ subjectId, identityVersion, identityNumber }),
    step,
  );

  return step;
}
const undo = (stepId: string) => undoSubjectStep(world.officer, { stepId }, randomUUID());
const history = (actor: RegisterWorld["officer"], subjectId: string) =>
  withScope(actor, async (tx) => {
    const entry = await findEntry(tx, subjectId);
    if (!entry) throw new Error("no entry");
    const { rows } = await historyOf(tx, entry, {});

    return rows.map(({ verb, facts, canUndo }) => ({
      verb,
      facts: facts.map(({ label, from, to, isSaid }) =>
        isSaid ? `${label}: ${to}` : `${label}: ${from} → ${to}`,
      ),
      canUndo,
    }));
  });
const hasNumber = async (subjectId: string) =>
  (await ownerSql("SELECT 1 FROM identity_number WHERE subject_id = $1", [subjectId])).length > 0;

describe("a step on a citizen's number alone", () => {
  it("stands in the history as said, never with the number, and only a first number can be taken back", async () => {
    const { subjectId, step: made } = await citizen("Sùng A Sổ");
    const first = await record(subjectId, NUMBER);
    expect(await history(world.officer, subjectId)).toEqual([
      { verb: "identity.record", facts: ["Số định danh: đã ghi"], canUndo: true },
      { verb: "subject.register", facts: [], canUndo: false },
    ]);
    expect(await codeOf(undo(made))).toBe("WRONG_STATE");
    await undo(first);
    expect(await hasNumber(subjectId)).toBe(false);

    await record(subjectId, NUMBER);
    const changed = await record(subjectId, "000000000732", 1);
    expect((await history(world.officer, subjectId))[0]).toEqual({
      verb: "identity.record",
      facts: ["Số định danh: đã sửa"],
      canUndo: false,
    });
    expect(await codeOf(undo(changed))).toBe("WRONG_STATE");
    await removeIdentity(world.officer, { subjectId, identityVersion: 2 }, randomUUID());
    expect((await history(world.officer, subjectId))[0]?.facts).toEqual(["Số định danh: đã xoá"]);
    const [stored] = await ownerSql<{ text: string }>(
      "SELECT string_agg(c::text, ' ') AS text FROM subject_change c WHERE subject_id = $1",
      [subjectId],
    );
    expect(stored?.text).not.toContain(NUMBER);
  });

  it("makes a form opened before it stale, and does not stand in the way of taking an edit back", async () => {
    const { subjectId } = await citizen("Sùng A Cũ");
    const seen = await act.version(subjectId);
    const edit = await act.update(subjectId, { ...FACTS, name: "Sùng A Mới" });
    await record(subjectId, "000000000741");
    const stale = await updateSubject(
      world.colleague,
      UpdateSubject.parse({ ...FACTS, subjectId, version: edit.version, name: "Sùng A Mới" }),
      randomUUID(),
    ).catch((error: unknown) => error);
    expect(edit.version).toBeGreaterThan(seen);
    if (!(stale instanceof AppError)) throw new Error("not refused");
    expect(stale.code).toBe("CONFLICT");
    expect(stale.text).toContain("Số định danh đã ghi");
    expect(stale.newValues.version).toBe(String(edit.version + 1));

    await undo(edit.step);
    const [row] = await ownerSql<{ name: string }>("SELECT name FROM subject WHERE id = $1", [subjectId]);
    expect(row?.name).toBe("Sùng A Cũ");
    expect(await hasNumber(subjectId)).toBe(true);
  });
});

describe("a list that changes numbers alone", () => {
  it("is one line of each entry's history, and earlier steps can still be taken back after it", async () => {
    const imported = await buildImportWorld();
    const list = (a: string) => ({
      name: "cong-dan.csv",
      bytes: new TextEncoder().encode(
        `\uFEFFSTT,Họ và tên,Năm sinh,Giới tính,Thôn,Số CCCD\n1,Phàn Thị Danh,1990,Nữ,Thôn Bờ Suối,${a}\n`,
      ),
    });
    const bring = async (a: string) => {
      const looked = await bringIn(database, imported, list(a));
      const checked = await check(database, imported.officer, looked, { policy: "UPDATE" });

      return await write(database, imported.officer, checked);
    };
    await bring("");
    const [entry] = await ownerSql<{ id: string }>(
      "SELECT id FROM subject WHERE name = 'Phàn Thị Danh' AND unit_id = ANY ($1)",
      [imported.hamletIds],
    );
    const id = entry?.id ?? "";
    const edit = randomUUID();
    await updateSubject(
      imported.officer,
      UpdateSubject.parse({
        ...FACTS,
        subjectId: id,
        version: await act.version(id),
        name: "Phàn Thị Danh",
        birthYear: "1990",
        sex: "FEMALE",
        digitalSkill: "FLUENT",
      }),
      edit,
    );
    const version = await act.version(id);
    const second = await bring("001190000024");
    expect(await act.version(id)).toBe(version + 1);
    expect((await history(imported.officer, id))[0]).toEqual({
      verb: "import.write",
      facts: ["Số định danh: đã ghi"],
      canUndo: false,
    });

    expect((await undoBatch(database, imported.officer, second)).state).toBe("UNDONE");
    await undoSubjectStep(imported.officer, { stepId: edit }, randomUUID());
    const [row] = await ownerSql<{ skill: string }>(
      "SELECT digital_skill AS skill FROM citizen WHERE subject_id = $1",
      [id],
    );
    expect(row?.skill).toBe("NONE");
  });
});
