"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/form/form-state";
import { formAction } from "@/features/user/form-action";
import { openAssessment } from "./mutations";
import { OpenAssessmentInput } from "./schema";

const open = formAction("assessment.register", OpenAssessmentInput, async ({ actor, input, requestId }) => {
  const { assessmentId } = await openAssessment(actor, { ...input, requestId });
  revalidatePath("/cham-diem");
  if (input.stay === undefined) redirect(`/cham-diem/${assessmentId}`);

  return { message: `Đã đăng ký năm ${input.year}.` };
});

/**
 * Registers a subject for a year and opens its scoring sheet. Fields: subjectId, year, requestId; `stay=1` registers without
 * leaving the page.
 */
export async function openAssessmentAction(previous: FormState, data: FormData): Promise<FormState> {
  return await open(previous, data);
}
