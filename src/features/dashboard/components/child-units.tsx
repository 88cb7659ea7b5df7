import type { Route } from "next";
import Link from "next/link";
import { Fragment } from "react";
import { TargetBars } from "@/components/charts/target-bars";
import { ToneText } from "@/components/data/badge";
import type { Column } from "@/components/data/data-table";
import { DataTable } from "@/components/data/data-table";
import type { CounterStage } from "@/domain/indicator/counters";
import { titleCounter } from "@/domain/indicator/counters";
import { TITLES } from "@/domain/title/title";
import type { UnitYearFigures } from "@/features/figures/types";
import { denominatorText, figureKey, numberOf, sourcesHref } from "@/features/figures/utils";
import { formatCount, formatGap, formatPercent, formatTarget } from "@/lib/format/number";
import { TITLE_SERIES } from "../constants";
import type { ChildRow, TitleCard } from "../types";
import { compareGap, dashboardHref } from "../utils";

/** The units below against the target, furthest behind first, and every number of each in a table. */
export function ChildUnits({
  rows,
  card,
  parent,
  year,
  restLabel,
}: Readonly<{
  rows: readonly ChildRow[];
  card: TitleCard;
  parent: UnitYearFigures;
  year: number;
  restLabel: string;
}>) {
  const noun = TITLES[card.title].countedNounVi;
  const hrefOf = (row: ChildRow) =>
    row.unit ? dashboardHref({ unitId: row.unit.id, year, title: card.title }) : undefined;
  const known = rows.filter((row) => isKnown(row, card));
  const unknown = rows.filter((row) => !isKnown(row, card));

  return (
    <div className="flex flex-col gap-6">
      <TargetBars
        label={`Tỷ lệ ${TITLES[card.title].nameVi} của từng đơn vị so với chỉ tiêu`}
        series={TITLE_SERIES[card.title]}
        unitLabel={noun}
        targets={card.milestones.flatMap(({ year: one, applied }) =>
          applied && one <= card.main.year ? [{ year: one, rate: applied.target.valuePct }] : [],
        )}
        rows={known
          .filter((row) => row.unit)
          .map((row) => ({
            id: String(row.unit?.id),
            label: row.unit?.name ?? restLabel,
            href: hrefOf(row),
            rate: row.rate,
            numerator: row.ratio.numerator?.value ?? 0,
            denominator: row.ratio.denominator?.value ?? 0,
            target: row.target?.target.valuePct,
          }))}
      />
      <DataTable
        caption={`Số liệu ${TITLES[card.title].nameVi} của từng đơn vị năm ${year}`}
        columns={columnsOf(card, parent, restLabel)}
        rows={[...known].sort(compareGap)}
        rowKey={(row) => row.unit?.id ?? 0}
        rowHref={(row) => hrefOf(row) ?? null}
        phone="scroll"
      />
      {unknown.length > 0 && (
        <p className="text-sm">
          Chưa có số liệu ({formatCount(unknown.length)}):{" "}
          {unknown.map((row, index) => (
            <Fragment key={row.unit?.id ?? 0}>
              <span className="whitespace-nowrap">
                {row.unit ? (
                  <Link href={hrefOf(row) as Route} className="link inline-block max-md:py-1.5">
                    {row.unit.name}
                  </Link>
                ) : (
                  <span className="whitespace-normal">{restLabel}</span>
                )}
                {index < unknown.length - 1 ? "," : "."}
              </span>{" "}
            </Fragment>
          ))}
        </p>
      )}
    </div>
  );
}

function isKnown(row: ChildRow, card: TitleCard): boolean {
  return row.rate !== null || (numberOf(row.figures, titleCounter(card.title, "Total"))?.value ?? 0) > 0;
}

const STAGES: readonly (readonly [CounterStage, string])[] = [
  ["Registered", "Đăng ký"],
  ["Scored", "Đã chấm"],
  ["Submitted", "Đã nộp"],
];

function columnsOf(card: TitleCard, parent: UnitYearFigures, restLabel: string): Column<ChildRow>[] {
  const { title } = card;
  const stages = STAGES.map(
    ([stage, header]): Column<ChildRow> => ({
      key: stage,
      header,
      align: "right",
      cell: (row) => formatCount(numberOf(row.figures, titleCounter(title, stage))?.value),
      footer: formatCount(numberOf(parent, titleCounter(title, stage))?.value),
    }),
  );

  return [
    {
      key: "unit",
      header: "Đơn vị",
      isRowHeader: true,
      cell: (row) => row.unit?.name ?? restLabel,
      footer: "Toàn địa bàn",
    },
    {
      key: "total",
      header: "Tổng số",
      align: "right",
      cell: (row) => (
        <span title={denominatorText(numberOf(row.figures, titleCounter(title, "Total")))}>
          {formatCount(numberOf(row.figures, titleCounter(title, "Total"))?.value)}
          {officialMark(row) && row.unit && (
            <Link
              href={
                sourcesHref({
                  unitId: row.unit.id,
                  year: row.figures.year,
                  key: figureKey(card.base.denominator),
                }) as Route
              }
              className="relative z-10 block text-xs text-muted underline max-md:py-1.5"
            >
              {officialMark(row)}
            </Link>
          )}
        </span>
      ),
      footer: formatCount(numberOf(parent, titleCounter(title, "Total"))?.value),
    },
    ...stages,
    {
      key: "recognised",
      header: "Công nhận",
      align: "right",
      cell: (row) => formatCount(numberOf(row.figures, titleCounter(title, "Recognised"))?.value),
      footer: formatCount(numberOf(parent, titleCounter(title, "Recognised"))?.value),
    },
    {
      key: "rate",
      header: "Tỷ lệ",
      align: "right",
      cell: (row) => <span className="whitespace-nowrap">{formatPercent(row.rate)}</span>,
      footer: <span className="whitespace-nowrap">{formatPercent(card.rate)}</span>,
    },
    {
      key: "target",
      header: `Chỉ tiêu ${card.main.year}`,
      align: "right",
      cell: (row) => formatTarget(row.target?.target.valuePct),
      footer: formatTarget(card.main.applied?.target.valuePct),
    },
    { key: "gap", header: "Kém (điểm %)", align: "right", cell: (row) => <Gap row={row} /> },
    {
      key: "missing",
      header: "Còn thiếu",
      align: "right",
      cell: (row) => formatCount(row.missing),
      footer: formatCount(card.main.missing),
    },
  ];
}

function officialMark({ ratio: { denominator } }: ChildRow): string | undefined {
  if (denominator === null || denominator.basis === "COUNTED") return undefined;

  return denominator.isOwn || denominator.basis === "ENTERED" ? "chính thức" : "một phần chính thức";
}

function Gap({ row }: Readonly<{ row: ChildRow }>) {
  if (row.gap === null) return <span className="text-muted">–</span>;
  if (row.gap >= 0) return <ToneText tone="ok">đạt</ToneText>;

  return <ToneText tone="warn">{formatGap(-row.gap)}</ToneText>;
}
