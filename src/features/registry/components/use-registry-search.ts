"use client";

import type { z } from "zod";
import type { SearchState } from "@/components/data/use-search";
import { useSearch } from "@/components/data/use-search";
import type { DuplicateAnswer, SearchAnswer } from "../search";
import type { SearchRequest } from "../search-request";

/** Searches the register while a name is typed; null asks nothing. */
export function useRegistrySearch<Answer extends SearchAnswer | DuplicateAnswer>(
  asked: z.input<typeof SearchRequest> | null,
): SearchState<Answer> {
  return useSearch<Answer>("/so-theo-doi/tim", asked);
}
