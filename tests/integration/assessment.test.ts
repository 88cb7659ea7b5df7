import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Answer } from "@/domain/criteria/answer";
import { checkAnswer } from "@/domain/criteria/answer";
import { listItems } from "@/domain/criteria/criteria-set";
import { score } from "@/domain/scoring/score";
import { findSheet } from "@/features/assessment/data";
import { countRegister, deriveMeasures } from "@/features/assessment/data/derive";
import { countProgress, findNextUnscored, findRoundAt, listSubjects } from "@/features/assessment/data/list";
import { scoreForSubmission } from "@/features/assessment/data/score";
import { openAssessment, saveAnswer } from "@/features/assessment/mutations";
import { columnsThatDiffer, scoreSheet } from "@/features/assessment/utils";
import type { SessionActor } from "@/features/user/data";
import { withScope } from "@/lib/db/scope";
import type { AppError } from "@/lib/errors/app-error";
import {
  buildCitizen,
  buildCriteriaSet,
  buildHousehold,
  buildReference,
  buildRound,
  buildUnit,
  buildUser,
  ownerSql,
} from "../setup/builders";
import { codeOf } from "../setup/refusal";

const YEAR = 2024;
let province: number;
let commune: number;
let neighbour: number;
let hamlet: number;
let officer: SessionActor;

beforeAll(async () => {
  await buildReference();
  const [nation] = await ownerSql<{ id: number }>("SELECT id FROM unit WHERE level = 'NATION'");
  province = await buildUnit({ level: "PROVINCE", parentId: nation?.id });
  const district = await buildUnit({ level: "DISTRICT", parentId: province });
  commune = await buildUnit({ level: "COMMUNE", parentId: district });
  neighbour = await buildUnit({ level: "COMMUNE", parentId: district });
  hamlet = await buildUnit({ level: "HAMLET", parentId: commune, name: "Thôn 1" });
  await buildCriteriaSet("FAMILY-TEMPLATE-2022", province);
  await buildCriteriaSet("CITIZEN-324-2023-FARMER", province);
  await buildCriteriaSet("CITIZEN-324-2023-STUDENT", province);
  await buildRound({ unitId: province, year: YEAR });
  await buildRound({ unitId: province, year: YEAR, title: "CITIZEN" });
  await buildRound({ unitId: province, year: 2020, title: "CITIZEN" });
  officer = await buildUser({ role: "COMMUNE_OFFICER", unitId: commune });
});

async function open(subjectId: string, actor = officer): Promise<string> {
  const { assessmentId } = await openAssessment(actor, { requestId: randomUUID(), subjectId, year: YEAR });

  return assessmentId;
}

async function save(
  assessmentId: string,
  itemCode: string,
  answer: Answer | null,
  previous: Answer | null = null,
  actor = officer,
) {
  return await saveAnswer(actor, { requestId: randomUUID(), assessmentId, itemCode, answer, previous });
}

async function sheetOf(assessmentId: string, actor = officer) {
  const sheet = await withScope(actor, (tx) => findSheet(tx, assessmentId));
  if (!sheet) throw new Error("no sheet");

  return sheet;
}

/** Submits an assessment by direct SQL, whatever its score; returns the dossier. */
async function submit(assessmentId: string): Promise<string | undefined> {
  const [dossier] = await ownerSql<{ id: string }>(
    `INSERT INTO dossier (round_id, title, year, unit_id, reviewer_unit_id, submitted_by)
     SELECT round_id, title, year, commune_id, commune_id, $2 FROM assessment WHERE id = $1
     ON CONFLICT (unit_id, title, year) DO UPDATE SET version = dossier.version + 1 RETURNING id`,
    [assessmentId, officer.id],
  );
  await ownerSql("UPDATE assessment SET state = 'DRAFT' WHERE id = $1 AND state = 'REGISTERED'", [
    assessmentId,
  ]);
  await ownerSql(
    `UPDATE assessment SET state = 'SUBMITTED', submitted_by = $2, submitted_at = now(), is_complete = true,
            is_recognisable = true, dossier_id = $3 WHERE id = $1`,
    [assessmentId, officer.id, dossier?.id],
  );

  return dossier?.id;
}

