import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { ToneText } from "@/components/data/badge";
import { HelpTip } from "@/components/overlay/help-tip";
import { formatCount, formatGap, formatPercent, formatTarget } from "@/lib/format/number";
import { RateBar } from "./rate-bar";
import type { Series, Target } from "./series";
import { clampPercent, orderTargets, seriesColor, seriesEdge } from "./series";

type YearRate = Readonly<{ year: number; rate: number | null }>;

/** Lays out rate cards side by side, as many as fit. */
export function RateCardGrid({ children }: Readonly<{ children: ReactNode }>) {
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,11.75rem),1fr))] gap-3 print:grid-cols-3">
      {children}
    </div>
  );
}

/**
 * One rate against its targets: the rate, numerator / denominator and which denominator, the way it came, what is
 * still missing.
 *
 * @param rate percent (0–100); null when there is no denominator yet
 * @param denominatorLabel which denominator ("hộ đã đăng ký", "tổng số hộ theo thống kê")
 * @param missing how many are missing to the next target not met; null when all are met
 */
export function RateCard({
  title,
  series,
  href,
  rate,
  numerator,
  denominator,
  unitLabel,
  denominatorLabel,
  denominatorHelp,
  history = [],
  targets,
  missing,
  planName,
  planHref,
  note,
}: Readonly<{
  title: string;
  series: Series;
  href?: string;
  rate: number | null;
  numerator: number;
  denominator: number;
  unitLabel: string;
  denominatorLabel: string;
  denominatorHelp?: ReactNode;
  history?: readonly YearRate[];
  targets: readonly Target[];
  missing?: Readonly<{ count: number; targetYear: number }> | null;
  planName?: string;
  planHref?: string;
  note?: ReactNode;
}>) {
  return (
    <article className="keep-together @container relative flex min-w-0 flex-col rounded-lg border border-line bg-paper p-4 print:border-field">
      <h2 className="flex items-baseline gap-1.5 text-[0.9375rem] leading-normal">
        <span
          aria-hidden="true"
          className="print-fill size-2.5 shrink-0 border"
          style={{ background: seriesColor(series), borderColor: seriesEdge(series) }}
        />
        {href ? (
          <Link href={href as Route} className="hover:text-accent hover:underline">
            {title}
          </Link>
        ) : (
          title
        )}
      </h2>
      <div className="mt-1 flex flex-wrap items-end justify-between gap-x-3">
        <p className="tabular text-rate font-semibold whitespace-nowrap">
          {rate === null ? <span className="text-lg text-muted">Chưa có số liệu</span> : formatPercent(rate)}
        </p>
        {history.length > 1 && <Sparkline points={history} series={series} />}
      </div>
      <p className="tabular mt-1 text-sm">
        <span className="whitespace-nowrap">
          {href ? (
            <Link href={href as Route} className="link inline-block max-md:py-1">
              {formatCount(numerator)} / {formatCount(denominator)}
            </Link>
          ) : (
            `${formatCount(numerator)} / ${formatCount(denominator)}`
          )}
        </span>{" "}
        <span className="whitespace-nowrap">{unitLabel}</span>
      </p>
      <p className="text-xs text-muted">
        {denominatorLabel} {denominatorHelp && <HelpTip label="Mẫu số này là gì?">{denominatorHelp}</HelpTip>}
      </p>
      <RateBar rate={rate} targets={targets} series={series} className="mt-3 mb-2 h-4" />
      <ul className="tabular text-xs">
        {orderTargets(targets).map((target) => (
          <li key={target.year} className="flex flex-wrap justify-between gap-x-1">
            <span>
              <span aria-hidden="true">{target.isLast ? "│" : "┆"} </span>
              {target.year}: {formatTarget(target.rate)}
            </span>{" "}
            <TargetState rate={rate} target={target.rate} />
          </li>
        ))}
        {targets.length === 0 && <li className="text-muted">Chưa giao chỉ tiêu</li>}
      </ul>
      {missing && missing.count > 0 && (
        <p className="tabular mt-2 text-sm font-semibold">
          còn thiếu {formatCount(missing.count)} {unitLabel}
          <span className="font-normal text-muted"> để đạt {missing.targetYear}</span>
        </p>
      )}
      <div className="mt-auto">
        {note && <div className="pt-2 text-xs text-muted">{note}</div>}
        {planName && (
          <p className="pt-2 text-xs text-muted">
            Chỉ tiêu:{" "}
            {planHref ? (
              <Link href={planHref as Route} className="link">
                {planName}
              </Link>
            ) : (
              planName
            )}
          </p>
        )}
        {history.length > 1 && <HistoryTable title={title} points={history} />}
      </div>
    </article>
  );
}

function TargetState({ rate, target }: Readonly<{ rate: number | null; target: number }>) {
  if (rate === null) return null;
  if (rate >= target) return <ToneText tone="ok">đạt</ToneText>;

  return (
    <ToneText tone="warn">
      kém {formatGap(target - rate)}
      <span className="sr-only @[15rem]:not-sr-only"> điểm phần trăm</span>
    </ToneText>
  );
}

function Sparkline({ points, series }: Readonly<{ points: readonly YearRate[]; series: Series }>) {
  const step = 11;
  const years = `${points[0]?.year}–${points.at(-1)?.year}`;

  return (
    <div aria-hidden="true" className="flex items-end gap-1.5 pb-1 text-xs text-muted">
      <svg aria-hidden="true" width={points.length * step} height={26} className="print-fill">
        <line x1={0} x2={points.length * step} y1={25.5} y2={25.5} stroke="var(--color-field)" />
        {points.map((point, index) => {
          const height = point.rate === null ? 0 : (clampPercent(point.rate) / 100) * 24;

          return (
            <rect
              key={point.year}
              x={index * step + 1.5}
              y={25 - height}
              width={step - 3}
              height={height}
              fill={seriesColor(series)}
              stroke={seriesEdge(series)}
              strokeWidth={1}
            />
          );
        })}
      </svg>
      <span className="tabular leading-none whitespace-nowrap">{years}</span>
    </div>
  );
}

function HistoryTable({ title, points }: Readonly<{ title: string; points: readonly YearRate[] }>) {
  return (
    <details className="mt-2 border-t border-line pt-1 text-xs print:hidden">
      <summary className="py-1 text-accent max-md:py-2.5">Bảng các năm</summary>
      <table className="w-full">
        <caption className="sr-only">{title}: tỷ lệ các năm</caption>
        <tbody>
          {points.map((point) => (
            <tr key={point.year}>
              <th scope="row" className="text-left font-normal">
                {point.year}
              </th>
              <td className="text-right">{formatPercent(point.rate)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
