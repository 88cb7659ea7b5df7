import { LinkButton } from "@/components/button";
import { FilterBar } from "@/components/data/filter-bar";
import { Pagination } from "@/components/data/pagination";
import { Tabs } from "@/components/data/tabs";
import { EmptyState } from "@/components/feedback/empty-state";
import { formatCount } from "@/lib/format/number";
import { VERDICT_LOOKS, VERDICTS } from "../constants";
import type { RowList } from "../loaders";
import { PROBLEM_TEXTS } from "../problems";
import type { BatchCounts, ProblemCode } from "../types";
import { entryHref, personText, placeText, problemSlug } from "../utils";
import type { DoubtRow } from "./doubt-table";
import { DoubtTable } from "./doubt-table";
import { ChangedTable, PlainRowsTable } from "./plain-rows-table";
import { RejectedTable } from "./rejected-table";

type Props = Readonly<{
  batch: Readonly<{ id: string; version: number }>;
  counts: BatchCounts;
  list: RowList;
  hasSheets: boolean;
  headerOf: (sheet: string, column: number) => string | undefined;
}>;

/** The rows of the file by what the check found of them, one page at a time. */
export function RowListView(props: Props) {
  const { batch, counts, list } = props;
  const base = `/nhap-lieu/${batch.id}`;
  const shown = VERDICTS.filter((verdict) => counts.rows[verdict] > 0);
  if (shown.length === 0) {
    return <EmptyState title="Tệp không có dòng dữ liệu nào dưới dòng tiêu đề đã chọn" />;
  }
  const here = `${base}?xem=${VERDICT_LOOKS[list.verdict].slug}`;
  const filtered = list.problem ? `${here}&ly-do=${problemSlug(list.problem)}` : here;

  return (
    <section aria-label="Các dòng của tệp">
      <Tabs
        label="Các dòng của tệp"
        items={shown.map((verdict) => ({
          href: `${base}?xem=${VERDICT_LOOKS[verdict].slug}`,
          label: VERDICT_LOOKS[verdict].label,
          count: counts.rows[verdict],
          isCurrent: verdict === list.verdict,
        }))}
      />
      {list.verdict === "REJECTED" && <ProblemFilter base={base} list={list} problems={counts.problems} />}
      <Rows {...props} />
      <Pagination
        nextHref={list.next === null ? null : `${filtered}&sau=${list.next}`}
        summary={`Trang này ${formatCount(list.rows.length)} trong ${formatCount(totalOf(list, counts))} dòng`}
      />
    </section>
  );
}

function Rows({ batch, counts, list, hasSheets, headerOf }: Props) {
  const { verdict, rows } = list;
  if (rows.length === 0) {
    return (
      <EmptyState
        title="Không còn dòng nào ở đây"
        action={<LinkButton href={`/nhap-lieu/${batch.id}`}>Xem từ đầu</LinkButton>}
      />
    );
  }
  if (verdict === "REJECTED") {
    return <RejectedTable rows={rows} hasSheets={hasSheets} headerOf={headerOf} />;
  }
  if (verdict === "DOUBTFUL") {
    return (
      <DoubtTable
        key={rows[0]?.ordinal}
        batch={batch}
        rows={rows.flatMap((row) => doubtRow(row, hasSheets))}
        total={counts.rows.DOUBTFUL}
      />
    );
  }
  const caption = VERDICT_LOOKS[verdict].label;

  return verdict === "CHANGED" ? (
    <ChangedTable caption={caption} rows={rows} hasSheets={hasSheets} />
  ) : (
    <PlainRowsTable caption={caption} rows={rows} hasSheets={hasSheets} />
  );
}

function ProblemFilter({
  base,
  list,
  problems,
}: Readonly<{ base: string; list: RowList; problems: BatchCounts["problems"] }>) {
  const found = Object.entries(problems) as [ProblemCode, number][];
  if (found.length < 2) return null;

  return (
    <FilterBar
      action={base}
      keep={{ xem: VERDICT_LOOKS.REJECTED.slug }}
      selects={[
        {
          name: "ly-do",
          label: "Lý do",
          value: list.problem ? problemSlug(list.problem) : "",
          allLabel: "Mọi lý do",
          options: found.map(([code, count]) => ({
            value: problemSlug(code),
            label: `${PROBLEM_TEXTS[code].reason} (${formatCount(count)})`,
          })),
        },
      ]}
    />
  );
}

function doubtRow(row: RowList["rows"][number], hasSheets: boolean): DoubtRow[] {
  const { candidate } = row;
  if (!candidate) return [];
  const born = candidate.birthYear === null ? [] : [`sinh ${candidate.birthYear}`];
  const closed = candidate.isClosed ? ["đã rời sổ"] : [];

  return [
    {
      ordinal: row.ordinal,
      place: placeText(row, hasSheets),
      inFile: personText(row) ?? "(không có tên)",
      inRegister: [candidate.name, ...born, candidate.unitName, ...closed].join(", "),
      href: entryHref(candidate.id),
      decision: row.decision,
    },
  ];
}

function totalOf({ verdict, problem }: RowList, counts: BatchCounts): number {
  return problem === undefined ? counts.rows[verdict] : (counts.problems[problem] ?? 0);
}