/** What a reviewer and a decision would have made of a subject, by direct SQL. */
async function recognise(subjectId: string, title: string): Promise<void> {
  const assessmentId = await open(subjectId);
  const dossierId = await submit(assessmentId);
  const reviewer = await buildUser({ role: "REVIEWER", unitId: province });
  await ownerSql("UPDATE assessment SET state = 'APPROVED', reviewed_by = $2 WHERE id = $1", [
    assessmentId,
    reviewer.id,
  ]);
  const [decision] = await ownerSql<{ id: string }>(
    `INSERT INTO decision (dossier_id, unit_id, number, decided_on, signer, created_by)
     VALUES ($1, $2, $3, '2024-12-31', 'Người Ký', $4) RETURNING id`,
    [dossierId, commune, randomUUID(), reviewer.id],
  );
  await ownerSql(
    `INSERT INTO recognition (subject_id, title, assessment_id, decision_id, commune_id, first_year, last_year)
     VALUES ($1, $2, $3, $4, $5, $6, $6)`,
    [subjectId, title, assessmentId, decision?.id, commune, YEAR],
  );
  await ownerSql("UPDATE assessment SET state = 'RECOGNISED' WHERE id = $1", [assessmentId]);
}

describe("opening an assessment", () => {
  it("finds the leaf, commune, round and set of the reference date, once per subject and year", async () => {
    const household = await buildHousehold({ hamletId: hamlet });
    const first = await openAssessment(officer, {
      requestId: randomUUID(),
      subjectId: household,
      year: YEAR,
    });
    const second = await openAssessment(officer, {
      requestId: randomUUID(),
      subjectId: household,
      year: YEAR,
    });

    expect(first.isNew).toBe(true);
    expect(second).toEqual({ assessmentId: first.assessmentId, isNew: false });
    const sheet = await sheetOf(first.assessmentId);
    expect(sheet.state).toBe("REGISTERED");
    expect([sheet.unit.id, sheet.commune.id]).toEqual([hamlet, commune]);
    expect(sheet.criteriaSet.code).toBe("FAMILY-TEMPLATE-2022");
  });

  it("opens one row when several clicks arrive together", async () => {
    const household = await buildHousehold({ hamletId: hamlet });
    const opened = await Promise.all(Array.from({ length: 6 }, () => open(household)));

    expect(new Set(opened).size).toBe(1);
  });

  it("chooses a citizen's form by occupation and refuses where none is in force", async () => {
    const farmer = await buildCitizen({ hamletId: hamlet });
    const student = await buildCitizen({ hamletId: hamlet, variant: "STUDENT" });
    const early = codeOf(
      openAssessment(officer, { requestId: randomUUID(), subjectId: student, year: 2020 }),
    );

    expect((await sheetOf(await open(farmer))).criteriaSet.code).toBe("CITIZEN-324-2023-FARMER");
    expect((await sheetOf(await open(student))).criteriaSet.code).toBe("CITIZEN-324-2023-STUDENT");
    expect(await early).toBe("WRONG_STATE");
  });

  it("prefers the set of the nearest unit", async () => {
    const elsewhere = await buildUnit({ level: "COMMUNE", parentId: province });
    const itsHamlet = await buildUnit({ level: "HAMLET", parentId: elsewhere });
    await ownerSql(
      `INSERT INTO criteria_set (code, version, title, unit_id, name, legal_basis, issuer, valid_from, status, definition)
       SELECT 'OWN', 1, title, $1, name, legal_basis, issuer, valid_from, 'PUBLISHED', definition
         FROM criteria_set WHERE code = 'FAMILY-TEMPLATE-2022'`,
      [elsewhere],
    );
    const other = await buildUser({ role: "COMMUNE_OFFICER", unitId: elsewhere });
    const id = await open(await buildHousehold({ hamletId: itsHamlet }), other);

    expect((await sheetOf(id, other)).criteriaSet.code).toBe("OWN");
  });

  it("refuses a year without a round, and a subject that was elsewhere on the reference date", async () => {
    const household = await buildHousehold({ hamletId: hamlet });
    const late = await buildHousehold({ hamletId: hamlet });
    await ownerSql("UPDATE subject_home SET valid_from = '2025-03-01' WHERE subject_id = $1", [late]);
    const without = codeOf(
      openAssessment(officer, { requestId: randomUUID(), subjectId: household, year: 2031 }),
    );

    expect(await without).toBe("WRONG_STATE");
    expect(await codeOf(open(late))).toBe("WRONG_STATE");
  });
});

