"use client";

import type { ReactNode } from "react";
import { use } from "react";
import { useFormStatus } from "react-dom";
import type { ButtonVariant } from "@/components/button";
import { Button } from "@/components/button";
import { FormContext } from "./form-context";

/**
 * Sends the form. While it is on its way the button says so and takes no second press.
 * `name` and `value` tell several buttons of one form apart.
 */
export function SubmitButton({
  children,
  pendingLabel = "Đang lưu…",
  variant = "primary",
  size,
  name,
  value,
  isDisabled,
}: Readonly<{
  children: ReactNode;
  pendingLabel?: string;
  variant?: ButtonVariant;
  size?: "normal" | "small";
  name?: string;
  value?: string;
  isDisabled?: boolean;
}>) {
  const { isPending } = use(FormContext);
  const status = useFormStatus();

  return (
    <Button
      type="submit"
      variant={variant}
      size={size}
      name={name}
      value={value}
      isDisabled={isDisabled}
      isPending={isPending || status.pending}
      pendingLabel={pendingLabel}
    >
      {children}
    </Button>
  );
}

/** The row of buttons at the end of a form: the step first, the way out after it. */
export function FormActions({ children }: Readonly<{ children: ReactNode }>) {
  return <div className="flex flex-wrap items-center gap-3 pt-1">{children}</div>;
}
