import type { Column } from "@/components/data/data-table";
import { DataTable } from "@/components/data/data-table";
import { TARGET_NAMES } from "../constants";
import type { ReviewRow } from "../data";
import { fieldOf } from "../fields";
import { bornText, entryHref } from "../utils";
import { placeColumns } from "./row-columns";

type Props = Readonly<{ caption: string; rows: readonly ReviewRow[]; hasSheets: boolean }>;

const NAME: Column<ReviewRow> = {
  key: "name",
  header: "Ghi trong tệp",
  cell: ({ facts }) => facts.name ?? "–",
};
const BORN: Column<ReviewRow> = {
  key: "born",
  header: "Năm sinh",
  cell: (row) => bornText(row.facts) ?? "–",
};
const HAMLET: Column<ReviewRow> = {
  key: "hamlet",
  header: "Thôn",
  cell: ({ unitName, facts }) => unitName ?? facts.hamlet ?? "–",
};
const TARGET: Column<ReviewRow> = { key: "target", header: "Sổ", cell: ({ target }) => TARGET_NAMES[target] };

/** Rows about which nothing has to be decided. */
export function PlainRowsTable({ caption, rows, hasSheets }: Props) {
  return (
    <DataTable
      caption={caption}
      columns={[...placeColumns(hasSheets), NAME, BORN, HAMLET, TARGET]}
      rows={rows}
      rowKey={({ ordinal }) => ordinal}
      rowHref={({ candidate }) => (candidate ? entryHref(candidate.id) : null)}
    />
  );
}

/** Rows that differ from their entry: what stands in the register and what in the file, field by field. */
export function ChangedTable({ caption, rows, hasSheets }: Props) {
  const columns: readonly Column<ReviewRow>[] = [
    ...placeColumns(hasSheets),
    {
      key: "entry",
      header: "Mục trong sổ",
      cell: ({ candidate, facts }) =>
        candidate ? (
          <a className="link" href={entryHref(candidate.id)}>
            {candidate.name}
          </a>
        ) : (
          (facts.name ?? "–")
        ),
    },
    {
      key: "changes",
      header: "Khác ở đâu: trong sổ → trong tệp",
      isWide: true,
      cell: ({ changes, target }) => (
        <ul className="flex flex-col gap-0.5 py-1">
          {(changes ?? []).map(({ field, from, to }) => (
            <li key={field}>
              <span className="text-muted">{fieldOf(target, field)?.label ?? field}:</span>{" "}
              <del className="text-muted">{from || "(trống)"}</del> <span aria-hidden="true">→</span>{" "}
              <ins className="font-medium no-underline">{to || "(trống)"}</ins>
            </li>
          ))}
        </ul>
      ),
    },
  ];

  return <DataTable caption={caption} columns={columns} rows={rows} rowKey={({ ordinal }) => ordinal} />;
}
