import type { Answer, AnswerError } from "@/domain/criteria/answer";
import type { CriteriaItem, CriteriaSetDefinition, Provenance } from "@/domain/criteria/criteria-set";
import { DERIVED_MEASURE_LABELS, listItems } from "@/domain/criteria/criteria-set";
import type { Ratio } from "@/domain/criteria/ratio";
import { STATE_FILTERS, stateName } from "@/domain/recognition/recognition";
import { score } from "@/domain/scoring/score";
import type { ItemScore, ScoreResult, UnmetCondition } from "@/domain/scoring/types";
import { TITLE_SLUGS } from "@/domain/title/slug";
import type { TitleCode } from "@/domain/title/title";
import { formatNumber, formatPercent, formatTarget, percentOf } from "@/lib/format/number";
import type { AssessmentSheet, ScoreColumns } from "./types";

/** What is wrong with an answer, as a sentence beside the field. */
export const ANSWER_ERROR_TEXTS: Readonly<Record<AnswerError, string>> = {
  wrongKind: "Câu trả lời không đúng dạng của tiêu chí này.",
  pointsAboveMaximum: "Điểm vượt quá điểm tối đa của tiêu chí.",
  denominatorZero:
    "Tổng số phải lớn hơn 0. Nếu không có đối tượng để tính, hãy chọn “Không áp dụng” và ghi lý do.",
  numeratorAboveDenominator: "Số đạt không được lớn hơn tổng số.",
  notApplicableNeedsReason: "Hãy ghi lý do không áp dụng.",
  overruleNeedsReason: "Số này khác số hệ thống đếm được. Hãy ghi lý do sửa.",
  unknownItem: "Bộ tiêu chí không có tiêu chí này.",
};

export const PROVENANCE_TEXTS: Readonly<Record<Exclude<Provenance, "source">, string>> = {
  inferred: "suy ra",
  template: "mẫu",
  unknown: "chưa rõ",
};

/** Whether two answers say the same, whatever the order of their fields. */
export function isSameAnswer(a: Answer | null | undefined, b: Answer | null | undefined): boolean {
  return canonical(a) === canonical(b);
}

function canonical(answer: Answer | null | undefined): string {
  if (!answer) return "";
  const given = Object.entries(answer).filter(([, value]) => value !== undefined && value !== "");

  return JSON.stringify(given.sort(([x], [y]) => x.localeCompare(y)));
}

/** "3/5 (60,0 %)". */
export function shareText({ numerator, denominator }: Ratio): string {
  const percent = percentOf(numerator, denominator);
  const counts = `${formatNumber(numerator)}/${formatNumber(denominator)}`;

  return percent === null ? counts : `${counts} (${formatPercent(percent)})`;
}

/** An answer in words, as minutes would write it. */
export function answerText(item: CriteriaItem, answer: Answer | null | undefined): string {
  if (!answer) return "Chưa chấm";
  if (answer.notApplicable) return "Không áp dụng";
  if ("yes" in answer) return answer.yes ? "Có" : "Không";
  if ("points" in answer) return `${formatNumber(answer.points)} điểm`;
  if ("level" in answer) return answer.level === 0 ? "Chưa đạt mức 1" : `Mức độ ${answer.level}`;
  if ("numerator" in answer) return shareText(answer);

  return item.name;
}

/** Why an item has its points: the rule that fired, in one or two Vietnamese sentences. */
export function explainItem(
  definition: CriteriaSetDefinition,
  item: CriteriaItem,
  itemScore: ItemScore,
  answer: Answer | undefined,
): string {
  const { scoring } = definition;
  const reason = asClause(answer?.reason);
  const isPoints = scoring.kind === "points";
  const outOf = isPoints
    ? `${pointsText(itemScore.points)}/${formatNumber(itemScore.max)} điểm`
    : levelText(itemScore);
  const leaving =
    !isPoints || scoring.whenNotApplicable === "rescale"
      ? "tiêu chí không tính vào tổng"
      : scoring.whenNotApplicable === "full"
        ? "tiêu chí được tính đủ điểm"
        : "tiêu chí được 0 điểm";

  switch (itemScore.rule) {
    case "missing":
      return "Chưa chấm.";
    case "invalid":
      return `Câu trả lời chưa dùng được: ${itemScore.errors.map((error) => ANSWER_ERROR_TEXTS[error]).join(" ")}`;
    case "notApplicable":
      return `Không áp dụng${reason ? `: ${reason}` : ""}; ${leaving}.`;
    case "nobodyToCount":
      return `Sổ theo dõi không có đối tượng để tính nên không áp dụng; ${leaving}.`;
    case "yes":
      return `Có: ${outOf}.`;
    case "no":
      return `Không: ${outOf}.`;
    case "scale":
      return `Người chấm cho ${outOf}.`;
    case "level":
      return `Người chấm xác định: ${outOf}.`;
    case "band":
    case "belowBands":
    case "levelShare":
      return explainShare(item, itemScore, outOf, reason);
  }
}

