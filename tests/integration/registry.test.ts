import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { STATE_FILTERS, stateName } from "@/domain/recognition/recognition";
import type { TitleCode } from "@/domain/title/title";
import { NEW_HAMLET } from "@/features/registry/constants";
import { leavesOf, sumTitles } from "@/features/registry/data";
import { findEntry, listRelated, listRoundsToOpen } from "@/features/registry/data/entry";
import { countFiltered } from "@/features/registry/data/filter";
import { findPage, searchRegister } from "@/features/registry/data/finding";
import { listHistory } from "@/features/registry/data/history";
import { findLikelyDuplicates } from "@/features/registry/data/search";
import { registerSubject } from "@/features/registry/mutations";
import { updateSubject } from "@/features/registry/mutations/change";
import { closeSubject, moveSubject } from "@/features/registry/mutations/leave";
import type { UpdateSubject } from "@/features/registry/schema";
import { RegisterSubject } from "@/features/registry/schema";
import type { SessionActor } from "@/features/user/data";
import { withScope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import {
  appSql,
  buildReference,
  buildRound,
  buildUnit,
  buildUser,
  ownerSql,
  placeUnit,
} from "../setup/builders";

const YEAR = 2026;
let province: number;
let commune: number;
let hamlet: number;
let otherHamlet: number;
let officer: SessionActor;
let neighbour: SessionActor;
let reviewer: SessionActor;
let admin: SessionActor;

beforeAll(async () => {
  await buildReference();
  province = await buildUnit({ level: "PROVINCE", name: "Tỉnh Thử" });
  commune = await buildUnit({
    level: "COMMUNE",
    parentId: province,
    name: "Xã Thử",
    validFrom: "2025-07-01",
  });
  hamlet = await buildUnit({ level: "HAMLET", parentId: commune, name: "Thôn 2", validFrom: "2025-07-01" });
  otherHamlet = await buildUnit({
    level: "HAMLET",
    parentId: commune,
    name: "Thôn 10",
    validFrom: "2025-07-01",
  });
  const next = await buildUnit({
    level: "COMMUNE",
    parentId: province,
    name: "Xã Bên",
    validFrom: "2025-07-01",
  });
  officer = await buildUser({ role: "COMMUNE_OFFICER", unitId: commune });
  neighbour = await buildUser({ role: "COMMUNE_OFFICER", unitId: next });
  reviewer = await buildUser({ role: "REVIEWER", unitId: province });
  admin = await buildUser({ role: "PROVINCE_ADMIN", unitId: province });
  for (const title of ["FAMILY", "CITIZEN"] as const)
    await buildRound({ unitId: province, year: YEAR, title });
});

const parse = (input: Record<string, unknown>) =>
  RegisterSubject.parse({ communeId: commune, year: YEAR, ...input } as z.input<typeof RegisterSubject>);

const register = (input: Record<string, unknown>, actor = officer, requestId = randomUUID()) =>
  registerSubject(actor, parse(input), requestId);

const member = (name: string, more: Record<string, unknown> = {}) => ({
  name,
  birthYear: "1985",
  sex: "FEMALE",
  variant: "FARMER",
  ...more,
});

const household = (name: string, more: Record<string, unknown> = {}) => ({
  title: "FAMILY",
  name,
  hamletId: hamlet,
  ...more,
});

async function refusal(run: Promise<unknown>): Promise<AppError> {
  const error = await run.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error("expected a refusal", { cause: error });

  return error;
}

const logOf = (id: string) =>
  ownerSql<{ verb: string; detail: unknown }>(
    "SELECT verb, detail FROM action WHERE entity_id = $1 ORDER BY seq",
    [id],
  );
const differences = () => ownerSql("SELECT * FROM recount_differences()");
const entryOf = (id: string, actor = officer) => withScope(actor, (tx) => findEntry(tx, id));
const totals = async (unitId = commune) =>
  await withScope(officer, async (tx) => {
    const leaves = await leavesOf(tx, unitId, new Date("2026-12-31"));

    return await sumTitles(
      tx,
      leaves.map(({ id }) => id),
      YEAR,
    );
  });
const versionOf = async (id: string) => (await entryOf(id))?.version ?? 0;

describe("registering", () => {
  it.each<[TitleCode, () => Record<string, unknown>, Record<string, unknown>]>([
    [
      "FAMILY",
      () => household("Đặng  Văn Mẫu", { poverty: "POOR", isAssociationMember: "on" }),
      { household: { poverty: "POOR", isAssociationMember: true } },
    ],
    [
      "CLAN",
      () => ({
        title: "CLAN",
        name: "Họ Trần Mẫu",
        hamletId: hamlet,
        headName: "Trần Văn Trưởng",
        isPromotion: "on",
      }),
      { clan: { headName: "Trần Văn Trưởng", isPromotion: true } },
    ],
    ["COMMUNITY", () => ({ title: "COMMUNITY", name: "Ao Mẫu", kind: "Thôn" }), { name: "Thôn Ao Mẫu" }],
    [
      "ORGANISATION",
      () => ({ title: "ORGANISATION", name: "Trường Tiểu học Mẫu", kind: "SCHOOL" }),
      { organisation: { kind: "SCHOOL", level: "COMMUNE" }, unitId: "commune" },
    ],
    [
      "CITIZEN",
      () => ({ title: "CITIZEN", hamletId: hamlet, ...member("Lê Thị Mẫu"), digitalSkill: "HAS" }),
      { citizen: { birthYear: 1985, digitalSkill: "HAS" } },
    ],
  ])("enters a %s: subject, detail, home, counters and log at once", async (title, input, expected) => {
    const before = (await totals())[title].total;
    const { subjectId } = await register(input());

    const entry = await entryOf(subjectId);
    if (expected.unitId === "commune") expect(entry?.unitId).toBe(commune);
    const { unitId: _unitId, ...facts } = expected;
    expect(entry).toMatchObject({ title, version: 1, ...facts });
    expect(entry?.homes).toHaveLength(1);
    expect(entry?.homes[0]).toMatchObject({ validFrom: "2026-01-01", validTo: null });
    expect((await totals())[title].total).toBe(before + 1);
    expect(await differences()).toEqual([]);
    const { rows } = await withScope(officer, (tx) => listHistory(tx, { subjectId }));
    expect(rows).toMatchObject([{ verb: "subject.register", actorId: officer.id, isMade: true }]);
    const [logged] = await logOf(subjectId);
    expect(logged?.detail).toMatchObject({ title });
    expect(JSON.stringify(logged)).not.toContain("Mẫu");
  });

  it("writes once for one request", async () => {
    const requestId = randomUUID();
    const first = await register(household("Vũ Văn Một"), officer, requestId);
    const second = await register(household("Vũ Văn Một"), officer, requestId);

    expect(second).toEqual(first);
    expect(await ownerSql("SELECT id FROM subject WHERE name = 'Vũ Văn Một'")).toHaveLength(1);
  });

  it("enters a household with its members, and a hamlet with its community on the way", async () => {
    const { subjectId, memberCount, newHamletId } = await register({
      ...household("Hoàng Văn Cả", { hamletId: NEW_HAMLET, hamletName: "Suối Mẫu", hamletKind: "Bản" }),
      "members.0.name": "Hoàng Văn Cả",
      "members.0.birthYear": "1970",
      "members.0.sex": "MALE",
      "members.0.variant": "FARMER",
      "members.1.name": "",
      "members.1.birthYear": "",
      "members.2.name": "Hoàng Thị Út",
      "members.2.birthYear": "2010",
      "members.2.sex": "FEMALE",
      "members.2.variant": "STUDENT",
      "members.2.isWorker": "on",
    });

    expect(memberCount).toBe(2);
    const members = await withScope(officer, (tx) =>
      listRelated(tx, { relation: "household", id: subjectId, year: YEAR }),
    );
    expect(members.rows.map(({ name, birthYear, isWorker }) => [name, birthYear, isWorker])).toEqual([
      ["Hoàng Văn Cả", 1970, false],
      ["Hoàng Thị Út", 2010, true],
    ]);
    const entry = await entryOf(subjectId);
    expect(entry).toMatchObject({ unitId: newHamletId, unit: { name: "Bản Suối Mẫu" } });
    const made = await ownerSql<{ title: string }>(
      "SELECT title FROM subject WHERE unit_id = $1 ORDER BY title",
      [newHamletId],
    );
    expect(made.map(({ title }) => title)).toEqual(["CITIZEN", "CITIZEN", "COMMUNITY", "FAMILY"]);
    expect(await differences()).toEqual([]);
  });

  it("counts for the round that is open, last year's included", async () => {
    const { subjectId } = await register(household("Ngô Văn Kịp", { year: 2025 }));
    const entry = await entryOf(subjectId);

    // The commune began on 1/7/2025: the earliest day there is.
    expect(entry?.homes[0]?.validFrom).toBe("2025-07-01");
    const now = await register(household("Ngô Văn Nay"));
    const rounds = await withScope(officer, (tx) => listRoundsToOpen(tx, now.subjectId, "FAMILY"));
    expect(rounds.map(({ year }) => year)).toEqual([YEAR]);
  });

  it("asks before entering what is likely there already", async () => {
    await register(household("Nông Thị Trùng", { members: [member("Nông Thị Trùng", { birthYear: 1990 })] }));

    const again = await refusal(register(household("NÔNG THỊ TRUNG", { hamletId: otherHamlet })));
    expect(again.code).toBe("DUPLICATE");
    expect(again.fields.confirmNew).toContain("1 hộ gia đình trùng tên");
    expect(JSON.stringify(again.fields)).not.toContain("Nông");

    const person = { title: "CITIZEN", hamletId: otherHamlet, ...member("Nông Thị Trùng") };
    expect((await refusal(register({ ...person, birthYear: 1991 }))).code).toBe("DUPLICATE");
    await register({ ...person, birthYear: 1950 });
    await register(household("NÔNG THỊ TRUNG", { hamletId: otherHamlet, confirmNew: "on" }));
  });

  it("names the row of a member who is there already", async () => {
    await register({ title: "CITIZEN", hamletId: hamlet, ...member("Ma Thị Dòng") });
    const error = await refusal(
      register({ ...household("Ma Văn Dòng"), members: [undefined, member("Ma Thị Dòng")] }),
    );

    expect(Object.keys(error.fields)).toContain("members.1.name");
  });

  it("refuses what is typed wrong, beside its field", () => {
    const fields = (input: Record<string, unknown>) =>
      RegisterSubject.safeParse({ communeId: commune, year: YEAR, ...input }).error?.issues.map((issue) =>
        issue.path.join("."),
      );

    expect(fields({ title: "FAMILY", name: " ", hamletId: "" })).toEqual(["name", "hamletId"]);
    expect(fields({ title: "CLAN", name: "Họ Mới", hamletId: NEW_HAMLET })).toEqual(["hamletName"]);
    expect(fields({ title: "CITIZEN", ...member("Lê A", { birthYear: "1889" }) })).toContain("birthYear");
    expect(fields({ title: "CITIZEN", ...member("Lê A", { birthYear: "2027" }), hamletId: hamlet })).toEqual([
      "birthYear",
    ]);
    expect(fields({ ...household("Lê Văn B"), "members.3.name": "Lê Thị C" })).toContain(
      "members.3.birthYear",
    );
    expect(fields({ ...household("Lê Văn B"), activeFrom: "32/13/2026" })).toEqual(["activeFrom"]);
  });

  it("takes the names of people of any spelling and nothing that is not a name", () => {
    const problem = (name: string) => {
      const asked = { communeId: commune, year: YEAR, ...household(name) };

      return RegisterSubject.safeParse(asked).error?.issues.map(({ path, message }) => `${path}: ${message}`);
    };
    const onlyLetters = "name: Họ và tên chỉ gồm chữ cái, dấu cách, dấu nháy, gạch nối và dấu chấm.";

    for (const name of [
      "H'Hen Niê",
      "Y’Bih Êban",
      "K-Sor Rơ Ô",
      "Nguyễn V. A",
      "Đặng Thị Ưng".normalize("NFD"),
    ])
      expect(problem(name)).toBeUndefined();
    for (const name of ["123 @@@ <b>x</b>", "Lê Văn 2", "Lê; Văn", ". -"])
      expect(problem(name)).toEqual([onlyLetters]);
    expect(problem("a".repeat(201))).toEqual(["name: Họ và tên dài tối đa 200 chữ."]);
    expect(problem("  ")).toEqual(["name: Hãy nhập họ và tên chủ hộ."]);
  });

  it("points only at entries of the same commune", async () => {
    const foreign = await refusal(register(household("Lò Văn Xa", { clanId: randomUUID() })));
    expect(foreign.fields.clanId).toBeDefined();

    const family = await register(household("Lò Văn Gần"));
    const wrongKind = await refusal(register(household("Lò Văn Xa", { clanId: family.subjectId })));
    expect(wrongKind.code).toBe("INVALID");
  });
});

describe("strangers", () => {
  it("finds nothing and writes nothing from the next commune or in the wrong role", async () => {
    const { subjectId } = await register(household("Hà Văn Riêng"));

    for (const actor of [neighbour, admin]) {
      expect(await entryOf(subjectId, actor)).toBeUndefined();
      // Whoever may read the log alone sees that something was done, never what it was.
      const { rows } = await withScope(actor, (tx) => listHistory(tx, { subjectId }));
      expect(rows.map(({ before, after }) => [before, after])).toEqual(actor === admin ? [[null, null]] : []);
    }
    for (const actor of [neighbour, reviewer, admin]) {
      const version = 1;
      const update: UpdateSubject = {
        title: "FAMILY",
        subjectId,
        version,
        name: "Hà Văn Khác",
        headBirthYear: null,
        address: "",
        isAssociationMember: false,
        clanId: null,
        poverty: "NONE",
        hasSchoolAgeChildren: false,
      };
      const tries = [
        () => register(household("Kẻ Lạ"), actor),
        () => updateSubject(actor, update, randomUUID()),
        () =>
          moveSubject(
            actor,
            { subjectId, version, hamletId: otherHamlet, movedOn: "2026-03-01" },
            randomUUID(),
          ),
        () =>
          closeSubject(
            actor,
            { subjectId, version, reason: "DISSOLVED", closedOn: "2026-03-01", withMembers: true },
            randomUUID(),
          ),
      ];
      for (const one of tries) expect((await refusal(one())).code).toBe("NOT_FOUND");
    }
    expect(await entryOf(subjectId)).toMatchObject({ name: "Hà Văn Riêng", version: 1, activeTo: null });
  });

  it("are stopped by the second wall alone too", async () => {
    const id = randomUUID();
    const values = [id, hamlet];
    const insert =
      "INSERT INTO subject (id, title, unit_id, name, active_from) VALUES ($1, 'FAMILY', $2, 'Kẻ Lạ', '2026-01-01')";
    for (const actor of [neighbour, reviewer, admin]) {
      await expect(appSql(actor.id, insert, values)).rejects.toThrow(/row-level security/);
      await expect(
        appSql(actor.id, "SELECT hamlet_create($1, 'Thôn Lạ', 'Thôn', '2026-01-01')", [commune]),
      ).rejects.toThrow(/not found/);
      await expect(
        appSql(actor.id, "SELECT hamlet_correct($1, 'Thôn Lạ', 'Thôn')::text", [hamlet]),
      ).rejects.toThrow(/not found/);
      expect(await appSql(actor.id, "UPDATE subject SET name = 'Kẻ Lạ' RETURNING id")).toEqual([]);
    }
  });
});

describe("editing", () => {
  const facts = (subjectId: string, version: number, more: Partial<UpdateSubject> = {}) =>
    ({
      title: "FAMILY",
      subjectId,
      version,
      name: "Đỗ Văn Sửa",
      address: "Ngõ 1",
      isAssociationMember: true,
      clanId: null,
      poverty: "NONE",
      hasSchoolAgeChildren: false,
      ...more,
    }) as UpdateSubject;

  it("changes facts and counters, and shows both values to whoever comes late", async () => {
    const { subjectId } = await register(household("Đỗ Văn Sửa"));
    await updateSubject(officer, facts(subjectId, 1), randomUUID());
    expect(await entryOf(subjectId)).toMatchObject({ version: 2, household: { address: "Ngõ 1" } });
    expect(await differences()).toEqual([]);

    const late = await refusal(
      updateSubject(officer, facts(subjectId, 1, { address: "Ngõ 2", poverty: "POOR" }), randomUUID()),
    );
    expect(late.code).toBe("CONFLICT");
    expect(late.conflict).toEqual([
      { label: "Địa chỉ", yours: "Ngõ 2", theirs: "Ngõ 1", take: { address: "Ngõ 1" } },
      {
        label: "Diện hộ",
        yours: "Hộ nghèo",
        theirs: "Không thuộc diện nghèo, cận nghèo",
        take: { poverty: "NONE" },
      },
    ]);
    expect(late.newValues).toEqual({ version: "2" });

    const logged = await logOf(subjectId);
    expect(logged.at(-1)).toMatchObject({
      verb: "subject.update",
      detail: { changed: [{ field: "address" }, { field: "isAssociationMember", from: "Không", to: "Có" }] },
    });
  });

  it("corrects the name of a hamlet in the register and on the map", async () => {
    const { subjectId, newHamletId } = await register({ title: "COMMUNITY", name: "Ao Sai", kind: "Thôn" });
    await updateSubject(
      officer,
      { title: "COMMUNITY", subjectId, version: 1, name: "Bản Ao Đúng", kind: "Bản" },
      randomUUID(),
    );

    expect(await entryOf(subjectId)).toMatchObject({
      name: "Bản Ao Đúng",
      unitId: newHamletId,
      unit: { name: "Bản Ao Đúng", type: "Bản" },
    });
  });
});

describe("moving and closing", () => {
  it("moves a household with its members and keeps every year right", async () => {
    const { subjectId } = await register(
      household("Lý Văn Đi", { activeFrom: "2025-08-01", members: [member("Lý Thị Theo")] }),
    );
    await moveSubject(
      officer,
      { subjectId, version: 1, hamletId: otherHamlet, movedOn: "2026-02-01" },
      randomUUID(),
    );

    const entry = await entryOf(subjectId);
    expect(entry?.unitId).toBe(otherHamlet);
    expect(entry?.homes.map(({ unitId, validFrom, validTo }) => [unitId, validFrom, validTo])).toEqual([
      [otherHamlet, "2026-02-01", null],
      [hamlet, "2025-08-01", "2026-02-01"],
    ]);
    expect(await differences()).toEqual([]);
    const names = async (unitId: number, year: number) =>
      await withScope(officer, async (tx) =>
        (await findPage(tx, { unitId, title: "FAMILY", year, sort: "name" })).rows.map(({ name }) => name),
      );
    expect(await names(otherHamlet, 2026)).toContain("Lý Văn Đi");
    expect(await names(hamlet, 2026)).not.toContain("Lý Văn Đi");
    expect(await names(hamlet, 2025)).toContain("Lý Văn Đi");
    const back = { subjectId, version: 2, hamletId: hamlet };
    expect(
      (await refusal(moveSubject(officer, { ...back, movedOn: "2026-02-01" }, randomUUID()))).fields.movedOn,
    ).toContain("01/02/2026");
    expect(
      (await refusal(moveSubject(officer, { ...back, movedOn: "2099-01-01" }, randomUUID()))).fields.movedOn,
    ).toBeDefined();
    expect(
      (await refusal(moveSubject(officer, { ...back, version: 1, movedOn: "2026-03-01" }, randomUUID())))
        .code,
    ).toBe("CONFLICT");
  });

  it("lets a citizen who moves alone leave the household", async () => {
    const family = await register(household("Tô Văn Gốc", { members: [member("Tô Thị Riêng")] }));
    const { rows } = await withScope(officer, (tx) =>
      listRelated(tx, { relation: "household", id: family.subjectId, year: YEAR }),
    );
    const citizen = rows[0]?.id ?? "";
    await moveSubject(
      officer,
      { subjectId: citizen, version: 1, hamletId: otherHamlet, movedOn: "2026-05-01" },
      randomUUID(),
    );

    expect(await entryOf(citizen)).toMatchObject({ unitId: otherHamlet, citizen: { household: null } });
    expect(await differences()).toEqual([]);
  });

  it("takes a household off the register, with or without its people", async () => {
    const before = await totals();
    const both = await register(household("Âu Văn Xa", { members: [member("Âu Thị Xa")] }));
    const alone = await register(household("Âu Văn Tách", { members: [member("Âu Thị Tách")] }));
    const close = async (subjectId: string, withMembers: boolean) =>
      await closeSubject(
        officer,
        {
          subjectId,
          version: await versionOf(subjectId),
          reason: withMembers ? "MOVED_AWAY" : "DISSOLVED",
          closedOn: "2026-06-01",
          withMembers,
        },
        randomUUID(),
      );

    expect(await close(both.subjectId, true)).toMatchObject({ closed: 2 });
    expect(await close(alone.subjectId, false)).toMatchObject({ closed: 1 });
    const after = await totals();
    expect(after.FAMILY.total).toBe(before.FAMILY.total);
    expect(after.CITIZEN.total).toBe(before.CITIZEN.total + 1);
    expect(await differences()).toEqual([]);
    expect((await entryOf(both.subjectId))?.homes[0]?.validTo).toBe("2026-06-01");
    expect((await refusal(close(both.subjectId, true))).code).toBe("WRONG_STATE");
    const [left] = await ownerSql<{ household_id: string | null }>(
      "SELECT c.household_id FROM citizen c JOIN subject s ON s.id = c.subject_id WHERE s.name = 'Âu Thị Tách'",
    );
    expect(left?.household_id).toBeNull();
  });

  it("keeps a hamlet in which somebody still stands", async () => {
    const { subjectId, newHamletId } = await register({ title: "COMMUNITY", name: "Khe Mẫu", kind: "Thôn" });
    const family = await register(household("Khà Văn Cuối", { hamletId: newHamletId }));
    const close = async (id: string) =>
      await closeSubject(
        officer,
        {
          subjectId: id,
          version: await versionOf(id),
          reason: "DISSOLVED",
          closedOn: "2026-07-01",
          withMembers: true,
        },
        randomUUID(),
      );

    expect((await refusal(close(subjectId))).text).toContain("còn 1 mục");
    await close(family.subjectId);
    await close(subjectId);
    expect(
      (await refusal(register(household("Khà Văn Sau", { hamletId: newHamletId })))).fields.hamletId,
    ).toBeDefined();
  });
});

describe("a commune that has ended", () => {
  it("gives its officer no register: it lives on with the successor, years before the change included", async () => {
    const end = "2025-07-01";
    const old = await buildUnit({ level: "COMMUNE", parentId: province, name: "Xã Cũ", validTo: end });
    const lasting = await buildUnit({ level: "HAMLET", name: "Thôn Bền" });
    await placeUnit({ childId: lasting, parentId: old, validFrom: "2014-02-20", validTo: end });
    await placeUnit({ childId: lasting, parentId: commune, validFrom: end });
    const oldOfficer = await buildUser({ role: "COMMUNE_OFFICER", unitId: old });

    const late = { year: 2024, hamletId: lasting };
    const { subjectId } = await register({ ...household("Cao Văn Muộn"), ...late });
    const entry = await entryOf(subjectId);
    expect(entry).toMatchObject({ unitId: lasting, homes: [{ validFrom: "2024-01-01", validTo: null }] });
    const inPast = await withScope(officer, (tx) =>
      findPage(tx, { unitId: lasting, title: "FAMILY", year: 2024, sort: "name" }),
    );
    expect(inPast.rows.map(({ name }) => name)).toEqual(["Cao Văn Muộn"]);
    const tried = register({ ...household("Cao Văn B"), ...late, communeId: old }, oldOfficer);
    expect((await refusal(tried)).code).toBe("NOT_FOUND");
    expect(await differences()).toEqual([]);
  });
});

describe("lists and search", () => {
  beforeAll(async () => {
    const area = await buildUnit({
      level: "HAMLET",
      parentId: commune,
      name: "Thôn Dài",
      validFrom: "2025-07-01",
    });
    listHamlet = area;
    for (let at = 0; at < 120; at++) {
      const name = `Giàng A ${String.fromCharCode(65 + (at % 26))}${"aeiou"[at % 5]}`;
      await register(household(name, { hamletId: area }));
    }
  });
  let listHamlet: number;

  it("pages forwards and back through every row once, without a name in the cursor", async () => {
    const page = (cursor: { after?: string; before?: string }) =>
      withScope(officer, (tx) =>
        findPage(tx, { unitId: listHamlet, title: "FAMILY", year: YEAR, sort: "name" }, cursor),
      );
    const first = await page({});
    const second = await page({ after: first.rows.at(-1)?.id ?? "" });
    const third = await page({ after: second.rows.at(-1)?.id ?? "" });

    expect([first, second, third].map(({ rows }) => rows.length)).toEqual([50, 50, 20]);
    expect([first.hasPrevious, first.hasNext, third.hasPrevious, third.hasNext]).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(new Set([first, second, third].flatMap(({ rows }) => rows.map(({ id }) => id))).size).toBe(120);
    const back = await page({ before: third.rows[0]?.id ?? "" });
    expect(back.rows).toEqual(second.rows);
    expect([back.hasPrevious, back.hasNext]).toEqual([true, true]);
  });

  it("sorts people by given name", async () => {
    for (const name of ["Thào Văn Bình", "Sùng Thị An", "Vàng A Chư"]) {
      await register({ title: "CITIZEN", hamletId: listHamlet, ...member(name) });
    }
    const { rows } = await withScope(officer, (tx) =>
      findPage(tx, { unitId: listHamlet, title: "CITIZEN", year: YEAR, sort: "name" }),
    );

    expect(rows.map(({ name }) => name)).toEqual(["Sùng Thị An", "Thào Văn Bình", "Vàng A Chư"]);
  });

  it.each([
    ["dang van mau", "Đặng Văn Mẫu"],
    ["Mẫu Đặng", "Đặng Văn Mẫu"],
    ["MAU  DANG VAN", "Đặng Văn Mẫu"],
    ["dagn van mau", "Đặng Văn Mẫu"],
    ["dang vna mau", "Đặng Văn Mẫu"],
    ["hoang vaan ca", "Hoàng Văn Cả"],
    ["Hoàg Văn Cả", "Hoàng Văn Cả"],
    ["rieng ha", "Hà Văn Riêng"],
  ])("finds by %j", async (text, name) => {
    const { rows } = await withScope(officer, (tx) =>
      searchRegister(tx, { unitId: commune, title: "FAMILY", year: YEAR, sort: "name" }, { text }),
    );

    expect(rows.map((row) => row.name)).toContain(name);
  });

  it("narrows to the states by the names its rows show", async () => {
    const [set] = await ownerSql<{ id: number }>(
      "SELECT id FROM criteria_set WHERE title = 'FAMILY' LIMIT 1",
    );
    const round = await buildRound({ unitId: province, year: YEAR, title: "FAMILY" });
    const ids = await ownerSql<{ id: string }>(
      "SELECT id FROM subject WHERE unit_id = $1 AND title = 'FAMILY' ORDER BY id LIMIT 6",
      [listHamlet],
    );
    const states = [
      ["REGISTERED", false],
      ["DRAFT", false],
      ["DRAFT", false],
      ["DRAFT", true],
      ["DRAFT", true],
      ["DRAFT", true],
    ] as const;
    for (const [at, [state, isComplete]] of states.entries()) {
      await ownerSql(
        `INSERT INTO assessment (subject_id, round_id, title, year, unit_id, commune_id, criteria_set_id, state, registered_on, is_complete)
         VALUES ($1, $2, 'FAMILY', ${YEAR}, $3, $4, $5, $6, '${YEAR}-01-01', $7)`,
        [ids[at]?.id, round, listHamlet, commune, set?.id, state, isComplete],
      );
    }

    const found: Record<string, number> = {};
    for (const state of STATE_FILTERS) {
      const filter = {
        unitId: listHamlet,
        title: "FAMILY",
        year: YEAR,
        state: state.slug,
        sort: "name",
      } as const;
      const name = stateName(state.state, state.isComplete);
      const { rows, count } = await withScope(officer, async (tx) => ({
        ...(await findPage(tx, filter)),
        count: await countFiltered(tx, filter),
      }));
      if (count > 0) found[name] = count;

      expect(rows.length).toBe(Math.min(count, 50));
      expect(rows.every((row) => stateName(row.state, row.isComplete) === name)).toBe(true);
    }
    expect(found).toEqual({ "Chưa đăng ký": 114, "Đã đăng ký": 1, "Đang chấm": 2, "Đã chấm": 3 });
  });

  it("finds nothing for a stranger", async () => {
    const filter = { unitId: hamlet, title: "FAMILY", year: YEAR, sort: "name" } as const;
    for (const actor of [neighbour, admin]) {
      const found = await withScope(actor, async (tx) => ({
        search: await searchRegister(tx, filter, { text: "van" }),
        list: await findPage(tx, filter),
        same: await findLikelyDuplicates(tx, {
          leafIds: [hamlet],
          title: "FAMILY",
          candidates: [{ name: "Đặng Văn Mẫu", birthYear: null }],
        }),
      }));

      expect([found.search.rows, found.list.rows, found.same]).toEqual([[], [], []]);
    }
  });
});
