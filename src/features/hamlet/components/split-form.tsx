"use client";

import { useState } from "react";
import { LinkButton } from "@/components/button";
import { RadioGroupField } from "@/components/form/choice-fields";
import { DateField } from "@/components/form/date-field";
import { Form } from "@/components/form/form";
import { SelectField } from "@/components/form/select-field";
import { FormActions, SubmitButton } from "@/components/form/submit-button";
import { TextField } from "@/components/form/text-field";
import { HAMLET_KINDS } from "@/features/registry/constants";
import { inSentence } from "@/features/territory/utils";
import { splitHamletAction } from "../actions";
import type { MovableEntry } from "../types";
import { EntryChooser } from "./entry-chooser";

const KINDS = HAMLET_KINDS.map((kind) => ({ value: kind, label: kind }));

/** Chooses what goes over to a new hamlet, and what becomes of the rest. */
export function SplitForm({
  hamletId,
  hamletName,
  movable,
}: Readonly<{ hamletId: number; hamletName: string; movable: readonly MovableEntry[] }>) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [rest, setRest] = useState("STAYS");
  const households = movable.filter(({ id, title }) => title === "FAMILY" && chosen.has(id));
  const members = households.reduce((sum, { memberCount }) => sum + memberCount, 0);

  return (
    <Form action={splitHamletAction} hidden={{ hamletId }} label="Tách thôn">
      <input type="hidden" name="chosen" value={[...chosen].join(" ")} readOnly />
      <SelectField
        name="kind"
        label="Loại của thôn mới"
        defaultValue="Thôn"
        placeholder={null}
        width="short"
        options={KINDS}
      />
      <TextField name="name" label="Tên thôn mới" maxLength={200} />
      <DateField
        name="on"
        label="Từ ngày"
        hint="Ngày quyết định tách có hiệu lực. Số liệu trước ngày này vẫn thuộc thôn cũ."
      />
      <EntryChooser entries={movable} chosen={chosen} onChange={setChosen} />
      <RadioGroupField
        name="rest"
        label={`Phần còn lại của ${inSentence(hamletName)}`}
        defaultValue="STAYS"
        onChange={setRest}
        options={[
          { value: "STAYS", label: `Vẫn là ${hamletName}` },
          { value: "NEW", label: `Thành một thôn mới nữa; ${hamletName} kết thúc` },
        ]}
      />
      {rest === "NEW" && (
        <>
          <SelectField
            name="restKind"
            label="Loại của thôn thứ hai"
            defaultValue="Thôn"
            placeholder={null}
            width="short"
            options={KINDS}
          />
          <TextField name="restName" label="Tên thôn của phần còn lại" maxLength={200} />
        </>
      )}
      <FormActions>
        <SubmitButton pendingLabel="Đang tách…">
          {chosen.size > 0 ? `Tách ${chosen.size} mục và ${members} thành viên` : "Tách thôn"}
        </SubmitButton>
        <LinkButton variant="quiet" href={`/so-theo-doi/thon/${hamletId}`}>
          Thôi, không tách
        </LinkButton>
      </FormActions>
    </Form>
  );
}
