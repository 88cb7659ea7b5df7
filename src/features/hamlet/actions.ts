"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/form/form-state";
import { formAction } from "@/features/user/form-action";
import { classifyHamlet, renameHamlet } from "./mutations";
import { mergeHamlets, splitHamlet } from "./mutations/succession";
import { ClassifyHamlet, MergeHamlets, RenameHamlet, SplitHamlet } from "./schema";

const rename = formAction("hamlet.rename", RenameHamlet, async ({ actor, input, requestId }) => {
  await renameHamlet(actor, input, requestId);
  revalidatePath("/so-theo-doi", "layout");

  return { message: "Đã đổi tên thôn." };
});

/** Gives a hamlet another name from a day on. */
export async function renameHamletAction(previous: FormState, data: FormData): Promise<FormState> {
  return await rename(previous, data);
}

const merge = formAction("hamlet.merge", MergeHamlets, async ({ actor, input, requestId }) => {
  const { hamletId, moved } = await mergeHamlets(actor, input, requestId);
  revalidatePath("/so-theo-doi", "layout");
  redirect(`/so-theo-doi/thon/${hamletId}?da=sap-nhap&muc=${moved}`);
});

/** Makes one hamlet of several from a day on, then opens it. */
export async function mergeHamletsAction(previous: FormState, data: FormData): Promise<FormState> {
  return await merge(previous, data);
}

const split = formAction("hamlet.split", SplitHamlet, async ({ actor, input, requestId }) => {
  const { hamletId, moved } = await splitHamlet(actor, input, requestId);
  revalidatePath("/so-theo-doi", "layout");
  redirect(`/so-theo-doi/thon/${hamletId}?da=tach&muc=${moved}`);
});

/** Makes a new hamlet of a part of one from a day on, then opens it. */
export async function splitHamletAction(previous: FormState, data: FormData): Promise<FormState> {
  return await split(previous, data);
}

const classify = formAction("hamlet.classify", ClassifyHamlet, async ({ actor, input, requestId }) => {
  await classifyHamlet(actor, input, requestId);
  revalidatePath("/so-theo-doi", "layout");

  return {
    message: `Đã ghi: năm ${input.year} ${input.isDifficult ? "thuộc diện" : "không thuộc diện"} đặc biệt khó khăn.`,
  };
});

/** Says for one year whether a hamlet is specially difficult. */
export async function classifyHamletAction(previous: FormState, data: FormData): Promise<FormState> {
  return await classify(previous, data);
}
