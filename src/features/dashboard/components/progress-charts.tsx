import type { Route } from "next";
import Link from "next/link";
import { Fragment } from "react";
import { Funnel } from "@/components/charts/funnel";
import { TrendChart } from "@/components/charts/trend-chart";
import type { CounterStage } from "@/domain/indicator/counters";
import { titleCounter } from "@/domain/indicator/counters";
import { TITLES } from "@/domain/title/title";
import type { UnitYearFigures } from "@/features/figures/types";
import { denominatorText, figureKey, numberOf, sourcesHref } from "@/features/figures/utils";
import { formatCount, formatPercent } from "@/lib/format/number";
import type { Step } from "../constants";
import { TITLE_SERIES } from "../constants";
import type { TitleCard } from "../types";
import { dashboardHref, projectionOf, projectionText } from "../utils";

/**
 * The way to the last target: the years known, the targets, and a straight line onwards in words and in the chart.
 * @param openYear the year still being worked on; half a year's work says nothing about the pace
 */
export function TitleTrend({
  card,
  unitId,
  openYear,
}: Readonly<{ card: TitleCard; unitId: number; openYear: number }>) {
  const targets = card.milestones.flatMap(({ year, applied }) =>
    applied ? [{ year, rate: applied.target.valuePct }] : [],
  );
  const last = targets.at(-1) ?? null;
  const finished = card.history.filter(({ year }) => year < openYear);
  const open = card.history.find(({ year }) => year >= openYear);
  const entered = card.history.filter(({ isEntered }) => isEntered);
  const projection = last ? projectionOf(finished, last.year) : null;

  return (
    <>
      <p className="mb-4">{projectionText(finished, last)}</p>
      {open && (
        <p className="mb-4 text-sm text-muted">
          Năm {open.year} đang làm: đến nay {formatPercent(open.rate)}, chưa tính vào tốc độ.
        </p>
      )}
      <TrendChart
        label={`Tỷ lệ ${TITLES[card.title].nameVi} qua các năm`}
        points={finished.length > 0 ? finished : card.history}
        targets={targets}
        series={TITLE_SERIES[card.title]}
        projection={projection?.points ?? []}
        note={projection ? "Dự kiến là đường thẳng qua năm đầu và năm cuối đã xong." : undefined}
      />
      {entered.length > 0 && (
        <p className="mt-2 text-sm">
          Nguồn của số nhập:{" "}
          {entered.map(({ year }, index) => (
            <Fragment key={year}>
              {index > 0 && ", "}
              <Link
                href={sourcesHref({ unitId, year, key: figureKey(card.base.numerator) }) as Route}
                className="link inline-block max-md:py-1.5"
              >
                năm {year}
              </Link>
            </Fragment>
          ))}
          .
        </p>
      )}
    </>
  );
}

const STEPS: readonly (readonly [stage: CounterStage, label: string, lost: string, step: Step])[] = [
  ["Total", "Tổng số", "", "tat-ca"],
  ["Registered", "Đăng ký", "chưa đăng ký", "dang-ky"],
  ["Scored", "Đã chấm xong", "chưa chấm xong", "da-cham"],
  ["Submitted", "Đã nộp", "chưa nộp", "da-nop"],
  ["Recognised", "Được công nhận", "chưa được công nhận", "cong-nhan"],
];

/** Where the work of the year is held up. Each stage leads to its rows, or to the units it is made of. */
export function TitleFunnel({
  figures,
  card,
  hasList,
  partsAnchor,
}: Readonly<{ figures: UnitYearFigures; card: TitleCard; hasList: boolean; partsAnchor: string }>) {
  const { title } = card;
  const noun = TITLES[title].countedNounVi;
  const total = numberOf(figures, titleCounter(title, "Total"));
  const values = STEPS.map(([stage]) => numberOf(figures, titleCounter(title, stage))?.value ?? 0);

  return (
    <Funnel
      label={`${TITLES[title].nameVi} năm ${figures.year} qua từng khâu`}
      unitLabel={noun}
      series={TITLE_SERIES[title]}
      note={`Tổng số: ${denominatorText(total)}.`}
      steps={STEPS.map(([, label, lost, step], index) => {
        const value = values[index] ?? 0;
        const before = values[index - 1] ?? value;

        return {
          label,
          value,
          note: before > value ? `${formatCount(before - value)} ${noun} ${lost}` : undefined,
          href: dashboardHref(
            { unitId: figures.unitId, year: figures.year, title, step: hasList ? step : undefined },
            partsAnchor,
          ),
        };
      })}
    />
  );
}
