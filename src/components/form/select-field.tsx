"use client";

import { ChevronDown } from "lucide-react";
import { cx } from "@/components/cx";
import { useField } from "./form-context";
import { FormField, inputClass, widthClass } from "./form-field";
import type { FieldProps } from "./text-field";

/** One choice of a list. */
export type Option = Readonly<{ value: string; label: string; hint?: string; isDisabled?: boolean }>;

/** One choice out of a short list (about fifteen); longer lists take a ComboBox. */
export function SelectField({
  options,
  placeholder = "Chọn…",
  onChange,
  ...props
}: FieldProps &
  Readonly<{ options: readonly Option[]; placeholder?: string | null; onChange?: (value: string) => void }>) {
  const field = useField(props);

  return (
    <FormField {...field} label={props.label} hint={props.hint} isOptional={props.isOptional}>
      <div className={cx("relative", widthClass[props.width ?? "half"])}>
        <select
          {...field.inputProps}
          name={props.name}
          defaultValue={field.initialValue}
          disabled={props.isDisabled}
          onChange={onChange && ((event) => onChange(event.target.value))}
          className={cx(inputClass, "appearance-none pr-10")}
        >
          {placeholder !== null && <option value="">{placeholder}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.isDisabled}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-muted"
        />
      </div>
    </FormField>
  );
}
