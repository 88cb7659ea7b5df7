"use client";

import type { ReactNode } from "react";
import { useState } from "react";
import { cx } from "@/components/cx";
import { formatNumber, parseNumber } from "@/lib/format/number";
import { useField } from "./form-context";
import { FormField, inputClass, widthClass } from "./form-field";
import type { FieldProps } from "./text-field";

/**
 * A number typed the Vietnamese way (`1.234,5`). The form sends it as a plain number (`1234.5`); a text that is
 * no number is sent as typed, so that the server can say so.
 */
export function NumberField({
  unit,
  isInteger = false,
  onChange,
  ...props
}: FieldProps &
  Readonly<{ unit?: ReactNode; isInteger?: boolean; onChange?: (value: number | null) => void }>) {
  const field = useField(props);
  const [text, setText] = useState(() => toText(field.initialValue));
  const value = parseNumber(text);

  return (
    <FormField {...field} label={props.label} hint={props.hint} isOptional={props.isOptional}>
      <div className="flex items-center gap-2">
        <input
          {...field.inputProps}
          type="text"
          inputMode={isInteger ? "numeric" : "decimal"}
          autoComplete="off"
          value={text}
          readOnly={props.isReadOnly}
          disabled={props.isDisabled}
          onChange={(event) => {
            setText(event.target.value);
            onChange?.(parseNumber(event.target.value));
          }}
          onBlur={() => value !== null && setText(formatNumber(value, 6))}
          className={cx(inputClass, widthClass[props.width ?? "tiny"], "tabular text-right")}
        />
        {unit && <span className="text-muted">{unit}</span>}
      </div>
      <input type="hidden" name={props.name} value={value ?? text} disabled={props.isDisabled} />
    </FormField>
  );
}

function toText(value: string): string {
  return /^-?\d+(\.\d+)?$/.test(value) ? formatNumber(Number(value), 6) : value;
}
