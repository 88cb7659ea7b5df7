import type { Route } from "next";
import Link from "next/link";
import { Badge, ToneText } from "@/components/data/badge";
import type { Column } from "@/components/data/data-table";
import { DataTable } from "@/components/data/data-table";
import { denominatorText } from "@/features/figures/utils";
import { formatCount, formatGap, formatPercent, formatTarget } from "@/lib/format/number";
import type { TargetView } from "../types";
import { confidenceText } from "../utils";

/**
 * The targets of one plan.
 * @param actual the unit's own numbers beside each, of which year, and where they come from; null without a unit
 */
export function TargetTable({
  caption,
  views,
  actual,
}: Readonly<{
  caption: string;
  views: readonly TargetView[];
  actual: Readonly<{ year: number; dashboardHref: string }> | null;
}>) {
  return (
    <DataTable
      hasFrame={false}
      caption={caption}
      columns={[...targetColumns, ...(actual ? actualColumns(actual) : [])]}
      rows={[...views].sort((a, b) => a.target.year - b.target.year)}
      rowKey={(view) => view.target.code}
    />
  );
}

const targetColumns: readonly Column<TargetView>[] = [
  {
    key: "indicator",
    header: "Chỉ tiêu",
    isRowHeader: true,
    cell: (view) => (
      <>
        <span className="font-medium">{view.indicatorName}</span>{" "}
        <span className="text-xs text-muted">{view.target.code}</span>
        <span className="block text-xs text-muted">
          {view.target.denominator !== "" && <>trên {view.target.denominator}</>}
        </span>
        <Marks view={view} />
      </>
    ),
  },
  { key: "year", header: "Năm", align: "right", cell: ({ target }) => target.year },
  {
    key: "value",
    header: "Mức",
    align: "right",
    cell: ({ target }) => (
      <span className="font-semibold whitespace-nowrap">
        {target.operator === "IS_TRUE" ? "đạt" : `≥ ${formatTarget(target.valuePct)}`}
      </span>
    ),
  },
  {
    key: "source",
    header: "Độ chắc chắn",
    cell: ({ target }) => (
      <div className="min-w-0">
        {confidenceText(target.confidence)}
        {target.note && <span className="block text-xs text-muted">{target.note}</span>}
        <Source text={target.source} />
      </div>
    ),
  },
];

function actualColumns({
  year,
  dashboardHref,
}: Readonly<{ year: number; dashboardHref: string }>): Column<TargetView>[] {
  return [
    {
      key: "actual",
      header: `Thực hiện ${year}`,
      align: "right",
      cell: (view) => <Actual view={view} href={dashboardHref} />,
    },
    { key: "gap", header: "Kém (điểm %)", align: "right", cell: (view) => <Gap view={view} /> },
    {
      key: "missing",
      header: "Còn thiếu",
      align: "right",
      cell: ({ missing }) => formatCount(missing),
    },
  ];
}

function Marks({ view }: Readonly<{ view: TargetView }>) {
  const { target, isBinding, isForOtherAreas } = view;
  if (!isBinding && target.areaVariant === null) return null;

  return (
    <span className="mt-1 flex flex-wrap gap-1">
      {isBinding && <Badge>Đang áp dụng</Badge>}
      {target.areaVariant !== null && (
        <span className="text-xs text-muted">
          Riêng vùng {target.areaText ?? "đặc biệt khó khăn"}
          {isForOtherAreas && " (đơn vị này không thuộc)"}
        </span>
      )}
    </span>
  );
}

function Actual({ view, href }: Readonly<{ view: TargetView; href: string }>) {
  const { base, ratio, rate, holds } = view;
  if (!base) return holds === null ? <Unknown /> : holds ? "đã đạt" : "chưa đạt";
  if (!ratio?.numerator || !ratio.denominator || rate === null) return <Unknown />;

  return (
    <span className="inline-block text-right">
      <Link href={href as Route} className="link font-semibold">
        {formatPercent(rate)}
      </Link>
      <span className="block text-xs text-muted">
        {formatCount(ratio.numerator.value)} / {formatCount(ratio.denominator.value)}
      </span>
      <span className="block text-xs text-muted">{denominatorText(ratio.denominator)}</span>
    </span>
  );
}

function Unknown() {
  return <span className="text-muted">chưa có số liệu</span>;
}

function Gap({ view }: Readonly<{ view: TargetView }>) {
  if (view.isReached === null) return <span className="text-muted">–</span>;
  if (view.isReached) return <ToneText tone="ok">đạt</ToneText>;

  return <ToneText tone="warn">{view.gap === null ? "chưa đạt" : formatGap(-view.gap)}</ToneText>;
}

/** Where the target was read: the sites of its addresses, and the words around them when they are few. */
function Source({ text }: Readonly<{ text: string }>) {
  const addresses = [...new Set(text.match(/https?:\/\/[^\s;,)]+/g) ?? [])];
  if (addresses.length === 0) return <span className="block text-xs text-muted">{text}</span>;

  return addresses.slice(0, 2).map((address) => (
    <a
      key={address}
      href={address}
      rel="noreferrer"
      target="_blank"
      className="link block text-xs break-all max-md:py-1"
    >
      {new URL(address).hostname.replace(/^www\./, "")}
    </a>
  ));
}
