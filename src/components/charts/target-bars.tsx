import type { Route } from "next";
import Link from "next/link";
import { ToneText } from "@/components/data/badge";
import { DataTable } from "@/components/data/data-table";
import { EmptyState } from "@/components/feedback/empty-state";
import { formatCount, formatGap, formatNumber, formatPercent, formatTarget } from "@/lib/format/number";
import { ChartFrame } from "./chart-frame";
import { ChartTable } from "./chart-table";
import { RateBar, TargetLabels } from "./rate-bar";
import type { Series, Target } from "./series";
import { orderTargets } from "./series";

/** One unit in a comparison; `target` overrides the common last target for a unit that has its own. */
export type TargetBarRow = Readonly<{
  id: string;
  label: string;
  href?: string;
  rate: number | null;
  numerator: number;
  denominator: number;
  target?: number;
}>;

const MOST_BARS = 12;

/**
 * Units beside each other against the target, furthest behind first. Up to twelve as bars, more as a table with
 * bars in it. Units without figures stand last and say so.
 */
export function TargetBars({
  label,
  rows,
  targets,
  series,
  unitLabel,
  note,
}: Readonly<{
  label: string;
  rows: readonly TargetBarRow[];
  targets: readonly Target[];
  series: Series;
  unitLabel: string;
  note?: string;
}>) {
  if (rows.length === 0) return <EmptyState title="Chưa có đơn vị nào để so sánh" />;

  const common = orderTargets(targets).at(-1);
  const ordered = [...rows].sort((a, b) => behind(b, common?.rate) - behind(a, common?.rate));

  if (ordered.length > MOST_BARS) {
    return <BarsTable label={label} rows={ordered} targets={targets} series={series} unitLabel={unitLabel} />;
  }

  return (
    <ChartFrame
      label={label}
      note={note}
      chart={
        <div>
          <div className="hidden md:grid md:grid-cols-[minmax(7rem,12rem)_1fr_9.5rem] md:gap-x-4">
            <div className="md:col-start-2">
              <TargetLabels targets={targets} />
            </div>
          </div>
          <div className="md:hidden">
            <TargetLabels targets={targets} />
          </div>
          <ul className="flex flex-col gap-3 md:gap-1">
            {ordered.map((row) => (
              <li
                key={row.id}
                className="grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-1 md:min-h-10 md:grid-cols-[minmax(7rem,12rem)_1fr_9.5rem]"
              >
                <span className="min-w-0 text-sm md:text-right">
                  <RowName row={row} />
                </span>
                <div className="max-md:order-3 max-md:col-span-2">
                  <RateBar
                    rate={row.rate}
                    targets={rowTargets(row, targets)}
                    series={series}
                    className="h-5"
                  />
                </div>
                <span className="tabular text-right text-sm md:text-left">
                  <strong className="font-semibold">{formatPercent(row.rate)}</strong>{" "}
                  <RowState row={row} target={row.target ?? common?.rate} />
                </span>
              </li>
            ))}
          </ul>
        </div>
      }
      table={
        <ChartTable
          caption={label}
          columns={[
            "Đơn vị",
            `Số ${unitLabel} được công nhận`,
            `Tổng số ${unitLabel}`,
            "Tỷ lệ",
            "Chỉ tiêu",
            "Kém (điểm %)",
          ]}
          rows={ordered.map((row) => {
            const target = row.target ?? common?.rate ?? null;

            return {
              id: row.id,
              label: row.label,
              href: row.href,
              cells: [
                formatCount(row.numerator),
                formatCount(row.denominator),
                formatPercent(row.rate),
                formatTarget(target),
                row.rate === null || target === null ? "–" : formatNumber(Math.max(0, target - row.rate)),
              ],
            };
          })}
        />
      }
    />
  );
}

function BarsTable({
  label,
  rows,
  targets,
  series,
  unitLabel,
}: Readonly<{
  label: string;
  rows: readonly TargetBarRow[];
  targets: readonly Target[];
  series: Series;
  unitLabel: string;
}>) {
  const common = orderTargets(targets).at(-1);

  return (
    <DataTable
      hasFrame={false}
      caption={label}
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        { key: "unit", header: "Đơn vị", isRowHeader: true, cell: (row) => <RowName row={row} /> },
        {
          key: "bar",
          header: (
            <>
              <span className="sr-only">So với chỉ tiêu, dạng thanh</span>
              <TargetLabels targets={targets} />
            </>
          ),
          isWide: true,
          width: "38%",
          cell: (row) => (
            <RateBar rate={row.rate} targets={rowTargets(row, targets)} series={series} className="h-4" />
          ),
        },
        { key: "rate", header: "Tỷ lệ", align: "right", cell: (row) => formatPercent(row.rate) },
        {
          key: "count",
          header: `Số ${unitLabel} / tổng số`,
          phoneLabel: `Số ${unitLabel}`,
          align: "right",
          cell: (row) => `${formatCount(row.numerator)} / ${formatCount(row.denominator)}`,
        },
        {
          key: "state",
          header: "So với chỉ tiêu",
          cell: (row) => <RowState row={row} target={row.target ?? common?.rate} />,
        },
      ]}
    />
  );
}

function RowName({ row }: Readonly<{ row: TargetBarRow }>) {
  if (!row.href) return row.label;

  return (
    <Link href={row.href as Route} className="link inline-block max-md:py-1">
      {row.label}
    </Link>
  );
}

function RowState({ row, target }: Readonly<{ row: TargetBarRow; target: number | undefined }>) {
  if (row.rate === null) return <span className="text-muted">chưa có số liệu</span>;
  if (target === undefined) return null;
  if (row.rate >= target) return <ToneText tone="ok">đạt</ToneText>;

  return <ToneText tone="warn">kém {formatGap(target - row.rate)}</ToneText>;
}

function rowTargets(row: TargetBarRow, targets: readonly Target[]): readonly Target[] {
  if (row.target === undefined) return targets;
  const own = row.target;

  return orderTargets(targets).map(({ year, rate, isLast }) => ({ year, rate: isLast ? own : rate }));
}

function behind(row: TargetBarRow, common: number | undefined): number {
  return row.rate === null ? Number.NEGATIVE_INFINITY : (row.target ?? common ?? 0) - row.rate;
}
