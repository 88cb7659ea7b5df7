import "server-only";
import { pathOf } from "@/features/territory/data";
import type { Tx } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";

/** The commune in which a unit stands on a day: its chain logs what is changed there. @throws AppError NOT_FOUND */
export async function communeOf(tx: Tx, unitId: number, on: Date): Promise<{ id: number }> {
  const commune = (await pathOf(tx, unitId, on)).find(({ level }) => level === "COMMUNE");
  if (!commune) throw new AppError({ code: "NOT_FOUND" });

  return commune;
}
