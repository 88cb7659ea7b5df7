import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { TitleCode } from "@/domain/title/title";
import { previewBulk } from "@/features/registry/data/bulk";
import { filterParams, RegistryFilter } from "@/features/registry/filter";
import { changeMany, selectionOf } from "@/features/registry/mutations/bulk";
import { undoSubjectStep } from "@/features/registry/mutations/undo";
import { BulkChange, ChangeMany } from "@/features/registry/schema";
import { withScope } from "@/lib/db/scope";
import { buildUnit, buildUser, ownerSql } from "../setup/builders";
import { populate } from "../setup/population";
import { codeOf } from "../setup/refusal";
import type { RegisterWorld } from "../setup/register-world";
import { buildRegisterWorld, membersOf, registerPicture, stepsOf, YEAR } from "../setup/register-world";

let world: RegisterWorld;
let act: ReturnType<typeof stepsOf>;

beforeAll(async () => {
  world = await buildRegisterWorld();
  act = stepsOf(world);
});

type Asked = {
  title: TitleCode;
  filter?: Record<string, unknown>;
  ids?: string[];
  change: Record<string, unknown>;
  unitId?: number;
};

/** The form of a change as its preview fills it. */
async function ask(
  { title, filter = {}, ids = [], change, unitId = world.commune }: Asked,
  actor = world.officer,
) {
  const list = filterParams(RegistryFilter.parse({ unitId, year: YEAR, title, ...filter })).toString();
  const scope = { unitId, year: YEAR, title, list, ids };
  const parsed = BulkChange.parse(change);
  const preview = await withScope(actor, async (tx) =>
    previewBulk(tx, (await selectionOf(tx, actor, scope)).selection, parsed),
  );
  const input = ChangeMany.parse({
    ...scope,
    ...change,
    count: Math.max(1, preview.verdicts.CHANGES),
    fingerprint: preview.fingerprint,
  });

  return { preview, input };
}

async function run(input: ChangeMany, actor = world.officer) {
  const step = randomUUID();

  return { step, ...(await changeMany(actor, input, step)) };
}
const undo = (stepId: string) => undoSubjectStep(world.officer, { stepId }, randomUUID());
const differences = () => ownerSql("SELECT * FROM recount_differences()");
const family = (name: string, more: Record<string, unknown> = {}) =>
  act.register({ title: "FAMILY", name, hamletId: world.hamlets[0], ...more });

