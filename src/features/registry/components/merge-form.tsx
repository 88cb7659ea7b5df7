"use client";

import { LinkButton } from "@/components/button";
import { DateField } from "@/components/form/date-field";
import { Form } from "@/components/form/form";
import { FormActions, SubmitButton } from "@/components/form/submit-button";
import { mergeSubjectsAction } from "../actions";
import type { ComparedFact } from "../loaders/merge";

/** Two entries beside each other: each differing fact is chosen from one side. */
export function MergeForm({
  keep,
  drop,
  facts,
  today,
  backHref,
}: Readonly<{
  keep: Readonly<{ id: string; version: number; heading: string }>;
  drop: Readonly<{ id: string; version: number; heading: string }>;
  facts: readonly ComparedFact[];
  today: string;
  backHref: string;
}>) {
  const differing = facts.filter(({ isSame }) => !isSame).length;

  return (
    <Form
      action={mergeSubjectsAction}
      hidden={{ keepId: keep.id, keepVersion: keep.version, dropId: drop.id, dropVersion: drop.version }}
      label="Gộp hai mục"
    >
      <p className="text-sm text-muted">
        {differing === 0
          ? "Thông tin của hai mục giống nhau."
          : `Khác nhau ${differing} chỗ, đánh dấu ≠. Chọn giá trị giữ lại ở mỗi chỗ.`}
      </p>
      <div className="table-scroll overflow-x-auto contain-inline-size">
        <table className="w-full min-w-130 border-collapse text-sm">
          <caption className="sr-only">So sánh thông tin của hai mục</caption>
          <thead>
            <tr className="border-b border-field text-left">
              <th scope="col" className="py-2 pr-4 pl-2 font-semibold">
                Thông tin
              </th>
              <th scope="col" className="py-2 pr-4 font-semibold">
                {keep.heading}
              </th>
              <th scope="col" className="py-2 font-semibold">
                {drop.heading}
              </th>
            </tr>
          </thead>
          <tbody>
            {facts.map((fact) => (
              <FactRow key={fact.field} fact={fact} />
            ))}
          </tbody>
        </table>
      </div>
      <DateField name="on" label="Gộp từ ngày" defaultValue={today} />
      <FormActions>
        <SubmitButton pendingLabel="Đang gộp…">Gộp hai mục làm một</SubmitButton>
        <LinkButton variant="quiet" href={backHref}>
          Thôi, không gộp
        </LinkButton>
      </FormActions>
    </Form>
  );
}

function FactRow({ fact }: Readonly<{ fact: ComparedFact }>) {
  const { field, label, isSame } = fact;
  const cell = (side: "keep" | "drop") => {
    const text = fact[side] || "(trống)";
    if (isSame) return text;

    return (
      <label className="flex min-h-11 cursor-pointer items-center gap-3 md:min-h-9">
        <input
          type="radio"
          name={`take.${field}`}
          value={side}
          defaultChecked={fact.side === side}
          className="size-5 shrink-0 cursor-pointer accent-accent"
        />
        <span>
          <span className="sr-only">{label}: </span>
          {text}
        </span>
      </label>
    );
  };

  return (
    <tr className={isSame ? "border-b border-line" : "border-b border-line bg-warn-soft"}>
      <th scope="row" className="py-2 pr-4 pl-2 text-left font-normal">
        {!isSame && (
          <span className="mr-1 font-semibold text-warn">
            <span aria-hidden="true">≠</span>
            <span className="sr-only">khác nhau: </span>
          </span>
        )}
        {label}
      </th>
      <td className="py-1 pr-4">{cell("keep")}</td>
      <td className="py-1 pr-2">{cell("drop")}</td>
    </tr>
  );
}
