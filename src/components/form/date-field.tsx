"use client";

import { useState } from "react";
import { cx } from "@/components/cx";
import { formatDate, parseDate } from "@/lib/format/date";
import { useField } from "./form-context";
import { FormField, inputClass, widthClass } from "./form-field";
import type { FieldProps } from "./text-field";

/**
 * A date typed as `dd/MM/yyyy`. A browser's own date box writes month first on most office machines here, so it is
 * plain text: slashes come by themselves, the form sends `yyyy-MM-dd`, and what is no date is sent as typed.
 */
export function DateField({ hint = "Ngày/tháng/năm, ví dụ 21/11/2026", ...props }: FieldProps) {
  const field = useField({ ...props, hint });
  const [text, setText] = useState(() => toText(field.initialValue));
  const iso = parseDate(text);

  return (
    <FormField {...field} label={props.label} hint={hint} isOptional={props.isOptional}>
      <input
        {...field.inputProps}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        placeholder="dd/mm/yyyy"
        maxLength={10}
        value={text}
        readOnly={props.isReadOnly}
        disabled={props.isDisabled}
        onChange={(event) => setText(withSlashes(event.target.value, text))}
        onBlur={() => iso && setText(formatDate(iso))}
        className={cx(inputClass, widthClass[props.width ?? "short"], "tabular")}
      />
      <input type="hidden" name={props.name} value={iso ?? text} disabled={props.isDisabled} />
    </FormField>
  );
}

function toText(value: string): string {
  const iso = parseDate(value);

  return iso ? formatDate(iso) : value;
}

function withSlashes(next: string, before: string): string {
  const isTyping = next.length === before.length + 1;

  return isTyping && /^\d{2}$|^\d{2}\/\d{2}$/.test(next) ? `${next}/` : next;
}
