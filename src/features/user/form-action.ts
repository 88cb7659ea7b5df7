import "server-only";
import { unstable_rethrow } from "next/navigation";
import { z } from "zod";
import type { FormState } from "@/components/form/form-state";
import { formValues } from "@/components/form/form-state";
import { AppError } from "@/lib/errors/app-error";
import { reportError } from "@/lib/errors/report";
import type { SessionActor } from "./data";
import { getActor } from "./session";

/** Every form carries the id of its request; the mutation holds it unique. */
const RequestId = z.object({ requestId: z.uuid() });

type Handled = Pick<FormState, "message" | "values">;

/**
 * The pipeline of every form: who asks → input by schema → one mutation → a small answer. What was typed comes back on any
 * refusal; an unknown error is reported once under a reference number and shown by it.
 * @param name what the action is called in the technical log
 * @param schema checks the form's text values; its messages are Vietnamese sentences shown beside the fields
 * @param run calls one mutation (which checks the right again on the locked row), revalidates, and may redirect
 */
export function formAction<S extends z.ZodType>(
  name: string,
  schema: S,
  run: (context: {
    actor: SessionActor;
    input: z.output<S>;
    requestId: string;
    data: FormData;
  }) => Promise<Handled | undefined>,
): (previous: FormState, data: FormData) => Promise<FormState> {
  return async (_previous, data) => {
    const values = formValues(data);
    try {
      const actor = await getActor();
      const request = RequestId.safeParse(values);
      const parsed = schema.safeParse(values, { error: () => "Thông tin này chưa hợp lệ." });
      if (!parsed.success || !request.success) {
        return {
          status: "error",
          fieldErrors: fieldErrorsOf(parsed.error),
          message: "Có thông tin cần xem lại.",
          values,
        };
      }

      const handled = await run({ actor, input: parsed.data, requestId: request.data.requestId, data });

      return { status: "success", ...handled };
    } catch (error) {
      unstable_rethrow(error);
      if (error instanceof AppError) {
        return {
          status: "error",
          message: error.text,
          fieldErrors: { ...error.fields },
          conflict: [...error.conflict],
          values: { ...values, ...error.newValues },
        };
      }
      const reference = reportError(name, error);

      return {
        status: "error",
        message: `Có lỗi ngoài dự kiến nên chưa ghi được. Những gì đã nhập vẫn còn trên trang. Mã tra cứu: ${reference}`,
        values,
      };
    }
  };
}

function fieldErrorsOf(error: z.ZodError | undefined): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of error?.issues ?? []) {
    const field = issue.path.join(".");
    fields[field] ??= issue.message;
  }

  return fields;
}
