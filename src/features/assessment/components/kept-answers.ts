import { z } from "zod";
import { Answer } from "@/domain/criteria/answer";
import type { QueuedAnswer } from "./answer-queue";

const KeptAnswers = z.array(
  z.object({
    code: z.string(),
    answer: Answer.nullable(),
    previous: Answer.nullable(),
    requestId: z.uuid(),
    isTried: z.boolean(),
  }),
);

const PREFIX = "cham-diem:";

/** Answers belong to the account that typed them, so that nobody sends another's on a shared machine. */
function keyOf(actorId: string, assessmentId: string): string {
  return `${PREFIX}${actorId}:${assessmentId}`;
}

/** What this account typed on this machine and could not send yet. */
export function readKept(actorId: string, assessmentId: string): QueuedAnswer[] {
  try {
    const text = localStorage.getItem(keyOf(actorId, assessmentId));
    const kept = KeptAnswers.safeParse(text === null ? [] : JSON.parse(text));

    return kept.success ? kept.data : [];
  } catch {
    return [];
  }
}

/** Keeps what is not stored yet; nothing waiting leaves nothing behind. A full or forbidden store is not an error. */
export function writeKept(actorId: string, assessmentId: string, entries: readonly QueuedAnswer[]): void {
  try {
    if (entries.length === 0) localStorage.removeItem(keyOf(actorId, assessmentId));
    else localStorage.setItem(keyOf(actorId, assessmentId), JSON.stringify(entries));
  } catch {
    // The answers still wait in memory while the page is open.
  }
}

/** The sheets for which this account left answers behind on this machine. */
export function listKept(actorId: string): string[] {
  try {
    const start = keyOf(actorId, "");

    return Object.keys(localStorage)
      .filter((key) => key.startsWith(start))
      .map((key) => key.slice(start.length));
  } catch {
    return [];
  }
}
