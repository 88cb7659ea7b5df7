"use client";

import type { SearchState } from "@/components/data/use-search";
import { useSearch } from "@/components/data/use-search";
import type { SearchRequest } from "../schema";
import type { DuplicateAnswer, SearchAnswer } from "../search";

type Asked = Omit<SearchRequest, "text"> & { text: string };

/** Searches the register while a name is typed; null asks nothing. */
export function useRegistrySearch<Answer extends SearchAnswer | DuplicateAnswer>(
  asked: Asked | null,
): SearchState<Answer> {
  return useSearch<Answer>("/so-theo-doi/tim", asked);
}
