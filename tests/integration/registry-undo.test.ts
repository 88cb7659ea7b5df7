import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { NEW_HAMLET } from "@/features/registry/constants";
import { undoSubjectStep } from "@/features/registry/mutations/undo";
import { AppError } from "@/lib/errors/app-error";
import { appSql, ownerSql } from "../setup/builders";
import { codeOf } from "../setup/refusal";
import type { RegisterWorld } from "../setup/register-world";
import {
  buildAssessment,
  buildRegisterWorld,
  membersOf,
  registerPicture,
  stepsOf,
} from "../setup/register-world";

let world: RegisterWorld;
let act: ReturnType<typeof stepsOf>;

beforeAll(async () => {
  world = await buildRegisterWorld();
  act = stepsOf(world);
});

const undo = (stepId: string, actor = world.officer, requestId = randomUUID()) =>
  undoSubjectStep(actor, { stepId }, requestId);
const differences = () => ownerSql("SELECT * FROM recount_differences()");
const family = (name: string, more: Record<string, unknown> = {}) => ({
  title: "FAMILY",
  name,
  hamletId: world.hamlets[0],
  ...more,
});
const facts = (name: string, more: Record<string, unknown> = {}) => ({ title: "FAMILY", name, ...more });

async function refusal(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error("expected a refusal", { cause: error });

  return error;
}

describe("taking a step back", () => {
  it("restores what an edit changed, once, and the log has it without names", async () => {
    const { subjectId } = await act.register(family("Đỗ Văn Gốc"));
    const before = await registerPicture();
    const { step } = await act.update(subjectId, facts("Đỗ Văn Mới", { address: "Ngõ 9", poverty: "POOR" }));
    const requestId = randomUUID();

    const first = await undo(step, world.colleague, requestId);
    expect(first).toMatchObject({ restored: 1, discarded: 0, verb: "subject.update" });
    expect(await undo(step, world.colleague, requestId)).toEqual(first);
    expect(await registerPicture()).toEqual(before);
    expect(await differences()).toEqual([]);
    expect(await codeOf(undo(step))).toBe("WRONG_STATE");
    const [entry] = await ownerSql<{ detail: unknown; entity_id: string }>(
      "SELECT detail, entity_id FROM action WHERE verb = 'subject.undo' AND request_id = $1",
      [requestId],
    );
    expect(entry).toMatchObject({ entity_id: subjectId, detail: { step, verb: "subject.update" } });
    expect(JSON.stringify(entry)).not.toContain("Đỗ");
  });

  it("brings a household and its members home from a move and from a closing", async () => {
    const { subjectId } = await act.register({
      ...family("Lý Văn Về"),
      ...membersOf(["Lý Thị A", "Lý Thị B"]),
    });
    const start = await registerPicture();
    const moved = await act.move(subjectId, world.hamlets[1]);
    const there = await registerPicture();
    const closed = await act.close(subjectId, { withMembers: "on" });
    expect(closed.closed).toBe(3);

    // The later step stands on the earlier one.
    const blocked = await refusal(undo(moved.step));
    expect(blocked.text).toContain("3 mục đã được sửa tiếp");
    expect(blocked.newValues.blockedBy).toBeDefined();
    await undo(closed.step);
    expect(await registerPicture()).toEqual(there);
    await undo(moved.step);
    expect(await registerPicture()).toEqual(start);
    expect(await differences()).toEqual([]);
  });

  it("puts members who stayed behind back into the household that comes back", async () => {
    const { subjectId } = await act.register({
      ...family("Mã Văn Chia"),
      ...membersOf(["Mã Thị C", "Mã Thị D"]),
    });
    const before = await registerPicture();
    const { step } = await act.close(subjectId);
    expect(await registerPicture()).not.toEqual(before);

    expect(await undo(step)).toMatchObject({ restored: 3 });
    expect(await registerPicture()).toEqual(before);
  });

  it("makes a registration undone: household, members and the hamlet made on the way", async () => {
    const before = await registerPicture();
    const units = () => ownerSql<{ n: number }>("SELECT count(*)::int AS n FROM unit");
    const [count] = await units();
    const { step, newHamletId } = await act.register({
      ...family("Hà Văn Thử"),
      ...membersOf(["Hà Thị E"]),
      hamletId: NEW_HAMLET,
      hamletName: "Suối Thử",
      hamletKind: "Bản",
    });
    expect(newHamletId).not.toBeNull();

    expect(await undo(step)).toMatchObject({ discarded: 3 });
    expect(await registerPicture()).toEqual(before);
    expect(await units()).toEqual([count]);
    expect(await differences()).toEqual([]);
    expect(await codeOf(undo(step))).toBe("NOT_FOUND");
  });

  it("corrects the name of a hamlet back, on the map too", async () => {
    const { subjectId, newHamletId } = await act.register({
      title: "COMMUNITY",
      name: "Ao Một",
      kind: "Thôn",
    });
    const { step } = await act.update(subjectId, { title: "COMMUNITY", name: "Bản Ao Hai", kind: "Bản" });
    await undo(step);

    expect(await ownerSql("SELECT name, type FROM unit WHERE id = $1", [newHamletId])).toEqual([
      { name: "Thôn Ao Một", type: "Thôn" },
    ]);
  });
});

