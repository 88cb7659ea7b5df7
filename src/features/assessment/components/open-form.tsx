"use client";

import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { openAssessmentAction } from "@/features/assessment/actions";

/** Registers a subject for a year and opens its sheet; with `canStay` also a button that only registers. */
export function OpenForm({
  subjectId,
  year,
  label = "Đăng ký và chấm",
  accessibleName,
  canStay = false,
  variant = "secondary",
  size = "small",
}: Readonly<{
  subjectId: string;
  year: number;
  label?: string;
  /** Whom the button is about, for those who do not see the row. */
  accessibleName?: string;
  canStay?: boolean;
  variant?: "primary" | "secondary";
  size?: "normal" | "small";
}>) {
  return (
    <Form
      action={openAssessmentAction}
      hidden={{ subjectId, year }}
      className="flex flex-wrap items-center gap-2"
    >
      <SubmitButton variant={variant} size={size} pendingLabel="Đang mở…">
        {label}
        {accessibleName && <span className="sr-only"> {accessibleName}</span>}
      </SubmitButton>
      {canStay && (
        <SubmitButton variant="quiet" size={size} name="stay" value="1" pendingLabel="Đang đăng ký…">
          Đăng ký
          {accessibleName && <span className="sr-only"> {accessibleName}</span>}
        </SubmitButton>
      )}
    </Form>
  );
}
