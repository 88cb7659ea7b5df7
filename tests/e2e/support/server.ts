import { test } from "@playwright/test";

/** The server and the demonstration the running test stands before. */
export function server(): { url: string; databaseUrl: string } {
  const { url, databaseUrl } = test.info().project.metadata;
  if (typeof url !== "string" || typeof databaseUrl !== "string")
    throw new Error("the project has no server");

  return { url, databaseUrl };
}
