import "server-only";
import { findUnit } from "@/features/territory/data";
import { assertCan } from "@/features/user/guard";
import { dayWithin } from "@/features/user/page-scope";
import { getActor } from "@/features/user/session";
import { withScope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { leavesOf } from "./data";
import type { Found } from "./data/finding";
import { countElsewhere, findPage, searchRegister } from "./data/finding";
import type { Duplicate } from "./data/search";
import { findLikelyDuplicates } from "./data/search";
import type { RegistryFilter } from "./filter";
import { SearchRequest } from "./search-request";
import type { TitleCount } from "./types";

export type SearchAnswer = Found & {
  /** what the other registers of a commune have of the same words */
  elsewhere: TitleCount[];
};
export type DuplicateAnswer = { duplicates: Duplicate[] };

const PICKS = 20;

/**
 * Answers a search, whose text travels in the body of a request: a name or a number in an address is personal data.
 * `search` looks in the list described, at any level; `pick` offers entries followed now to choose from, the first ones for an
 * empty text; `duplicates` finds what resembles an entry of a commune, new or changed.
 * @throws AppError INVALID for a body that is no search, NOT_FOUND for units that are not the actor's to read
 */
export async function answerSearch(body: unknown): Promise<SearchAnswer | DuplicateAnswer> {
  const parsed = SearchRequest.safeParse(body);
  if (!parsed.success) throw new AppError({ code: "INVALID" });
  const actor = await getActor();
  const { mode, text, skip, birthYear, subjectId, ...filter } = parsed.data;

  return await withScope(actor, async (tx) => {
    await assertCan(tx, actor, "registry.read", filter.unitId);
    if (mode === "search") {
      return {
        ...(await searchRegister(tx, filter, { text, skip })),
        elsewhere: skip === 0 ? await countElsewhere(tx, filter, text) : [],
      };
    }

    const unit = await findUnit(tx, filter.unitId);
    if (!unit || (unit.level !== "COMMUNE" && unit.level !== "HAMLET"))
      throw new AppError({ code: "NOT_FOUND" });
    const year = Math.max(filter.year, new Date().getUTCFullYear());
    if (mode === "duplicates") {
      const leaves = await leavesOf(tx, filter.unitId, dayWithin(unit, year));
      const leafIds = leaves.map(({ id }) => id);
      const candidates = [{ name: text, birthYear: birthYear ?? null }];

      return {
        duplicates: await findLikelyDuplicates(tx, { leafIds, title: filter.title, candidates, subjectId }),
      };
    }

    const asked: RegistryFilter = { ...filter, year };
    if (text.trim() !== "")
      return { ...(await searchRegister(tx, asked, { text, limit: PICKS })), elsewhere: [] };
    const { rows } = await findPage(tx, asked, { limit: PICKS });

    return { rows, count: rows.length, isExact: true, isGuess: false, elsewhere: [] };
  });
}
