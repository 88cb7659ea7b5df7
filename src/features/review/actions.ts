"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import type { FormState } from "@/components/form/form-state";
import { formAction } from "@/features/user/form-action";
import { approveEntries, requestChanges } from "./mutations";
import { ApproveEntries, RequestChanges } from "./schema";

/** Where the desk goes after a decision: the next waiting entry, which the page knew when it was shown. */
const Onward = { next: z.union([z.uuid(), z.literal("")]).optional() };

function onward(dossierId: string, next: string | undefined, done: string, entryId?: string): never {
  revalidatePath("/", "layout");
  redirect(
    `/tham-dinh/${dossierId}?${next ? `muc=${next}&` : ""}vua=${done}${entryId ? `&muc-truoc=${entryId}` : ""}`,
  );
}

const approve = formAction(
  "dossier.approve",
  ApproveEntries.extend(Onward),
  async ({ actor, input, requestId }) => {
    const { dossierId, assessmentId, version, expected, next } = input;
    const assessmentIds = assessmentId === undefined ? ("all waiting" as const) : [assessmentId];
    const { approved } = await approveEntries(actor, {
      dossierId,
      assessmentIds,
      version,
      expected,
      requestId,
    });
    onward(dossierId, next, assessmentId === undefined ? `duyet-het&so=${approved}` : "duyet", assessmentId);
  },
);

const giveBack = formAction(
  "assessment.requestChanges",
  RequestChanges.extend(Onward),
  async ({ actor, input, requestId }) => {
    const { dossierId } = await requestChanges(actor, { ...input, requestId });
    onward(dossierId, input.next, "tra-lai", input.assessmentId);
  },
);

/** Approves one entry, or everything that waits, and opens the next one. */
export async function approveAction(previous: FormState, data: FormData): Promise<FormState> {
  return await approve(previous, data);
}

/** Returns an entry with its reason and opens the next one. */
export async function requestChangesAction(previous: FormState, data: FormData): Promise<FormState> {
  return await giveBack(previous, data);
}
