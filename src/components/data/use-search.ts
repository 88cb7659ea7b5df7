"use client";

import { useEffect, useRef, useState } from "react";

/** What a search has brought so far. The answer stays while the next one is on its way. */
export type SearchState<Answer> = { answer: Answer | null; isLoading: boolean; error: string | null };

const PAUSE = 250;

/**
 * Asks a route after a short pause in typing, in the body of a POST: what is typed never stands in an address. An answer to an
 * older text is dropped.
 * @param href a route that answers JSON, refusals as `{ error: { message } }`
 * @param asked the body; null asks nothing
 */
export function useSearch<Answer>(href: string, asked: object | null): SearchState<Answer> {
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
      const next = await ask<Answer>(href, body, controller.signal);
      if (latest.current !== body || controller.signal.aborted) return;
      setState((current) =>
        "error" in next
          ? { answer: current.answer, isLoading: false, error: next.error }
          : { answer: next.answer, isLoading: false, error: null },
      );
    }, PAUSE);

    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [href, body]);

  return state;
}

async function ask<Answer>(
  href: string,
  body: string,
  signal: AbortSignal,
): Promise<{ answer: Answer } | { error: string }> {
  try {
    const response = await fetch(href, {
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
