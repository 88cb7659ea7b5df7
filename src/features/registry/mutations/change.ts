import "server-only";
import type { Actor } from "@/domain/access/access";
import type { Prisma } from "@/generated/prisma/client";
import type { Tx } from "@/lib/db/scope";
import { mutate } from "@/lib/db/scope";
import type { Conflict } from "@/lib/errors/app-error";
import { AppError } from "@/lib/errors/app-error";
import { leavesOf } from "../data";
import { communeOf } from "../data/commune";
import type { Entry } from "../data/entry";
import { findEntry, today } from "../data/entry";
import { changesSince } from "../data/history";
import type { FactValues } from "../facts";
import { factsOf, formValuesOf, valuesOf } from "../facts";
import type { ChangedFact } from "../images";
import type { UpdateSubject } from "../schema";
import { hamletName } from "../utils";
import { imageOf, journal } from "./journal";
import type { LockedSubject, Reference } from "./shared";
import { assertOpen, assertReferences, lockSubject } from "./shared";

/** Facts about persons and places of persons: the log says that they changed, never what they were. */
const PRIVATE_FIELDS = new Set([
  "name",
  "headName",
  "address",
  "birthYear",
  "headBirthYear",
  "sex",
  "clanId",
  "householdId",
  "poverty",
  "organisationId",
  "digitalSkill",
]);

/**
 * Changes the facts of an entry.
 * @throws AppError NOT_FOUND for what the actor may not write; CONFLICT with both values (and the new version in `newValues`)
 *   when the entry changed since it was read; WRONG_STATE when it is no longer followed; INVALID for references
 */
export async function updateSubject(
  actor: Actor,
  input: UpdateSubject,
  requestId: string,
): Promise<{ subjectId: string; version: number }> {
  return await mutate(actor, { requestId, verb: "subject.update" }, async (tx, log) => {
    const subject = await lockSubject(tx, actor, input.subjectId);
    const before = await findEntry(tx, subject.id);
    if (!before || subject.title !== input.title) throw new AppError({ code: "NOT_FOUND" });
    assertOpen(subject);

    const on = new Date(await today(tx));
    const commune = await communeOf(tx, subject.unitId, on);
    const leaves = await leavesOf(tx, commune.id, on);
    const leafIds = leaves.map(({ id }) => id);
    const stored = valuesOf(before);
    const names = await assertReferences(tx, leafIds, changedReferences(input, before));
    const typed = typedValues(input, names, before);
    if (subject.version !== input.version) {
      const identity = (await changesSince(tx, { ...subject, version: input.version })).filter(
        ({ isSaid }) => isSaid,
      );
      throw conflictOf(before, typed, stored, identity);
    }
    if (input.title === "CITIZEN") await assertSameHamlet(tx, subject, input.householdId);

    const name = input.title === "COMMUNITY" ? hamletName(input.kind, input.name) : input.name;
    const step = { requestId, actorId: actor.id, verb: "subject.update" };
    const version = await journal(tx, step, [subject.id], async () => {
      const image = await imageOf(tx, subject.id);
      await writeFacts(tx, subject, input);
      await tx.subject.update({
        where: { id: subject.id },
        data: { name, updatedAt: new Date() },
        select: { id: true },
      });
      if ((await imageOf(tx, subject.id)) === image) return subject.version;
      const written = await tx.subject.update({
        where: { id: subject.id },
        data: { version: { increment: 1 } },
        select: { version: true },
      });

      return written.version;
    });
    log(commune.id, {
      type: "subject",
      id: subject.id,
      detail: { changed: changesOf(input.title, stored, typed) },
    });

    return { subjectId: subject.id, version };
  });
}

function changedReferences(input: UpdateSubject, before: Entry): Reference[] {
  // A reference that stays may point at an entry that was closed since.
  const { household, citizen } = before;
  const references: (Reference & { before: string | undefined })[] =
    input.title === "FAMILY"
      ? [{ field: "clanId", title: "CLAN", id: input.clanId, before: household?.clan?.id }]
      : input.title === "CITIZEN"
        ? [
            {
              field: "householdId",
              title: "FAMILY",
              id: input.householdId,
              before: citizen?.household?.id,
            },
            {
              field: "organisationId",
              title: "ORGANISATION",
              id: input.organisationId,
              before: citizen?.organisation?.id,
            },
          ]
        : [];

  return references.filter((reference) => reference.id !== reference.before);
}

