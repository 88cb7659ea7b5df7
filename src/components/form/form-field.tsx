import type { ReactNode } from "react";
import { cx } from "@/components/cx";

/** The look of every typed field. */
export const inputClass =
  "w-full rounded-md border border-field bg-paper px-3 py-2 text-base min-h-11 md:min-h-10 " +
  "hover:border-ink aria-invalid:border-2 aria-invalid:border-danger " +
  "disabled:bg-draft-soft disabled:text-muted [&[readonly]]:bg-page";

/** How wide a field is: as wide as what goes into it, so that its size says what is expected. */
export type FieldWidth = "full" | "half" | "short" | "tiny";

/** Class names for {@link FieldWidth}. */
export const widthClass: Readonly<Record<FieldWidth, string>> = {
  full: "max-w-2xl",
  half: "max-w-sm",
  short: "max-w-48",
  tiny: "max-w-28",
};

/** The frame of a field: label above, hint, error, then the input itself. */
export function FormField({
  id,
  label,
  hint,
  hintId,
  error,
  errorId,
  isOptional = false,
  className,
  children,
}: Readonly<{
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  hintId?: string;
  error?: string;
  errorId?: string;
  isOptional?: boolean;
  className?: string;
  children: ReactNode;
}>) {
  return (
    <div className={cx("min-w-0", error && "border-l-4 border-danger pl-3", className)}>
      <label htmlFor={id} className="block font-medium">
        {label}
        {isOptional && <span className="font-normal text-muted"> (không bắt buộc)</span>}
      </label>
      <FieldMessages hint={hint} hintId={hintId} error={error} errorId={errorId} />
      <div className="mt-1">{children}</div>
    </div>
  );
}

/** The hint and the error of a field. */
export function FieldMessages({
  hint,
  hintId,
  error,
  errorId,
}: Readonly<{ hint?: ReactNode; hintId?: string; error?: string; errorId?: string }>) {
  return (
    <>
      {hint && (
        <p id={hintId} className="text-sm text-muted">
          {hint}
        </p>
      )}
      {error && (
        <p id={errorId} className="text-sm font-medium text-danger">
          <span className="sr-only">Lỗi: </span>
          <span aria-hidden="true">✕ </span>
          {error}
        </p>
      )}
    </>
  );
}
