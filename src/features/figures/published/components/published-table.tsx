import { ChevronDown } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { ToneText } from "@/components/data/badge";
import { DataTable } from "@/components/data/data-table";
import { EmptyState } from "@/components/feedback/empty-state";
import { PUBLISHED_MODELS } from "@/domain/published/published-result";
import { inSentence } from "@/features/territory/utils";
import { formatCount } from "@/lib/format/number";
import { sourcesHref } from "../../utils";
import type { PublishedView } from "../loaders";
import { hostOf, NOT_TAKEN, percent, printedRate, trapLine, trapText } from "../utils";

const LEVEL_WORDS = {
  NATION: null,
  REGION: "vùng",
  PROVINCE: "tỉnh",
  DISTRICT: "huyện",
  COMMUNE: "xã",
} as const;

/** Published results: the numbers as printed, the rates computed again from them, and what to beware of. */
export function PublishedTable({ rows }: Readonly<{ rows: readonly PublishedView[] }>) {
  return (
    <DataTable
      caption="Kết quả đã công bố"
      rows={rows}
      rowKey={(row) => row.result.no}
      empty={
        <EmptyState title="Không có dòng nào như vậy">
          Hãy bỏ bớt điều kiện lọc để xem các dòng khác.
        </EmptyState>
      }
      columns={[
        {
          key: "place",
          header: "Nơi, thời gian",
          isRowHeader: true,
          width: "9rem",
          cell: (row) => <Place row={row} />,
        },
        { key: "model", header: "Mô hình", width: "9rem", cell: (row) => <Model row={row} /> },
        { key: "total", header: "Tổng số", align: "right", cell: ({ result }) => formatCount(result.total) },
        {
          key: "registered",
          header: "Đăng ký",
          align: "right",
          cell: ({ result }) => formatCount(result.registered),
        },
        {
          key: "recognised",
          header: "Công nhận",
          align: "right",
          cell: ({ result }) => formatCount(result.recognised),
        },
        { key: "rate", header: "Tỷ lệ công bố", align: "right", cell: (row) => <Printed row={row} /> },
        {
          key: "ofTotal",
          header: "Công nhận / tổng số",
          align: "right",
          isHiddenOnPhone: true,
          cell: ({ ofTotal }) => <Recomputed value={ofTotal} />,
        },
        {
          key: "ofRegistered",
          header: "Công nhận / đăng ký",
          align: "right",
          isHiddenOnPhone: true,
          cell: ({ ofRegistered }) => <Recomputed value={ofRegistered} />,
        },
        {
          key: "traps",
          header: "Cần lưu ý",
          isWide: true,
          width: "20rem",
          cell: (row) => <Beware row={row} isOpen={rows.length === 1} />,
        },
      ]}
    />
  );
}

function Place({ row: { result } }: Readonly<{ row: PublishedView }>) {
  const level = LEVEL_WORDS[result.level];
  const province = result.level === "DISTRICT" || result.level === "COMMUNE" ? result.province : null;

  return (
    <span id={`dong-${result.no}`} className="scroll-mt-28">
      <span className="font-medium">{result.place}</span>
      <span className="block text-xs text-muted">
        {[level, province, result.period].filter(Boolean).join(" · ")}
      </span>
    </span>
  );
}

function Model({ row: { result } }: Readonly<{ row: PublishedView }>) {
  return (
    <span>
      {PUBLISHED_MODELS[result.model].nameVi}
      {result.population && <span className="block text-xs text-muted">{result.population}</span>}
    </span>
  );
}

function Printed({ row: { result } }: Readonly<{ row: PublishedView }>) {
  const { rate, of } = printedRate(result);

  return (
    <span className="whitespace-nowrap">
      {rate}
      {of && <span className="block text-xs whitespace-normal text-muted">{of}</span>}
    </span>
  );
}

function Beware({ row, isOpen }: Readonly<{ row: PublishedView; isOpen: boolean }>) {
  const { result, traps, ofTotal, ofRegistered } = row;
  const line = trapLine(traps);

  return (
    <details open={isOpen} className="text-left text-sm">
      <summary className="flex min-h-11 cursor-pointer items-center gap-1 md:min-h-8">
        {line === null ? (
          <span className="text-muted">Nguồn và ghi chú</span>
        ) : (
          <ToneText tone="warn">{line}</ToneText>
        )}
        <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-muted in-open:rotate-180" />
      </summary>
      <div className="flex flex-col gap-1 pb-2">
        {traps.length > 0 && (
          <ul className="list-disc pl-5">
            {traps.map((trap) => (
              <li key={trap.code}>{trapText(trap)}</li>
            ))}
          </ul>
        )}
        <p className="md:hidden">
          Tính lại: công nhận trên tổng số {percent(ofTotal)}, trên số đăng ký {percent(ofRegistered)}.
        </p>
        {result.note && <p>Ghi chú: {result.note}.</p>}
        <p className="text-muted">
          <Taken row={row} />
        </p>
        <p className="text-muted">
          Nguồn: <Source text={result.source} />
        </p>
      </div>
    </details>
  );
}

function Taken({ row }: Readonly<{ row: PublishedView }>) {
  const { taken, unitId, unitName, canOpen, figures } = row;
  if (typeof taken === "string") return NOT_TAKEN[taken];
  if (!canOpen || unitId === null) return `Là số nhập năm ${taken} của ${inSentence(unitName ?? "")}.`;

  return (
    <Link href={sourcesHref({ unitId, year: taken }) as Route} className="link inline-block max-md:py-1.5">
      {figures > 0
        ? `Là số nhập năm ${taken} của ${inSentence(unitName ?? "")}`
        : `${unitName} đã nhập số khác cho năm ${taken}`}
    </Link>
  );
}

function Source({ text }: Readonly<{ text: string }>) {
  const host = hostOf(text);
  if (host === null) return text;

  return (
    <a href={text} rel="noopener noreferrer" target="_blank" className="link inline-block max-md:py-1.5">
      {host} <span className="sr-only">(mở trang mới)</span>
    </a>
  );
}

function Recomputed({ value }: Readonly<{ value: number | null }>) {
  return <span className="whitespace-nowrap">{percent(value)}</span>;
}
