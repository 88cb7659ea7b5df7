import { formatCount } from "@/lib/format/number";

/** Why a step cannot be taken back. */
export type HindranceKind =
  | "UNSEEN"
  | "CHANGED"
  | "ASSESSED"
  | "WORKED_ON"
  | "LINKED"
  | "HAMLET_USED"
  | "JOINED_SINCE"
  | "HAMLET_CLOSED"
  | "HOUSEHOLD_CLOSED"
  | "HOUSEHOLD_ELSEWHERE";

/** What stands in the way of taking a step back: why, how many entries, and one of them to look at. */
export type Hindrance = { kind: HindranceKind; count: number; subjectId: string | null };

const SENTENCES: Readonly<Record<HindranceKind, (entries: string) => string>> = {
  UNSEEN: () => "một phần của bước này nằm ngoài địa bàn anh/chị được ghi sổ.",
  CHANGED: (entries) =>
    `${entries} đã được sửa tiếp sau bước này. Hãy hoàn tác bước sau trước, hoặc sửa tay.`,
  ASSESSED: (entries) =>
    `${entries} đã có phiếu chấm điểm mở sau bước này. Hãy thôi theo dõi hoặc sửa tay thay vì hoàn tác.`,
  WORKED_ON: (entries) => `phiếu điểm chuyển sang ${entries} đã được chấm tiếp.`,
  LINKED: (entries) => `${entries} khác đã được gắn vào mục ghi ở bước này. Hãy gỡ ra trước.`,
  HAMLET_USED: (entries) =>
    `thôn ghi hoặc theo dõi lại ở bước này đã có ${entries} khác. Hãy chuyển đi trước.`,
  JOINED_SINCE: (entries) =>
    `${entries} đã được ghi vào hộ sau bước này. Hãy chuyển thôn hoặc thôi theo dõi cả hộ thay vì hoàn tác.`,
  HAMLET_CLOSED: (entries) => `thôn cũ của ${entries} nay đã thôi theo dõi.`,
  HOUSEHOLD_CLOSED: (entries) => `hộ cũ của ${entries} nay đã thôi theo dõi. Hãy hoàn tác việc ấy trước.`,
  HOUSEHOLD_ELSEWHERE: (entries) => `hộ cũ của ${entries} nay đứng ở thôn khác.`,
};

/** The sentence a person reads; it names nobody. */
export function hindranceText({ kind, count }: Hindrance): string {
  return `Không hoàn tác được: ${SENTENCES[kind](`${formatCount(count)} mục`)}`;
}

/** Steps that are not taken back from an entry: work on hamlets, and a whole file read in, each on its own page. */
export function isUndoneElsewhere(verb: string): boolean {
  return verb.startsWith("hamlet.") || verb.startsWith("import.");
}
