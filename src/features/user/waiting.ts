import "server-only";
import { cache } from "react";
import { canAnywhere } from "@/domain/access/access";
import { countReturned } from "@/features/dossier/data";
import { countWaitingReview } from "@/features/review/data";
import type { SessionActor } from "./data";
import type { Job } from "./navigation";

/** Work that waits for this person, by job: returned entries for the commune, entries to review for the reviewer. */
export const loadWaiting = cache(async (actor: SessionActor): Promise<Partial<Record<Job, number>>> => {
  const [returned, toReview] = await Promise.all([
    canAnywhere(actor, "dossier.submit") ? countReturned(actor) : 0,
    canAnywhere(actor, "review.decide") ? countWaitingReview(actor) : 0,
  ]);

  return { dossier: returned, review: toReview };
});
