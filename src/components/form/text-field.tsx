"use client";

import type { ReactNode } from "react";
import { cx } from "@/components/cx";
import { useField } from "./form-context";
import type { FieldWidth } from "./form-field";
import { FormField, inputClass, widthClass } from "./form-field";

/** What all typed fields share. `defaultValue` shows until an answer of the form brings its own values. */
export type FieldProps = Readonly<{
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  defaultValue?: string | number | null;
  isOptional?: boolean;
  isReadOnly?: boolean;
  isDisabled?: boolean;
  width?: FieldWidth;
}>;

/** One line of text. */
export function TextField({
  type = "text",
  maxLength,
  autoComplete = "off",
  autoFocus,
  inputMode,
  placeholder,
  spellCheck = false,
  onChange,
  ...props
}: FieldProps &
  Readonly<{
    type?: "text" | "email" | "password" | "tel" | "search" | "url";
    maxLength?: number;
    autoComplete?: string;
    autoFocus?: boolean;
    inputMode?: "text" | "numeric" | "tel" | "email";
    placeholder?: string;
    spellCheck?: boolean;
    onChange?: (value: string) => void;
  }>) {
  const field = useField(props);

  return (
    <FormField {...field} label={props.label} hint={props.hint} isOptional={props.isOptional}>
      <input
        {...field.inputProps}
        name={props.name}
        type={type}
        defaultValue={field.initialValue}
        maxLength={maxLength}
        autoComplete={autoComplete}
        // biome-ignore lint/a11y/noAutofocus: a page with a single task (signing in) may start in its field.
        autoFocus={autoFocus}
        inputMode={inputMode}
        placeholder={placeholder}
        spellCheck={spellCheck}
        readOnly={props.isReadOnly}
        disabled={props.isDisabled}
        onChange={onChange && ((event) => onChange(event.target.value))}
        className={cx(inputClass, widthClass[props.width ?? "half"])}
      />
    </FormField>
  );
}

/** Several lines of text: reasons, explanations. */
export function TextArea({
  rows = 4,
  maxLength,
  placeholder,
  onChange,
  ...props
}: FieldProps &
  Readonly<{
    rows?: number;
    maxLength?: number;
    placeholder?: string;
    onChange?: (value: string) => void;
  }>) {
  const field = useField(props);

  return (
    <FormField {...field} label={props.label} hint={props.hint} isOptional={props.isOptional}>
      <textarea
        {...field.inputProps}
        name={props.name}
        rows={rows}
        maxLength={maxLength}
        placeholder={placeholder}
        defaultValue={field.initialValue}
        readOnly={props.isReadOnly}
        disabled={props.isDisabled}
        onChange={onChange && ((event) => onChange(event.target.value))}
        className={cx(inputClass, widthClass[props.width ?? "full"], "block resize-y")}
      />
    </FormField>
  );
}
