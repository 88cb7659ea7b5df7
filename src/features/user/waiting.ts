import "server-only";
import { cache } from "react";
import type { SessionActor } from "./data";
import type { Job } from "./navigation";

/** Work that waits for this person, by job: returned entries for the commune, entries to review for the reviewer. */
export const loadWaiting = cache(async (_actor: SessionActor): Promise<Partial<Record<Job, number>>> => ({}));
