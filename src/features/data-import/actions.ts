"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/form/form-state";
import { formAction } from "@/features/user/form-action";
import { formatCount } from "@/lib/format/number";
import { loadPlanToChange, loadRememberedColumns } from "./loaders";
import {
  decideRows,
  discardBatch,
  planBatch,
  resumeBatch,
  setPolicy,
  undoBatch,
  writeBatch,
} from "./mutations";
import { BatchInput, DecideInput, HamletsInput, PlanInput, PolicyInput, WriteInput } from "./schema";

const check = formAction("import.check", PlanInput, async ({ actor, input, requestId }) => {
  const { batchId, version, plan } = input;
  const { hamlets, mappings } = await loadRememberedColumns(actor, batchId, plan.sheets);
  await planBatch(actor, { batchId, version, plan: { ...plan, hamlets }, mappings }, requestId);
  revalidatePath(pageOf(batchId));
  redirect(pageOf(batchId));
});

/** Sets how the file is read and has it checked. */
export async function checkImportAction(previous: FormState, data: FormData): Promise<FormState> {
  return await check(previous, data);
}

const chooseHamlets = formAction("import.hamlets", HamletsInput, async ({ actor, input, requestId }) => {
  const { batchId, version, hamlets } = input;
  const plan = await loadPlanToChange(actor, batchId);
  await planBatch(actor, { batchId, version, plan: { ...plan, hamlets } }, requestId);
  revalidatePath(pageOf(batchId));

  return { message: "Đang kiểm tra lại với những thôn vừa chọn." };
});

/** Says what becomes of hamlets the commune does not have, and has the file checked again. */
export async function chooseHamletsAction(previous: FormState, data: FormData): Promise<FormState> {
  return await chooseHamlets(previous, data);
}

const policy = formAction("import.policy", PolicyInput, async ({ actor, input, requestId }) => {
  const { version } = await setPolicy(actor, input, requestId);
  revalidatePath(pageOf(input.batchId));

  return { message: "Đã đổi cách ghi.", values: { version: String(version) } };
});

export async function setImportPolicyAction(previous: FormState, data: FormData): Promise<FormState> {
  return await policy(previous, data);
}

const decide = formAction("import.decide", DecideInput, async ({ actor, input, requestId }) => {
  const { ordinals, ...rest } = input;
  const { version, decided } = await decideRows(
    actor,
    { ...rest, ...(ordinals ? { ordinals } : {}) },
    requestId,
  );
  revalidatePath(pageOf(input.batchId));

  return {
    message: `Đã ghi quyết định cho ${formatCount(decided)} dòng.`,
    values: { version: String(version) },
  };
});

export async function decideImportRowsAction(previous: FormState, data: FormData): Promise<FormState> {
  return await decide(previous, data);
}

const write = formAction("import.write", WriteInput, async ({ actor, input, requestId }) => {
  await writeBatch(actor, input, requestId);
  revalidatePath(pageOf(input.batchId));
  redirect(pageOf(input.batchId));
});

export async function writeImportAction(previous: FormState, data: FormData): Promise<FormState> {
  return await write(previous, data);
}

const undo = formAction("import.undo", BatchInput, async ({ actor, input, requestId }) => {
  await undoBatch(actor, input, requestId);
  revalidatePath(pageOf(input.batchId));

  return { message: "Đang hoàn tác." };
});

export async function undoImportAction(previous: FormState, data: FormData): Promise<FormState> {
  return await undo(previous, data);
}

const discard = formAction("import.discard", BatchInput, async ({ actor, input, requestId }) => {
  await discardBatch(actor, input, requestId);
  revalidatePath("/nhap-lieu");
  redirect("/nhap-lieu");
});

export async function discardImportAction(previous: FormState, data: FormData): Promise<FormState> {
  return await discard(previous, data);
}

const resume = formAction("import.resume", BatchInput, async ({ actor, input, requestId }) => {
  await resumeBatch(actor, input, requestId);
  revalidatePath(pageOf(input.batchId));

  return {};
});

export async function resumeImportAction(previous: FormState, data: FormData): Promise<FormState> {
  return await resume(previous, data);
}

function pageOf(batchId: string): string {
  return `/nhap-lieu/${batchId}`;
}