describe("saving a cell", () => {
  let id: string;
  beforeEach(async () => {
    id = await open(await buildHousehold({ hamletId: hamlet }));
  });

  it("stores what score() gives and opens the draft", async () => {
    const saved = await save(id, "1.3", { yes: true });
    const sheet = await sheetOf(id);
    const expected = score(sheet.criteriaSet.definition, { "1.3": { yes: true } });

    expect(saved).toMatchObject({
      state: "DRAFT",
      total: expected.total,
      missingCount: expected.missing.length,
    });
    expect(columnsThatDiffer(sheet.stored, scoreSheet(sheet))).toEqual([]);
    expect(sheet.scored?.byId).toBe(officer.id);
  });

  it("keeps both of two cells saved at the same time", async () => {
    const codes = ["1.3", "3.1", "3.2", "4.1", "4.2"];
    await Promise.all(codes.map((code) => save(id, code, { yes: true })));
    const sheet = await sheetOf(id);

    expect(Object.keys(sheet.answers).sort()).toEqual(codes);
    expect(columnsThatDiffer(sheet.stored, scoreSheet(sheet))).toEqual([]);
  });

  it("lets one of two writers of the same cell through and shows the other what stands", async () => {
    const outcomes = await Promise.allSettled([
      save(id, "1.3", { yes: true }),
      save(id, "1.3", { yes: false }),
    ]);
    const refused = outcomes.filter((one) => one.status === "rejected");
    const [error] = refused.map((one) => one.reason as AppError);
    const stored = (await sheetOf(id)).answers["1.3"];

    expect(refused).toHaveLength(1);
    expect(error?.code).toBe("CONFLICT");
    expect(JSON.parse(error?.newValues.current ?? "null")).toEqual(stored);
  });

  it("writes a repeated request once", async () => {
    const request = {
      requestId: randomUUID(),
      assessmentId: id,
      itemCode: "1.3",
      answer: { yes: true },
      previous: null,
    };
    const first = await saveAnswer(officer, request);
    const again = await saveAnswer(officer, request);

    expect(again).toEqual(first);
    expect((await sheetOf(id)).version).toBe(first.version);
  });

  it("takes an answer away again", async () => {
    await save(id, "1.3", { yes: true });
    await save(id, "1.3", null, { yes: true });

    expect((await sheetOf(id)).answers).toEqual({});
  });

  it("refuses what does not fit the item, and items the set does not have", async () => {
    expect(await codeOf(save(id, "1.3", { points: 4 }))).toBe("INVALID");
    expect(await codeOf(save(id, "1.1", { numerator: 3, denominator: 2 }))).toBe("INVALID");
    expect(await codeOf(save(id, "1.1", { notApplicable: true }))).toBe("INVALID");
    expect(await codeOf(save(id, "9.9", { yes: true }))).toBe("NOT_FOUND");
    expect(await codeOf(save(id, "__proto__", { yes: true }))).toBe("NOT_FOUND");
  });

  it("refuses once the sheet is submitted", async () => {
    await submit(id);

    expect(await codeOf(save(id, "1.3", { yes: true }))).toBe("WRONG_STATE");
  });

  it("does not exist for neighbours, leaders and reviewers", async () => {
    const others = await Promise.all([
      buildUser({ role: "COMMUNE_OFFICER", unitId: neighbour }),
      buildUser({ role: "COMMUNE_LEADER", unitId: commune }),
      buildUser({ role: "REVIEWER", unitId: province }),
      buildUser({ role: "PROVINCE_ADMIN", unitId: province }),
      buildUser({ role: "NATIONAL_LEADER", unitId: province }),
    ]);
    const household = await buildHousehold({ hamletId: hamlet });
    for (const other of others) {
      expect(await codeOf(save(id, "1.3", { yes: true }, null, other))).toBe("NOT_FOUND");
      expect(await codeOf(open(household, other))).toBe("NOT_FOUND");
    }
    expect((await sheetOf(id)).answers).toEqual({});
  });

  it("logs the item and its value in the commune's chain, without words of people", async () => {
    await save(id, "1.1", { notApplicable: true, reason: "Nhà bà Nguyễn Thị Thử không có trẻ" });
    const [entry] = await ownerSql<{ verb: string; detail: unknown; chain_id: number }>(
      "SELECT verb, detail, chain_id FROM action WHERE entity_id = $1 ORDER BY seq DESC LIMIT 1",
      [id],
    );

    expect(entry).toMatchObject({ verb: "assessment.score", chain_id: commune });
    expect(entry?.detail).toMatchObject({ item: "1.1", answer: { notApplicable: true, hasReason: true } });
    expect(JSON.stringify(entry?.detail)).not.toContain("Nguyễn");
    expect(await ownerSql("SELECT * FROM audit_broken()")).toEqual([]);
  });
});

