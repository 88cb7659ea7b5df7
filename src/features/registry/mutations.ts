import "server-only";
import { randomUUID } from "node:crypto";
import type { Actor } from "@/domain/access/access";
import type { TitleCode } from "@/domain/title/title";
import { findUnit } from "@/features/territory/data";
import { assertCan } from "@/features/user/guard";
import type { LogEntry, Tx } from "@/lib/db/scope";
import { mutate } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { kindOf, NEW_HAMLET } from "./constants";
import { leavesOf, openHamlets } from "./data";
import { today } from "./data/entry";
import { findLikelyDuplicates } from "./data/search";
import { writeIdentity } from "./mutations/identity";
import { journalCreated } from "./mutations/journal";
import { holdBackLists } from "./mutations/list-lock";
import type { Reference } from "./mutations/shared";
import { assertReferences } from "./mutations/shared";
import type { MemberInput, RegisterSubject } from "./schema";
import { dayText, defaultActiveFrom, hamletName, laterDay } from "./utils";

/** One subject to be written, with the detail row of its kind. */
type NewSubject = { id: string; title: TitleCode; name: string; unitId: number; activeFrom: string };

type Registered = { subjectId: string; memberCount: number; newHamletId: number | null };

/**
 * Enters one subject of any of the five kinds: subject, detail, home and log in one transaction. A household can bring its
 * members (each a citizen of the same hamlet) and a new hamlet (with its community) can be made on the way.
 *
 * The entry counts from `activeFrom`; without it from the day `defaultActiveFrom` gives; never from before its hamlet stood.
 * @throws AppError NOT_FOUND when the commune is not the actor's; DUPLICATE when likely duplicates were not confirmed;
 *   INVALID for references outside the commune and days in the future
 */
export async function registerSubject(
  actor: Actor,
  input: RegisterSubject,
  requestId: string,
): Promise<Registered> {
  return await mutate(actor, { requestId, verb: "subject.register" }, async (tx, log) => {
    const commune = await findUnit(tx, input.communeId);
    if (commune?.level !== "COMMUNE") throw new AppError({ code: "NOT_FOUND" });
    await assertCan(tx, actor, "registry.write", commune.id);
    await holdBackLists(tx, commune.id);

    const now = await today(tx);
    if (input.activeFrom !== undefined && input.activeFrom > now) {
      throw new AppError({ code: "INVALID", fields: { activeFrom: "Ngày không được ở tương lai." } });
    }
    const on = new Date(now);
    const leafIds = (await leavesOf(tx, commune.id, on)).map(({ id }) => id);
    await assertReferences(tx, leafIds, referencesOf(input));
    await assertNoDuplicates(tx, leafIds, input);

    const entries: LogEntry[] = [];
    const home = await placeOf(tx, { commune, input, on, now, entries });
    const subject: NewSubject = {
      id: randomUUID(),
      title: input.title,
      name: input.title === "COMMUNITY" ? hamletName(input.kind, input.name) : input.name,
      unitId: home.unitId,
      activeFrom: home.activeFrom,
    };
    const members =
      input.title === "FAMILY" ? input.members.map((member) => ({ ...member, id: randomUUID() })) : [];
    const citizens = members.map(({ id, name }) => ({ ...subject, id, name, title: "CITIZEN" as const }));

    await insertSubjects(tx, actor, [...home.communities, subject, ...citizens]);
    for (const community of home.communities) await insertCommunity(tx, community);
    await insertDetail(tx, subject, input);
    await insertCitizens(tx, { householdId: subject.id, members });
    // Homes last and in one statement: their trigger counts each leaf once, with the details in place.
    const made = [...home.communities, subject, ...citizens];
    await insertHomes(tx, made);
    const step = { requestId, actorId: actor.id, verb: "subject.register" };
    await journalCreated(
      tx,
      step,
      made.map(({ id }) => id),
    );

    entries.push(
      {
        type: "subject",
        id: subject.id,
        detail: { title: input.title, unitId: subject.unitId, activeFrom: subject.activeFrom },
      },
      ...citizens.map(({ id }) => ({
        type: "subject",
        id,
        detail: { title: "CITIZEN", unitId: subject.unitId, householdId: subject.id },
      })),
    );
    log(commune.id, ...entries);

    return { subjectId: subject.id, memberCount: members.length, newHamletId: home.newHamletId };
  });
}

