import { SectionCard } from "@/components/layout/section-card";
import { formatCount } from "@/lib/format/number";
import type { BatchCounts } from "../types";
import { leftOutHamletLines } from "../utils";

/** From which hamlets the figures "đạt" are taken, and why not from the others; nothing where the list has no such column. */
export function ResultsCard({ counts, year }: Readonly<{ counts: BatchCounts; year: number }>) {
  const { resultHamlets, leftOutHamlets = [] } = counts;
  if (leftOutHamlets.length === 0) return null;

  return (
    <SectionCard
      title={
        resultHamlets === 0
          ? `Không lấy được số “đạt” năm ${year} của thôn nào`
          : `Lấy số “đạt” năm ${year} của ${formatCount(resultHamlets)} thôn, không lấy của ${formatCount(leftOutHamlets.length)} thôn`
      }
      note="Chỉ lấy số của thôn mà tệp ghi đủ và không còn dòng phải sửa; nếu không, con số sẽ thấp hơn thực tế."
    >
      <ul className="flex flex-col gap-1">
        {leftOutHamletLines(leftOutHamlets, year).map(({ reason, names }) => (
          <li key={reason}>
            <span className="font-medium">{reason}:</span> {names}.
          </li>
        ))}
      </ul>
    </SectionCard>
  );
}