function typedValues(input: UpdateSubject, names: ReadonlyMap<string, string>, before: Entry): FactValues {
  const nameOf = (id: string | null, known: { id: string; name: string } | null | undefined) =>
    id === null ? undefined : (names.get(id) ?? known?.name);
  const { household, citizen } = before;
  if (input.title === "FAMILY") return { ...input, clanId: nameOf(input.clanId, household?.clan) };
  if (input.title === "COMMUNITY") return { ...input, name: hamletName(input.kind, input.name) };
  if (input.title !== "CITIZEN") return input;

  return {
    ...input,
    householdId: nameOf(input.householdId, citizen?.household),
    organisationId: nameOf(input.organisationId, citizen?.organisation),
  };
}

function conflictOf(
  before: Entry,
  typed: FactValues,
  stored: FactValues,
  said: readonly ChangedFact[],
): AppError {
  const theirs = factsOf(before.title, stored);
  const values = formValuesOf(before);
  const conflict: Conflict[] = factsOf(before.title, typed).flatMap(({ field, label, text }, at) => {
    const other = theirs[at]?.text ?? "";

    return text === other
      ? []
      : [{ label, yours: text, theirs: other, take: takeOf(field, values[field], before) }];
  });

  const elsewhere = said.map(({ label, to }) => `${label} ${to}`).join(", ");

  return new AppError({
    code: "CONFLICT",
    conflict,
    newValues: { version: String(before.version) },
    ...(conflict.length === 0
      ? {
          detail: elsewhere
            ? `Mục này vừa được sửa ở nơi khác (${elsewhere}); thông tin ở trang này không đổi. Bấm lưu lần nữa nếu vẫn muốn ghi.`
            : "Mục này vừa được sửa ở nơi khác, nay giống như anh/chị nhập. Bấm lưu lần nữa nếu vẫn muốn ghi.",
        }
      : {}),
  });
}

/** The form values that put a stored fact into its field; a household comes with the words its field shows. */
function takeOf(
  field: string,
  value: string | boolean | null | undefined,
  { citizen, unit }: Entry,
): Record<string, string> {
  const text = value === true ? "on" : value === false ? "" : (value ?? "");
  if (field !== "householdId") return { [field]: text };

  return { [field]: text, householdName: citizen?.household?.name ?? "", householdUnitName: unit.name };
}

async function assertSameHamlet(tx: Tx, subject: LockedSubject, householdId: string | null): Promise<void> {
  if (householdId === null) return;
  const household = await tx.subject.findUnique({ where: { id: householdId }, select: { unitId: true } });
  if (household && household.unitId !== subject.unitId) {
    throw new AppError({
      code: "INVALID",
      fields: { householdId: "Hộ này ở thôn khác. Hãy chuyển thôn cho công dân trước." },
    });
  }
}

async function writeFacts(tx: Tx, subject: LockedSubject, input: UpdateSubject): Promise<void> {
  const where = { subjectId: subject.id };
  switch (input.title) {
    case "FAMILY": {
      const { headBirthYear, address, isAssociationMember, clanId, poverty, hasSchoolAgeChildren } = input;
      await tx.household.updateMany({
        where,
        data: { headBirthYear, address, isAssociationMember, clanId, poverty, hasSchoolAgeChildren },
      });
      return;
    }
    case "CITIZEN": {
      const { birthYear, sex, variant, isWorker, organisationId, digitalSkill, householdId } = input;
      await tx.citizen.updateMany({
        where,
        data: { birthYear, sex, variant, isWorker, organisationId, digitalSkill, householdId },
      });
      return;
    }
    case "CLAN":
      await tx.clan.updateMany({
        where,
        data: { headName: input.headName, isPromotion: input.isPromotion },
      });
      return;
    case "ORGANISATION":
      await tx.organisation.updateMany({ where, data: { kind: input.kind, level: input.level } });
      return;
    case "COMMUNITY":
      await tx.$queryRaw`
        SELECT hamlet_correct(${subject.unitId}::int, ${hamletName(input.kind, input.name)}, ${input.kind})::text`;
  }
}

function changesOf(
  title: LockedSubject["title"],
  stored: FactValues,
  typed: FactValues,
): Prisma.InputJsonArray {
  const after = factsOf(title, typed);

  return factsOf(title, stored).flatMap(({ field, text }, at) => {
    const next = after[at]?.text ?? "";
    if (next === text) return [];

    return [PRIVATE_FIELDS.has(field) ? { field } : { field, from: text, to: next }];
  });
}