function referencesOf(input: RegisterSubject): Reference[] {
  switch (input.title) {
    case "FAMILY":
      return [
        { field: "clanId", title: "CLAN", id: input.clanId },
        ...input.members.map(({ organisationId, row }) => ({
          field: `members.${row}.organisationId`,
          title: "ORGANISATION" as const,
          id: organisationId,
        })),
      ];
    case "CITIZEN":
      return [
        { field: "householdId", title: "FAMILY", id: input.householdId },
        { field: "organisationId", title: "ORGANISATION", id: input.organisationId },
      ];
    case "CLAN":
    case "ORGANISATION":
    case "COMMUNITY":
      return [];
  }
}

async function assertNoDuplicates(tx: Tx, leafIds: readonly number[], input: RegisterSubject): Promise<void> {
  if (input.confirmNew) return;

  const name = input.title === "COMMUNITY" ? hamletName(input.kind, input.name) : input.name;
  const birthYear =
    input.title === "CITIZEN" ? input.birthYear : input.title === "FAMILY" ? input.headBirthYear : null;
  const found = await findLikelyDuplicates(tx, {
    leafIds,
    title: input.title,
    candidates: [{ name, birthYear }],
  });
  const members =
    input.title === "FAMILY"
      ? await findLikelyDuplicates(tx, { leafIds, title: "CITIZEN", candidates: input.members })
      : [];
  const hamlets =
    "hamletId" in input && input.hamletId === NEW_HAMLET
      ? await findLikelyDuplicates(tx, {
          leafIds,
          title: "COMMUNITY",
          candidates: [{ name: hamletName(input.hamletKind, input.hamletName), birthYear: null }],
        })
      : [];

  const parts = [
    found.length > 0 && `${found.length} ${kindOf(input.title).nounVi} trùng tên`,
    members.length > 0 && `${members.length} công dân trùng họ tên và năm sinh với thành viên vừa nhập`,
    hamlets.length > 0 && `${hamlets.length} thôn trùng tên với thôn mới`,
  ].filter((part) => part !== false);
  if (parts.length === 0) return;

  // The sentences name no person: the form shows who they are to those who may see them.
  const fields: Record<string, string> = {
    confirmNew: `Trong xã đã có ${parts.join(", ")}. Nếu đây là mục khác, hãy đánh dấu “Vẫn ghi mới”.`,
  };
  for (const { at, unitName } of members) {
    const row = input.title === "FAMILY" ? input.members[at]?.row : undefined;
    fields[`members.${row}.name`] = `Trong sổ đã có người cùng họ tên, năm sinh (${unitName}).`;
  }
  throw new AppError({ code: "DUPLICATE", detail: "Có thể mục này đã ghi rồi.", fields });
}

type Commune = { id: number; validFrom: Date };
type Home = { unitId: number; activeFrom: string; communities: NewSubject[]; newHamletId: number | null };

/** Where the new entry stands and from when. A hamlet made here comes with its community. */
async function placeOf(
  tx: Tx,
  request: Readonly<{
    commune: Commune;
    input: RegisterSubject;
    on: Date;
    now: string;
    entries: LogEntry[];
  }>,
): Promise<Home> {
  const { commune, input, on, now, entries } = request;
  const startAt = (unitFrom: Date) =>
    input.activeFrom === undefined
      ? defaultActiveFrom({ year: input.year, today: now, unitFrom: dayText(unitFrom) })
      : laterDay(input.activeFrom, dayText(unitFrom));
  const standing = { communities: [], newHamletId: null };

  if (input.title === "ORGANISATION") {
    return { ...standing, unitId: commune.id, activeFrom: startAt(commune.validFrom) };
  }
  if (input.title === "COMMUNITY") {
    const activeFrom = startAt(commune.validFrom);
    const unitId = await createHamlet(tx, { commune, name: input.name, kind: input.kind, from: activeFrom });

    return { ...standing, unitId, activeFrom, newHamletId: unitId };
  }
  if (input.title === "CITIZEN" && input.householdId !== null) {
    const household = await lockHousehold(tx, input.householdId);

    return { ...standing, unitId: household.unitId, activeFrom: startAt(household.unitFrom) };
  }
  if (input.hamletId === NEW_HAMLET) {
    const activeFrom = startAt(commune.validFrom);
    const { hamletName: name, hamletKind: kind } = input;
    const unitId = await createHamlet(tx, { commune, name, kind, from: activeFrom });
    const community: NewSubject = {
      id: randomUUID(),
      title: "COMMUNITY",
      name: hamletName(kind, name),
      unitId,
      activeFrom,
    };
    entries.push({
      type: "subject",
      id: community.id,
      detail: { title: "COMMUNITY", unitId, activeFrom },
    });

    return { unitId, activeFrom, communities: [community], newHamletId: unitId };
  }

  const hamlets = await openHamlets(tx, commune.id, on);
  const hamlet = hamlets.find(({ id }) => id === input.hamletId);
  if (!hamlet) throw new AppError({ code: "INVALID", fields: { hamletId: "Hãy chọn một thôn của xã." } });

  return { ...standing, unitId: hamlet.id, activeFrom: startAt(hamlet.validFrom) };
}

