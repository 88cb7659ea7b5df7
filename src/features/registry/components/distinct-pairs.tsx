import type { ReactNode } from "react";
import { DataTable } from "@/components/data/data-table";
import { entryCode } from "@/domain/title/entry-code";
import type { TitleCode } from "@/domain/title/title";
import { formatDateTime } from "@/lib/format/date";
import { kindOf } from "../constants";
import type { DistinctPage } from "../loaders/merge";
import { UnmarkDistinct } from "./distinct-mark";

type Row = DistinctPage["rows"][number];

/** Pairs that look alike and were found to be two entries: who said so, when, and the way back. */
export function DistinctPairs({
  title,
  rows,
  empty,
}: Readonly<{ title: TitleCode; rows: readonly Row[]; empty: ReactNode }>) {
  const text = ({ name, number, birthYear, unitName }: Row["first"]) =>
    `${name}${birthYear === null ? "" : `, ${birthYear}`} · ${unitName} · ${entryCode(title, BigInt(number))}`;

  return (
    <DataTable
      caption={`${kindOf(title).tabLabel} đã đánh dấu không phải trùng`}
      columns={[
        { key: "first", header: "Mục này", isRowHeader: true, cell: ({ first }) => text(first) },
        { key: "second", header: "Khác với", cell: ({ second }) => text(second) },
        {
          key: "by",
          header: "Người đánh dấu",
          cell: ({ byName }) => byName ?? "Tài khoản không còn xem được",
        },
        { key: "at", header: "Lúc", align: "right", cell: ({ markedAt }) => formatDateTime(markedAt) },
        {
          key: "undo",
          header: "Việc",
          isWide: true,
          isScreenOnly: true,
          cell: ({ first, second }) => (
            <UnmarkDistinct
              oneId={first.id}
              otherId={second.id}
              names={`${text(first)} và ${text(second)}`}
            />
          ),
        },
      ]}
      rows={rows}
      rowKey={({ first, second }) => `${first.id}${second.id}`}
      rowHref={({ first, second }) => `/so-theo-doi/gop?muc=${first.id}&voi=${second.id}`}
      empty={empty}
    />
  );
}
