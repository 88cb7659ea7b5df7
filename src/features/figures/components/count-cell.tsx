"use client";

import { useState } from "react";
import { cx } from "@/components/cx";
import { useField } from "@/components/form/form-context";
import { formatNumber, parseNumber } from "@/lib/format/number";
import { moveInGrid } from "./move-in-grid";

/**
 * One count in a grid, typed the Vietnamese way and sent as a plain number; what is no number is sent as typed. A changed cell is
 * marked, an error stands under it.
 */
export function CountCell({
  name,
  label,
  value,
  hint,
  onChange,
}: Readonly<{
  name: string;
  label: string;
  value: number | null;
  hint?: string | undefined;
  onChange?: (name: string, isTouched: boolean) => void;
}>) {
  const field = useField({ name, hint, defaultValue: value });
  const [text, setText] = useState(() => shown(field.initialValue));
  const typed = parseNumber(text);
  const isTouched = (text.trim() === "" ? null : (typed ?? text)) !== value;

  return (
    <>
      <input
        {...field.inputProps}
        aria-label={label}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        value={text}
        onChange={(event) => {
          const next = event.target.value;
          setText(next);
          onChange?.(name, (next.trim() === "" ? null : (parseNumber(next) ?? next)) !== value);
        }}
        onKeyDown={moveInGrid}
        onFocus={(event) => event.target.select()}
        onBlur={() => typed !== null && setText(formatNumber(typed, 6))}
        className={cx(
          "tabular block h-9 w-full min-w-24 rounded-sm border border-field bg-paper px-2 text-right max-md:h-11",
          "hover:border-ink aria-invalid:border-2 aria-invalid:border-danger",
          isTouched && "bg-active-soft font-semibold",
        )}
      />
      <input type="hidden" name={name} value={typed ?? text} />
      {field.error && (
        <span id={field.errorId} className="block pt-0.5 text-right text-xs font-medium text-danger">
          <span aria-hidden="true">✕ </span>
          {field.error}
        </span>
      )}
      {hint && (
        <span id={field.hintId} className="block pt-0.5 text-right text-xs text-muted">
          {hint}
        </span>
      )}
    </>
  );
}

function shown(value: string): string {
  return /^\d+$/.test(value) ? formatNumber(Number(value), 6) : value;
}
