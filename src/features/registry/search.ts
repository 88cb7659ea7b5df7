import "server-only";
import { findUnit } from "@/features/territory/data";
import { assertCan } from "@/features/user/guard";
import { dayWithin } from "@/features/user/page-scope";
import { getActor } from "@/features/user/session";
import { withScope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { leavesOf, listSubjects } from "./data";
import type { Duplicate } from "./data/search";
import { findLikelyDuplicates, searchSubjects } from "./data/search";
import { SearchRequest } from "./schema";
import type { SubjectRow } from "./types";

export type SearchAnswer = { rows: SubjectRow[]; count: number; isGuess: boolean };
export type DuplicateAnswer = { duplicates: Duplicate[] };

/**
 * Answers a search by name, which travels in the body of a request: a name in an address is personal data.
 * `search` finds entries of a commune or hamlet, `pick` also offers the first ones for an empty text, `duplicates` finds
 * what resembles a new entry.
 * @throws AppError INVALID for a body that is no search, NOT_FOUND for units that are not the actor's to read
 */
export async function answerSearch(body: unknown): Promise<SearchAnswer | DuplicateAnswer> {
  const parsed = SearchRequest.safeParse(body);
  if (!parsed.success) throw new AppError({ code: "INVALID" });
  const actor = await getActor();
  const { mode, unitId, title, year, hamletId, text, birthYear } = parsed.data;

  return await withScope(actor, async (tx) => {
    await assertCan(tx, actor, "registry.read", unitId);
    const unit = await findUnit(tx, unitId);
    if (!unit || (unit.level !== "COMMUNE" && unit.level !== "HAMLET"))
      throw new AppError({ code: "NOT_FOUND" });

    const leaves = await leavesOf(tx, unitId, dayWithin(unit, Math.max(year, new Date().getUTCFullYear())));
    const leafIds = leaves.map(({ id }) => id).filter((id) => hamletId === undefined || id === hamletId);
    if (mode === "duplicates") {
      const candidates = [{ name: text, birthYear: birthYear ?? null }];

      return { duplicates: await findLikelyDuplicates(tx, { leafIds, title, candidates }) };
    }
    if (mode === "pick" && text.trim() === "") {
      const { rows } = await listSubjects(tx, { leafIds, title, year, limit: 20 });

      return { rows, count: rows.length, isGuess: false };
    }

    return await searchSubjects(tx, {
      leafIds,
      title,
      year,
      text,
      ...(mode === "pick" ? { limit: 20 } : {}),
    });
  });
}