describe("what stands in the way", () => {
  it("an assessment opened since, whatever hangs on the entry, people who joined", async () => {
    const made = await act.register(family("Vi Văn Chấm"));
    await buildAssessment(world, { subjectId: made.subjectId });
    expect((await refusal(undo(made.step))).text).toContain("phiếu chấm điểm");

    const house = await act.register(family("Vi Văn Nhà"));
    const person = await act.register({
      title: "CITIZEN",
      name: "Vi Thị Khách",
      householdId: house.subjectId,
      birthYear: "1990",
      sex: "FEMALE",
      variant: "FARMER",
    });
    expect((await refusal(undo(house.step))).text).toContain("gắn vào mục");
    await undo(person.step);
    const moved = await act.move(house.subjectId, world.hamlets[2]);
    await act.register({
      title: "CITIZEN",
      name: "Vi Thị Mới",
      householdId: house.subjectId,
      birthYear: "1991",
      sex: "FEMALE",
      variant: "FARMER",
    });
    expect((await refusal(undo(moved.step))).text).toContain("được ghi vào hộ sau bước này");
  });

  it("an assessment that stands in the place a move would take away", async () => {
    const { subjectId } = await act.register(family("Vừ A Chuyển"));
    const { step } = await act.move(subjectId, world.hamlets[1]);
    await buildAssessment(world, { subjectId });

    expect((await refusal(undo(step))).text).toContain("phiếu chấm điểm");
    // The second wall says the same when the first is not asked.
    const requestId = randomUUID();
    const wall = appSql(
      world.officer.id,
      `WITH claimed AS (INSERT INTO request (request_id, actor_id, verb) VALUES ('${requestId}', '${world.officer.id}', 'subject.undo'))
       SELECT 1`,
    );
    await wall;
    await expect(
      appSql(world.officer.id, "SELECT subject_homes_restore($1, $2)", [requestId, step]),
    ).rejects.toThrow(/an assessment stands in the home/);
  });

  it("the household somebody came from is closed by now", async () => {
    const one = await act.register({ ...family("Tẩn A Một"), ...membersOf(["Tẩn Thị Đổi"]) });
    const two = await act.register(family("Tẩn A Hai"));
    const [member] = await ownerSql<{ id: string }>(
      "SELECT subject_id AS id FROM citizen WHERE household_id = $1",
      [one.subjectId],
    );
    const changed = await act.update(member?.id ?? "", {
      title: "CITIZEN",
      name: "Tẩn Thị Đổi",
      birthYear: "1980",
      sex: "FEMALE",
      variant: "FARMER",
      householdId: two.subjectId,
    });
    const closed = await act.close(one.subjectId);
    expect((await refusal(undo(changed.step))).text).toContain("hộ cũ");
    await undo(closed.step);
    await undo(changed.step);
    expect(await differences()).toEqual([]);
  });
});

describe("strangers", () => {
  it("take nothing back and learn nothing", async () => {
    const { subjectId } = await act.register(family("Cư A Riêng"));
    const { step } = await act.update(subjectId, facts("Cư A Khác"));
    const before = await registerPicture();
    for (const actor of [world.neighbour, world.reviewer, world.leader]) {
      expect(await codeOf(undo(step, actor))).toBe("NOT_FOUND");
      expect(await codeOf(undo(randomUUID(), actor))).toBe("NOT_FOUND");
    }
    expect(await registerPicture()).toEqual(before);
  });

  it("are stopped by the functions of the database alone too", async () => {
    const { subjectId, step } = await act.register(family("Cư A Tường"));
    const before = await registerPicture();
    for (const actor of [world.neighbour, world.reviewer, world.leader, world.officer]) {
      // No request of theirs is claimed: not even the officer gets past without one.
      const requestId = randomUUID();
      const calls = [
        ["SELECT subject_discard($1, ARRAY[$2::uuid])", [requestId, subjectId]],
        ["SELECT assessment_hand_over($1, $2, $2)", [requestId, subjectId]],
      ] as const;
      for (const [sql, values] of calls)
        await expect(appSql(actor.id, sql, [...values])).rejects.toThrow(/not found/);
      if (actor === world.officer) continue;
      await appSql(
        actor.id,
        "INSERT INTO request (request_id, actor_id, verb) VALUES ($1, $2, 'subject.undo')",
        [requestId, actor.id],
      );
      for (const [sql, values] of calls)
        await expect(appSql(actor.id, sql, [...values])).rejects.toThrow(/not found/);
    }
    await expect(appSql(world.officer.id, "DELETE FROM subject WHERE id = $1", [subjectId])).rejects.toThrow(
      /permission denied/,
    );
    await expect(
      appSql(world.officer.id, "DELETE FROM subject_home WHERE subject_id = $1", [subjectId]),
    ).rejects.toThrow(/permission denied/);
    const rewrite = "UPDATE subject_change SET before = '{}' WHERE request_id = $1 RETURNING id";
    await expect(appSql(world.officer.id, rewrite, [step])).rejects.toThrow(/once written stays/);
    expect(await registerPicture()).toEqual(before);
  });
});

