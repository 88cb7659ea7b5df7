import "server-only";
import { cookies } from "next/headers";
import { notFound } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import type { Capability } from "@/domain/access/access";
import { can, firstGrant } from "@/domain/access/access";
import type { UnitRef } from "@/features/territory/data";
import { findUnit, listRoundYears, pathOf, reachOf } from "@/features/territory/data";
import type { Tx } from "@/lib/db/scope";
import { withScope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import type { SessionActor } from "./data";
import { loadActor } from "./session";

export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** The scope of everything a page shows: who, which unit, which year. */
export type PageScope = {
  actor: SessionActor;
  unit: UnitRef & { validFrom: Date; validTo: Date | null };
  /** the unit and those above it on the day that counts for the year, nearest first */
  path: UnitRef[];
  year: number;
  years: number[];
};

/** One text value of a search parameter. */
export function param(
  params: Record<string, string | string[] | undefined>,
  name: string,
): string | undefined {
  const value = params[name];

  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The id of a row in an address; any other text is "không tìm thấy". */
export function idOf(text: string): string {
  if (!z.uuid().safeParse(text).success) notFound();

  return text;
}

/** An id that an address may carry; a text that is none is "không tìm thấy". */
export function optionalId(text: string | undefined): string | undefined {
  return text === undefined ? undefined : idOf(text);
}

/** The number of a unit that an address may carry; a text that is none is "không tìm thấy". */
export function optionalNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > 2_147_483_647) notFound();

  return number;
}

/** Reads for a page: what the actor may not see is "không tìm thấy", like what does not exist. */
export async function readForPage<T>(
  actor: Readonly<{ id: string }>,
  run: (tx: Tx) => Promise<T>,
): Promise<T> {
  try {
    return await withScope(actor, run);
  } catch (error) {
    if (error instanceof AppError && error.code === "NOT_FOUND") notFound();
    throw error;
  }
}

/**
 * The year a page stands in: `?nam=`, else the year chosen last, else the latest round. A year without any round in an
 * address is "không tìm thấy".
 */
export const chosenYear = cache(
  async (asked: string | undefined): Promise<{ year: number; years: number[] }> => {
    const years = await listRoundYears();
    const latest = years[0] ?? new Date().getFullYear();
    if (asked !== undefined && asked !== String(latest) && !years.includes(Number(asked))) notFound();
    const remembered = (await cookies()).get("nam")?.value;
    const year = [asked, remembered].map(Number).find((candidate) => years.includes(candidate));

    return { year: year ?? latest, years };
  },
);

/**
 * Reads `?don-vi=` and `?nam=` (else the actor's first unit with the capability, and the year chosen last). What the actor
 * may not see is "không tìm thấy", like what does not exist.
 */
export async function loadPageScope(searchParams: SearchParams, capability: Capability): Promise<PageScope> {
  const params = await searchParams;
  const actor = await loadActor();
  const { year, years } = await chosenYear(param(params, "nam"));
  const unitId = optionalNumber(param(params, "don-vi")) ?? firstGrant(actor, capability)?.unitId;
  if (unitId === undefined) notFound();

  return await withScope(actor, async (tx) => {
    const unit = await findUnit(tx, unitId);
    if (!unit || !can(actor, capability, await reachOf(tx, unitId))) notFound();

    return { actor, unit, path: await pathOf(tx, unitId, dayWithin(unit, year)), year, years };
  });
}

/** 31 December of the year, or the nearest day on which the unit stood. */
export function dayWithin(unit: { validFrom: Date; validTo: Date | null }, year: number): Date {
  const end = new Date(Date.UTC(year, 11, 31));
  if (unit.validTo !== null && end >= unit.validTo) return new Date(unit.validTo.getTime() - 86_400_000);

  return end < unit.validFrom ? unit.validFrom : end;
}