describe("shares the system counts", () => {
  it("follow recognitions while the sheet is open and stand still once submitted", async () => {
    const household = await buildHousehold({ hamletId: hamlet });
    const adults = await Promise.all(
      [1, 2, 3].map(() => buildCitizen({ hamletId: hamlet, householdId: household })),
    );
    await buildCitizen({ hamletId: hamlet, householdId: household, birthYear: 2015 });
    const id = await open(household);
    expect((await sheetOf(id)).derived.values).toEqual({
      "household.adultCitizenShare": { numerator: 0, denominator: 3 },
    });

    await recognise(adults[0] ?? "", "CITIZEN");
    const open1 = await sheetOf(id);
    expect(open1.derived.values["household.adultCitizenShare"]).toEqual({ numerator: 1, denominator: 3 });
    expect(scoreSheet(open1).byItem.find((item) => item.code === "2.3")).toMatchObject({
      points: 4,
      edge: 20,
    });

    const columns = await withScope(officer, (tx) => scoreForSubmission(tx, [id]));
    expect(columns.get(id)?.derived).toEqual(open1.derived.values);
    await ownerSql("UPDATE assessment SET derived = $2 WHERE id = $1", [
      id,
      JSON.stringify(columns.get(id)?.derived),
    ]);
    await submit(id);
    await recognise(adults[1] ?? "", "CITIZEN");
    const closed = await sheetOf(id);

    expect(closed.isDerivedFrozen).toBe(true);
    expect(closed.derived.values["household.adultCitizenShare"]).toEqual({ numerator: 1, denominator: 3 });
  });

  it("are overruled only with a reason", async () => {
    const household = await buildHousehold({ hamletId: hamlet });
    await buildCitizen({ hamletId: hamlet, householdId: household });
    const id = await open(household);

    expect(await codeOf(save(id, "2.3", { numerator: 1, denominator: 2 }))).toBe("INVALID");
    const saved = await save(id, "2.3", {
      numerator: 1,
      denominator: 2,
      reason: "Một người mới về, chưa vào sổ",
    });
    expect(saved.total).toBeGreaterThan(0);
  });

  it("are not known for a household without members, so that the item is asked for", async () => {
    const id = await open(await buildHousehold({ hamletId: hamlet }));
    const sheet = await sheetOf(id);

    expect(sheet.derived.values).toEqual({});
    expect(scoreSheet(sheet).missing).toContain("2.3");
  });

  it("counts clans, hamlets and organisations, hamlets against the official total of families", async () => {
    const place = await buildUnit({ level: "HAMLET", parentId: commune, name: "Thôn 10" });
    const [clan, area, organisation] = await Promise.all(
      [
        ["CLAN", place],
        ["COMMUNITY", place],
        ["ORGANISATION", commune],
      ].map(async ([title, unitId]) => {
        const id = randomUUID();
        await ownerSql(
          "INSERT INTO subject (id, title, unit_id, name, active_from) VALUES ($1, $2, $3, 'Thử', '2020-01-01')",
          [id, title, unitId],
        );
        await ownerSql(
          "INSERT INTO subject_home (subject_id, unit_id, valid_from) VALUES ($1, $2, '2020-01-01')",
          [id, unitId],
        );
        return id;
      }),
    );
    await ownerSql("INSERT INTO clan (subject_id) VALUES ($1)", [clan]);
    await ownerSql("INSERT INTO community (subject_id, area_unit_id) VALUES ($1, $2)", [area, place]);
    await ownerSql("INSERT INTO organisation (subject_id, kind) VALUES ($1, 'SCHOOL')", [organisation]);
    const inClan = await buildHousehold({ hamletId: place, clanId: clan });
    await buildHousehold({ hamletId: place });
    const worker = await buildCitizen({
      hamletId: place,
      householdId: inClan,
      isWorker: true,
      organisationId: organisation,
    });
    await buildCitizen({ hamletId: place, householdId: inClan });
    await recognise(worker, "CITIZEN");
    await recognise(inClan, "FAMILY");
    await ownerSql(
      "INSERT INTO figure (unit_id, year, key, value, source) VALUES ($1, $2, 'family_total', 5, 'Thử')",
      [place, YEAR],
    );
    const on = new Date("2024-12-31");
    const [byClan, byArea, byOrganisation] = await withScope(officer, async (tx) => [
      await deriveMeasures(tx, { subjectIds: [clan ?? ""], title: "CLAN", year: YEAR, on }),
      await deriveMeasures(tx, { subjectIds: [area ?? ""], title: "COMMUNITY", year: YEAR, on }),
      await deriveMeasures(tx, { subjectIds: [organisation ?? ""], title: "ORGANISATION", year: YEAR, on }),
    ]);

    expect(byClan?.get(clan ?? "")?.values).toEqual({
      "clan.familyShare": { numerator: 1, denominator: 1 },
      "clan.adultCitizenShare": { numerator: 1, denominator: 2 },
    });
    expect(byArea?.get(area ?? "")).toEqual({
      values: {
        "hamlet.familyShare": { numerator: 1, denominator: 5 },
        "hamlet.clanShare": { numerator: 0, denominator: 1 },
        "hamlet.workerCitizenShare": { numerator: 1, denominator: 1 },
      },
      official: ["hamlet.familyShare"],
    });
    expect(byOrganisation?.get(organisation ?? "")?.values).toEqual({
      "organisation.memberCitizenShare": { numerator: 1, denominator: 1 },
    });
  });
});

