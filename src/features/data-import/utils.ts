import { formatCount } from "@/lib/format/number";
import { compareText } from "@/lib/text/name";
import type { ImportStep } from "./constants";
import { BATCH_STATE_LOOKS, VERDICT_LOOKS, VERDICTS } from "./constants";
import { fieldOf } from "./fields";
import { PROBLEM_TEXTS } from "./problems";
import type {
  BatchCounts,
  BatchState,
  ImportPlan,
  ImportTarget,
  LeftOut,
  LeftOutHamlet,
  Problem,
  ProblemCode,
  Progress,
  ProgressStage,
  RowFacts,
  Verdict,
  WritePreview,
  WrittenCounts,
} from "./types";
import { LEFT_OUT_REASONS } from "./types";

const PROBLEM_CODES = Object.keys(PROBLEM_TEXTS) as ProblemCode[];

/** A column as Excel names it: 0 is A, 26 is AA. */
export function columnLetter(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));

  return index < 26 ? last : columnLetter(Math.floor(index / 26) - 1) + last;
}

const STAGE_TEXTS: Readonly<Record<ProgressStage, string>> = {
  WAITING: "Đang chờ tới lượt…",
  READING: "Đang đọc tệp…",
  MATCHING: "Đang so với sổ…",
  WRITING: "Đang ghi vào sổ…",
  COUNTING: "Đang cộng lại số liệu…",
  UNDOING: "Đang hoàn tác…",
  DONE: "Đã xong, đang mở kết quả…",
};

/** What the server is doing, in words. */
export function progressText({ stage }: Pick<Progress, "stage">): string {
  return STAGE_TEXTS[stage];
}

const RUNNING_TEXTS: Readonly<Partial<Record<BatchState, string>>> = {
  LOOKING: "Đang đọc",
  CHECKING: "Đang kiểm tra",
  WRITING: "Đang ghi",
  UNDOING: "Đang hoàn tác",
};

/** "Đang ghi 12.000 / 100.000 dòng": what the server is doing, on pages about something else. */
export function runningText({ state, done, total }: Pick<Progress, "state" | "done" | "total">): string {
  const doing = RUNNING_TEXTS[state] ?? "Đang xử lý";

  return total === null || total === 0
    ? `${doing} một danh sách`
    : `${doing} ${formatCount(done)} / ${formatCount(total)} dòng`;
}

/** The verdict of an address (`?xem=loi`). */
export function verdictOfSlug(slug: string | undefined): Verdict | undefined {
  return VERDICTS.find((verdict) => VERDICT_LOOKS[verdict].slug === slug);
}

/** What writing would do, as one sentence: "Sẽ thêm 164, sửa 0, giữ nguyên 0, bỏ qua 9 dòng trùng, 27 dòng lỗi." */
export function outcomeText(
  counts: BatchCounts,
  preview: WritePreview,
  policy: ImportPlan["policy"],
): string {
  const { rows } = counts;
  const skipped = policy === "UPDATE" ? 0 : rows.CHANGED;
  const parts = [
    `Sẽ thêm ${formatCount(preview.newRows)}`,
    `sửa ${formatCount(preview.changedRows)}`,
    `giữ nguyên ${formatCount(rows.UNCHANGED)}`,
    `bỏ qua ${formatCount(rows.REPEATED)} dòng trùng`,
    ...(skipped > 0 ? [`bỏ qua ${formatCount(skipped)} dòng khác với sổ`] : []),
    ...(preview.undecided > 0 ? [`để lại ${formatCount(preview.undecided)} dòng nghi trùng`] : []),
    `${formatCount(rows.REJECTED)} dòng lỗi`,
  ];

  return `${parts.join(", ")}.`;
}

/** What writing does beside the rows; undefined when nothing. */
export function alongText(preview: WritePreview, year: number): string | undefined {
  const parts = [
    ...(preview.newHouseholds > 0
      ? [`thêm ${formatCount(preview.newHouseholds)} hộ gia đình theo chủ hộ ghi trong tệp`]
      : []),
    ...(preview.registrations > 0
      ? [`đăng ký thi đua năm ${year} cho ${formatCount(preview.registrations)} mục`]
      : []),
    ...(preview.figures > 0 ? [`ghi ${formatCount(preview.figures)} số liệu của thôn năm ${year}`] : []),
  ];

  return parts.length === 0 ? undefined : `Cùng lúc đó: ${parts.join("; ")}.`;
}

/** The problem of an address (`?ly-do=birth-year-missing`). */
export function problemOfSlug(slug: string | undefined): ProblemCode | undefined {
  return PROBLEM_CODES.find((code) => problemSlug(code) === slug);
}

/** A problem as an address names it. */
export function problemSlug(code: ProblemCode): string {
  return code.toLowerCase().replaceAll("_", "-");
}

/** What became of a batch, or what its check found, in a few words; undefined while nothing is known. */
export function batchCountsText({
  counts,
  written,
}: Readonly<{ counts: BatchCounts | null; written: WrittenCounts | null }>): string | undefined {
  if (written) {
    return `thêm ${formatCount(written.created)} · sửa ${formatCount(written.updated)}${
      counts && counts.rows.REJECTED > 0 ? ` · ${formatCount(counts.rows.REJECTED)} dòng lỗi` : ""
    }`;
  }
  if (!counts) return undefined;
  const { NEW, CHANGED, REJECTED } = counts.rows;

  return `mới ${formatCount(NEW)} · khác sổ ${formatCount(CHANGED)} · lỗi ${formatCount(REJECTED)}`;
}

