import type { ReactNode } from "react";
import { DataTable } from "@/components/data/data-table";
import { entryCode } from "@/domain/title/entry-code";
import type { TitleCode } from "@/domain/title/title";
import { kindOf } from "../constants";
import type { LikelyPair } from "../data/merge";

/** Pairs of entries that may be the same, each leading to the compare screen. */
export function LikelyPairs({
  title,
  rows,
  empty,
}: Readonly<{ title: TitleCode; rows: readonly LikelyPair[]; empty: ReactNode }>) {
  const side = (name: string, number: string, year: number | null, unit: string) =>
    `${name}${year === null ? "" : `, ${year}`} · ${unit} · ${entryCode(title, BigInt(number))}`;

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
          isScreenOnly: true,
          cell: () => <span aria-hidden="true">So sánh ›</span>,
        },
      ]}
      rows={rows}
      rowKey={(row) => `${row.keepId}${row.dropId}`}
      rowHref={(row) => `/so-theo-doi/gop?muc=${row.keepId}&voi=${row.dropId}`}
      empty={empty}
    />
  );
}
