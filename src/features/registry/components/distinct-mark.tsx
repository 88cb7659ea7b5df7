"use client";

import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { markDistinctAction, unmarkDistinctAction } from "../actions/distinct";

type Pair = Readonly<{ oneId: string; otherId: string; names: string }>;

/** Says that two entries that look alike are two. `names` tells the button apart from those of other rows. */
export function MarkDistinct({ oneId, otherId, names }: Pair) {
  return (
    <Form
      action={markDistinctAction}
      hidden={{ oneId, otherId }}
      label={`Đánh dấu ${names}`}
      className="whitespace-nowrap"
    >
      <SubmitButton variant="secondary" size="small" pendingLabel="Đang ghi…">
        Không phải trùng
        <span className="sr-only">: {names}</span>
      </SubmitButton>
    </Form>
  );
}

/** Takes that back. */
export function UnmarkDistinct({ oneId, otherId, names }: Pair) {
  return (
    <Form
      action={unmarkDistinctAction}
      hidden={{ oneId, otherId }}
      label={`Bỏ đánh dấu ${names}`}
      className=""
    >
      <SubmitButton variant="secondary" size="small" pendingLabel="Đang bỏ…">
        Bỏ đánh dấu
        <span className="sr-only">: {names}</span>
      </SubmitButton>
    </Form>
  );
}
