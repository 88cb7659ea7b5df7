import type { APIRequestContext } from "@playwright/test";
import { request } from "@playwright/test";
import { account } from "./people";
import { server } from "./server";

/** Requests of one browser, signed in or not, without the browser. */
export type Session = { who: string; http: APIRequestContext };

/** A browser nobody has signed in with. */
export async function openStranger(): Promise<Session> {
  return { who: "stranger", http: await request.newContext({ baseURL: origin(), timeout: 120_000 }) };
}

/** Signs in by the route the sign-in page calls. */
export async function openSession(username: string, password?: string): Promise<Session> {
  const { http } = await openStranger();
  const { csrfToken } = (await (await http.get("/api/auth/csrf")).json()) as { csrfToken: string };
  const answer = await http.post("/api/auth/callback/credentials", {
    form: { csrfToken, username, password: password ?? account(username).password, json: "true" },
  });
  if (!answer.ok()) throw new Error(`${username} could not sign in: ${answer.status()}`);

  return { who: username, http };
}

/** The address the server stands at, as a browser sends it in `Origin`. */
export function origin(): string {
  return new URL(server().url).origin;
}
