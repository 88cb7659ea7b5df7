"use client";

import { useEffect, useRef, useState } from "react";
import type { SearchRequest } from "../schema";
import type { DuplicateAnswer, SearchAnswer } from "../search";

type Asked = Omit<SearchRequest, "text"> & { text: string };

/** What a search has brought so far. `rows` stay while the next answer is on its way. */
export type SearchState<Answer> = { answer: Answer | null; isLoading: boolean; error: string | null };

/**
 * Asks the search route after a short pause in typing; an answer to an older text is dropped.
 * @param asked null asks nothing
 */
export function useSearch<Answer extends SearchAnswer | DuplicateAnswer>(
  asked: Asked | null,
): SearchState<Answer> {
  const body = asked === null ? null : JSON.stringify(asked);
  const [state, setState] = useState<SearchState<Answer>>({ answer: null, isLoading: false, error: null });
  const latest = useRef<string | null>(null);

  useEffect(() => {
    latest.current = body;
    if (body === null) {
      setState({ answer: null, isLoading: false, error: null });
      return;
    }
    const controller = new AbortController();
    setState((current) => ({ ...current, isLoading: true, error: null }));
    const timer = setTimeout(async () => {
      const next = await ask<Answer>(body, controller.signal);
      if (latest.current !== body || controller.signal.aborted) return;
      setState((current) =>
        "error" in next
          ? { answer: current.answer, isLoading: false, error: next.error }
          : { answer: next.answer, isLoading: false, error: null },
      );
    }, 250);

    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [body]);

  return state;
}

async function ask<Answer>(
  body: string,
  signal: AbortSignal,
): Promise<{ answer: Answer } | { error: string }> {
  try {
    const response = await fetch("/so-theo-doi/tim", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      signal,
    });
    const answer = await response.json();

    return response.ok ? { answer: answer as Answer } : { error: answer.error?.message ?? "Chưa tìm được." };
  } catch {
    return { error: "Chưa tìm được vì mất mạng. Hãy thử lại khi có mạng." };
  }
}
