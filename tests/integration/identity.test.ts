import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  findByIdentity,
  findIdentity,
  findIdentityMask,
  identityHashes,
  sealIdentities,
} from "@/features/registry/data/identity";
import { RecordIdentity } from "@/features/registry/identity";
import { registerSubject } from "@/features/registry/mutations";
import { recordIdentity, removeIdentity, showIdentity } from "@/features/registry/mutations/identity";
import { closeSubject } from "@/features/registry/mutations/leave";
import { undoSubjectStep } from "@/features/registry/mutations/undo";
import { RegisterSubject } from "@/features/registry/schema";
import type { SessionActor } from "@/features/user/data";
import { withScope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { appSql, buildCitizen, buildReference, buildUnit, buildUser, ownerSql } from "../setup/builders";
import { codeOf } from "../setup/refusal";

let commune: number;
let hamlet: number;
let otherHamlet: number;
let officer: SessionActor;
let neighbour: SessionActor;
let leader: SessionActor;

beforeAll(buildReference);

// A world of its own for each test: the log cannot be emptied.
beforeEach(async () => {
  await ownerSql("DELETE FROM identity_number");
  const province = await buildUnit({ level: "PROVINCE" });
  commune = await buildUnit({ level: "COMMUNE", parentId: province });
  hamlet = await buildUnit({ level: "HAMLET", parentId: commune });
  const other = await buildUnit({ level: "COMMUNE", parentId: province });
  otherHamlet = await buildUnit({ level: "HAMLET", parentId: other });
  officer = await buildUser({ role: "COMMUNE_OFFICER", unitId: commune });
  leader = await buildUser({ role: "COMMUNE_LEADER", unitId: commune });
  neighbour = await buildUser({ role: "COMMUNE_OFFICER", unitId: other });
});

const NUMBER = "000000000101";

const record = (
  subjectId: string,
  typed: string,
  { actor = officer, version = 0, requestId = randomUUID() } = {},
) =>
  recordIdentity(
    actor,
    RecordIdentity.parse({ subjectId, identityVersion: String(version), identityNumber: typed }),
    requestId,
  );
const show = (subjectId: string, actor = officer, requestId = randomUUID()) =>
  showIdentity(actor, { subjectId }, requestId);
const refusalOf = async (work: Promise<unknown>): Promise<AppError> => {
  const error = await work.then(
    () => new Error("not refused"),
    (reason: unknown) => reason,
  );
  if (error instanceof AppError) return error;
  throw error;
};
const isCurrent = async (id: string) =>
  (
    await ownerSql<{ is_current: boolean }>("SELECT is_current FROM identity_number WHERE subject_id = $1", [
      id,
    ])
  )[0]?.is_current;
const verbs = async () =>
  (
    await ownerSql<{ verb: string }>("SELECT verb FROM action WHERE chain_id = $1 ORDER BY seq", [commune])
  ).map(({ verb }) => verb);

describe("a citizen's number", () => {
  it("comes with a new citizen, is masked, found by hash, and shown in full with a line in the log", async () => {
    const { subjectId } = await registerSubject(
      officer,
      RegisterSubject.parse({
        title: "CITIZEN",
        communeId: commune,
        year: 2026,
        name: "Người Có Số",
        hamletId: hamlet,
        birthYear: "1980",
        sex: "FEMALE",
        variant: "FARMER",
        identityNumber: "0000 0000 0101",
      }),
      randomUUID(),
    );

    await withScope(officer, async (tx) => {
      expect(await findIdentityMask(tx, subjectId)).toEqual({ mask: "•••• •••• 0101", version: 1 });
      expect(await findByIdentity(tx, "000000000101")).toMatchObject({ id: subjectId, name: "Người Có Số" });
      expect(await findByIdentity(tx, "000.000.000.101")).toMatchObject({ id: subjectId });
      expect(await findByIdentity(tx, "000000000102")).toBeUndefined();
      expect(await findByIdentity(tx, "Người Có Số")).toBeUndefined();
    });
    expect(await show(subjectId)).toEqual({ subjectId, number: NUMBER });
    expect(await verbs()).toEqual(["subject.register", "identity.show"]);
  });

  it("is put right and taken out, each with a line in the log; the same number again is no step", async () => {
    const id = await buildCitizen({ hamletId: hamlet });
    await record(id, NUMBER);
    await record(id, NUMBER, { version: 1 });
    await record(id, "000000102", { version: 1 });
    expect(await withScope(officer, (tx) => findIdentity(tx, id))).toEqual({
      number: "000000102",
      version: 2,
    });
    expect(await codeOf(record(id, "000000000103", { version: 1 }))).toBe("CONFLICT");
    await removeIdentity(officer, { subjectId: id, identityVersion: 2 }, randomUUID());

    expect(await withScope(officer, (tx) => findIdentityMask(tx, id))).toEqual({ mask: null, version: 0 });
    expect(await codeOf(show(id))).toBe("NOT_FOUND");
    expect(await verbs()).toEqual(["identity.record", "identity.record", "identity.remove"]);
  });

  it("belongs to one person who is followed: the holder is named to who may see the entry, to nobody else", async () => {
    const [own, second, foreign] = [
      await buildCitizen({ hamletId: hamlet }),
      await buildCitizen({ hamletId: hamlet }),
      await buildCitizen({ hamletId: otherHamlet }),
    ];
    await record(own, NUMBER);

    const near = await refusalOf(record(second, NUMBER));
    expect(near.code).toBe("IDENTITY_TAKEN");
    expect(near.newValues.identityHolderId).toBe(own);
    expect(near.newValues.identityHolderName).toContain("Người Thử");

    const far = await refusalOf(record(foreign, NUMBER, { actor: neighbour }));
    expect(far.code).toBe("IDENTITY_TAKEN");
    expect(far.newValues).toEqual({});
    const said = JSON.stringify([far.text, far.fields, near.text, near.fields]);
    expect(said).not.toContain(own);
    expect(said).not.toContain("Người Thử");
    expect(said).not.toContain(NUMBER);
  });

  it("is given once when two officers record it at the same moment", async () => {
    for (let round = 0; round < 5; round++) {
      const number = `00000000020${round}`;
      const [one, two] = [
        await buildCitizen({ hamletId: hamlet }),
        await buildCitizen({ hamletId: otherHamlet }),
      ];
      const codes = await Promise.all([
        codeOf(record(one, number)),
        codeOf(record(two, number, { actor: neighbour })),
      ]);
      expect(codes.sort()).toEqual(["IDENTITY_TAKEN", "OK"]);
    }
  });

  it("is free again when its holder leaves the register, and comes back only while it is free", async () => {
    const [first, second] = [
      await buildCitizen({ hamletId: hamlet }),
      await buildCitizen({ hamletId: hamlet }),
    ];
    await record(first, NUMBER);
    const stepId = randomUUID();
    await closeSubject(
      officer,
      { subjectId: first, version: 2, reason: "DIED", closedOn: "2026-01-05", withMembers: false },
      stepId,
    );
    expect(await isCurrent(first)).toBe(false);
    expect(await codeOf(record(first, "000000000109", { version: 1 }))).toBe("WRONG_STATE");

    await record(second, NUMBER);
    expect(await codeOf(undoSubjectStep(officer, { stepId }, randomUUID()))).toBe("IDENTITY_TAKEN");
    expect(await isCurrent(first)).toBe(false);
    await removeIdentity(officer, { subjectId: second, identityVersion: 1 }, randomUUID());
    expect(await codeOf(undoSubjectStep(officer, { stepId }, randomUUID()))).toBe("OK");
    expect(await isCurrent(first)).toBe(true);
  });

  it("is written set-wise by what the import seals", async () => {
    const ids = await Promise.all(Array.from({ length: 3 }, () => buildCitizen({ hamletId: hamlet })));
    const rows = sealIdentities(ids.map((id, at) => ({ id, number: `00000000030${at}` })));
    for (const { id, hash, cipher } of rows) {
      await ownerSql("INSERT INTO identity_number (subject_id, hash, cipher) VALUES ($1, $2, $3)", [
        id,
        Buffer.from(hash),
        Buffer.from(cipher),
      ]);
    }
    expect(identityHashes(["000000000302"])[0]).toEqual(rows[2]?.hash);
    expect(rows[0]).not.toHaveProperty("number");
    expect(await withScope(officer, (tx) => findByIdentity(tx, "000000000301"))).toMatchObject({
      id: ids[1],
    });
  });
});

describe("the walls around a number", () => {
  it("refuses neighbours, leaders and strangers at the first wall, and shows no sealed row at the second", async () => {
    const id = await buildCitizen({ hamletId: hamlet });
    await record(id, NUMBER);
    for (const actor of [neighbour, leader]) {
      expect(await codeOf(show(id, actor))).toBe("NOT_FOUND");
      expect(await codeOf(record(id, "000000000111", { actor, version: 1 }))).toBe("NOT_FOUND");
      expect(await codeOf(removeIdentity(actor, { subjectId: id, identityVersion: 1 }, randomUUID()))).toBe(
        "NOT_FOUND",
      );
      expect(await withScope(actor, (tx) => findByIdentity(tx, NUMBER))).toBeUndefined();
      expect(await appSql(actor.id, "SELECT * FROM identity_number")).toEqual([]);
      expect(
        await appSql(actor.id, "UPDATE identity_number SET version = 9 WHERE subject_id = $1 RETURNING 1", [
          id,
        ]),
      ).toEqual([]);
      expect(
        await appSql(actor.id, "DELETE FROM identity_number WHERE subject_id = $1 RETURNING 1", [id]),
      ).toEqual([]);
    }
    expect(await appSql(officer.id, "SELECT subject_id FROM identity_number")).toEqual([{ subject_id: id }]);
    expect(await verbs()).toEqual(["identity.record"]);
  });

  it("lets nobody write a number beside the register, nor say that it is current", async () => {
    const [own, foreign] = [
      await buildCitizen({ hamletId: hamlet }),
      await buildCitizen({ hamletId: otherHamlet }),
    ];
    const insert = "INSERT INTO identity_number (subject_id, hash, cipher) VALUES ($1, $2, $3)";
    const bytes = [Buffer.alloc(32, 7), Buffer.alloc(44, 7)];
    await expect(appSql(officer.id, insert, [foreign, ...bytes])).rejects.toMatchObject({ code: "42501" });
    await expect(appSql(leader.id, insert, [own, ...bytes])).rejects.toMatchObject({ code: "42501" });
    await record(own, NUMBER);
    await expect(
      appSql(officer.id, "UPDATE identity_number SET is_current = false WHERE subject_id = $1", [own]),
    ).rejects.toMatchObject({ code: "42501" });
  });

  it("gives a request repeated for somebody else the first answer, not the other's number", async () => {
    const [one, two] = [await buildCitizen({ hamletId: hamlet }), await buildCitizen({ hamletId: hamlet })];
    await record(one, NUMBER);
    await record(two, "000000000121");
    const requestId = randomUUID();
    expect(await show(one, officer, requestId)).toEqual({ subjectId: one, number: NUMBER });
    expect(await show(two, officer, requestId)).toEqual({ subjectId: one, number: NUMBER });
  });
});

it("a dump of the whole database holds no number in the clear", async () => {
  const id = await buildCitizen({ hamletId: hamlet });
  const requestId = randomUUID();
  await record(id, "000987650123", { requestId });
  await record(id, "000987650124", { version: 1 });
  await show(id);
  await registerSubject(
    officer,
    RegisterSubject.parse({
      title: "CITIZEN",
      communeId: commune,
      year: 2026,
      name: "Người Trong Bản Sao",
      hamletId: hamlet,
      birthYear: "1981",
      sex: "MALE",
      variant: "WORKER",
      identityNumber: "000987650125",
    }),
    randomUUID(),
  );
  await codeOf(record(id, "000987650125", { version: 2 }));

  const { rows, text } = await wholeDatabase();
  expect(rows).toBeGreaterThan(100);
  expect(text).toContain("Người Trong Bản Sao");
  for (const form of [
    "00098765012",
    Buffer.from("00098765012").toString("hex"),
    Buffer.from("000987650").toString("base64"),
  ]) {
    expect(text.includes(form), form).toBe(false);
  }
});

/** Every row of every table as the text of a dump. */
async function wholeDatabase(): Promise<{ rows: number; text: string }> {
  const tables = await ownerSql<{ name: string }>(
    "SELECT quote_ident(relname) AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
  );
  const parts: string[] = [];
  for (const { name } of tables) {
    const rows = await ownerSql<{ line: string }>(`SELECT t::text AS line FROM ${name} t`);
    parts.push(...rows.map(({ line }) => line));
  }

  return { rows: parts.length, text: parts.join("\n") };
}
