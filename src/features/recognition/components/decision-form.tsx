"use client";

import { DateField } from "@/components/form/date-field";
import { Form } from "@/components/form/form";
import { FormActions, SubmitButton } from "@/components/form/submit-button";
import { TextField } from "@/components/form/text-field";
import { formatCount } from "@/lib/format/number";
import { decideAction } from "../actions";

/** Number, date and signer of the decision that recognises the approved entries of a dossier. */
export function DecisionForm({
  dossierId,
  approved,
  today,
}: Readonly<{ dossierId: string; approved: number; today: string }>) {
  const label = `Ban hành quyết định cho ${formatCount(approved)} mục đã duyệt`;

  return (
    <Form action={decideAction} hidden={{ dossierId, expected: approved }} label={label}>
      <div className="grid gap-x-4 gap-y-4 md:grid-cols-3">
        <TextField
          name="number"
          label="Số quyết định"
          hint="Như ghi trên văn bản, ví dụ 125/QĐ-UBND"
          maxLength={60}
        />
        <DateField name="decidedOn" label="Ngày quyết định" defaultValue={today} />
        <TextField name="signer" label="Người ký" hint="Họ tên người ký quyết định" maxLength={120} />
      </div>
      <FormActions>
        <SubmitButton pendingLabel="Đang ghi quyết định…">{label}</SubmitButton>
      </FormActions>
    </Form>
  );
}
