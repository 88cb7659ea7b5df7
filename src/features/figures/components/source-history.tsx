import type { Route } from "next";
import Link from "next/link";
import { DataTable } from "@/components/data/data-table";
import { SectionCard } from "@/components/layout/section-card";
import { formatDate, formatDateTime } from "@/lib/format/date";
import { formatCount } from "@/lib/format/number";
import { capitalised } from "@/lib/text/name";
import { figureLabel } from "../constants";
import type { FigureVersion } from "../types";
import { enteredBy } from "./entered-table";

/** One figure of a unit and year: what it is now and what it was before, each time with source, day and person. */
export function SourceHistory({ versions }: Readonly<{ versions: readonly FigureVersion[] }>) {
  const [now] = versions;
  if (!now) return null;
  const name = capitalised(figureLabel(now.key));

  return (
    <SectionCard
      id={now.key}
      title={`${name}: ${now.value === null ? "đã rút" : formatCount(now.value)}`}
      note={versions.length > 1 ? `${formatCount(versions.length)} lần nhập, lần mới nhất ở trên` : undefined}
      isFlush
    >
      <DataTable
        hasFrame={false}
        caption={`${name}: các lần nhập`}
        rows={versions}
        rowKey={(row) => row.version}
        columns={[
          {
            key: "value",
            header: "Giá trị",
            isRowHeader: true,
            cell: (row) => <Step row={row} before={versions.find((one) => one.version < row.version)} />,
          },
          { key: "source", header: "Nguồn", cell: (row) => <Source row={row} /> },
          {
            key: "dated",
            header: "Ngày của nguồn",
            cell: (row) => (row.datedOn === null ? "chưa rõ" : formatDate(row.datedOn)),
          },
          { key: "by", header: "Người nhập", cell: enteredBy },
          { key: "at", header: "Lúc", cell: (row) => formatDateTime(row.enteredAt) },
        ]}
      />
    </SectionCard>
  );
}

function Step({ row, before }: Readonly<{ row: FigureVersion; before: FigureVersion | undefined }>) {
  const value = row.value === null ? "rút số" : formatCount(row.value);
  if (!before) return <span className="tabular">{value}</span>;

  return (
    <span className="tabular">
      <span className="text-muted">{before.value === null ? "đã rút" : formatCount(before.value)} → </span>
      {value}
    </span>
  );
}

function Source({ row }: Readonly<{ row: FigureVersion }>) {
  return (
    <span className="break-words">
      {row.source}
      {row.publishedNo !== null && (
        <>
          {" "}
          <Link
            href={
              `/bang-dieu-hanh/ket-qua-da-cong-bo?dong=${row.publishedNo}#dong-${row.publishedNo}` as Route
            }
            className="link inline-block max-md:py-1.5"
          >
            Xem dòng đã công bố số {row.publishedNo}
          </Link>
        </>
      )}
    </span>
  );
}