describe("two at once", () => {
  it("take a step back once, and an edit that comes between wins or loses whole", async () => {
    for (let round = 0; round < 5; round++) {
      const { subjectId } = await act.register(family(`Sùng A Đua ${"ABCDE"[round]}`));
      const { step } = await act.update(subjectId, facts("Sùng A Sau", { address: "Sau" }));
      const codes = await Promise.all([
        codeOf(undo(step)),
        codeOf(undo(step, world.colleague)),
        codeOf(act.update(subjectId, facts("Sùng A Giữa", { address: "Giữa" }), world.colleague)),
      ]);
      const [row] = await ownerSql<{ address: string }>(
        "SELECT address FROM household WHERE subject_id = $1",
        [subjectId],
      );
      expect(codes.slice(0, 2).filter((code) => code === "OK").length).toBeLessThanOrEqual(1);
      expect(row?.address).toBe(codes[2] === "OK" ? "Giữa" : codes.slice(0, 2).includes("OK") ? "" : "Sau");
      expect(codes.includes("OK")).toBe(true);
    }
    expect(await differences()).toEqual([]);
  });
});

describe("any row of steps", () => {
  it("taken back in turn leaves the register as it was, and a step in the middle whole or untouched", async () => {
    const ids: string[] = [];
    for (const name of ["Giàng A Ba", "Giàng A Bốn"]) {
      const { subjectId } = await act.register({
        ...family(name),
        ...membersOf([`${name} Con`, `${name} Cháu`]),
      });
      ids.push(subjectId);
      const members = await ownerSql<{ id: string }>(
        "SELECT subject_id AS id FROM citizen WHERE household_id = $1",
        [subjectId],
      );
      ids.push(...members.map(({ id }) => id));
    }
    const isFamily = (id: string) => ids.indexOf(id) % 3 === 0;
    let day = 0;
    const nextDay = () => new Date(Date.UTC(2025, 2, 1) + 86_400_000 * ++day).toISOString().slice(0, 10);
    const command = fc.record({
      kind: fc.constantFrom("update", "move", "close", "close", "reopen", "undoLast", "undoAny"),
      at: fc.nat(5),
      hamlet: fc.nat(2),
      text: fc.constantFrom("Ngõ 1", "Ngõ 2", "Ngõ 3"),
      flag: fc.boolean(),
      pick: fc.nat(20),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 3, maxLength: 12 }), async (commands) => {
        const origin = await registerPicture();
        let stack: { step: string; before: unknown }[] = [];
        const all: string[] = [];
        for (const { kind, at, hamlet, text, flag, pick } of commands) {
          const id = ids[at] ?? "";
          const before = await registerPicture();
          let done: { step: string } | undefined;
          try {
            if (kind === "undoLast") {
              const last = stack.pop();
              if (last) {
                await undo(last.step);
                expect(await registerPicture()).toEqual(last.before);
              }
            } else if (kind === "undoAny") {
              const step = all[pick % Math.max(1, all.length)];
              if (step) await undo(step);
              // What was taken out of the middle leaves no picture to come back to.
              stack = [];
            } else if (kind === "move") done = await act.move(id, world.hamlets[hamlet] ?? 0, nextDay());
            else if (kind === "close")
              done = await act.close(id, { closedOn: nextDay(), ...(flag ? { withMembers: "on" } : {}) });
            else if (kind === "reopen")
              done = await act.reopen(id, {
                hamletId: world.hamlets[hamlet],
                reopenedOn: nextDay(),
                ...(flag ? { withMembers: "on" } : {}),
              });
            else if (isFamily(id))
              done = await act.update(
                id,
                facts("Giàng A Nhà", { address: text, isAssociationMember: flag ? "on" : "" }),
              );
            else
              done = await act.update(id, {
                title: "CITIZEN",
                name: "Giàng Thị Người",
                birthYear: "1985",
                sex: "FEMALE",
                variant: flag ? "WORKER" : "FARMER",
                householdId: "",
              });
          } catch (error) {
            if (!(error instanceof AppError)) throw error;
            expect(await registerPicture()).toEqual(before);
          }
          if (done) {
            stack.push({ step: done.step, before });
            all.push(done.step);
          }
        }
        for (const step of [...all].reverse()) await undo(step).catch(expectUndone);
        expect(await registerPicture()).toEqual(origin);
        expect(await differences()).toEqual([]);
      }),
      { numRuns: 12, seed: 20261122 },
    );
  }, 240_000);
});

// An edit that changed nothing is no step.
function expectUndone(error: unknown): void {
  if (!(error instanceof AppError) || !/đã được hoàn tác|Không tìm thấy/.test(error.text)) throw error;
}
