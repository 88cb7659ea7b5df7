"use client";

import { LinkButton } from "@/components/button";
import { Form } from "@/components/form/form";
import { FormActions, SubmitButton } from "@/components/form/submit-button";
import { submitDossierAction } from "../actions";

/** Sends everything that is ready, after the page has shown how much that is. */
export function SubmitForm({
  communeId,
  title,
  year,
  expected,
  label,
  backHref,
}: Readonly<{
  communeId: number;
  title: string;
  year: number;
  expected: number;
  label: string;
  backHref: string;
}>) {
  return (
    <Form action={submitDossierAction} hidden={{ communeId, title, year, expected }} label={label}>
      <FormActions>
        <SubmitButton pendingLabel="Đang nộp…">{label}</SubmitButton>
        <LinkButton href={backHref}>Quay lại</LinkButton>
      </FormActions>
    </Form>
  );
}

/** Sends one corrected entry again. */
export function ResubmitForm({
  communeId,
  title,
  year,
  assessmentId,
  name,
}: Readonly<{ communeId: number; title: string; year: number; assessmentId: string; name: string }>) {
  return (
    <Form
      action={submitDossierAction}
      hidden={{ communeId, title, year, assessmentIds: assessmentId }}
      className="flex flex-col gap-2"
      label={`Nộp lại ${name}`}
    >
      <SubmitButton size="small" variant="secondary" pendingLabel="Đang nộp…">
        Nộp lại
      </SubmitButton>
    </Form>
  );
}