describe("totals offered", () => {
  it("count a household's people by age; an empty group has a reason only where the members are known", async () => {
    const [empty, couple, young] = [
      await buildHousehold({ hamletId: hamlet }),
      await buildHousehold({ hamletId: hamlet }),
      await buildHousehold({ hamletId: hamlet }),
    ];
    const people: [string, number][] = [
      [couple, YEAR - 62],
      [couple, YEAR - 60],
      [young, YEAR - 18],
      [young, YEAR - 17],
      [young, YEAR - 6],
      [young, YEAR - 5],
    ];
    for (const [householdId, birthYear] of people)
      await buildCitizen({ hamletId: hamlet, householdId, birthYear });
    const countsOf = async (id: string) => {
      const counts = await withScope(officer, (tx) =>
        countRegister(tx, { id, title: "FAMILY", year: YEAR, on: new Date(`${YEAR}-12-01`) }),
      );

      return counts.map(({ group, count, reasonWhenNone }) => [group, count, reasonWhenNone !== null]);
    };

    expect(await countsOf(couple)).toEqual([
      ["adults", 2, true],
      ["literacy", 1, true],
      ["children", 0, true],
    ]);
    expect(await countsOf(young)).toEqual([
      ["adults", 1, true],
      ["literacy", 0, true],
      ["children", 2, true],
    ]);
    expect(await countsOf(empty)).toEqual([
      ["adults", 0, false],
      ["literacy", 0, false],
      ["children", 0, false],
    ]);
    await ownerSql("UPDATE household SET has_school_age_children = true WHERE subject_id = $1", [couple]);
    expect((await countsOf(couple))[2]).toEqual(["children", 0, false]);
  });
});

