"use server";

import { revalidatePath } from "next/cache";
import type { FormState } from "@/components/form/form-state";
import { formAction } from "@/features/user/form-action";
import { removeEvidence } from "./mutations";
import { RemoveEvidenceInput } from "./schema";

const remove = formAction("evidence.remove", RemoveEvidenceInput, async ({ actor, input, requestId }) => {
  await removeEvidence(actor, { ...input, requestId });
  revalidatePath(`/cham-diem/${input.assessmentId}`);

  return { message: "Đã gỡ minh chứng." };
});

/** Takes a file away from an item. Fields: linkId, assessmentId, requestId. */
export async function removeEvidenceAction(previous: FormState, data: FormData): Promise<FormState> {
  return await remove(previous, data);
}