describe("changing every row of a list", () => {
  it("counts what changes, what is so already and what cannot, and writes exactly that", async () => {
    const one = await family("Lò Văn Một", { poverty: "POOR" });
    await family("Lò Văn Hai");
    const gone = await family("Lò Văn Ba");
    await act.close(gone.subjectId, { closedOn: "2026-05-01" });
    const before = await registerPicture();
    const asked: Asked = {
      title: "FAMILY",
      filter: { hamletId: world.hamlets[0] },
      change: { job: "poverty", value: "POOR" },
    };
    const { preview, input } = await ask(asked);

    // Whoever left within the year is no row of the list.
    expect(preview).toMatchObject({ count: 2, verdicts: { CHANGES: 1, ALREADY: 1, CLOSED: 0 } });
    const done = await run(input);
    expect(done.changed).toBe(1);
    expect((await ask(asked)).preview.verdicts).toMatchObject({ CHANGES: 0, ALREADY: 2 });
    const log = await ownerSql<{ detail: Record<string, unknown> }>(
      "SELECT detail FROM action WHERE request_id = $1",
      [done.step],
    );
    expect(log).toHaveLength(1);
    expect(log[0]?.detail).toMatchObject({ job: "poverty", count: 1, digest: input.fingerprint });
    expect(await differences()).toEqual([]);
    expect(
      await ownerSql("SELECT count(*)::int AS n FROM subject_change WHERE request_id = $1", [done.step]),
    ).toEqual([{ n: 1 }]);
    await undo(done.step);
    expect(await registerPicture()).toEqual(before);

    const closed = await ask({
      title: "FAMILY",
      filter: { isClosed: true },
      change: { job: "isAssociationMember", value: "true" },
    });
    expect(closed.preview.verdicts).toMatchObject({ CHANGES: 0, CLOSED: 1 });
    expect(await codeOf(act.close(one.subjectId))).toBe("OK");
  });

  it("moves the ticked households with their members, and leaves who came too late", async () => {
    const ids: string[] = [];
    for (const name of ["Sầm Văn A", "Sầm Văn Bê"])
      ids.push((await family(name, membersOf([`${name} Con`]))).subjectId);
    const late = await family("Sầm Văn Muộn", { activeFrom: "2026-09-01" });
    await family("Sầm Văn Ngoài");
    const before = await registerPicture();
    const { preview, input } = await ask({
      title: "FAMILY",
      ids: [...ids, late.subjectId],
      change: { job: "move", value: String(world.hamlets[1]), on: "2026-04-01" },
    });

    expect(preview).toMatchObject({ count: 3, members: 2, verdicts: { CHANGES: 2, TOO_EARLY: 1 } });
    const done = await run(input);
    expect(done).toMatchObject({ changed: 2, members: 2 });
    const [there] = await ownerSql<{ n: number }>(
      "SELECT count(*)::int AS n FROM subject WHERE unit_id = $1 AND name LIKE 'Sầm Văn%'",
      [world.hamlets[1]],
    );
    expect(there?.n).toBe(4);
    expect(await differences()).toEqual([]);
    expect(await undo(done.step)).toMatchObject({ restored: 4 });
    expect(await registerPicture()).toEqual(before);
    expect(await differences()).toEqual([]);
  });

  it("closes, sets references and the facts of every kind; each comes back", async () => {
    const clan = await act.register({ title: "CLAN", name: "Họ Hàng Loạt", hamletId: world.hamlets[0] });
    const school = await act.register({ title: "ORGANISATION", name: "Trường Hàng Loạt", kind: "SCHOOL" });
    await family("Vàng A Nhà", membersOf(["Vàng Thị Người", "Vàng Thị Khác"]));
    const before = await registerPicture();
    const jobs: Asked[] = [
      { title: "FAMILY", change: { job: "clanId", value: clan.subjectId } },
      { title: "FAMILY", change: { job: "clanId", value: "" } },
      { title: "FAMILY", change: { job: "hasSchoolAgeChildren", value: "true" } },
      { title: "CITIZEN", change: { job: "organisationId", value: school.subjectId } },
      { title: "CITIZEN", change: { job: "variant", value: "WORKER" } },
      { title: "CITIZEN", change: { job: "isWorker", value: "true" } },
      { title: "CITIZEN", change: { job: "digitalSkill", value: "FLUENT" } },
      { title: "CITIZEN", change: { job: "move", value: String(world.hamlets[2]), on: "2026-05-05" } },
      { title: "CLAN", change: { job: "isPromotion", value: "true" } },
      { title: "ORGANISATION", change: { job: "level", value: "PROVINCE" } },
      { title: "ORGANISATION", change: { job: "kind", value: "HEALTH" } },
      { title: "FAMILY", change: { job: "close", value: "MOVED_AWAY", on: "2026-10-01" } },
    ];
    const steps: string[] = [];
    for (const job of jobs) {
      const { input, preview } = await ask(job);
      expect(preview.verdicts.CHANGES, job.change.job as string).toBeGreaterThan(0);
      const done = await run(input);
      expect(done.changed).toBe(preview.verdicts.CHANGES);
      expect(await differences()).toEqual([]);
      steps.push(done.step);
    }
    for (const step of steps.reverse()) await undo(step);
    expect(await registerPicture()).toEqual(before);
    expect(await differences()).toEqual([]);
  });

  it("refuses a list that changed since the preview, what does not fit, and strangers", async () => {
    const asked: Asked = { title: "FAMILY", change: { job: "isAssociationMember", value: "true" } };
    const { input } = await ask(asked);
    await family("Chảo A Chen");
    const stale = await run(input).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(stale).toMatchObject({ code: "CONFLICT" });
    expect(String((stale as { text: string }).text)).toMatch(/nay có \d+ mục/);

    const { input: fresh } = await ask(asked);
    const wrong = { ...fresh, count: fresh.count + 1 };
    expect(await codeOf(run(wrong))).toBe("CONFLICT");
    for (const actor of [world.neighbour, world.reviewer, world.leader])
      expect(await codeOf(run(fresh, actor))).toBe("NOT_FOUND");
    const bad: Partial<ChangeMany>[] = [
      { value: "perhaps" },
      { job: "clanId", value: randomUUID() },
      { job: "variant", value: "WORKER" },
      { job: "move", value: String(world.nextHamlet), on: "2026-04-01" },
      { job: "move", value: String(world.hamlets[1]), on: "2099-01-01" },
      { job: "close", value: "DIED", on: "2026-04-01" },
    ];
    for (const one of bad)
      expect(await codeOf(run({ ...fresh, ...one })), JSON.stringify(one)).toBe("INVALID");
    const requestId = randomUUID();
    const first = await changeMany(world.officer, fresh, requestId);
    expect(await changeMany(world.officer, fresh, requestId)).toEqual(first);
    expect(await codeOf(run(fresh))).toBe("CONFLICT");
  });

  it("is done once by two officers at once, and never over an edit that came between", async () => {
    const { input } = await ask({ title: "FAMILY", change: { job: "poverty", value: "NEAR_POOR" } });
    const [row] = await ownerSql<{ id: string; name: string }>(
      "SELECT id, name FROM subject WHERE title = 'FAMILY' AND active_to IS NULL ORDER BY id LIMIT 1",
    );
    const codes = await Promise.all([
      codeOf(run(input)),
      codeOf(run(input, world.colleague)),
      codeOf(act.update(row?.id ?? "", { title: "FAMILY", name: row?.name, address: "Giữa chừng" })),
    ]);

    expect(codes.slice(0, 2).filter((code) => code === "OK").length).toBeLessThanOrEqual(1);
    expect(codes).toContain("OK");
    expect(await differences()).toEqual([]);
  });
});

