"use client";

import { useState } from "react";
import { Form } from "@/components/form/form";
import { FormActions, SubmitButton } from "@/components/form/submit-button";
import { inSentence } from "@/features/territory/utils";
import { formatCount } from "@/lib/format/number";
import { saveFigureGridAction } from "../actions";
import type { FigureField } from "../constants";
import type { GridUnit } from "../types";
import { cellName } from "../utils";
import { CountCell } from "./count-cell";
import { OriginFields } from "./origin-fields";

/**
 * Units down, figures across, for one year. Saves what was touched. Enter, ↓ and ↑ move within a column, Tab to the next cell; under
 * each cell stands the register's own count, under the columns the sum beside the unit's own figure.
 */
export function FigureGrid({
  parent,
  year,
  fields,
  units,
  partsLabel,
}: Readonly<{
  parent: GridUnit;
  year: number;
  fields: readonly FigureField[];
  units: readonly GridUnit[];
  partsLabel: string;
}>) {
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const base = Object.fromEntries(
    units.flatMap((unit) =>
      fields.flatMap(({ key }) => (unit.figures[key] ? [[cellName(unit.id, key), unit.figures[key]]] : [])),
    ),
  );

  function mark(name: string, isTouched: boolean) {
    setTouched((before) => {
      if (before.has(name) === isTouched) return before;
      const after = new Set(before);
      if (isTouched) after.add(name);
      else after.delete(name);

      return after;
    });
  }

  return (
    <Form
      action={saveFigureGridAction}
      hidden={{ unitId: parent.id, year, base: JSON.stringify(base) }}
      label={`Số chính thức từng nơi năm ${year}`}
      aboutWhom={(name) => units.find(({ id }) => name.startsWith(`${id}.`))?.name}
      onSuccess={() => setTouched(new Set())}
    >
      <div className="max-h-[80dvh] scroll-pt-16 scroll-pb-32 scroll-pl-44 overflow-auto rounded-md border border-line contain-inline-size">
        <table className="w-full min-w-max border-separate border-spacing-0 text-sm">
          <caption className="sr-only">
            Số chính thức năm {year}: {partsLabel} theo hàng, số liệu theo cột
          </caption>
          <thead>
            <tr>
              <th
                scope="col"
                className="sticky top-0 left-0 z-30 border-b border-field bg-page px-3 py-2 text-left align-bottom text-xs font-semibold text-muted"
              >
                {partsLabel}
              </th>
              {fields.map((field) => (
                <th
                  key={field.key}
                  scope="col"
                  className="sticky top-0 z-20 w-28 border-b border-field bg-page px-2 py-2 text-right align-bottom text-xs font-semibold text-muted"
                >
                  {field.shortLabel ?? field.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {units.map((unit) => (
              <tr key={unit.id}>
                <th
                  scope="row"
                  className="sticky left-0 z-10 max-w-40 border-b border-line bg-paper px-3 py-1.5 text-left align-top font-normal sm:max-w-none"
                >
                  {unit.name}
                </th>
                {fields.map((field) => (
                  <td key={field.key} className="border-b border-line px-1.5 py-1 align-top">
                    <CountCell
                      name={cellName(unit.id, field.key)}
                      label={`${unit.name}: ${field.label}`}
                      value={unit.figures[field.key]?.value ?? null}
                      hint={
                        unit.counted[field.key] === undefined
                          ? undefined
                          : `sổ: ${formatCount(unit.counted[field.key])}`
                      }
                      onChange={mark}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot className="sticky bottom-0 z-20">
            <SumRow label="Cộng số đã nhập" fields={fields} cellOf={(key) => sumOf(units, key)} />
            <SumRow
              label={`Số của ${inSentence(parent.name)}`}
              fields={fields}
              cellOf={(key) => formatCount(parent.figures[key]?.value)}
            />
            <SumRow
              label="Sổ theo dõi đếm được"
              fields={fields}
              cellOf={(key) => formatCount(parent.counted[key])}
            />
          </tfoot>
        </table>
      </div>
      <OriginFields />
      <FormActions>
        <SubmitButton pendingLabel="Đang lưu…">
          {touched.size === 0 ? `Lưu số liệu năm ${year}` : `Lưu ${formatCount(touched.size)} số vừa nhập`}
        </SubmitButton>
      </FormActions>
    </Form>
  );
}

function SumRow({
  label,
  fields,
  cellOf,
}: Readonly<{ label: string; fields: readonly FigureField[]; cellOf: (key: string) => string }>) {
  return (
    <tr>
      <th
        scope="row"
        className="sticky left-0 z-10 border-t border-line bg-page px-3 py-2 text-left font-semibold"
      >
        {label}
      </th>
      {fields.map(({ key }) => (
        <td key={key} className="tabular border-t border-line bg-page px-3 py-2 text-right font-semibold">
          {cellOf(key)}
        </td>
      ))}
    </tr>
  );
}

/** The saved figures of a column added up, with how many there are when some are missing. */
function sumOf(units: readonly GridUnit[], key: string): string {
  const known = units.flatMap(({ figures }) => figures[key]?.value ?? []);
  if (known.length === 0) return "–";
  const total = formatCount(known.reduce((sum, value) => sum + value, 0));

  return known.length === units.length ? total : `${total} (${known.length}/${units.length})`;
}
