import { baseOf } from "@/domain/indicator/catalogue";
import { rate } from "@/domain/indicator/rate";
import type { PathStep } from "@/domain/plan/binding-target";
import {
  bindingTarget,
  MILESTONE_YEARS,
  nextMilestone,
  TITLE_INDICATORS,
  titleTarget,
} from "@/domain/plan/binding-target";
import { TWO_TIER_START } from "@/domain/territory/territory";
import { TITLE_SLUGS } from "@/domain/title/slug";
import type { TitleCode } from "@/domain/title/title";
import { TITLE_CODES, TITLES } from "@/domain/title/title";
import type { UnitYearFigures } from "@/features/figures/types";
import { countsOf, knownRate, ratioOf, standing } from "@/features/figures/utils";
import type { TargetRow } from "@/features/plan/types";
import { formatNumber, formatPercent, formatTarget } from "@/lib/format/number";
import { STEPS, type Step } from "./constants";
import type { ChildRow, Milestone, TitleCard, TrendPoint } from "./types";

/** The step an address names; all when it names none. */
export function stepOfSlug(slug: string | undefined): Step {
  return STEPS.find((step) => step === slug) ?? "tat-ca";
}

/** The address of a unit's dashboard, with the scope of everything on it. */
export function dashboardHref(
  place: { unitId: number; year: number; title?: TitleCode; step?: Step; after?: string },
  anchor = "",
): string {
  const query = new URLSearchParams({ "don-vi": String(place.unitId), nam: String(place.year) });
  if (place.title) query.set("mo-hinh", TITLE_SLUGS[place.title]);
  if (place.step && place.step !== "tat-ca") query.set("buoc", place.step);
  if (place.after) query.set("sau", place.after);

  return `/bang-dieu-hanh?${query}${anchor && `#${anchor}`}`;
}

/** Everything the rules of targets need of a unit. */
export type TargetScope = Readonly<{
  targets: readonly TargetRow[];
  unitPath: readonly PathStep<number>[];
  isSpeciallyDifficult: boolean;
}>;

/** The five cards of a unit in a year. `trend`: all years known, earliest first. */
export function titleCards(
  scope: TargetScope,
  figures: UnitYearFigures,
  trend: readonly UnitYearFigures[],
): TitleCard[] {
  return TITLE_CODES.map((title) => titleCard(title, scope, figures, trend));
}

function titleCard(
  title: TitleCode,
  scope: TargetScope,
  figures: UnitYearFigures,
  trend: readonly UnitYearFigures[],
): TitleCard {
  const all = MILESTONE_YEARS.map((year) => milestoneOf(title, year, scope, figures));
  const wanted = nextMilestone(figures.year) ?? MILESTONE_YEARS[1];
  const set = all.filter(({ applied }) => applied);
  const main = set.find(({ year }) => year === wanted) ?? set[0] ?? untargeted(title, wanted, figures);
  const isAlike = ({ base }: Milestone) =>
    base.numerator === main.base.numerator && base.denominator === main.base.denominator;
  const milestones = set.filter(isAlike);
  const open = milestones.find((one) => one.isReached === false);

  return {
    title,
    base: main.base,
    indicator: main.indicator,
    ratio: main.ratio,
    rate: knownRate(main.ratio),
    main,
    milestones,
    differing: set.filter((one) => !isAlike(one)),
    missing: open?.missing ? { count: open.missing, targetYear: open.year } : null,
    history: trendPoints(trend, main.base),
  };
}

function milestoneOf(
  title: TitleCode,
  year: number,
  { targets, unitPath, isSpeciallyDifficult }: TargetScope,
  figures: UnitYearFigures,
): Milestone {
  const query = { unitPath, year, isSpeciallyDifficult };
  const { indicator, binding } = titleTarget(targets, title, query);
  // Those over other people too: one plan counts workers, another adults.
  const others = TITLE_INDICATORS[title]
    .flatMap((one) => {
      const set = bindingTarget(targets, { ...query, indicator: one });

      return [...(set.binding ? [set.binding] : []), ...set.others];
    })
    .filter(({ target }) => target.code !== binding?.target.code);
  const base = baseOf(indicator, binding?.target.denominator);
  if (!base) throw new RangeError(`${indicator} has no base`);
  const ratio = ratioOf(figures, base);

  return {
    year,
    applied: binding,
    others,
    indicator,
    base,
    ratio,
    ...standing(ratio, binding?.target.valuePct),
  };
}

function untargeted(title: TitleCode, year: number, figures: UnitYearFigures): Milestone {
  const [indicator] = TITLE_INDICATORS[title];
  const base = baseOf(indicator);
  if (!base) throw new RangeError(`${indicator} has no base`);
  const ratio = ratioOf(figures, base);

  return { year, applied: null, others: [], indicator, base, ratio, ...standing(ratio, undefined) };
}

/**
 * The rates of the years that speak for the whole unit: those kept in the register, and those entered for the unit itself.
 * A year entered for some of the units below alone says nothing of the others.
 */
export function trendPoints(
  trend: readonly UnitYearFigures[],
  base: Readonly<{ numerator: string; denominator: string }>,
): TrendPoint[] {
  return trend.flatMap((figures) => {
    const ratio = ratioOf(figures, base);
    const counts = countsOf(ratio);
    const isWhole = figures.isCounted || (ratio.numerator?.isOwn && ratio.denominator?.isOwn);

    return counts && isWhole
      ? [{ year: figures.year, rate: rate(counts), isEntered: ratio.numerator?.basis !== "COUNTED" }]
      : [];
  });
}

