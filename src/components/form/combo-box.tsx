"use client";

import { ChevronDown } from "lucide-react";
import {
  ComboBox as AriaComboBox,
  Button,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
} from "react-aria-components";
import { cx } from "@/components/cx";
import { matchesSearch } from "@/lib/text/search-key";
import { useField } from "./form-context";
import { FieldMessages, inputClass, widthClass } from "./form-field";
import type { Option } from "./select-field";
import type { FieldProps } from "./text-field";

/**
 * One choice out of a long list: typing narrows it, diacritics ignored ("hoa" finds "Hoà"). The form sends the
 * option's value; with `allowsCustomValue` the text as typed.
 */
export function ComboBox({
  options,
  placeholder = "Gõ để tìm…",
  allowsCustomValue = false,
  onChange,
  ...props
}: FieldProps &
  Readonly<{
    options: readonly Option[];
    placeholder?: string;
    allowsCustomValue?: boolean;
    onChange?: (value: string | null) => void;
  }>) {
  const field = useField(props);
  const isKnown = options.some((option) => option.value === field.initialValue);

  return (
    <AriaComboBox
      id={field.inputProps.id}
      name={props.name}
      formValue={allowsCustomValue ? "text" : "key"}
      allowsCustomValue={allowsCustomValue}
      allowsEmptyCollection
      menuTrigger="focus"
      defaultItems={options}
      defaultValue={isKnown ? field.initialValue : null}
      defaultInputValue={isKnown || !allowsCustomValue ? undefined : field.initialValue}
      defaultFilter={matchesSearch}
      isDisabled={props.isDisabled}
      isReadOnly={props.isReadOnly}
      isInvalid={Boolean(field.error)}
      aria-describedby={field.inputProps["aria-describedby"]}
      onChange={onChange && ((key) => onChange(key === null ? null : String(key)))}
      className={cx("min-w-0", field.error && "border-l-4 border-danger pl-3")}
    >
      <Label className="block font-medium">
        {props.label}
        {props.isOptional && <span className="font-normal text-muted"> (không bắt buộc)</span>}
      </Label>
      <FieldMessages hint={props.hint} hintId={field.hintId} error={field.error} errorId={field.errorId} />
      <div className={cx("relative mt-1", widthClass[props.width ?? "half"])}>
        <Input placeholder={placeholder} className={cx(inputClass, "pr-11")} />
        <Button
          aria-label="Mở danh sách"
          className="absolute top-0 right-0 flex h-full w-11 items-center justify-center rounded-md text-muted"
        >
          <ChevronDown aria-hidden="true" className="size-4" />
        </Button>
      </div>
      <Popover className="w-(--trigger-width) rounded-md border border-field bg-paper shadow-float">
        <ListBox
          className="max-h-72 overflow-auto py-1 outline-none"
          renderEmptyState={() => <p className="px-3 py-2 text-sm text-muted">Không có mục nào khớp</p>}
        >
          {(option: Option) => (
            <ListBoxItem
              id={option.value}
              textValue={option.label}
              isDisabled={option.isDisabled}
              className={cx(
                "flex min-h-11 cursor-pointer flex-col justify-center px-3 py-1 md:min-h-9",
                "data-focused:bg-accent-soft data-selected:font-semibold data-disabled:text-muted",
              )}
            >
              {option.label}
              {option.hint && <span className="text-xs font-normal text-muted">{option.hint}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
