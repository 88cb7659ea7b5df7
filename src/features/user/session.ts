import "server-only";
import { redirect } from "next/navigation";
import { getServerSession } from "next-auth";
import { cache } from "react";
import { AppError } from "@/lib/errors/app-error";
import { authOptions } from "./auth-options";
import type { SessionActor } from "./data";
import { findSessionActor } from "./data";

/** Whoever asks, read from the database once per request; undefined for a stranger or an ended session. */
export const findCurrentActor = cache(async (): Promise<SessionActor | undefined> => {
  const session = (await getServerSession(authOptions)) as {
    user?: { id?: string; sessionVersion?: number };
  } | null;
  const { id, sessionVersion } = session?.user ?? {};
  if (id === undefined || sessionVersion === undefined) return undefined;

  return await findSessionActor(id, sessionVersion);
});

/** The signed-in actor of a page; a stranger is sent to the sign-in page. */
export async function loadActor(): Promise<SessionActor> {
  const actor = await findCurrentActor();
  if (!actor) redirect("/dang-nhap");

  return actor;
}

/** The signed-in actor of an action or a route handler. @throws AppError UNAUTHENTICATED */
export async function getActor(): Promise<SessionActor> {
  const actor = await findCurrentActor();
  if (!actor) throw new AppError({ code: "UNAUTHENTICATED" });

  return actor;
}
