"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/form/form-state";
import { formAction } from "@/features/user/form-action";
import { EditMemberList } from "../member-list";
import { editMemberList } from "../mutations/member-list";

const edit = formAction("subject.list", EditMemberList, async ({ actor, input, requestId }) => {
  const { added, removed } = await editMemberList(actor, input, requestId);
  revalidatePath("/so-theo-doi", "layout");
  redirect(`/so-theo-doi/${input.subjectId}${added + removed > 0 ? `?vua=${requestId}` : ""}`);
});

/** Puts entries into the list of a clan or an organisation and takes others out, then goes back to it. */
export async function editMemberListAction(previous: FormState, data: FormData): Promise<FormState> {
  return await edit(previous, data);
}
