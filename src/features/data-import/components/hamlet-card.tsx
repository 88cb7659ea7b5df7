"use client";

import { useState } from "react";
import { Form } from "@/components/form/form";
import { inputClass } from "@/components/form/form-field";
import { FormActions, SubmitButton } from "@/components/form/submit-button";
import { SectionCard } from "@/components/layout/section-card";
import { HAMLET_KINDS } from "@/features/registry/constants";
import { formatCount } from "@/lib/format/number";
import { chooseHamletsAction } from "../actions";
import type { HamletChoice, NamedHamlet } from "../columns/hamlets";
import { choicesOf, initialChoice, isUnready } from "../columns/hamlets";

/** Hamlets the file names and the commune does not have: each is tied to one that is there, made, or left. */
export function HamletCard({
  batch,
  named,
  hamlets,
  initial,
}: Readonly<{
  batch: Readonly<{ id: string; version: number }>;
  named: readonly NamedHamlet[];
  hamlets: readonly Readonly<{ id: number; name: string }>[];
  initial: Readonly<Record<string, HamletChoice>>;
}>) {
  const [choices, setChoices] = useState<Readonly<Record<string, HamletChoice>>>(() =>
    Object.fromEntries(
      named.map((one) => [one.key, initial[one.key] ?? initialChoice(one, hamlets.length > 0)]),
    ),
  );
  const sent = choicesOf(choices);
  const isUnchanged = JSON.stringify(sent) === JSON.stringify(choicesOf(initial));
  const unready = named.filter(({ key }) => isUnready(choices[key]));
  const made = Object.values(sent).filter((one) => "create" in one).length;

  return (
    <SectionCard
      title={`${formatCount(named.length)} tên thôn trong tệp mà xã chưa có`}
      note="Chọn cho từng tên; dòng của tên để lại sẽ không được ghi."
    >
      <Form
        action={chooseHamletsAction}
        hidden={{ batchId: batch.id, version: batch.version }}
        label="Thôn chưa có"
        className="flex flex-col gap-4"
      >
        <input type="hidden" name="hamlets" value={JSON.stringify(sent)} readOnly />
        <ul className="flex flex-col divide-y divide-line">
          {named.map((one) => (
            <HamletLine
              key={one.key}
              hamlet={one}
              hamlets={hamlets}
              choice={choices[one.key] ?? "LEAVE"}
              onChoice={(choice) => setChoices((before) => ({ ...before, [one.key]: choice }))}
            />
          ))}
        </ul>
        {unready.length > 0 && (
          <p className="text-sm font-medium text-danger">
            ✕ Chưa chọn thôn hoặc chưa ghi tên thôn mới cho:{" "}
            {unready.map(({ text }) => `“${text}”`).join(", ")}.
          </p>
        )}
        <FormActions>
          <SubmitButton
            variant="secondary"
            isDisabled={unready.length > 0 || isUnchanged}
            pendingLabel="Đang chuyển sang kiểm tra…"
          >
            Kiểm tra lại với các thôn đã chọn
          </SubmitButton>
          {made > 0 && (
            <p className="text-sm text-muted">{formatCount(made)} thôn mới sẽ được tạo khi ghi vào sổ.</p>
          )}
        </FormActions>
      </Form>
    </SectionCard>
  );
}

function HamletLine({
  hamlet,
  hamlets,
  choice,
  onChoice,
}: Readonly<{
  hamlet: NamedHamlet;
  hamlets: readonly Readonly<{ id: number; name: string }>[];
  choice: HamletChoice;
  onChoice: (choice: HamletChoice) => void;
}>) {
  const created = typeof choice === "object" && "create" in choice ? choice.create : undefined;
  const value = choice === "LEAVE" ? "" : "unitId" in choice ? String(choice.unitId) : "NEW";

  function choose(next: string) {
    if (next === "") onChoice("LEAVE");
    else if (next === "NEW") onChoice(initialChoice(hamlet, false));
    else onChoice({ unitId: Number(next) });
  }

  return (
    <li className="flex flex-wrap items-end gap-x-4 gap-y-2 py-3 first:pt-0">
      <p className="min-w-40 flex-1 basis-48 self-center">
        <span className="font-medium">“{hamlet.text}”</span>
        {hamlet.rows > 0 && (
          <span className="block text-sm text-muted">{formatCount(hamlet.rows)} dòng đang bị từ chối</span>
        )}
      </p>
      <label className="block flex-1 basis-56">
        <span className="block text-xs font-medium text-muted">
          Làm gì<span className="sr-only"> với “{hamlet.text}”</span>
        </span>
        <select value={value} onChange={(event) => choose(event.target.value)} className={inputClass}>
          <option value="">Để lại: không ghi dòng của tên này</option>
          <option value="NEW">Tạo thôn mới</option>
          {hamlets.map(({ id, name }) => (
            <option key={id} value={id}>
              Chính là {name}
            </option>
          ))}
        </select>
      </label>
      {created && (
        <>
          <label className="block basis-36">
            <span className="block text-xs font-medium text-muted">
              Loại<span className="sr-only"> của “{hamlet.text}”</span>
            </span>
            <select
              value={created.kind}
              onChange={(event) => onChoice({ create: { ...created, kind: event.target.value } })}
              className={inputClass}
            >
              {HAMLET_KINDS.map((kind) => (
                <option key={kind}>{kind}</option>
              ))}
            </select>
          </label>
          <label className="block flex-1 basis-48">
            <span className="block text-xs font-medium text-muted">
              Tên trong sổ<span className="sr-only"> của “{hamlet.text}”</span>
            </span>
            <input
              value={created.name}
              maxLength={200}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => onChoice({ create: { ...created, name: event.target.value } })}
              className={inputClass}
            />
          </label>
        </>
      )}
    </li>
  );
}
