"use server";

import { revalidatePath } from "next/cache";
import type { FormState } from "@/components/form/form-state";
import { formAction } from "@/features/user/form-action";
import { LookAlikes } from "../look-alikes";
import { markDistinct, unmarkDistinct } from "../mutations/distinct";

const mark = formAction("subject.markDistinct", LookAlikes, async ({ actor, input, requestId }) => {
  await markDistinct(actor, input, requestId);
  revalidatePath("/so-theo-doi", "layout");

  return { message: "Đã đánh dấu không phải trùng." };
});

/** Remembers that two entries that look alike are two. */
export async function markDistinctAction(previous: FormState, data: FormData): Promise<FormState> {
  return await mark(previous, data);
}

const unmark = formAction("subject.unmarkDistinct", LookAlikes, async ({ actor, input, requestId }) => {
  await unmarkDistinct(actor, input, requestId);
  revalidatePath("/so-theo-doi", "layout");

  return { message: "Đã bỏ đánh dấu." };
});

/** Takes that back. */
export async function unmarkDistinctAction(previous: FormState, data: FormData): Promise<FormState> {
  return await unmark(previous, data);
}