/** The year of birth a row tells of, of whomever it is. */
export function bornText(facts: RowFacts): string | undefined {
  const year = facts.birthYear ?? facts.headBirthYear;

  return year === undefined ? undefined : String(year);
}

/** A row in a few words: name, year of birth, hamlet; undefined where it has no name. */
export function personText({
  facts,
  unitName,
}: Readonly<{ facts: RowFacts; unitName: string | null }>): string | undefined {
  if (facts.name === undefined) return undefined;
  const born = bornText(facts);
  const hamlet = unitName ?? facts.hamlet;

  return [facts.name, ...(born ? [`sinh ${born}`] : []), ...(hamlet ? [hamlet] : [])].join(", ");
}

/** The cell a problem is about: "Cột D “Năm sinh”", or the field where no column was mapped to it. */
export function placeOfProblem(
  { sheet, target }: Readonly<{ sheet: string; target: ImportTarget }>,
  { field, column }: Problem,
  headerOf: (sheet: string, column: number) => string | undefined,
): string {
  const label = fieldOf(target, field)?.label ?? "";
  if (column === null)
    return field === "hamlet" ? `${label} (dòng tên thôn phía trên, tên trang hoặc tiêu đề)` : label;
  const header = headerOf(sheet, column) || label;

  return `Cột ${columnLetter(column)} “${header}”`;
}

/** The page of an entry of the register. */
export function entryHref(id: string): string {
  return `/so-theo-doi/${id}`;
}

/** Where a row stands in the file, in words. */
export function placeText(
  { rowNumber, sheet, isDerived }: Readonly<{ rowNumber: number; sheet: string; isDerived: boolean }>,
  hasSheets: boolean,
): string {
  const row = isDerived ? `Hộ theo dòng ${formatCount(rowNumber)}` : `Dòng ${formatCount(rowNumber)}`;

  return hasSheets ? `${row}, trang ${sheet}` : row;
}

/** Why nothing can be written now; undefined when it can. */
export function stopText({ isStopped, isEmpty, undecided }: WritePreview): string | undefined {
  if (isStopped) {
    return "Có dòng khác với sổ hoặc nghi trùng, mà cách ghi đang chọn là dừng lại. Hãy quyết định các dòng nghi trùng hoặc đổi cách ghi bên dưới.";
  }
  if (!isEmpty) return undefined;

  return undecided > 0
    ? "Chưa có dòng nào để ghi. Hãy quyết định các dòng nghi trùng bên dưới."
    : "Không có gì để ghi: các dòng của tệp đều lỗi, trùng nhau, hoặc sổ đã có đúng như vậy.";
}

/** What was written, one sentence a line; nothing that is zero but the entries themselves. */
export function writtenLines(written: WrittenCounts, year: number): string[] {
  const { created, updated, households, registrations, figures, hamlets } = written;

  return [
    `Thêm ${formatCount(created)} mục, sửa ${formatCount(updated)} mục.`,
    ...(households > 0 ? [`Thêm ${formatCount(households)} hộ gia đình theo chủ hộ ghi trong tệp.`] : []),
    ...(hamlets > 0 ? [`Tạo ${formatCount(hamlets)} thôn mới.`] : []),
    ...(registrations > 0 ? [`Đăng ký thi đua năm ${year} cho ${formatCount(registrations)} mục.`] : []),
    ...(figures > 0 ? [`Ghi ${formatCount(figures)} số liệu của thôn năm ${year}.`] : []),
  ];
}

/** The hamlets whose figures are not taken, by reason: "Còn dòng lỗi: Thôn A, Thôn B". */
export function leftOutHamletLines(
  hamlets: readonly LeftOutHamlet[],
  year: number,
): { reason: string; names: string }[] {
  const texts: Readonly<Record<LeftOutHamlet["reason"], string>> = {
    ABSENT: `Cuối năm ${year} chưa lập hoặc đã kết thúc`,
    REJECTED: "Còn dòng lỗi",
    DOUBTFUL: "Còn dòng nghi trùng chưa quyết định lúc kiểm tra",
    INCOMPLETE: "Trong sổ có mục mà tệp không ghi",
  };

  return LEFT_OUT_REASONS.flatMap((reason) => {
    const names = [...new Set(hamlets.filter((one) => one.reason === reason).map(({ name }) => name))].sort(
      compareText,
    );

    return names.length === 0 ? [] : [{ reason: texts[reason], names: names.join(", ") }];
  });
}

/** "27 dòng lỗi, 3 dòng nghi trùng" */
export function leftOutText({ rejected, doubtful }: LeftOut): string {
  return [
    ...(rejected > 0 ? [`${formatCount(rejected)} dòng lỗi`] : []),
    ...(doubtful > 0 ? [`${formatCount(doubtful)} dòng nghi trùng`] : []),
  ].join(", ");
}

/** Whether a batch can still be dropped: nothing of it is in the register. */
export function canDiscard({
  state,
  failedState,
}: Readonly<{ state: BatchState; failedState: BatchState | null }>): boolean {
  return ["LOOKED", "CHECKED"].includes(state) || (state === "FAILED" && failedState !== "UNDOING");
}

/** The step at which a batch stands on its page. */
export function stepOf(
  { state, failedState }: Readonly<{ state: BatchState; failedState: BatchState | null }>,
  shown: string,
): ImportStep {
  if (shown === "columns") return "columns";
  if (shown === "check") return "check";

  return BATCH_STATE_LOOKS[failedState ?? state].step;
}
