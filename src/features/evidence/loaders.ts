import "server-only";
import { findCurrentActor } from "@/features/user/session";
import { withScope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import type { StoredFile } from "./data";
import { getReadableFile } from "./data";

/** The file behind an address, for whoever may read what it proves. @throws AppError NOT_FOUND, for strangers too */
export async function getFile(fileId: string): Promise<StoredFile> {
  const actor = await findCurrentActor();
  if (!actor) throw new AppError({ code: "NOT_FOUND" });

  return await withScope(actor, (tx) => getReadableFile(tx, actor, fileId));
}
