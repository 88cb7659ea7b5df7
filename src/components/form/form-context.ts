"use client";

import { createContext, use, useId } from "react";
import type { FormState } from "./form-state";
import { idleFormState } from "./form-state";

type FormContextValue = Readonly<{ formId: string; state: FormState; isPending: boolean }>;

/** What the fields of a form know about it. Outside a form the fields work as plain inputs. */
export const FormContext = createContext<FormContextValue>({
  formId: "",
  state: idleFormState,
  isPending: false,
});

/** The id of a field's input inside a form; the error summary links to it. */
export function fieldId(formId: string, name: string): string {
  return `${formId}f-${name}`;
}

/** The ids, error and first value of one field, from the form around it. */
export function useField({
  name,
  hint,
  defaultValue,
}: {
  name: string;
  hint?: unknown;
  defaultValue?: string | number | null;
}) {
  const { formId, state } = use(FormContext);
  const ownId = useId();
  const id = formId ? fieldId(formId, name) : `${ownId}f-${name}`;
  const error = state.fieldErrors?.[name];
  const hintId = hint ? `${id}-hint` : undefined;
  const errorId = error ? `${id}-error` : undefined;

  return {
    id,
    error,
    hintId,
    errorId,
    initialValue:
      state.values?.[name] ?? (defaultValue === undefined || defaultValue === null ? "" : `${defaultValue}`),
    inputProps: {
      id,
      "aria-describedby": [errorId, hintId].filter(Boolean).join(" ") || undefined,
      "aria-invalid": error ? (true as const) : undefined,
    },
  };
}
