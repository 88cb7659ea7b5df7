"use server";

import { revalidatePath } from "next/cache";
import type { FormState } from "@/components/form/form-state";
import { formAction } from "@/features/user/form-action";
import { groupIdentity, RecordIdentity, RemoveIdentity, ShowIdentity } from "../identity";
import { recordIdentity, removeIdentity, showIdentity } from "../mutations/identity";

const record = formAction("identity.record", RecordIdentity, async ({ actor, input, requestId }) => {
  await recordIdentity(actor, input, requestId);
  revalidatePath(`/so-theo-doi/${input.subjectId}`);

  return { message: "Đã ghi số CCCD." };
});

/** Records a citizen's number, or puts it right. */
export async function recordIdentityAction(previous: FormState, data: FormData): Promise<FormState> {
  return await record(previous, data);
}

const remove = formAction("identity.remove", RemoveIdentity, async ({ actor, input, requestId }) => {
  await removeIdentity(actor, input, requestId);
  revalidatePath(`/so-theo-doi/${input.subjectId}`);

  return { message: "Đã xoá số CCCD." };
});

/** Takes a citizen's number out of the register. */
export async function removeIdentityAction(previous: FormState, data: FormData): Promise<FormState> {
  return await remove(previous, data);
}

const show = formAction("identity.show", ShowIdentity, async ({ actor, input, requestId }) => {
  const { number } = await showIdentity(actor, input, requestId);
  revalidatePath(`/so-theo-doi/${input.subjectId}`);

  return { values: { number: groupIdentity(number) } };
});

/** Shows a citizen's number in full, to the page that asked and for as long as it is open. */
export async function showIdentityAction(previous: FormState, data: FormData): Promise<FormState> {
  return await show(previous, data);
}