describe("a thousand rows in ten hamlets", () => {
  it("are moved, changed and taken back, and how long each takes is printed", async () => {
    const commune = await buildUnit({ level: "COMMUNE", parentId: world.province });
    const hamlets: number[] = [];
    for (let at = 0; at < 10; at++) hamlets.push(await buildUnit({ level: "HAMLET", parentId: commune }));
    const officer = await buildUser({ role: "COMMUNE_OFFICER", unitId: commune });
    await populate({ communeId: commune, hamletIds: hamlets, households: 100, years: [], seed: 7 });
    const target = await buildUnit({ level: "HAMLET", parentId: commune, name: "Thôn Đích" });
    const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
      const from = performance.now();
      const result = await work();
      console.info(`${name}: ${((performance.now() - from) / 1000).toFixed(1)} s`);

      return result;
    };
    const facts = await ask(
      { title: "FAMILY", unitId: commune, change: { job: "poverty", value: "POOR" } },
      officer,
    );
    const fact = await timed("poverty of 1,000 households", () => run(facts.input, officer));
    expect(fact.changed).toBe(1_000);
    await timed("undo of 1,000 facts", () => undoSubjectStep(officer, { stepId: fact.step }, randomUUID()));

    const moves = await timed("preview of the move", () =>
      ask(
        {
          title: "FAMILY",
          unitId: commune,
          change: { job: "move", value: String(target), on: "2026-04-01" },
        },
        officer,
      ),
    );
    const moved = await timed("move of 1,000 households and 3,000 members", () => run(moves.input, officer));
    expect(moved).toMatchObject({ changed: 1_000, members: 3_000 });
    expect(await differences()).toEqual([]);
    const undone = await timed("undo of the move", () =>
      undoSubjectStep(officer, { stepId: moved.step }, randomUUID()),
    );
    expect(undone.restored).toBe(4_000);
    expect(await differences()).toEqual([]);
  }, 300_000);
});
