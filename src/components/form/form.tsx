"use client";

import { unstable_rethrow } from "next/navigation";
import type { FormEvent, ReactNode } from "react";
import {
  Fragment,
  startTransition,
  useActionState,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import { ConflictTable } from "./conflict-table";
import { ErrorSummary } from "./error-summary";
import { FormContext } from "./form-context";
import type { FormAction, FormConflict, FormState } from "./form-state";
import { formValues, idleFormState } from "./form-state";
import { newRequestId } from "./request-id";

/** Which fields of a conflict hold what is stored, and what all fields hold since. */
type Settled = Readonly<{
  of: FormState | null;
  taken: ReadonlySet<string>;
  values: Record<string, string>;
}>;
const NOTHING_SETTLED: Settled = { of: null, taken: new Set(), values: {} };

/**
 * A form that loses nothing: what was typed stays on the page after any failure, also when the network breaks.
 *
 * Every send carries a `requestId`, the same for the same content until it succeeds. Errors stand in a summary
 * that takes focus, and beside their fields. `hidden` are values the person does not see (ids, `version`); after
 * a conflict the answer's `values` replace them.
 *
 * @param onSuccess called once after each success, with the answer
 * @param aboutWhom what an error of the summary is about, where fields repeat (rows): stands before the sentence
 * @param resetOnSuccess empties the fields after a success, for entering many records one after another
 */
export function Form({
  action,
  hidden = {},
  onSuccess,
  resetOnSuccess = false,
  aboutWhom,
  className = "flex flex-col gap-5",
  label,
  children,
}: Readonly<{
  action: FormAction;
  hidden?: Readonly<Record<string, string | number>>;
  onSuccess?: (state: FormState) => void;
  resetOnSuccess?: boolean;
  aboutWhom?: (field: string, values: Readonly<Record<string, string>>) => string | undefined;
  className?: string;
  label?: string;
  children: ReactNode;
}>) {
  const formId = useId();
  const request = useRef<{ id: string; sent: string } | null>(null);
  const [generation, setGeneration] = useState(0);
  const [settled, setSettled] = useState<Settled>(NOTHING_SETTLED);
  const form = useRef<HTMLFormElement>(null);

  const [answer, send, isPending] = useActionState(async (previous: FormState, data: FormData) => {
    // The same content sent again is the same request; changed content is a new one, or its changes would be lost.
    const sent = contentOf(data);
    if (request.current?.sent !== sent) request.current = { id: newRequestId(), sent };
    data.set("requestId", request.current.id);
    const answer = await callAction(action, previous, data);
    if (answer.status === "success") request.current = null;

    return answer;
  }, idleFormState);

  // What was taken over in a conflict belongs to the answer that showed it.
  const isSettling = settled.of === answer;
  const taken = isSettling ? settled.taken : NOTHING_SETTLED.taken;
  const state = useMemo(
    () => (isSettling ? { ...answer, values: settled.values } : answer),
    [answer, isSettling, settled.values],
  );

  const handled = useRef(answer);
  useEffect(() => {
    if (handled.current === answer) return;
    handled.current = answer;
    if (answer.status !== "success") return;
    if (resetOnSuccess) setGeneration((count) => count + 1);
    onSuccess?.(answer);
  }, [answer, resetOnSuccess, onSuccess]);

  /** Puts what is stored, or again what was typed, into a field of a conflict; the other fields keep what they hold. */
  function take(field: FormConflict, isTheirs: boolean) {
    if (!form.current || !field.take) return;
    const held = formValues(new FormData(form.current));
    const typed = Object.fromEntries(
      Object.keys(field.take).map((name) => [name, answer.values?.[name] ?? ""]),
    );
    const labels = new Set(taken);
    if (isTheirs) labels.add(field.label);
    else labels.delete(field.label);
    setSettled({ of: answer, taken: labels, values: { ...held, ...(isTheirs ? field.take : typed) } });
    setGeneration((count) => count + 1);
  }

  // React empties uncontrolled fields after a form action; sending by hand keeps everything as it was typed.
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    event.stopPropagation();
    if (isPending) return;
    const submitter = (event.nativeEvent as SubmitEvent).submitter;
    const data = new FormData(event.currentTarget, submitter);
    startTransition(() => send(data));
  }

  const context = useMemo(() => ({ formId, state, isPending }), [formId, state, isPending]);

  return (
    <FormContext value={context}>
      <form
        ref={form}
        action={send}
        onSubmit={submit}
        noValidate
        className={className}
        aria-label={label}
        aria-busy={isPending}
      >
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={state.values?.[name] ?? value} readOnly />
        ))}
        {state.status === "error" && <ErrorSummary state={answer} formId={formId} aboutWhom={aboutWhom} />}
        {state.conflict && state.conflict.length > 0 && (
          <ConflictTable conflict={state.conflict} taken={taken} onTake={take} />
        )}
        <div role="status" className={state.status === "success" && state.message ? "" : "sr-only"}>
          {state.status === "success" && state.message && (
            <p className="border-l-4 border-ok bg-ok-soft px-4 py-3 font-medium text-ok">✓ {state.message}</p>
          )}
        </div>
        <Fragment key={generation}>{children}</Fragment>
      </form>
    </FormContext>
  );
}

function contentOf(data: FormData): string {
  const entries = [...data].filter(([name]) => name !== "requestId" && !name.startsWith("$ACTION"));

  return JSON.stringify(
    entries.map(([name, value]) => [
      name,
      typeof value === "string" ? value : [value.name, value.size, value.lastModified],
    ]),
  );
}

async function callAction(action: FormAction, previous: FormState, data: FormData): Promise<FormState> {
  try {
    return await action(previous, data);
  } catch (error) {
    unstable_rethrow(error);
    const reference = error instanceof Error && "digest" in error ? String(error.digest) : null;
    const message = reference
      ? `Hệ thống gặp lỗi nên chưa lưu được. Những gì đã nhập vẫn còn trên trang; hãy thử lại sau ít phút. Mã tra cứu: ${reference}`
      : "Chưa lưu được vì mất mạng. Những gì đã nhập vẫn còn trên trang; hãy kiểm tra mạng rồi bấm lại.";

    return { status: "error", message, values: formValues(data) };
  }
}
