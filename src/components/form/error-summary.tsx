"use client";

import { useEffect, useRef } from "react";
import { fieldId } from "./form-context";
import type { FormState } from "./form-state";

/** The list of what is wrong, above the form: takes focus when it appears and links to each field. */
export function ErrorSummary({
  state,
  formId,
  aboutWhom,
}: Readonly<{
  state: FormState;
  formId: string;
  aboutWhom?: ((field: string, values: Readonly<Record<string, string>>) => string | undefined) | undefined;
}>) {
  const box = useRef<HTMLDivElement>(null);
  const errors = Object.entries(state.fieldErrors ?? {}).map(([name, text]): [string, string] => {
    const whom = aboutWhom?.(name, state.values ?? {});

    return [name, whom ? `${whom}: ${text}` : text];
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer is a new failure and must take focus again.
  useEffect(() => {
    box.current?.focus();
    box.current?.scrollIntoView({ block: "nearest" });
  }, [state]);

  return (
    <div
      ref={box}
      tabIndex={-1}
      role="alert"
      className="rounded-md border-2 border-danger bg-paper px-5 py-4"
    >
      <p className="font-semibold text-danger">
        ✕ {state.message ?? (errors.length > 1 ? `Có ${errors.length} chỗ cần sửa` : "Có một chỗ cần sửa")}
      </p>
      {errors.length > 0 && (
        <ul className="mt-2 flex list-disc flex-col gap-1 pl-5">
          {errors.map(([name, text]) => (
            <li key={name}>
              <a
                href={`#${fieldId(formId, name)}`}
                className="text-danger underline underline-offset-2 hover:decoration-2"
                onClick={(event) => {
                  const field = document.getElementById(fieldId(formId, name));
                  if (!field) return;
                  event.preventDefault();
                  field.focus();
                  field.scrollIntoView({ block: "center" });
                }}
              >
                {text}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