async function lockHousehold(tx: Tx, id: string): Promise<{ unitId: number; unitFrom: Date }> {
  const [household] = await tx.$queryRaw<{ unitId: number; unitFrom: Date }[]>`
    SELECT s.unit_id AS "unitId", u.valid_from AS "unitFrom" FROM subject s JOIN unit u ON u.id = s.unit_id
     WHERE s.id = ${id}::uuid AND s.active_to IS NULL FOR UPDATE OF s`;
  if (!household) throw new AppError({ code: "NOT_FOUND" });

  return household;
}

async function createHamlet(
  tx: Tx,
  hamlet: Readonly<{ commune: Commune; name: string; kind: string; from: string }>,
): Promise<number> {
  const { commune, name, kind, from } = hamlet;
  const [row] = await tx.$queryRaw<{ id: number }[]>`
    SELECT hamlet_create(${commune.id}::int, ${hamletName(kind, name)}, ${kind}, ${from}::date) AS id`;
  if (!row) throw new AppError({ code: "NOT_FOUND" });

  return row.id;
}

async function insertSubjects(tx: Tx, actor: Actor, subjects: readonly NewSubject[]): Promise<void> {
  await tx.subject.createMany({
    data: subjects.map(({ id, title, name, unitId, activeFrom }) => ({
      id,
      title,
      name,
      unitId,
      activeFrom: new Date(activeFrom),
      createdBy: actor.id,
    })),
  });
}

async function insertHomes(tx: Tx, subjects: readonly NewSubject[]): Promise<void> {
  await tx.subjectHome.createMany({
    data: subjects.map(({ id, unitId, activeFrom }) => ({
      subjectId: id,
      unitId,
      validFrom: new Date(activeFrom),
    })),
  });
}

async function insertDetail(tx: Tx, subject: NewSubject, input: RegisterSubject): Promise<void> {
  const subjectId = subject.id;
  switch (input.title) {
    case "FAMILY": {
      const { headBirthYear, address, isAssociationMember, clanId, poverty, hasSchoolAgeChildren } = input;
      await tx.household.createMany({
        data: {
          subjectId,
          headBirthYear,
          address,
          isAssociationMember,
          clanId,
          poverty,
          hasSchoolAgeChildren,
        },
      });
      return;
    }
    case "CITIZEN":
      await insertCitizens(tx, {
        householdId: input.householdId,
        members: [{ ...input, id: subjectId }],
      });
      if (input.identityNumber !== "") await writeIdentity(tx, { subjectId, number: input.identityNumber });
      return;
    case "CLAN":
      await tx.clan.createMany({
        data: { subjectId, headName: input.headName, isPromotion: input.isPromotion },
      });
      return;
    case "ORGANISATION":
      await tx.organisation.createMany({ data: { subjectId, kind: input.kind, level: input.level } });
      return;
    case "COMMUNITY":
      return await insertCommunity(tx, subject);
  }
}

async function insertCommunity(tx: Tx, community: NewSubject): Promise<void> {
  await tx.community.createMany({ data: { subjectId: community.id, areaUnitId: community.unitId } });
}

async function insertCitizens(
  tx: Tx,
  household: Readonly<{
    householdId: string | null;
    members: readonly (Omit<MemberInput, "row"> & { id: string })[];
  }>,
): Promise<void> {
  const { householdId, members } = household;
  if (members.length === 0) return;

  await tx.citizen.createMany({
    data: members.map(({ id, birthYear, sex, variant, isWorker, organisationId, digitalSkill }) => ({
      subjectId: id,
      householdId,
      birthYear,
      sex,
      variant,
      isWorker,
      organisationId,
      digitalSkill,
    })),
  });
}
