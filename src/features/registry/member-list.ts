import { z } from "zod";

/** The two registers whose entries have a list of others: a clan's households, an organisation's people. */
export const MEMBER_LISTS = {
  CLAN: {
    member: "FAMILY",
    table: "household",
    column: "clan_id",
    noun: "hộ",
    heading: "Các hộ của dòng họ",
    ownerNoun: "dòng họ",
    rowHeader: "Chủ hộ",
  },
  ORGANISATION: {
    member: "CITIZEN",
    table: "citizen",
    column: "organisation_id",
    noun: "người",
    heading: "Người của đơn vị",
    ownerNoun: "đơn vị",
    rowHeader: "Họ và tên",
  },
} as const;
export type ListOwner = keyof typeof MEMBER_LISTS;

/** Has an entry of this register a list of others. */
export function isListOwner(title: string): title is ListOwner {
  return title in MEMBER_LISTS;
}

/** Which entries of the commune a page of the editor shows: those in the list, those in none, those in another one. */
export const LIST_PARTS = ["in", "free", "elsewhere"] as const;
export type ListPart = (typeof LIST_PARTS)[number];

/** One entry that is or could be in the list. `listedBy`: in whose list it stands now. */
export type MemberRow = {
  id: string;
  number: number;
  version: number;
  name: string;
  unitName: string;
  birthYear: number | null;
  listedById: string | null;
  listedBy: string | null;
};

export type MemberPage = { rows: MemberRow[]; count: number; hasNext: boolean };

/** What the editor asks for: travels in a body, the text may be a person's name. */
export const MemberSearch = z.object({
  subjectId: z.uuid(),
  part: z.enum(LIST_PARTS),
  text: z.string().max(100).default(""),
  hamletId: z.number().int().positive().max(2_147_483_647).optional(),
  after: z.uuid().optional(),
});
export type MemberSearch = z.infer<typeof MemberSearch>;

/** Most entries put in and taken out at once. */
export const MAX_LIST_CHANGES = 2000;

const Change = z.object({ id: z.uuid(), version: z.number().int().positive() });
const Changes = z
  .object({ add: z.array(Change), remove: z.array(Change) })
  .refine(({ add, remove }) => {
    const ids = [...add, ...remove].map(({ id }) => id);

    return ids.length <= MAX_LIST_CHANGES && new Set(ids).size === ids.length;
  }, `Mỗi lần lưu được nhiều nhất ${MAX_LIST_CHANGES} thay đổi. Hãy lưu làm nhiều lần.`)
  .refine(({ add, remove }) => add.length + remove.length > 0, "Chưa chọn mục nào để thêm hoặc bỏ.");

/** Entries to put into a list and to take out of it, each with the version it was shown at; `changes` arrives as JSON. */
export const EditMemberList = z.object({
  subjectId: z.uuid(),
  changes: z
    .string()
    .max(400_000)
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: "custom", message: "Danh sách gửi lên không đọc được. Hãy tải lại trang." });

        return z.NEVER;
      }
    })
    .pipe(Changes),
});
export type EditMemberList = z.infer<typeof EditMemberList>;