/** A child's row against its own binding target for the parent's indicator. */
export function childRow(
  child: Omit<ChildRow, "ratio" | "rate" | "target" | "gap" | "missing">,
  card: TitleCard,
  scope: TargetScope,
): ChildRow {
  const ratio = ratioOf(child.figures, card.base);
  const { binding } = bindingTarget(scope.targets, {
    unitPath: scope.unitPath,
    indicator: card.indicator,
    year: card.main.year,
    isSpeciallyDifficult: scope.isSpeciallyDifficult,
  });
  const { rate: percent, gap, missing } = standing(ratio, binding?.target.valuePct);

  return { ...child, ratio, rate: percent, target: binding, gap, missing };
}

export type Projection = Readonly<{
  /** Percentage points a year between the first and the last year known. */
  pace: number;
  from: TrendPoint;
  to: TrendPoint;
  points: readonly Readonly<{ year: number; rate: number }>[];
}>;

/**
 * Where the present pace leads: a straight line through the first and the last year known, kept between 0 and 100 %.
 * Null with fewer than two years, or when the last year is not before `until`.
 */
export function projectionOf(history: readonly TrendPoint[], until: number): Projection | null {
  const known = history.filter((point): point is TrendPoint & { rate: number } => point.rate !== null);
  const [from, to] = [known[0], known.at(-1)];
  if (!from || !to || from.year === to.year || to.year >= until) return null;

  const pace = (to.rate - from.rate) / (to.year - from.year);
  const points = Array.from({ length: until - to.year }, (_, index) => {
    const percent = to.rate + pace * (index + 1);

    return { year: to.year + index + 1, rate: Math.round(Math.min(100, Math.max(0, percent)) * 100) / 100 };
  });

  return { pace, from, to, points };
}

/** The projection in a sentence or two, for a target of a year. */
export function projectionText(
  history: readonly TrendPoint[],
  target: { year: number; rate: number } | null,
): string {
  const last = history.findLast((point) => point.rate !== null);
  if (!target) return "Chưa có chỉ tiêu nào để so sánh.";
  if (!last || last.rate === null) return "Chưa có số liệu để tính tốc độ.";
  if (last.rate >= target.rate) {
    return `Năm ${last.year} đạt ${formatPercent(last.rate)}, đã đạt chỉ tiêu ${formatTarget(target.rate)} của năm ${target.year}.`;
  }

  const projection = projectionOf(history, target.year);
  if (!projection) {
    return `Mới có số liệu của một năm (${last.year}: ${formatPercent(last.rate)}); cần ít nhất hai năm mới tính được tốc độ.`;
  }
  const { pace, from } = projection;
  const end = projection.points.at(-1)?.rate ?? last.rate;
  const speed = `Từ ${from.year} đến ${last.year}, tỷ lệ ${pace >= 0 ? "tăng" : "giảm"} bình quân ${formatNumber(Math.abs(pace))} điểm % mỗi năm.`;
  const outcome = `Nếu giữ tốc độ này, năm ${target.year} đạt khoảng ${formatPercent(end)}`;
  if (end >= target.rate) return `${speed} ${outcome}, kịp chỉ tiêu ${formatTarget(target.rate)}.`;
  const needed = (target.rate - last.rate) / (target.year - last.year);

  return `${speed} ${outcome}, chưa kịp chỉ tiêu ${formatTarget(target.rate)}: từ nay mỗi năm phải tăng ${formatNumber(needed)} điểm %.`;
}

const CHILD_QUESTIONS: Readonly<Record<string, string>> = {
  NATION: "Tỉnh, thành phố nào đang chậm?",
  PROVINCE: "Khu vực nào đang chậm?",
  DISTRICT: "Xã, phường nào đang chậm?",
  REVIEW_AREA: "Xã, phường nào đang chậm?",
  COMMUNE: "Thôn, tổ dân phố nào đang chậm?",
};

/** The question over the units below one; a province had districts until 30/6/2025. */
export function childrenQuestion(level: string, on: Date): string {
  const isBefore = on.toISOString().slice(0, 10) < TWO_TIER_START;

  return level === "PROVINCE" && isBefore
    ? "Huyện nào đang chậm?"
    : (CHILD_QUESTIONS[level] ?? "Đơn vị nào đang chậm?");
}

/** Whether a unit of that level is where the candidates of a title stand: there they are listed one by one. */
export function isListedAt(level: string, title: TitleCode): boolean {
  return level === "HAMLET" || level === TITLES[title].leafLevel;
}

/** What is counted at a unit but under none of its children. */
export function restLabel(level: string): string {
  return level === "COMMUNE"
    ? "Ghi ở cấp xã, không thuộc thôn nào"
    : "Ở các đơn vị cũ, chưa tách theo đơn vị nay";
}

/** Orders units below one: furthest behind their target first, those without a rate after them, what has no unit last. */
export function compareGap(a: ChildRow, b: ChildRow): number {
  if (!a.unit || !b.unit) return Number(!a.unit) - Number(!b.unit);
  if (a.gap === null || b.gap === null) return Number(a.gap === null) - Number(b.gap === null);

  return a.gap - b.gap;
}
