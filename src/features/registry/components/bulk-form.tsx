"use client";

import { Button, LinkButton } from "@/components/button";
import { CheckboxField, RadioGroupField } from "@/components/form/choice-fields";
import { DateField } from "@/components/form/date-field";
import { Form } from "@/components/form/form";
import { FormContext } from "@/components/form/form-context";
import { SelectField } from "@/components/form/select-field";
import { FormActions, SubmitButton } from "@/components/form/submit-button";
import { formatCount } from "@/lib/format/number";
import { changeManyAction } from "../actions";
import type { BulkJob } from "../bulk";

/** What a change is asked for: the value and, for a move or a closing, the day. Sent as an address: the page shows the preview. */
export function BulkAsk({
  keep,
  job,
  label,
  options,
  isReference,
  values,
  fields,
  withMembers,
}: Readonly<{
  keep: readonly (readonly [name: string, value: string])[];
  job: BulkJob;
  label: string;
  options: readonly Readonly<{ value: string; label: string }>[];
  /** an empty value takes the reference away */
  isReference: boolean;
  values: Readonly<Record<string, string>>;
  fields: Readonly<Record<string, string>>;
  /** whether members can go along, and whether they were asked to */
  withMembers: boolean | undefined;
}>) {
  const state = {
    status: "idle" as const,
    ...(values["gia-tri"] === undefined ? {} : { values }),
    fieldErrors: {
      ...(fields.value ? { "gia-tri": fields.value } : {}),
      ...(fields.on ? { ngay: fields.on } : {}),
    },
  };
  const all = isReference ? [{ value: "", label: `(Bỏ trống ${label.toLowerCase()})` }, ...options] : options;

  return (
    <FormContext value={{ formId: "doi", state, isPending: false }}>
      <form method="get" action="/so-theo-doi/hang-loat" className="flex flex-col gap-5" aria-label={label}>
        {keep.map(([name, value]) => (
          <input key={`${name}${value}`} type="hidden" name={name} value={value} />
        ))}
        <input type="hidden" name="viec" value={job} />
        {all.length <= 6 ? (
          <RadioGroupField name="gia-tri" label={nameOf(job, label)} options={all} />
        ) : (
          <SelectField
            name="gia-tri"
            label={nameOf(job, label)}
            options={all}
            {...(isReference ? { placeholder: null } : {})}
          />
        )}
        {(job === "move" || job === "close") && (
          <DateField name="ngay" label={job === "move" ? "Chuyển từ ngày" : "Thôi theo dõi từ ngày"} />
        )}
        {withMembers !== undefined && (
          <CheckboxField
            name="kem"
            label="Thôi theo dõi cả các thành viên"
            hint="Không đánh dấu thì các thành viên ở lại sổ và không còn thuộc hộ nào."
            defaultChecked={withMembers}
          />
        )}
        <FormActions>
          <Button type="submit" variant="primary">
            Xem trước
          </Button>
        </FormActions>
      </form>
    </FormContext>
  );
}

function nameOf(job: BulkJob, label: string): string {
  if (job === "move") return "Thôn chuyển đến";

  return job === "close" ? "Lý do" : `${label} đổi thành`;
}

/** Writes the change that the preview shows: exactly so many rows. */
export function BulkConfirm({
  hidden,
  count,
  noun,
  backHref,
}: Readonly<{
  hidden: Readonly<Record<string, string | number>>;
  count: number;
  noun: string;
  backHref: string;
}>) {
  return (
    <Form action={changeManyAction} hidden={hidden} label="Ghi thay đổi">
      <FormActions>
        <SubmitButton pendingLabel={`Đang ghi ${formatCount(count)} mục…`}>
          Đổi {formatCount(count)} {noun}
        </SubmitButton>
        <LinkButton variant="quiet" href={backHref}>
          Thôi, về sổ
        </LinkButton>
      </FormActions>
    </Form>
  );
}