describe("the list of a title", () => {
  it("pages by hamlet and name, counts and finds the next one to score", async () => {
    const area = await buildUnit({ level: "COMMUNE", parentId: province });
    const clerk = await buildUser({ role: "COMMUNE_OFFICER", unitId: area });
    const [second, tenth] = [
      await buildUnit({ level: "HAMLET", parentId: area, name: "Thôn 2" }),
      await buildUnit({ level: "HAMLET", parentId: area, name: "Thôn 10" }),
    ];
    const names = Array.from(
      { length: 60 },
      (_, index) => `Hộ Thử ${String.fromCharCode(65 + (index % 26))}${index}`,
    );
    const ids: string[] = [];
    for (const name of names) ids.push(await buildHousehold({ hamletId: tenth, name }));
    const early = await buildHousehold({ hamletId: second, name: "Trần Văn Zét" });
    const done = await open(early, clerk);
    await ownerSql("UPDATE assessment SET is_complete = true, state = 'DRAFT', total = 90 WHERE id = $1", [
      done,
    ]);
    await open(ids[0] ?? "", clerk);

    await withScope(clerk, async (tx) => {
      const round = await findRoundAt(
        tx,
        { id: area, validFrom: new Date("2014-02-20"), validTo: null },
        "FAMILY",
        YEAR,
      );
      if (!round) throw new Error("no round");
      const scope = {
        unitId: area,
        title: "FAMILY" as const,
        year: YEAR,
        on: round.referenceDate,
        mapDay: round.mapDay,
      };
      const first = await listSubjects(tx, scope);
      const rest = await listSubjects(tx, scope, { after: first.nextAfter ?? undefined });

      expect(first.items[0]?.subjectId).toBe(early);
      expect([first.total, first.items.length, rest.items.length, rest.nextAfter]).toEqual([
        61,
        50,
        11,
        null,
      ]);
      expect(new Set([...first.items, ...rest.items].map((item) => item.subjectId)).size).toBe(61);
      expect((await listSubjects(tx, scope, { filter: "chua-dang-ky" })).total).toBe(59);
      expect((await listSubjects(tx, scope, { filter: "chua-cham" })).total, "registered − scored").toBe(1);
      expect(await countProgress(tx, scope)).toMatchObject({ subjects: 61, registered: 2, scored: 0 + 1 });
      expect((await findNextUnscored(tx, scope))?.unitName).toBe("Thôn 10");
      const last = rest.items.at(-1)?.subjectId;
      const wrapped = await findNextUnscored(tx, { ...scope, hamletId: tenth }, last);
      expect(wrapped?.subjectId).toBe(first.items[1]?.subjectId);
    });
  });
});

describe("laws", () => {
  it("whatever is saved in whatever order, the stored score is score() of the stored answers", async () => {
    const { criteriaSet } = await sheetOf(await open(await buildHousehold({ hamletId: hamlet })));
    const items = listItems(criteriaSet.definition);
    const count = fc.integer({ min: 0, max: 12 });
    const anyAnswer: fc.Arbitrary<Answer | null> = fc.oneof(
      fc.constant(null),
      fc.record({ yes: fc.boolean() }),
      fc.record({ numerator: count, denominator: count }),
      fc.record({ points: fc.integer({ min: 0, max: 12 }) }),
      fc.record({ notApplicable: fc.constant(true as const), reason: fc.constantFrom("", "Không có trẻ") }),
    );
    const steps = fc.array(fc.tuple(fc.constantFrom(...items), anyAnswer), { minLength: 1, maxLength: 14 });

    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const household = await buildHousehold({ hamletId: hamlet });
        const id = await open(household);
        const expected: Record<string, Answer> = {};
        for (const [item, answer] of taken) {
          const outcome = await codeOf(save(id, item.code, answer, expected[item.code] ?? null));
          const fits = answer === null || checkAnswer(item, answer).length === 0;
          expect(outcome).toBe(fits ? "OK" : "INVALID");
          if (!fits) continue;
          if (answer === null) delete expected[item.code];
          else expected[item.code] = answer;
        }
        const sheet = await sheetOf(id);
        expect(sheet.answers).toEqual(expected);
        if (sheet.stored.total !== null)
          expect(columnsThatDiffer(sheet.stored, scoreSheet(sheet))).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it("does not count a leaf again for a cell", async () => {
    const household = await buildHousehold({ hamletId: hamlet });
    for (let index = 0; index < 4; index++) await buildCitizen({ hamletId: hamlet, householdId: household });
    const id = await open(household);
    await save(id, "1.3", { yes: true });
    const counted = () =>
      ownerSql("SELECT xmin::text FROM unit_year WHERE unit_id = $1 ORDER BY year", [hamlet]);
    const before = await counted();
    const times: number[] = [];
    let previous: Answer = { yes: true };
    for (let index = 0; index < 60; index++) {
      const answer: Answer = { yes: index % 2 === 1 };
      const start = performance.now();
      await save(id, "1.3", answer, previous);
      times.push(performance.now() - start);
      previous = answer;
    }
    times.sort((a, b) => a - b);
    console.info(`saved cell: median ${times[30]?.toFixed(1)} ms, p95 ${times[57]?.toFixed(1)} ms`);

    expect(before.length).toBeGreaterThan(0);
    expect(await counted()).toEqual(before);
  });
});
