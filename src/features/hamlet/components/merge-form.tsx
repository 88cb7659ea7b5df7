"use client";

import { useState } from "react";
import { LinkButton } from "@/components/button";
import { CheckboxField } from "@/components/form/choice-fields";
import { DateField } from "@/components/form/date-field";
import { Form } from "@/components/form/form";
import { SelectField } from "@/components/form/select-field";
import { FormActions, SubmitButton } from "@/components/form/submit-button";
import { TextField } from "@/components/form/text-field";
import { HAMLET_KINDS } from "@/features/registry/constants";
import { mergeHamletsAction } from "../actions";
import { NEW_HAMLET } from "../constants";
import type { HamletOption } from "../types";
import { countsText, sumCounts } from "../utils";

/** Chooses the hamlets that end and the one that goes on, and says how many entries follow. */
export function MergeForm({
  communeId,
  hamletId,
  hamlets,
}: Readonly<{ communeId: number; hamletId: number; hamlets: readonly HamletOption[] }>) {
  const [into, setInto] = useState("");
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set([hamletId]));
  const ending = hamlets.filter(({ id }) => ticked.has(id) && String(id) !== into);
  const counts = sumCounts(ending);
  const seen = Object.fromEntries(hamlets.map((one) => [one.id, one.households + one.citizens + one.clans]));
  const isNew = into === NEW_HAMLET;

  function tick(id: number, isChecked: boolean) {
    setTicked((before) => new Set(isChecked ? [...before, id] : [...before].filter((one) => one !== id)));
  }

  return (
    <Form
      action={mergeHamletsAction}
      hidden={{ communeId, seen: JSON.stringify(seen) }}
      label="Sáp nhập thôn"
    >
      <fieldset>
        <legend className="font-medium">Những thôn nhập lại với nhau</legend>
        <div className="mt-1 grid gap-x-6 sm:grid-cols-2">
          {hamlets.map((one) => (
            <CheckboxField
              key={one.id}
              name={`from.${one.id}`}
              defaultChecked={one.id === hamletId}
              onChange={(isChecked) => tick(one.id, isChecked)}
              label={
                <>
                  {one.name} <span className="text-sm text-muted">({countsText(one)})</span>
                </>
              }
            />
          ))}
        </div>
      </fieldset>
      <SelectField
        name="into"
        label="Thôn sau sáp nhập"
        hint="Chọn một thôn giữ tên và nhận các thôn kia, hoặc lập thôn mới."
        options={[
          ...hamlets.map(({ id, name }) => ({ value: String(id), label: name })),
          { value: NEW_HAMLET, label: "Lập thôn mới…" },
        ]}
        onChange={setInto}
      />
      {isNew && (
        <>
          <SelectField
            name="kind"
            label="Loại"
            defaultValue="Thôn"
            placeholder={null}
            width="short"
            options={HAMLET_KINDS.map((kind) => ({ value: kind, label: kind }))}
          />
          <TextField name="name" label="Tên thôn mới" maxLength={200} />
        </>
      )}
      <DateField
        name="on"
        label="Từ ngày"
        hint="Ngày quyết định sáp nhập có hiệu lực. Số liệu trước ngày này vẫn thuộc thôn cũ."
      />
      <p aria-live="polite">
        {ending.length === 0
          ? "Chưa chọn thôn nào nhập vào thôn khác."
          : `${ending.map(({ name }) => name).join(", ")} sẽ kết thúc; ${countsText(counts)} chuyển sang thôn sau sáp nhập.`}
      </p>
      <FormActions>
        <SubmitButton pendingLabel="Đang sáp nhập…">
          {ending.length > 0 ? `Sáp nhập ${ending.length} thôn` : "Sáp nhập"}
        </SubmitButton>
        <LinkButton variant="quiet" href={`/so-theo-doi/thon/${hamletId}`}>
          Thôi, không sáp nhập
        </LinkButton>
      </FormActions>
    </Form>
  );
}
