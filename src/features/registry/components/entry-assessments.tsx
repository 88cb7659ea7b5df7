import { DataTable } from "@/components/data/data-table";
import { EmptyState } from "@/components/feedback/empty-state";
import { formatDate } from "@/lib/format/date";
import { formatNumber } from "@/lib/format/number";
import type { EntryAssessment } from "../data/entry";
import { AssessmentBadge } from "./state-badge";

/** A subject's assessments, year by year, with the decision that recognised it. */
export function EntryAssessments({ assessments }: Readonly<{ assessments: readonly EntryAssessment[] }>) {
  return (
    <DataTable
      hasFrame={false}
      caption="Đánh giá theo năm"
      columns={[
        { key: "year", header: "Năm", isRowHeader: true, cell: (row) => `Năm ${row.year}` },
        { key: "state", header: "Tình trạng", cell: (row) => <AssessmentBadge row={row} /> },
        {
          key: "total",
          header: "Điểm",
          align: "right",
          cell: (row) => (row.total === null ? "–" : formatNumber(row.total, 2)),
        },
        {
          key: "class",
          header: "Xếp loại",
          cell: (row) =>
            row.missingCount > 0 ? `còn ${row.missingCount} tiêu chí chưa chấm` : (row.className ?? "–"),
        },
        {
          key: "decision",
          header: "Quyết định công nhận",
          cell: ({ recognition }) =>
            recognition
              ? `Số ${recognition.number}, ngày ${formatDate(recognition.decidedOn)}${
                  recognition.lastYear > recognition.firstYear
                    ? `; có giá trị ${recognition.firstYear}–${recognition.lastYear}`
                    : ""
                }`
              : "–",
        },
      ]}
      rows={assessments}
      rowKey={(row) => row.id}
      rowHref={(row) => `/cham-diem/${row.id}`}
      empty={
        <EmptyState title="Chưa đăng ký năm nào">
          Mỗi năm đăng ký là một dòng: tình trạng, điểm, xếp loại và quyết định công nhận.
        </EmptyState>
      }
    />
  );
}
