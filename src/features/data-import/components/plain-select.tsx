"use client";

import { ChevronDown } from "lucide-react";
import { useId } from "react";
import { inputClass } from "@/components/form/form-field";

/** A choice whose value the page keeps itself, outside the fields of a form. */
export function PlainSelect({
  label,
  value,
  options,
  placeholder,
  describedBy,
  onChange,
}: Readonly<{
  label: string;
  value: string;
  options: readonly Readonly<{ value: string; label: string }>[];
  placeholder?: string;
  describedBy?: string;
  onChange: (value: string) => void;
}>) {
  const id = useId();

  return (
    <div className="w-full min-w-0 max-w-sm">
      <label htmlFor={id} className="block font-medium">
        {label}
      </label>
      <span className="relative mt-1 block">
        <select
          id={id}
          value={value}
          aria-describedby={describedBy}
          onChange={(event) => onChange(event.target.value)}
          className={`${inputClass} appearance-none truncate pr-10`}
        >
          {placeholder !== undefined && <option value="">{placeholder}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-muted"
        />
      </span>
    </div>
  );
}
