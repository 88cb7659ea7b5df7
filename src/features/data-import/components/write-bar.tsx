"use client";

import { Form } from "@/components/form/form";
import { FormActions, SubmitButton } from "@/components/form/submit-button";
import { formatCount } from "@/lib/format/number";
import { writeImportAction } from "../actions";
import type { LeftOut } from "../types";
import { BadRowsLink } from "./bad-rows-link";

/** The two ways on from the check: mend the bad rows in Excel, write the good ones. The button says how many. */
export function WriteBar({
  batch,
  rows,
  left,
  stop,
}: Readonly<{
  batch: Readonly<{ id: string; version: number }>;
  rows: number;
  left: LeftOut;
  /** why nothing can be written now */
  stop: string | undefined;
}>) {
  return (
    <Form
      action={writeImportAction}
      hidden={{ batchId: batch.id, version: batch.version }}
      label="Ghi vào sổ"
      className="flex flex-col gap-2"
    >
      <input type="hidden" name="expected" value={rows} readOnly />
      {stop !== undefined && <p className="font-medium text-warn">! {stop}</p>}
      <FormActions>
        <SubmitButton isDisabled={stop !== undefined} pendingLabel="Đang chuyển sang ghi…">
          Ghi {formatCount(rows)} dòng
        </SubmitButton>
        {left.rejected + left.doubtful > 0 && <BadRowsLink batchId={batch.id} left={left} />}
      </FormActions>
    </Form>
  );
}
