"use client";

import { useState } from "react";
import { Form } from "@/components/form/form";
import { FormActions, SubmitButton } from "@/components/form/submit-button";
import { SectionCard } from "@/components/layout/section-card";
import { setImportPolicyAction } from "../actions";
import type { ImportPlan } from "../types";
import { PolicyChoice } from "./policy-choice";

/** Changes what is done with rows that differ from the register; nothing is read again. */
export function PolicyCard({
  batch,
  policy,
}: Readonly<{ batch: Readonly<{ id: string; version: number }>; policy: ImportPlan["policy"] }>) {
  const [chosen, setChosen] = useState(policy);

  return (
    <SectionCard title="Cách ghi">
      <Form
        action={setImportPolicyAction}
        hidden={{ batchId: batch.id, version: batch.version }}
        label="Cách ghi"
        className="flex flex-col gap-3"
      >
        <input type="hidden" name="policy" value={chosen} readOnly />
        <PolicyChoice value={chosen} onChange={setChosen} />
        <FormActions>
          <SubmitButton variant="secondary" isDisabled={chosen === policy} pendingLabel="Đang đổi…">
            Đổi cách ghi
          </SubmitButton>
        </FormActions>
      </Form>
    </SectionCard>
  );
}
