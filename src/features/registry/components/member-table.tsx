"use client";

import { Button } from "@/components/button";
import { Badge } from "@/components/data/badge";
import type { Column } from "@/components/data/data-table";
import { DataTable } from "@/components/data/data-table";
import { EmptyState } from "@/components/feedback/empty-state";
import { entryCode } from "@/domain/title/entry-code";
import { formatCount } from "@/lib/format/number";
import type { ListOwner, MemberRow } from "../member-list";
import { MEMBER_LISTS } from "../member-list";

const BIRTH_YEAR: Column<MemberRow> = {
  key: "birthYear",
  header: "Năm sinh",
  align: "right",
  cell: (row) => row.birthYear ?? "–",
};

/** Rows with a box each: ticked is in the list once it is saved. */
export function MemberTable({
  subject,
  caption,
  rows,
  changes,
  isLoading,
  onChange,
}: Readonly<{
  subject: Readonly<{ id: string; title: ListOwner }>;
  caption: string;
  rows: readonly MemberRow[];
  changes: ReadonlyMap<string, MemberRow>;
  isLoading: boolean;
  onChange: (rows: readonly MemberRow[], isIn: boolean) => void;
}>) {
  const words = MEMBER_LISTS[subject.title];
  const wasIn = (row: MemberRow) => row.listedById === subject.id;
  const isIn = (row: MemberRow) => wasIn(row) !== changes.has(row.id);
  const isAllIn = rows.every(isIn);

  const columns: Column<MemberRow>[] = [
    {
      key: "name",
      header: words.rowHeader,
      isRowHeader: true,
      cell: (row) => (
        <label className="flex min-h-11 cursor-pointer items-center gap-3 md:min-h-7">
          <input
            type="checkbox"
            className="size-5 shrink-0 cursor-pointer accent-accent"
            checked={isIn(row)}
            onChange={(event) => onChange([row], event.target.checked)}
          />
          {row.name}
        </label>
      ),
    },
    { key: "code", header: "Mã", cell: (row) => entryCode(words.member, row.number), isHiddenOnPhone: true },
    ...(rows.some(({ birthYear }) => birthYear !== null) ? [BIRTH_YEAR] : []),
    { key: "unit", header: "Thôn", cell: (row) => row.unitName },
    {
      key: "state",
      header: "Danh sách",
      cell: (row) => (
        <span className="inline-flex flex-wrap items-center gap-2">
          {changes.has(row.id) && <Badge>{wasIn(row) ? "sẽ bỏ ra" : "sẽ thêm vào"}</Badge>}
          {row.listedBy !== null && !wasIn(row)
            ? `đang thuộc ${row.listedBy}`
            : !changes.has(row.id) && (wasIn(row) ? "đang trong danh sách" : "chưa thuộc danh sách nào")}
        </span>
      ),
    },
  ];

  return (
    <div aria-busy={isLoading} className={isLoading ? "opacity-60" : undefined}>
      <DataTable
        caption={caption}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title={`Không có ${words.noun} nào ở phần này`} />}
      />
      {rows.length > 1 && (
        <div className="mt-2">
          <Button size="small" variant="quiet" onPress={() => onChange(rows, !isAllIn)}>
            {isAllIn ? "Bỏ dấu" : "Đánh dấu"} cả {formatCount(rows.length)} dòng đang hiện
          </Button>
        </div>
      )}
    </div>
  );
}