/** A typed reason to stand inside a sentence, which has its own full stop. */
function asClause(reason: string | undefined): string {
  return (reason ?? "").trim().replace(/[\s.,;:]+$/, "");
}

function explainShare(item: CriteriaItem, itemScore: ItemScore, outOf: string, reason: string): string {
  const share = itemScore.share ? shareText(itemScore.share) : "";
  const lowest = lowestEdge(item);
  const step =
    itemScore.edge !== null
      ? `đạt bậc từ ${formatTarget(itemScore.edge)}`
      : `dưới bậc thấp nhất${lowest === null ? "" : ` (${formatTarget(lowest)})`}`;
  const origin =
    item.derived && itemScore.derived && !itemScore.isOverruled
      ? " Hệ thống tự đếm từ kết quả công nhận."
      : "";
  const overruled =
    itemScore.isOverruled && itemScore.derived
      ? ` Số hệ thống đếm là ${shareText(itemScore.derived)}; đã sửa tay${reason ? ` với lý do: ${reason}` : ""}.`
      : "";

  return `${share}, ${step}: ${outOf}.${origin}${overruled}`;
}

function lowestEdge({ answer }: CriteriaItem): number | null {
  if (answer.kind === "share") return Math.min(...answer.bands.map((band) => band.atLeast));

  return answer.kind === "levelShare" ? answer.level1 : null;
}

function levelText(itemScore: ItemScore): string {
  return itemScore.points === null || itemScore.points === 0
    ? "chưa đạt mức độ 1"
    : `mức độ ${itemScore.points}`;
}

/** "7" or "–" where nothing is counted. */
export function pointsText(points: number | null): string {
  return points === null ? "–" : formatNumber(points, 2);
}

/** How a share item is turned into points, for the guidance: "từ 60 %: 10 điểm · từ 40 %: 7 điểm". */
export function bandsText({ answer }: CriteriaItem): string | null {
  if (answer.kind === "share") {
    return answer.bands.map((band) => `từ ${formatTarget(band.atLeast)}: ${band.points} điểm`).join(" · ");
  }
  if (answer.kind === "levelShare") {
    return `từ ${formatTarget(answer.level1)}: mức độ 1 · từ ${formatTarget(answer.level2)}: mức độ 2`;
  }

  return null;
}

/** "người lớn trong hộ đạt Công dân học tập / người lớn trong hộ". */
export function derivedLabel(item: CriteriaItem): { numeratorVi: string; denominatorVi: string } | null {
  return item.derived ? DERIVED_MEASURE_LABELS[item.derived] : null;
}

/** The name of a class or level of a set by its code. */
export function className(definition: CriteriaSetDefinition, code: string | null): string | null {
  if (code === null) return null;
  const { scoring } = definition;
  const classes = scoring.kind === "points" ? scoring.classes : scoring.levels;

  return classes.find((one) => one.code === code)?.name ?? code;
}

/** A condition that is not met, as a sentence. */
export function unmetText(definition: CriteriaSetDefinition, unmet: UnmetCondition): string {
  switch (unmet.kind) {
    case "belowThreshold":
      return `Tổng ${formatNumber(unmet.total, 2)} điểm, chưa đến ${formatNumber(unmet.atLeast, 2)} điểm của mức “${className(definition, unmet.classCode)}”.`;
    case "belowMinimum":
      return `Tiêu chí ${unmet.itemCode} được ${formatNumber(unmet.points)} điểm, dưới mức tối thiểu ${formatNumber(unmet.minimum)} điểm.`;
    case "nothingApplicable":
      return "Không có tiêu chí nào áp dụng được.";
    case "belowLevel1":
      return `Tiêu chí ${unmet.itemCode} chưa đạt mức độ 1.`;
    case "level2TooEarly":
      return `Mới giữ mức độ 1 được ${unmet.months} tháng; cần ${unmet.required} tháng để xét mức độ 2.`;
  }
}

