"use client";

import { useId } from "react";
import { SectionCard } from "@/components/layout/section-card";
import type { SheetDraft } from "../columns/draft";
import { columnsUnder } from "../columns/draft";
import { lackingText, unusedText } from "../columns/words";
import { IMPORT_TARGETS, TARGET_NAMES } from "../constants";
import type { FieldDefinition } from "../fields";
import { IMPORT_TARGET_FIELDS } from "../fields";
import type { ImportField, SheetLook } from "../types";
import { ColumnGrid } from "./column-grid";
import { PlainSelect } from "./plain-select";
import { PreviewGrid } from "./preview-grid";

/** Sheets that are read alike: which of them are taken, to which register, from which row on, which column means what. */
export function SheetGroup({
  looks,
  drafts,
  hamlets,
  onChange,
  onTake,
}: Readonly<{
  looks: readonly SheetLook[];
  drafts: readonly SheetDraft[];
  hamlets: readonly string[];
  onChange: (change: Partial<SheetDraft>) => void;
  onTake: (sheet: string, change: Partial<SheetDraft>) => void;
}>) {
  const [look] = looks;
  const [draft] = drafts;
  if (!look || !draft) return null;

  const isTaken = drafts.some((one) => one.isTaken);
  const title = looks.length === 1 ? `Trang “${look.sheet}”` : `${looks.length} trang có cột giống nhau`;

  return (
    <SectionCard
      title={title}
      note={isTaken ? undefined : "Không lấy dữ liệu của phần này."}
      action={looks.length === 1 && <TakeBox look={look} draft={draft} onTake={onTake} />}
    >
      {looks.length > 1 && <SheetChoice looks={looks} drafts={drafts} onTake={onTake} />}
      {isTaken && (
        <div className="flex flex-col gap-5">
          <div className="flex flex-wrap gap-x-6 gap-y-3">
            <PlainSelect
              label="Ghi vào sổ nào?"
              value={draft.target ?? ""}
              placeholder="Chọn sổ…"
              options={IMPORT_TARGETS.map((target) => ({ value: target, label: TARGET_NAMES[target] }))}
              onChange={(value) => onChange({ target: IMPORT_TARGETS.find((one) => one === value) ?? null })}
            />
            {looks.length === 1 && draft.target !== null && draft.target !== "ORGANISATION" && (
              <HamletOfSheet look={look} draft={draft} hamlets={hamlets} onTake={onTake} />
            )}
          </div>
          <PreviewGrid
            look={look}
            headerRow={draft.headerRow}
            onHeaderRow={(headerRow) => onChange({ headerRow })}
          />
          {draft.target !== null && draft.headerRow !== null && (
            <Columns
              draft={draft}
              look={look}
              choices={IMPORT_TARGET_FIELDS[draft.target]}
              onChange={onChange}
            />
          )}
        </div>
      )}
    </SectionCard>
  );
}

function Columns({
  look,
  draft,
  choices,
  onChange,
}: Readonly<{
  look: SheetLook;
  draft: SheetDraft;
  choices: readonly FieldDefinition[];
  onChange: (change: Partial<SheetDraft>) => void;
}>) {
  const columns = columnsUnder(look, draft.headerRow);
  const lacking = lackingText(draft, choices);
  const unused = unusedText(columns, draft);

  function setField(index: number, field: ImportField | null) {
    const { [index]: _before, ...others } = draft.fields;
    onChange({ fields: field === null ? others : { ...others, [index]: field } });
  }

  return (
    <div className="flex flex-col gap-2">
      <h3>Mỗi cột ghi vào đâu?</h3>
      <ColumnGrid
        sheet={look.sheet}
        columns={columns}
        fields={draft.fields}
        choices={choices}
        onField={setField}
      />
      <div role="status" className="flex flex-col gap-1 text-sm">
        {lacking && <p className="font-medium text-danger">✕ {lacking}</p>}
        {unused && <p className="text-muted">{unused}</p>}
      </div>
    </div>
  );
}

function TakeBox({
  look,
  draft,
  onTake,
}: Readonly<{
  look: SheetLook;
  draft: SheetDraft;
  onTake: (sheet: string, change: Partial<SheetDraft>) => void;
}>) {
  return (
    <label className="flex min-h-11 cursor-pointer items-center gap-2 md:min-h-9">
      <input
        type="checkbox"
        checked={draft.isTaken}
        onChange={(event) => onTake(look.sheet, { isTaken: event.target.checked })}
        className="size-5 accent-accent"
      />
      Lấy trang này
    </label>
  );
}

function SheetChoice({
  looks,
  drafts,
  onTake,
}: Readonly<{
  looks: readonly SheetLook[];
  drafts: readonly SheetDraft[];
  onTake: (sheet: string, change: Partial<SheetDraft>) => void;
}>) {
  return (
    <fieldset className="mb-5">
      <legend className="font-medium">Lấy những trang nào?</legend>
      <div className="mt-1 flex flex-wrap gap-x-6">
        {looks.map((look) => {
          const draft = drafts.find((one) => one.sheet === look.sheet);

          return (
            <label key={look.sheet} className="flex min-h-11 cursor-pointer items-center gap-2 md:min-h-9">
              <input
                type="checkbox"
                checked={draft?.isTaken ?? false}
                onChange={(event) => onTake(look.sheet, { isTaken: event.target.checked })}
                className="size-5 accent-accent"
              />
              {look.sheet}
              {look.isHidden && <span className="text-sm text-muted">(trang ẩn)</span>}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

function HamletOfSheet({
  look,
  draft,
  hamlets,
  onTake,
}: Readonly<{
  look: SheetLook;
  draft: SheetDraft;
  hamlets: readonly string[];
  onTake: (sheet: string, change: Partial<SheetDraft>) => void;
}>) {
  const hint = useId();
  const named = [look.hamletText, draft.hamletText].filter((text) => text !== null);
  const options = [...new Set([...named, ...hamlets])];

  return (
    <div>
      <PlainSelect
        label="Dòng không ghi thôn thì thuộc thôn nào?"
        describedBy={hint}
        value={draft.hamletText ?? ""}
        placeholder="Không biết: báo lỗi dòng đó"
        options={options.map((text) => ({ value: text, label: text }))}
        onChange={(value) => onTake(look.sheet, { hamletText: value === "" ? null : value })}
      />
      {look.hamletText !== null && (
        <p id={hint} className="mt-1 text-sm text-muted">
          Đọc được từ tên trang hoặc dòng đầu trang: {look.hamletText}.
        </p>
      )}
    </div>
  );
}
