"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/form/form-state";
import { formAction } from "@/features/user/form-action";
import { decide } from "./mutations";
import { DecideDossier } from "./schema";

const decideDossier = formAction("dossier.decide", DecideDossier, async ({ actor, input, requestId }) => {
  const { recognised } = await decide(actor, { ...input, requestId });
  revalidatePath("/", "layout");
  redirect(`/tham-dinh/${input.dossierId}?vua=quyet-dinh&so=${recognised}`);
});

/** Records the decision that recognises the approved entries of a dossier. */
export async function decideAction(previous: FormState, data: FormData): Promise<FormState> {
  return await decideDossier(previous, data);
}
