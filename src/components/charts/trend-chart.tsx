import { formatPercent, formatTarget } from "@/lib/format/number";
import { ChartFrame } from "./chart-frame";
import { ChartTable } from "./chart-table";
import type { Series, Target } from "./series";
import { orderTargets } from "./series";
import { TrendLines } from "./trend-lines";

/**
 * A rate over the years on its way to the targets, and where the present pace would lead.
 *
 * @param points the rate of each year in percent; `isEntered` marks figures typed in, not counted here
 * @param projection where the present pace leads, from the year after the last point
 */
export function TrendChart({
  label,
  points,
  targets,
  series,
  projection = [],
  note,
}: Readonly<{
  label: string;
  points: ReadonlyArray<Readonly<{ year: number; rate: number | null; isEntered?: boolean }>>;
  targets: readonly Target[];
  series: Series;
  projection?: ReadonlyArray<Readonly<{ year: number; rate: number }>>;
  note?: string;
}>) {
  const hasEntered = points.some((point) => point.isEntered);
  const source = hasEntered
    ? "Chấm rỗng (dấu * trong bảng): số liệu nhập từ báo cáo, không đếm từ hồ sơ."
    : undefined;

  return (
    <ChartFrame
      label={label}
      note={[source, note].filter(Boolean).join(" ") || undefined}
      chart={
        <TrendLines points={points} targets={orderTargets(targets)} series={series} projection={projection} />
      }
      table={
        <ChartTable
          caption={label}
          columns={["Năm", "Tỷ lệ", "Chỉ tiêu", "Dự kiến theo tốc độ hiện nay"]}
          rows={yearsOf(points, targets, projection).map((year) => {
            const point = points.find((item) => item.year === year);

            return {
              id: year,
              label: point?.isEntered ? `${year} *` : String(year),
              cells: [
                formatPercent(point?.rate ?? null),
                formatTarget(targets.find((item) => item.year === year)?.rate ?? null),
                formatPercent(projection.find((item) => item.year === year)?.rate ?? null),
              ],
            };
          })}
        />
      }
    />
  );
}

function yearsOf(...lists: ReadonlyArray<ReadonlyArray<Readonly<{ year: number }>>>): number[] {
  return [...new Set(lists.flat().map((item) => item.year))].sort((a, b) => a - b);
}
