"use client";

import {
  CartesianGrid,
  LabelList,
  Line,
  LineChart,
  ReferenceDot,
  ReferenceLine,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { formatPercent, formatTarget, formatTenths } from "@/lib/format/number";
import type { Series, Target } from "./series";
import { seriesColor, seriesEdge } from "./series";

const text = { fill: "var(--color-muted)", fontSize: 12 };
const ink = { fill: "var(--color-ink)", fontSize: 12, fontWeight: 600 };
const halo = { paintOrder: "stroke", stroke: "var(--color-paper)", strokeWidth: 4 } as const;

/** The lines of a trend chart; the numbers are labelled at the points, the tooltip only repeats them. */
export function TrendLines({
  points,
  targets,
  series,
  projection,
}: Readonly<{
  points: ReadonlyArray<Readonly<{ year: number; rate: number | null; isEntered?: boolean }>>;
  targets: ReadonlyArray<Target & { isLast: boolean }>;
  series: Series;
  projection: ReadonlyArray<Readonly<{ year: number; rate: number }>>;
}>) {
  const years = [...points, ...targets, ...projection].map((item) => item.year);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const latest = points.filter((point) => point.rate !== null).at(-1);
  const data = Array.from({ length: last - first + 1 }, (_, index) => {
    const year = first + index;
    const point = points.find((item) => item.year === year);
    const rate = point?.rate ?? null;
    const projected = projection.find((item) => item.year === year)?.rate ?? null;

    return {
      year,
      rate,
      isEntered: point?.isEntered ?? false,
      projected: projection.length > 0 && year === latest?.year ? rate : projected,
    };
  });
  const end = projection.at(-1);
  // Its number stands away from the last target's line, whose label is at the same edge.
  const isAboveLast = end !== undefined && end.rate >= (targets.at(-1)?.rate ?? 100);

  return (
    <div aria-hidden="true">
      <LineChart
        responsive
        data={data}
        style={{ width: "100%", height: 300 }}
        margin={{ top: 20, right: 76, bottom: 4, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--color-line)" />
        <XAxis
          dataKey="year"
          type="number"
          domain={[first, last]}
          ticks={data.map((item) => item.year)}
          interval="preserveStartEnd"
          minTickGap={2}
          tick={text}
          stroke="var(--color-field)"
          padding={{ left: 16, right: 8 }}
        />
        <YAxis
          domain={[0, 100]}
          ticks={[0, 20, 40, 60, 80, 100]}
          tick={text}
          stroke="var(--color-field)"
          width={54}
          tickFormatter={(value: number) => `${value} %`}
        />
        <Tooltip
          isAnimationActive={false}
          formatter={(value, name) => [
            formatPercent(typeof value === "number" ? value : null),
            name === "rate" ? "Tỷ lệ" : "Theo tốc độ hiện nay",
          ]}
          labelFormatter={(year) => `Năm ${year}`}
          contentStyle={{ fontSize: 13, borderColor: "var(--color-field)", borderRadius: 4 }}
          itemStyle={{ color: "var(--color-ink)" }}
        />
        {targets.map((target) => (
          <ReferenceLine
            key={target.year}
            y={target.rate}
            stroke="var(--color-ink)"
            strokeWidth={1.5}
            strokeDasharray={target.isLast ? undefined : "6 4"}
            label={{ value: `${target.year}: ${formatTarget(target.rate)}`, position: "right", ...ink }}
          />
        ))}
        {targets.map((target) => (
          <ReferenceDot
            key={target.year}
            x={target.year}
            y={target.rate}
            r={5}
            fill="var(--color-paper)"
            stroke="var(--color-ink)"
            strokeWidth={2}
          />
        ))}
        <Line
          dataKey="projected"
          stroke={seriesEdge(series)}
          strokeWidth={2}
          strokeDasharray="2 5"
          strokeLinecap="round"
          dot={false}
          connectNulls
          isAnimationActive={false}
        />
        {end && (
          <ReferenceDot
            x={end.year}
            y={end.rate}
            r={4}
            fill="var(--color-paper)"
            stroke={seriesEdge(series)}
            strokeWidth={2}
            label={{
              value: formatTenths(end.rate),
              position: isAboveLast ? "top" : "bottom",
              ...text,
              ...halo,
            }}
          />
        )}
        <Line
          dataKey="rate"
          stroke={seriesColor(series)}
          strokeWidth={3}
          dot={({ cx: x, cy: y, payload, key }) =>
            payload.rate === null ? (
              <g key={key} />
            ) : (
              <circle
                key={key}
                cx={x}
                cy={y}
                r={4.5}
                fill={payload.isEntered ? "var(--color-paper)" : seriesColor(series)}
                stroke={seriesEdge(series)}
                strokeWidth={2}
              />
            )
          }
          connectNulls
          isAnimationActive={false}
        >
          <LabelList
            dataKey="rate"
            position="top"
            offset={10}
            formatter={(value) => (typeof value === "number" ? formatTenths(value) : "")}
            style={{ ...ink, ...halo }}
          />
        </Line>
      </LineChart>
    </div>
  );
}
