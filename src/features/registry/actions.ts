"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/form/form-state";
import { formAction } from "@/features/user/form-action";
import { kindOf } from "./constants";
import { registerSubject } from "./mutations";
import { changeMany } from "./mutations/bulk";
import { updateSubject } from "./mutations/change";
import { closeSubject, moveSubject } from "./mutations/leave";
import { mergeSubjects } from "./mutations/merge";
import { reopenSubject } from "./mutations/reopen";
import { undoSubjectStep } from "./mutations/undo";
import {
  ChangeMany,
  CloseSubject,
  MergeSubjects,
  MoveSubject,
  RegisterSubject,
  ReopenSubject,
  UndoStep,
  UpdateSubject,
} from "./schema";

const register = formAction(
  "subject.register",
  RegisterSubject,
  async ({ actor, input, requestId, data }) => {
    const { subjectId, memberCount } = await registerSubject(actor, input, requestId);
    revalidatePath("/so-theo-doi", "layout");
    if (data.get("then") !== "next") redirect(`/so-theo-doi/${subjectId}?vua=${requestId}`);
    const { nounVi } = kindOf(input.title);

    return {
      message: `Đã ghi ${nounVi} ${input.name}${memberCount > 0 ? ` và ${memberCount} thành viên` : ""}. Có thể nhập tiếp.`,
    };
  },
);

/** Enters a new subject of any kind; `then=next` stays on the form for the one after it, otherwise its entry opens. */
export async function registerSubjectAction(previous: FormState, data: FormData): Promise<FormState> {
  return await register(previous, data);
}

const update = formAction("subject.update", UpdateSubject, async ({ actor, input, requestId }) => {
  await updateSubject(actor, input, requestId);
  revalidatePath("/so-theo-doi", "layout");
  redirect(`/so-theo-doi/${input.subjectId}?vua=${requestId}`);
});

/** Changes the facts of an entry and goes back to it. */
export async function updateSubjectAction(previous: FormState, data: FormData): Promise<FormState> {
  return await update(previous, data);
}

const move = formAction("subject.move", MoveSubject, async ({ actor, input, requestId }) => {
  await moveSubject(actor, input, requestId);
  revalidatePath("/so-theo-doi", "layout");
  redirect(`/so-theo-doi/${input.subjectId}?vua=${requestId}`);
});

/** Moves an entry to another hamlet of its commune; its page then says so and offers the way back. */
export async function moveSubjectAction(previous: FormState, data: FormData): Promise<FormState> {
  return await move(previous, data);
}

const close = formAction("subject.close", CloseSubject, async ({ actor, input, requestId }) => {
  await closeSubject(actor, input, requestId);
  revalidatePath("/so-theo-doi", "layout");
  redirect(`/so-theo-doi/${input.subjectId}?vua=${requestId}`);
});

/** Takes an entry off the register; its page then says so and offers the way back. */
export async function closeSubjectAction(previous: FormState, data: FormData): Promise<FormState> {
  return await close(previous, data);
}

const reopen = formAction("subject.reopen", ReopenSubject, async ({ actor, input, requestId }) => {
  await reopenSubject(actor, input, requestId);
  revalidatePath("/so-theo-doi", "layout");
  redirect(`/so-theo-doi/${input.subjectId}?vua=${requestId}`);
});

/** Follows a closed entry again; its page then says so and offers the way back. */
export async function reopenSubjectAction(previous: FormState, data: FormData): Promise<FormState> {
  return await reopen(previous, data);
}

const undo = formAction("subject.undo", UndoStep, async ({ actor, input, requestId }) => {
  const { isGone } = await undoSubjectStep(actor, input, requestId);
  revalidatePath("/so-theo-doi", "layout");
  if (input.from === undefined) return { message: "Đã hoàn tác." };
  redirect(isGone ? "/so-theo-doi" : `/so-theo-doi/${input.from}?vua=${requestId}`);
});

/** Takes a whole step back and goes to the entry it was taken back from, or to the register where that is gone. */
export async function undoStepAction(previous: FormState, data: FormData): Promise<FormState> {
  return await undo(previous, data);
}

const merge = formAction("subject.merge", MergeSubjects, async ({ actor, input, requestId }) => {
  const { subjectId } = await mergeSubjects(actor, input, requestId);
  revalidatePath("/so-theo-doi", "layout");
  redirect(`/so-theo-doi/${subjectId}?vua=${requestId}`);
});

/** Makes one entry of two that are the same and opens the one that goes on. */
export async function mergeSubjectsAction(previous: FormState, data: FormData): Promise<FormState> {
  return await merge(previous, data);
}

const changeAll = formAction("subject.change", ChangeMany, async ({ actor, input, requestId }) => {
  await changeMany(actor, input, requestId);
  revalidatePath("/so-theo-doi", "layout");
  redirect(`/so-theo-doi/hang-loat?${input.list}&xong=${requestId}`);
});

/** Changes one thing of every row of a list, as its preview showed it. */
export async function changeManyAction(previous: FormState, data: FormData): Promise<FormState> {
  return await changeAll(previous, data);
}
