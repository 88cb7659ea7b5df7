import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { DataTable } from "@/components/data/data-table";
import { entryCode } from "@/domain/title/entry-code";
import type { TitleCode } from "@/domain/title/title";
import { kindOf } from "../constants";
import type { LikelyPair } from "../data/merge";
import { MarkDistinct } from "./distinct-mark";

/** Pairs of entries that may be the same, each leading to the compare screen or put aside as two. */
export function LikelyPairs({
  title,
  rows,
  empty,
}: Readonly<{ title: TitleCode; rows: readonly LikelyPair[]; empty: ReactNode }>) {
  const side = (name: string, number: string, year: number | null, unit: string) =>
    `${name}${year === null ? "" : `, ${year}`} · ${unit} · ${entryCode(title, BigInt(number))}`;

  const namesOf = (row: LikelyPair) =>
    `${side(row.keepName, row.keepNumber, row.keepYear, row.keepUnit)} và ${side(row.dropName, row.dropNumber, row.dropYear, row.dropUnit)}`;
  const compareHref = (row: LikelyPair) => `/so-theo-doi/gop?muc=${row.keepId}&voi=${row.dropId}` as Route;

  return (
    <DataTable
      caption={`${kindOf(title).tabLabel} có thể trùng`}
      columns={[
        {
          key: "keep",
          header: "Nên giữ",
          isRowHeader: true,
          cell: (row) => side(row.keepName, row.keepNumber, row.keepYear, row.keepUnit),
        },
        {
          key: "drop",
          header: "Có thể trùng với",
          cell: (row) => side(row.dropName, row.dropNumber, row.dropYear, row.dropUnit),
        },
        {
          key: "compare",
          header: "Việc",
          isWide: true,
          isScreenOnly: true,
          cell: (row) => (
            <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
              <Link href={compareHref(row)} className="link inline-flex min-h-11 items-center md:min-h-9">
                So sánh<span className="sr-only"> {namesOf(row)}</span>
              </Link>
              <MarkDistinct oneId={row.keepId} otherId={row.dropId} names={namesOf(row)} />
            </span>
          ),
        },
      ]}
      rows={rows}
      rowKey={(row) => `${row.keepId}${row.dropId}`}
      rowHref={compareHref}
      empty={empty}
    />
  );
}
