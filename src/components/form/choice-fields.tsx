"use client";

import type { ReactNode } from "react";
import { use } from "react";
import { cx } from "@/components/cx";
import { FormContext, useField } from "./form-context";
import { FieldMessages } from "./form-field";
import type { Option } from "./select-field";
import type { FieldProps } from "./text-field";

const boxClass = "mt-0.5 size-5 shrink-0 cursor-pointer accent-accent";
const rowClass = "flex min-h-11 cursor-pointer items-start gap-3 py-2 md:min-h-9 md:py-1.5";

/**
 * One yes or no. The form sends `value` ("on") when ticked and nothing when not. `isChecked`: whoever shows it holds the tick
 * itself, and what was sent does not decide.
 */
export function CheckboxField({
  name,
  label,
  hint,
  value = "on",
  defaultChecked = false,
  isChecked,
  isDisabled = false,
  onChange,
}: Readonly<{
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  value?: string;
  defaultChecked?: boolean;
  isChecked?: boolean;
  isDisabled?: boolean;
  onChange?: (isChecked: boolean) => void;
}>) {
  const { state } = use(FormContext);
  const field = useField({ name, hint });

  return (
    <div className={cx("min-w-0", field.error && "border-l-4 border-danger pl-3")}>
      <label htmlFor={field.id} className={rowClass}>
        <input
          {...field.inputProps}
          type="checkbox"
          name={name}
          value={value}
          {...(isChecked === undefined
            ? { defaultChecked: state.values ? state.values[name] === value : defaultChecked }
            : { checked: isChecked })}
          disabled={isDisabled}
          onChange={onChange && ((event) => onChange(event.target.checked))}
          className={boxClass}
        />
        <span>{label}</span>
      </label>
      <div className="pl-8">
        <FieldMessages hint={hint} hintId={field.hintId} error={field.error} errorId={field.errorId} />
      </div>
    </div>
  );
}

/** One choice out of a few that are all worth seeing. */
export function RadioGroupField({
  options,
  isInline = false,
  onChange,
  ...props
}: Omit<FieldProps, "width" | "isReadOnly"> &
  Readonly<{ options: readonly Option[]; isInline?: boolean; onChange?: (value: string) => void }>) {
  const field = useField(props);

  return (
    <fieldset
      aria-describedby={field.inputProps["aria-describedby"]}
      className={cx("min-w-0", field.error && "border-l-4 border-danger pl-3")}
    >
      <legend className="font-medium">
        {props.label}
        {props.isOptional && <span className="font-normal text-muted"> (không bắt buộc)</span>}
      </legend>
      <FieldMessages hint={props.hint} hintId={field.hintId} error={field.error} errorId={field.errorId} />
      <div className={cx("mt-1 flex", isInline ? "flex-wrap gap-x-6" : "flex-col")}>
        {options.map((option, index) => (
          <label key={option.value} className={rowClass}>
            <input
              id={index === 0 ? field.id : undefined}
              type="radio"
              name={props.name}
              value={option.value}
              defaultChecked={field.initialValue === option.value}
              disabled={props.isDisabled || option.isDisabled}
              onChange={onChange && (() => onChange(option.value))}
              className={boxClass}
            />
            <span>
              {option.label}
              {option.hint && <span className="block text-sm text-muted">{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
