"use client";

import { LinkButton } from "@/components/button";
import { Form } from "@/components/form/form";
import { FormActions, SubmitButton } from "@/components/form/submit-button";
import { SectionCard } from "@/components/layout/section-card";
import { resumeImportAction } from "../actions";

/** A file that could not be read: why, and the two ways on. */
export function FailedView({
  batch,
  reason,
  listHref,
}: Readonly<{
  batch: Readonly<{ id: string; version: number }>;
  reason: string;
  listHref: string;
}>) {
  return (
    <SectionCard title="Không đọc được tệp này">
      <Form
        action={resumeImportAction}
        hidden={{ batchId: batch.id, version: batch.version }}
        label="Đọc lại tệp"
        className="flex flex-col gap-4"
      >
        <p className="max-w-prose">{reason}</p>
        <p className="max-w-prose text-muted">Sổ không thay đổi gì.</p>
        <FormActions>
          <LinkButton variant="primary" href={listHref}>
            Gửi tệp khác
          </LinkButton>
          <SubmitButton variant="secondary" pendingLabel="Đang chuyển sang đọc lại…">
            Đọc lại tệp này
          </SubmitButton>
        </FormActions>
      </Form>
    </SectionCard>
  );
}
