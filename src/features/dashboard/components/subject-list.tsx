import { StateBadge } from "@/components/data/badge";
import { DataTable } from "@/components/data/data-table";
import { Pagination } from "@/components/data/pagination";
import { Tabs } from "@/components/data/tabs";
import { EmptyState } from "@/components/feedback/empty-state";
import type { AssessmentState } from "@/domain/recognition/recognition";
import { stateName, stateTone } from "@/domain/recognition/recognition";
import type { TitleCode } from "@/domain/title/title";
import { TITLES } from "@/domain/title/title";
import { formatCount, formatNumber } from "@/lib/format/number";
import { capitalised } from "@/lib/text/name";
import type { Step } from "../constants";
import { STEP_NAMES, STEPS } from "../constants";
import type { SubjectRow } from "../types";
import { dashboardHref } from "../utils";

/** The candidates a leaf's numbers are counted from, by name; each leads to its page in the register. */
export function SubjectList({
  rows,
  counts,
  counted,
  next,
  isLaterPage,
  place,
}: Readonly<{
  rows: readonly SubjectRow[];
  counts: Readonly<Record<Step, number>>;
  /** How many the counters say; more than the list when some have moved out of the reader's area since. */
  counted: number;
  next: string | null;
  isLaterPage: boolean;
  place: { unitId: number; year: number; title: TitleCode; step: Step };
}>) {
  const { title, step, year } = place;
  const noun = TITLES[title].countedNounVi;
  const hidden = counted - counts["tat-ca"];

  return (
    <>
      <div className="px-4 sm:px-5">
        <Tabs
          label="Khâu"
          items={STEPS.map((one) => ({
            href: dashboardHref({ ...place, step: one }, "danh-sach"),
            label: STEP_NAMES[one],
            count: counts[one],
            isCurrent: one === step,
          }))}
        />
      </div>
      <DataTable
        hasFrame={false}
        caption={`Danh sách ${noun} năm ${year}`}
        rows={rows}
        rowKey={(row) => row.id}
        rowHref={(row) => `/so-theo-doi/${row.id}`}
        empty={
          <EmptyState
            title={step === "tat-ca" ? `Chưa có ${noun} nào trong sổ` : `Chưa có ${noun} nào ở khâu này`}
          >
            {step === "tat-ca" ? "Danh sách sẽ có khi đơn vị ghi vào sổ theo dõi." : undefined}
          </EmptyState>
        }
        columns={[
          {
            key: "name",
            header: capitalised(TITLES[title].subjectNounVi),
            isRowHeader: true,
            cell: (row) => row.name,
          },
          { key: "state", header: "Tình trạng", cell: (row) => <State row={row} year={year} /> },
          {
            key: "total",
            header: "Tổng điểm",
            align: "right",
            cell: (row) => (row.total === null ? "–" : formatNumber(row.total, 2)),
          },
          {
            key: "missing",
            header: "Còn thiếu (tiêu chí)",
            align: "right",
            cell: (row) =>
              row.state === null || row.state === "REGISTERED" || row.isComplete
                ? "–"
                : formatCount(row.missingCount),
          },
        ]}
      />
      <div className="px-4 pb-4 sm:px-5">
        <Pagination
          previousHref={isLaterPage ? dashboardHref(place, "danh-sach") : undefined}
          nextHref={next ? dashboardHref({ ...place, after: next }, "danh-sach") : undefined}
          summary={`${formatCount(rows.length)} trong ${formatCount(counts[step])} ${noun}`}
        />
        {hidden > 0 && (
          <p className="mt-2 text-sm text-muted">
            {formatCount(hidden)} {noun} có trong số liệu năm {year} nhưng nay đã chuyển đến nơi khác nên
            không hiện tên ở đây.
          </p>
        )}
      </div>
    </>
  );
}

function State({ row, year }: Readonly<{ row: SubjectRow; year: number }>) {
  if (row.heldSince !== null && row.heldSince < year) {
    return <StateBadge tone="ok">Đã công nhận năm {row.heldSince}, còn hiệu lực</StateBadge>;
  }
  const state = row.state as AssessmentState | null;

  return <StateBadge tone={stateTone(state, row.isComplete)}>{stateName(state, row.isComplete)}</StateBadge>;
}
