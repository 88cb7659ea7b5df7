"use client";

import { useState } from "react";
import { LinkButton } from "@/components/button";
import { Form } from "@/components/form/form";
import { FormActions, SubmitButton } from "@/components/form/submit-button";
import { checkImportAction } from "../actions";
import type { PlanSettings, SheetDraft } from "../columns/draft";
import { groupAlike, planOf, withChange } from "../columns/draft";
import { blockersOf } from "../columns/words";
import { IMPORT_TARGET_FIELDS } from "../fields";
import type { SheetLook } from "../types";
import { LegacyCard } from "./legacy-card";
import { SettingsCard } from "./settings-card";
import { SheetGroup } from "./sheet-group";

/** What is taken out of a file and where it goes. Nothing is stored before the check is asked for. */
export function ColumnsForm({
  batch,
  looks,
  initialDrafts,
  initialSettings,
  years,
  roundYears,
  yearOfFile,
  hamlets,
  backHref,
}: Readonly<{
  batch: Readonly<{ id: string; version: number }>;
  looks: readonly SheetLook[];
  initialDrafts: readonly SheetDraft[];
  initialSettings: PlanSettings;
  years: readonly number[];
  roundYears: readonly number[];
  yearOfFile: number | undefined;
  hamlets: readonly string[];
  backHref?: string | undefined;
}>) {
  const [drafts, setDrafts] = useState(initialDrafts);
  const [settings, setSettings] = useState(initialSettings);
  const groups = groupAlike(looks);
  const legacy = looks[0]?.legacy;
  const plans = drafts.flatMap((draft) => planOf(draft) ?? []);
  const blockers = blockersOf(drafts, IMPORT_TARGET_FIELDS);
  const canRegister = roundYears.includes(settings.year);
  const takes = (field: "registered" | "reached") =>
    plans.some((plan) => plan.columns.some((column) => column.field === field));

  function change(sheets: readonly string[], changed: Partial<SheetDraft>) {
    setDrafts((before) =>
      before.map((draft) => {
        const look = looks.find((one) => one.sheet === draft.sheet);

        return look && sheets.includes(draft.sheet) ? withChange(look, draft, changed) : draft;
      }),
    );
  }

  return (
    <Form
      action={checkImportAction}
      hidden={{ batchId: batch.id, version: batch.version }}
      label="Chọn cột"
      className="flex flex-col gap-5"
    >
      <input
        type="hidden"
        name="plan"
        value={JSON.stringify({
          ...settings,
          takeRegistrations: settings.takeRegistrations && canRegister && takes("registered"),
          takeResults: settings.takeResults && takes("reached"),
          sheets: plans,
        })}
        readOnly
      />
      {legacy && (
        <LegacyCard
          legacy={legacy}
          isTaken={settings.legacy === legacy.encoding}
          onChange={(isTaken) =>
            setSettings((before) => ({ ...before, legacy: isTaken ? legacy.encoding : null }))
          }
        />
      )}
      {groups.map((group) => {
        const names = group.map(({ sheet }) => sheet);

        return (
          <SheetGroup
            key={names.join("\n")}
            looks={group}
            drafts={drafts.filter(({ sheet }) => names.includes(sheet))}
            hamlets={hamlets}
            onChange={(changed) => change(names, changed)}
            onTake={(sheet, changed) => change([sheet], changed)}
          />
        );
      })}
      <SettingsCard
        settings={settings}
        years={years}
        canRegister={canRegister}
        yearOfFile={yearOfFile}
        hasRegistrations={takes("registered")}
        hasResults={takes("reached")}
        onChange={(changed) => setSettings((before) => ({ ...before, ...changed }))}
      />
      {blockers.length > 0 && (
        <ul className="flex flex-col gap-1 text-sm font-medium text-danger">
          {blockers.map((text) => (
            <li key={text}>✕ {text}</li>
          ))}
        </ul>
      )}
      <FormActions>
        <SubmitButton isDisabled={blockers.length > 0} pendingLabel="Đang chuyển sang kiểm tra…">
          Kiểm tra, chưa ghi gì
        </SubmitButton>
        {backHref && (
          <LinkButton variant="quiet" href={backHref}>
            Về kết quả kiểm tra
          </LinkButton>
        )}
      </FormActions>
    </Form>
  );
}
