/**
 * A field that somebody else changed meanwhile: its name for people, what was typed, what stands now. `take` holds the form
 * values that mean what stands now; `isSeen`: `yours` is what the person saw when the page was opened.
 */
export type FormConflict = Readonly<{
  label: string;
  yours: string;
  theirs: string;
  take?: Readonly<Record<string, string>>;
  isSeen?: boolean;
}>;

/**
 * What a form's action answers. Serialisable, so it travels from the server as it is.
 *
 * - `message`: one sentence about the whole form (shown above it)
 * - `fieldErrors`: field name → what is wrong and what to do
 * - `values`: what was typed, by field name; shown again after a failure
 * - `conflict`: set when the record changed since the form was opened; `values.version` then carries the new version
 */
export type FormState = {
  status: "idle" | "error" | "success";
  message?: string;
  fieldErrors?: Record<string, string>;
  values?: Record<string, string>;
  conflict?: FormConflict[];
};

/** A server action a form can call. */
export type FormAction = (previous: FormState, data: FormData) => Promise<FormState>;

/** The state of a form nobody has sent yet. */
export const idleFormState: FormState = { status: "idle" };

/** The typed text values of a form, for {@link FormState.values}; files and Next's own fields are left out. */
export function formValues(data: FormData): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of data) {
    if (typeof value === "string" && !name.startsWith("$ACTION")) values[name] = value;
  }

  return values;
}
