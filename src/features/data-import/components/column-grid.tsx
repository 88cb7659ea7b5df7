"use client";

import { ChevronDown } from "lucide-react";
import { cx } from "@/components/cx";
import type { Column } from "@/components/data/data-table";
import { DataTable } from "@/components/data/data-table";
import type { FieldDefinition } from "../fields";
import type { ColumnGuess, ImportField } from "../types";
import { columnLetter } from "../utils";

/** The columns of a sheet with examples out of the file, and the field each one goes to. */
export function ColumnGrid({
  sheet,
  columns,
  fields,
  choices,
  onField,
}: Readonly<{
  sheet: string;
  columns: readonly ColumnGuess[];
  fields: Readonly<Record<number, ImportField>>;
  choices: readonly FieldDefinition[];
  onField: (index: number, field: ImportField | null) => void;
}>) {
  const shown: Column<ColumnGuess>[] = [
    {
      key: "letter",
      header: "Cột",
      width: "4rem",
      isHiddenOnPhone: true,
      cell: ({ index }) => <span className="tabular text-muted">{columnLetter(index)}</span>,
    },
    {
      key: "header",
      header: "Tiêu đề trong tệp",
      isRowHeader: true,
      cell: ({ header }) =>
        header === "" ? <span className="font-normal text-muted">(không có tiêu đề)</span> : header,
    },
    {
      key: "samples",
      header: "Ví dụ trong tệp",
      cell: ({ samples }) =>
        samples.length === 0 ? (
          <span className="text-muted">(trống)</span>
        ) : (
          <span className="line-clamp-2 text-muted">{samples.slice(0, 3).join(" · ")}</span>
        ),
    },
    {
      key: "field",
      header: "Ghi vào",
      isWide: true,
      width: "18rem",
      cell: ({ index, header }) => (
        <FieldSelect
          label={`Cột ${columnLetter(index)}${header === "" ? "" : ` “${header}”`} ghi vào`}
          value={fields[index] ?? null}
          choices={choices}
          onChange={(field) => onField(index, field)}
        />
      ),
    },
  ];

  return (
    <DataTable
      caption={`Các cột của trang ${sheet}`}
      columns={shown}
      rows={columns}
      rowKey={({ index }) => index}
      isDense
    />
  );
}

function FieldSelect({
  label,
  value,
  choices,
  onChange,
}: Readonly<{
  label: string;
  value: ImportField | null;
  choices: readonly FieldDefinition[];
  onChange: (field: ImportField | null) => void;
}>) {
  return (
    <span className="relative block w-full">
      <select
        aria-label={label}
        value={value ?? ""}
        onChange={(event) =>
          onChange(choices.find(({ field }) => field === event.target.value)?.field ?? null)
        }
        className={cx(
          "min-h-11 w-full appearance-none truncate rounded-md border bg-paper py-1 pr-9 pl-3 text-sm hover:border-ink md:min-h-9",
          value === null ? "border-line text-muted" : "border-field font-medium",
        )}
      >
        <option value="">Không dùng cột này</option>
        {choices.map(({ field, label: name, isRequired }) => (
          <option key={field} value={field}>
            {name}
            {isRequired ? " (bắt buộc)" : ""}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-muted"
      />
    </span>
  );
}
