"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/form/form-state";
import { formAction } from "@/features/user/form-action";
import { submitDossier } from "./mutations";
import { SubmitDossier } from "./schema";

const submit = formAction("dossier.submit", SubmitDossier, async ({ actor, input, requestId }) => {
  const { dossierId, submitted } = await submitDossier(actor, { ...input, requestId });
  revalidatePath("/", "layout");
  redirect(`/ho-so/${dossierId}?vua=nop&so=${submitted}`);
});

/** Sends what is ready of a title and year, or the named entries, and opens the dossier. */
export async function submitDossierAction(previous: FormState, data: FormData): Promise<FormState> {
  return await submit(previous, data);
}
