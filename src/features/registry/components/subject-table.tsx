import Link from "next/link";
import type { ReactNode } from "react";
import { Badge } from "@/components/data/badge";
import type { Column } from "@/components/data/data-table";
import { DataTable } from "@/components/data/data-table";
import { entryCode } from "@/domain/title/entry-code";
import type { TitleCode } from "@/domain/title/title";
import { formatNumber } from "@/lib/format/number";
import { kindOf } from "../constants";
import { standsInHamlet } from "../filter-names";
import type { SubjectRow } from "../types";
import { AssessmentBadge } from "./state-badge";

/** Entries of one kind with the state and total of their assessment in a year. */
export function SubjectTable({
  title,
  year,
  rows,
  isAboveCommune = false,
  isPickable = false,
  empty,
}: Readonly<{
  title: TitleCode;
  year: number;
  rows: readonly SubjectRow[];
  isAboveCommune?: boolean;
  /** rows carry a box to tick, `muc` in the form around the table */
  isPickable?: boolean;
  empty?: ReactNode;
}>) {
  const kind = kindOf(title);
  const birth: Column<SubjectRow>[] =
    title === "CITIZEN"
      ? [{ key: "birthYear", header: "Năm sinh", align: "right", cell: (row) => row.birthYear }]
      : [];
  const place: Column<SubjectRow>[] =
    standsInHamlet(title) || isAboveCommune
      ? [
          {
            key: "unit",
            header: standsInHamlet(title) ? "Thôn" : "Xã, phường",
            cell: (row) => placeOf(row, isAboveCommune),
          },
        ]
      : [];
  const pick: Column<SubjectRow>[] = isPickable
    ? [
        {
          key: "pick",
          header: <span className="sr-only">Đánh dấu</span>,
          isWide: true,
          isScreenOnly: true,
          width: "3rem",
          cell: (row) => (
            <label className="flex min-h-9 cursor-pointer items-center gap-3">
              <input
                type="checkbox"
                name="muc"
                value={row.id}
                className="size-5 shrink-0 cursor-pointer accent-accent"
              />
              <span className="sr-only">Đánh dấu {row.name}</span>
            </label>
          ),
        },
      ]
    : [];
  const columns: Column<SubjectRow>[] = [
    ...pick,
    {
      key: "name",
      header: kind.nameLabel,
      isRowHeader: true,
      cell: (row) => (row.title === title ? row.name : `${row.name} (${kindOf(row.title).nounVi})`),
    },
    {
      key: "code",
      header: "Mã",
      isHiddenOnPhone: true,
      cell: (row) => <span className="tabular text-muted">{entryCode(row.title, row.number)}</span>,
    },
    ...birth,
    ...place,
    {
      key: "state",
      header: `Năm ${year}`,
      cell: (row) => (
        <span className="inline-flex flex-wrap items-center gap-2">
          <AssessmentBadge row={row} />
          {row.isClosed && <Badge>đã thôi theo dõi</Badge>}
        </span>
      ),
    },
    {
      key: "total",
      header: "Điểm",
      align: "right",
      cell: (row) => (row.total === null ? "–" : formatNumber(row.total, 2)),
    },
    {
      key: "sheet",
      header: "Phiếu điểm",
      isWide: true,
      cell: (row) =>
        row.assessmentId && (
          <Link href={`/cham-diem/${row.assessmentId}`} className="link" prefetch={false}>
            Phiếu điểm<span className="sr-only"> của {row.name}</span>
          </Link>
        ),
    },
  ];

  return (
    <DataTable
      caption={`${kind.tabLabel}, năm ${year}`}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => `/so-theo-doi/${row.id}?nam=${year}`}
      empty={empty}
    />
  );
}

function placeOf({ unitName, communeName }: SubjectRow, isAboveCommune: boolean): string {
  return isAboveCommune && communeName !== null ? `${unitName}, ${communeName}` : unitName;
}
