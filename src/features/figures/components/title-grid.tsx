"use client";

import { formatCount } from "@/lib/format/number";
import { TITLE_ROWS } from "../constants";
import { CountCell } from "./count-cell";

const COLUMNS = [
  ["total", "Tổng số"],
  ["registered", "Đăng ký"],
  ["recognised", "Được công nhận"],
] as const;

/** The five titles as they are reported: total, registered, recognised; the register's own count under each field. */
export function TitleGrid({
  values,
  counted,
  nameVi,
}: Readonly<{
  values: Readonly<Record<string, number | null>>;
  counted: Readonly<Record<string, number>>;
  nameVi: Readonly<Record<string, string>>;
}>) {
  return (
    <div className="overflow-x-auto contain-inline-size">
      <table className="w-full max-w-3xl border-separate border-spacing-0 text-sm">
        <caption className="sr-only">Tổng số, đăng ký và công nhận của từng mô hình</caption>
        <thead>
          <tr>
            <th
              scope="col"
              className="border-b border-field py-2 pr-3 text-left text-xs font-semibold text-muted"
            >
              Mô hình
            </th>
            {COLUMNS.map(([column, label]) => (
              <th
                key={column}
                scope="col"
                className="border-b border-field px-2 py-2 text-right text-xs font-semibold text-muted"
              >
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {TITLE_ROWS.map((row) => (
            <tr key={row.title}>
              <th scope="row" className="border-b border-line py-2 pr-3 text-left font-normal">
                {nameVi[row.title]}
              </th>
              {COLUMNS.map(([column]) => {
                const { key, label } = row[column];
                const count = counted[key];

                return (
                  <td key={column} className="border-b border-line px-2 py-1.5 align-top">
                    <CountCell
                      name={key}
                      label={label}
                      value={values[key] ?? null}
                      hint={count === undefined ? undefined : `sổ: ${formatCount(count)}`}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
