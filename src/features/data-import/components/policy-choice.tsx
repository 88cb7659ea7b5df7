"use client";

import { useId } from "react";
import { POLICIES } from "../constants";
import type { ImportPlan } from "../types";

/** What happens to rows that differ from an entry that is there, in plain words. */
export function PolicyChoice({
  value,
  onChange,
}: Readonly<{ value: ImportPlan["policy"]; onChange: (policy: ImportPlan["policy"]) => void }>) {
  const name = useId();

  return (
    <fieldset>
      <legend className="font-medium">Dòng nào khác với mục đang có trong sổ thì làm sao?</legend>
      <div className="mt-1 flex flex-col">
        {POLICIES.map((policy) => (
          <label
            key={policy.value}
            className="flex min-h-11 cursor-pointer items-start gap-3 py-2 md:min-h-9 md:py-1.5"
          >
            <input
              type="radio"
              name={name}
              value={policy.value}
              checked={value === policy.value}
              onChange={() => onChange(policy.value)}
              className="mt-0.5 size-5 shrink-0 accent-accent"
            />
            <span>
              {policy.label}
              <span className="block text-sm text-muted">{policy.hint}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
