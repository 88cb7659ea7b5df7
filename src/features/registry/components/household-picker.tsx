"use client";

import { use, useState } from "react";
import { Button } from "@/components/button";
import { FormContext, useField } from "@/components/form/form-context";
import { FieldMessages, inputClass } from "@/components/form/form-field";
import type { SearchAnswer } from "../search";
import { useRegistrySearch } from "./use-registry-search";

type Household = { id: string; name: string; unitName: string };

/** The household of a citizen, found by the name of its head. Keyboard: type, Tab to a result, Enter. */
export function HouseholdPicker({
  unitId,
  year,
  defaultHousehold,
  onChange,
}: Readonly<{
  unitId: number;
  year: number;
  defaultHousehold?: Household | undefined;
  onChange?: (household: Household | null) => void;
}>) {
  const hint = "Gõ tên chủ hộ để tìm. Để trống nếu không thuộc hộ nào trong sổ.";
  const field = useField({ name: "householdId", hint });
  const { values } = use(FormContext).state;
  const [household, setHousehold] = useState<Household | null>(() =>
    values?.householdId === undefined ? (defaultHousehold ?? null) : typedHousehold(values),
  );
  const [text, setText] = useState("");
  const { answer } = useRegistrySearch<SearchAnswer>(
    household === null && text.trim().length > 1
      ? { mode: "pick", unitId, title: "FAMILY", year, text: text.trim() }
      : null,
  );

  function choose(next: Household | null) {
    setHousehold(next);
    setText("");
    onChange?.(next);
  }

  return (
    <div className="max-w-sm">
      <input type="hidden" name="householdId" value={household?.id ?? ""} />
      <input type="hidden" name="householdName" value={household?.name ?? ""} />
      <input type="hidden" name="householdUnitName" value={household?.unitName ?? ""} />
      {household ? (
        <>
          <p className="font-medium">Hộ gia đình</p>
          <FieldMessages error={field.error} errorId={field.errorId} />
          <p className="mt-1 flex flex-wrap items-center gap-3">
            <span>
              Hộ {household.name} · {household.unitName}
            </span>
            <Button size="small" onPress={() => choose(null)}>
              Bỏ chọn
            </Button>
          </p>
        </>
      ) : (
        <>
          <label htmlFor={field.id} className="block font-medium">
            Hộ gia đình <span className="font-normal text-muted">(không bắt buộc)</span>
          </label>
          <FieldMessages hint={hint} hintId={field.hintId} error={field.error} errorId={field.errorId} />
          <input
            {...field.inputProps}
            type="text"
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
            autoComplete="off"
            spellCheck={false}
            maxLength={100}
            className={`${inputClass} mt-1`}
          />
          {answer && text.trim().length > 1 && (
            <ul
              aria-label="Hộ tìm thấy"
              className="mt-1 max-h-64 overflow-auto rounded-md border border-field bg-paper"
            >
              {answer.rows.length === 0 && (
                <li className="px-3 py-2 text-sm text-muted">Không có hộ nào khớp</li>
              )}
              {answer.rows.map((row) => (
                <li key={row.id} className="border-b border-line last:border-0">
                  <Button
                    variant="quiet"
                    className="w-full justify-start text-left"
                    onPress={() => choose({ id: row.id, name: row.name, unitName: row.unitName })}
                  >
                    {row.name} · {row.unitName}
                  </Button>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </div>
  );
}

/** The household a form held when it was sent: its id goes to the server, the words come back with it. */
function typedHousehold(values: Readonly<Record<string, string>>): Household | null {
  const { householdId, householdName = "", householdUnitName = "" } = values;

  return householdId ? { id: householdId, name: householdName, unitName: householdUnitName } : null;
}
