"use client";

import type { ReactNode } from "react";
import { useState } from "react";
import { Button } from "@/components/button";
import { Form } from "@/components/form/form";
import type { FormAction, FormState } from "@/components/form/form-state";
import { FormActions, SubmitButton } from "@/components/form/submit-button";
import type { DialogOpener } from "./dialog";
import { Dialog } from "./dialog";

/**
 * Asks once more before a step that counts or cannot be taken back. `description` states the exact count and what
 * follows; `confirmLabel` says what the button does ("Nộp 159 gia đình"), never "OK". `children` may hold form
 * fields (a reason, a decision number). It closes after success; after a failure it stays with what was typed.
 */
export function ConfirmDialog({
  trigger,
  title,
  description,
  confirmLabel,
  pendingLabel,
  cancelLabel = "Quay lại",
  tone = "primary",
  action,
  hidden,
  isOpen,
  onOpenChange,
  onSuccess,
  children,
}: Readonly<{
  trigger?: DialogOpener;
  title: string;
  description?: ReactNode;
  confirmLabel: string;
  pendingLabel?: string;
  cancelLabel?: string;
  tone?: "primary" | "danger";
  action: FormAction;
  hidden?: Readonly<Record<string, string | number>>;
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
  onSuccess?: (state: FormState) => void;
  children?: ReactNode;
}>) {
  const [isOwnOpen, setOwnOpen] = useState(false);
  const setOpen = onOpenChange ?? setOwnOpen;

  return (
    <Dialog isAlert title={title} trigger={trigger} isOpen={isOpen ?? isOwnOpen} onOpenChange={setOpen}>
      {description && <div className="mb-4">{description}</div>}
      <Form
        action={action}
        hidden={hidden}
        className="flex flex-col gap-4"
        onSuccess={(state) => {
          setOpen(false);
          onSuccess?.(state);
        }}
      >
        {children}
        <FormActions>
          <SubmitButton variant={tone} pendingLabel={pendingLabel}>
            {confirmLabel}
          </SubmitButton>
          <Button onPress={() => setOpen(false)}>{cancelLabel}</Button>
        </FormActions>
      </Form>
    </Dialog>
  );
}