/** What the score amounts to, in a word or two: "Đạt", "Chưa đạt", "Chưa xếp loại". */
export function outcomeText(
  definition: CriteriaSetDefinition,
  result: Pick<ScoreResult, "complete" | "classification">,
): string {
  if (!result.complete) return "Chưa xếp loại";

  return className(definition, result.classification) ?? "Chưa đạt";
}

/**
 * How the groups' points became the total where items were left out: "70/90 điểm của các tiêu chí áp dụng, quy về thang 100";
 * null where the total is their plain sum.
 */
export function rescaledText(result: ScoreResult): string | null {
  if (result.kind !== "points") return null;
  const points = result.byGroup.reduce((sum, group) => sum + group.points, 0);
  const max = result.byGroup.reduce((sum, group) => sum + group.max, 0);
  if (max === result.maxTotal || max === 0) return null;

  return `${formatNumber(points, 2)}/${formatNumber(max)} điểm của các tiêu chí áp dụng, quy về thang ${formatNumber(result.maxTotal)}`;
}

/** Items by code, for pages that walk a result. */
export function itemsByCode(definition: CriteriaSetDefinition): Map<string, CriteriaItem> {
  return new Map(listItems(definition).map((item) => [item.code, item]));
}

/** The score of a sheet from its answers and the shares it carries: the same on the server and in the browser. */
export function scoreSheet(sheet: Pick<AssessmentSheet, "criteriaSet" | "answers" | "derived">): ScoreResult {
  return score(sheet.criteriaSet.definition, sheet.answers, sheet.derived.values);
}

/** The columns of an assessment that follow from its result. */
export function resultColumns(result: ScoreResult): Omit<ScoreColumns, "derived"> {
  return {
    total: result.total,
    classification: result.classification,
    missingCount: result.missing.length,
    isComplete: result.complete,
    isRecognisable: result.recognisable,
  };
}

type StoredColumns = Readonly<{ [Name in keyof ReturnType<typeof resultColumns>]: unknown }>;

/** The columns that recomputing does not confirm; open sheets follow the register and are not compared. */
export function columnsThatDiffer(stored: StoredColumns, result: ScoreResult): (keyof StoredColumns)[] {
  const recomputed = resultColumns(result);

  return (Object.keys(recomputed) as (keyof StoredColumns)[]).filter(
    (name) => stored[name] !== recomputed[name],
  );
}

/** `?tinh-trang=` of what is registered and not scored to the end: the "còn N chưa chấm xong" above the list. */
export const UNFINISHED = "chua-cham";

/** Filters of the list: what is left to score, and the states as the register's list has them. */
export const LIST_FILTERS: readonly Readonly<{ slug: string; label: string }>[] = [
  { slug: UNFINISHED, label: "Chưa chấm xong (mọi bước)" },
  ...STATE_FILTERS.map(({ slug, state, isComplete }) => ({ slug, label: stateName(state, isComplete) })),
];

/** The address of the list of a title in a unit and year. */
export function listHref(place: {
  unitId: number;
  year: number;
  title: TitleCode;
  hamletId?: number;
  filter?: string;
  after?: string;
}): string {
  const params = new URLSearchParams({
    "mo-hinh": TITLE_SLUGS[place.title],
    "don-vi": String(place.unitId),
    nam: String(place.year),
  });
  if (place.hamletId !== undefined) params.set("thon", String(place.hamletId));
  if (place.filter) params.set("tinh-trang", place.filter);
  if (place.after) params.set("sau", place.after);

  return `/cham-diem?${params}`;
}

/** Where the people and families behind a counted share stand in the register. */
export function registerHref(sheet: Pick<AssessmentSheet, "title" | "subject" | "unit" | "year">): string {
  return sheet.title === "COMMUNITY"
    ? `/so-theo-doi?don-vi=${sheet.unit.id}&nam=${sheet.year}`
    : `/so-theo-doi/${sheet.subject.id}`;
}
