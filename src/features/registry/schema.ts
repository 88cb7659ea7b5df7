import { z } from "zod";
import { CITIZEN_VARIANTS, TitleCode } from "@/domain/title/title";
import { parseDate, yearOf } from "@/lib/format/date";
import { cleanText } from "@/lib/text/name";
import { BULK_JOBS } from "./bulk";
import {
  CLOSE_REASONS,
  DIGITAL_SKILLS,
  HAMLET_KINDS,
  NEW_HAMLET,
  ORGANISATION_KINDS,
  ORGANISATION_LEVELS,
  POVERTY_LEVELS,
  SEXES,
} from "./constants";
import { identityNumber } from "./identity";

const name = (missing: string) =>
  z
    .string({ error: missing })
    .transform(cleanText)
    .pipe(z.string().min(2, missing).max(200, "Tên dài tối đa 200 chữ."));

/** Letters of any spelling (with marks), spaces, hyphen, full stop and the apostrophes of H'Hen, Y’Bih. */
const PERSON_NAME = /^(?=.*\p{L})[\p{L}\p{M} .\-'’ʼ]+$/u;

const personName = z
  .string()
  .max(200, "Họ và tên dài tối đa 200 chữ.")
  .regex(PERSON_NAME, "Họ và tên chỉ gồm chữ cái, dấu cách, dấu nháy, gạch nối và dấu chấm.");

const person = (missing: string) =>
  z
    .string({ error: missing })
    .transform(cleanText)
    .pipe(z.string().min(2, { error: missing, abort: true }).pipe(personName));

const optionalPerson = z
  .string()
  .optional()
  .transform((text) => cleanText(text ?? ""))
  .pipe(z.literal("").or(personName));

const optionalText = (max: number) =>
  z
    .string()
    .optional()
    .transform((text) => cleanText(text ?? ""))
    .pipe(z.string().max(max, `Dài quá ${max} chữ.`));

/** A checkbox: "on" when ticked, absent when not. */
const flag = z
  .union([z.boolean(), z.string()])
  .optional()
  .transform((value) => value === true || value === "on");

const optionalId = z
  .union([z.literal(""), z.uuid(), z.null()], { error: "Hãy chọn trong danh sách hoặc để trống." })
  .optional()
  .transform((value) => value || null);

const unitId = z.coerce
  .number({ error: "Hãy chọn thôn." })
  .int("Hãy chọn thôn.")
  .positive("Hãy chọn thôn.")
  .max(2_147_483_647, "Hãy chọn thôn.");

const birthYear = z
  .union([z.string(), z.number()], { error: "Hãy nhập năm sinh." })
  .transform((value) => (String(value).trim() === "" ? Number.NaN : Number(value)))
  .superRefine((value, context) => {
    const last = yearOf(new Date());
    if (Number.isNaN(value)) context.addIssue({ code: "custom", message: "Hãy nhập năm sinh, bốn chữ số." });
    else if (!Number.isInteger(value) || value < 1890 || value > last) {
      context.addIssue({ code: "custom", message: `Năm sinh từ 1890 đến ${last}.` });
    }
  });

const optionalBirthYear = z
  .union([z.string(), z.number(), z.null()])
  .optional()
  .transform((value) => (String(value ?? "").trim() === "" ? null : value))
  .pipe(birthYear.nullable());

/** A day typed by a person: `dd/MM/yyyy` or `yyyy-MM-dd`. */
const day = (missing: string) =>
  z.string({ error: missing }).transform((text, context) => {
    const date = parseDate(text);
    if (date === null || date < "1900-01-01") {
      context.addIssue({
        code: "custom",
        message: text.trim() === "" ? missing : "Ngày không đúng. Hãy nhập ngày/tháng/năm.",
      });

      return z.NEVER;
    }

    return date;
  });

const optionalDay = z
  .string()
  .optional()
  .transform((text) => text?.trim() || undefined)
  .pipe(day("Hãy nhập ngày.").optional());

const NAMES = {
  FAMILY: person("Hãy nhập họ và tên chủ hộ."),
  CITIZEN: person("Hãy nhập họ và tên."),
  CLAN: name("Hãy nhập tên dòng họ."),
  ORGANISATION: name("Hãy nhập tên đơn vị."),
  COMMUNITY: name("Hãy nhập tên thôn, tổ dân phố."),
};

const householdFacts = {
  headBirthYear: optionalBirthYear,
  address: optionalText(300),
  isAssociationMember: flag,
  clanId: optionalId,
  poverty: z.enum(POVERTY_LEVELS, { error: "Hãy chọn diện của hộ." }).default("NONE"),
  hasSchoolAgeChildren: flag,
};

const citizenFacts = {
  birthYear,
  sex: z.enum(SEXES, { error: "Hãy chọn giới tính." }),
  variant: z.enum(CITIZEN_VARIANTS, { error: "Hãy chọn nghề nghiệp." }),
  isWorker: flag,
  organisationId: optionalId,
  digitalSkill: z.enum(DIGITAL_SKILLS, { error: "Hãy chọn mức kỹ năng số." }).default("NONE"),
};

const clanFacts = {
  headName: optionalPerson,
  isPromotion: flag,
};

const organisationFacts = {
  kind: z.enum(ORGANISATION_KINDS, { error: "Hãy chọn loại đơn vị." }),
  level: z.enum(ORGANISATION_LEVELS, { error: "Hãy chọn cấp quản lý." }).default("COMMUNE"),
};

const communityFacts = {
  kind: z.enum(HAMLET_KINDS, { error: "Hãy chọn loại." }),
};

// The order of the keys is the order of the fields on the form, and so of the sentences in the error summary.

/** Where a new entry goes: a hamlet of the commune, or one that is made on the way. */
const place = {
  hamletId: z.union([z.literal(NEW_HAMLET), unitId], { error: "Hãy chọn thôn." }),
  hamletName: optionalText(200),
  hamletKind: z.enum(HAMLET_KINDS).default("Thôn"),
};

const common = {
  communeId: unitId,
  /** the year being worked on: decides from which day the entry counts when `activeFrom` is absent */
  year: z.coerce.number().int().min(2014).max(2100),
  activeFrom: optionalDay,
  /** "vẫn ghi mới": likely duplicates have been looked at */
  confirmNew: flag,
};

const Member = z.object({ name: NAMES.CITIZEN, ...citizenFacts });
/** A member as typed in a row of the household's form. */
export type MemberInput = z.infer<typeof Member> & { row: number };

const registerOptions = [
  z.object({
    title: z.literal("FAMILY"),
    ...common,
    name: NAMES.FAMILY,
    ...place,
    ...householdFacts,
    members: z
      .array(Member.optional())
      .max(60, "Mỗi lần ghi nhiều nhất 60 thành viên.")
      .default([])
      .transform((members): MemberInput[] =>
        members.flatMap((member, row) => (member === undefined ? [] : [{ ...member, row }])),
      ),
  }),
  z.object({
    title: z.literal("CITIZEN"),
    ...common,
    name: NAMES.CITIZEN,
    householdId: optionalId,
    ...place,
    hamletId: place.hamletId.optional(),
    ...citizenFacts,
    identityNumber: identityNumber(),
  }),
  z.object({ title: z.literal("CLAN"), ...common, name: NAMES.CLAN, ...place, ...clanFacts }),
  z.object({ title: z.literal("ORGANISATION"), ...common, name: NAMES.ORGANISATION, ...organisationFacts }),
  z.object({ title: z.literal("COMMUNITY"), ...common, name: NAMES.COMMUNITY, ...communityFacts }),
] as const;

/**
 * A new entry of any of the five kinds, by `title`. Names come out in NFC with single spaces. A citizen stands where its
 * household stands, or, without one, in the hamlet chosen; an organisation in the commune; a community is its own hamlet.
 */
export const RegisterSubject = z
  .preprocess(withMembers, z.discriminatedUnion("title", registerOptions))
  .superRefine((input, context) => {
    if ("hamletId" in input && input.hamletId === NEW_HAMLET && (input.hamletName ?? "").length < 1) {
      context.addIssue({ code: "custom", path: ["hamletName"], message: "Hãy nhập tên thôn mới." });
    }
    if (input.title === "CITIZEN" && input.hamletId === undefined && input.householdId === null) {
      context.addIssue({ code: "custom", path: ["hamletId"], message: "Hãy chọn thôn." });
    }
  });
export type RegisterSubject = z.infer<typeof RegisterSubject>;

const edited = { subjectId: z.uuid(), version: z.coerce.number().int().positive() };

/** Changed facts of an entry, with the version they were read at. Where it stands and whether it is followed are other steps. */
export const UpdateSubject = z.discriminatedUnion("title", [
  z.object({ title: z.literal("FAMILY"), ...edited, name: NAMES.FAMILY, ...householdFacts }),
  z.object({
    title: z.literal("CITIZEN"),
    ...edited,
    name: NAMES.CITIZEN,
    ...citizenFacts,
    householdId: optionalId,
  }),
  z.object({ title: z.literal("CLAN"), ...edited, name: NAMES.CLAN, ...clanFacts }),
  z.object({ title: z.literal("ORGANISATION"), ...edited, name: NAMES.ORGANISATION, ...organisationFacts }),
  z.object({ title: z.literal("COMMUNITY"), ...edited, name: NAMES.COMMUNITY, ...communityFacts }),
]);
export type UpdateSubject = z.infer<typeof UpdateSubject>;

export const MoveSubject = z.object({
  ...edited,
  hamletId: unitId,
  movedOn: day("Hãy nhập ngày chuyển."),
});
export type MoveSubject = z.infer<typeof MoveSubject>;

export const CloseSubject = z.object({
  ...edited,
  reason: z.enum(CLOSE_REASONS, { error: "Hãy chọn lý do." }),
  closedOn: day("Hãy nhập ngày."),
  /** a household's members leave the register with it */
  withMembers: flag,
});
export type CloseSubject = z.infer<typeof CloseSubject>;

/** A closed entry is followed again from a day on, in a hamlet; what is no household, clan or citizen stands where it stood. */
export const ReopenSubject = z.object({
  ...edited,
  hamletId: unitId.optional(),
  reopenedOn: day("Hãy nhập ngày theo dõi lại."),
  /** those who left the register with their household come back with it */
  withMembers: flag,
});
export type ReopenSubject = z.infer<typeof ReopenSubject>;

/** Which of two entries a fact is taken from. */
const side = z.enum(["keep", "drop"]).default("keep");

/** Two entries that are the same: one goes on with the facts chosen, the other closes. `take.<field>` says from which. */
export const MergeSubjects = z.preprocess(
  (values) => {
    if (typeof values !== "object" || values === null || "take" in values) return values;
    const take = Object.entries(values).flatMap(([key, value]) =>
      key.startsWith("take.") ? [[key.slice(5), value]] : [],
    );

    return { ...values, take: Object.fromEntries(take) };
  },
  z
    .object({
      keepId: z.uuid(),
      keepVersion: z.coerce.number().int().positive(),
      dropId: z.uuid(),
      dropVersion: z.coerce.number().int().positive(),
      on: day("Hãy nhập ngày gộp."),
      take: z.record(z.string().max(40), side).default({}),
    })
    .refine(({ keepId, dropId }) => keepId !== dropId, {
      path: ["dropId"],
      error: "Hãy chọn hai mục khác nhau.",
    }),
);
export type MergeSubjects = z.infer<typeof MergeSubjects>;

/** One change of many entries: what, to which value (hamlet, reason, code, id; empty: none), from which day. */
const bulkChange = {
  job: z.enum(BULK_JOBS, { error: "Hãy chọn việc cần làm." }),
  value: z.string().max(100).default(""),
  on: optionalDay,
  withMembers: flag,
};
/** Ids of the rows that were ticked; none: every row of the list. */
const ticked = z
  .union([z.array(z.uuid()), z.string().transform((text) => text.split(",").filter((id) => id !== ""))])
  .pipe(z.array(z.uuid()).max(1000))
  .default([]);

export const BulkChange = z.object(bulkChange);
export type BulkChange = z.infer<typeof BulkChange>;

/**
 * A change of every row of a filtered list, or of the ticked ones, as its preview showed it: `list` is the list's address,
 * `count` how many change, `fingerprint` which rows in which versions.
 */
export const ChangeMany = z.object({
  unitId,
  year: z.coerce.number().int().min(2014).max(2100),
  title: TitleCode,
  list: z.string().max(4000),
  ids: ticked,
  ...bulkChange,
  count: z.coerce.number().int().positive(),
  fingerprint: z.string().regex(/^[0-9a-f]{32}$/),
});
export type ChangeMany = z.infer<typeof ChangeMany>;

/** A step of the journal, to be taken back; `from`: the entry it is taken back from. */
export const UndoStep = z.object({ stepId: z.uuid(), from: z.uuid().optional() });
export type UndoStep = z.infer<typeof UndoStep>;

/** `members.0.name`, `members.0.sex`… of a form become a list; a row in which nothing was typed is no row. */
function withMembers(values: unknown): unknown {
  if (typeof values !== "object" || values === null || "members" in values) return values;

  const rows: (Record<string, unknown> | undefined)[] = [];
  for (const [key, value] of Object.entries(values)) {
    const match = /^members\.(\d{1,3})\.(\w+)$/.exec(key);
    if (!match?.[1] || !match[2]) continue;
    const at = Number(match[1]);
    while (rows.length <= at) rows.push({});
    rows[at] = { ...rows[at], [match[2]]: value };
  }
  const isTyped = (row: Record<string, unknown> | undefined) =>
    [row?.name, row?.birthYear].some((value) => typeof value === "string" && value.trim() !== "");

  return { ...values, members: rows.map((row) => (isTyped(row) ? row : undefined)) };
}
