import "server-only";
import { notFound } from "next/navigation";
import { TITLE_SLUGS, titleOfSlug } from "@/domain/title/slug";
import type { TitleCode } from "@/domain/title/title";
import { namesOf } from "@/features/user/data";
import { assertCan } from "@/features/user/guard";
import type { PageScope, SearchParams } from "@/features/user/page-scope";
import {
  chosenYear,
  dayWithin,
  loadPageScope,
  optionalId,
  param,
  readForPage,
} from "@/features/user/page-scope";
import { loadActor } from "@/features/user/session";
import type { Tx } from "@/lib/db/scope";
import { leavesOf } from "../data";
import { communeOf } from "../data/commune";
import type { DistinctPair } from "../data/distinct";
import { countDistinctPairs, findDistinct, listDistinctPairs } from "../data/distinct";
import type { Entry } from "../data/entry";
import { findEntry, today } from "../data/entry";
import type { LikelyPair, MergeSide } from "../data/merge";
import { countLikelyPairs, listLikelyPairs, listMergeSides } from "../data/merge";
import { factsOf, valuesOf } from "../facts";

/** Kinds whose entries can be merged here; hamlets are a matter of territory. */
export const MERGEABLE: readonly TitleCode[] = ["FAMILY", "CITIZEN", "CLAN", "ORGANISATION"];

/** Likely duplicates of a commune, one kind, page by page. */
export type PairsPage = {
  step: "list";
  scope: PageScope;
  title: TitleCode;
  counts: ReadonlyMap<TitleCode, number>;
  rows: LikelyPair[];
  next: string | undefined;
  /** pairs of this kind that were found to be two entries each */
  distinct: number;
};

/** Pairs that look alike and were found to be two, latest first. */
export type DistinctPage = {
  step: "distinct";
  scope: PageScope;
  title: TitleCode;
  rows: (DistinctPair & { byName: string | undefined })[];
  count: number;
  next: string | undefined;
};

/** One entry, and what it may be the same as. */
export type ChoosePage = {
  step: "choose";
  entry: Entry;
  communeId: number;
  year: number;
  rows: LikelyPair[];
};

/** One fact of both entries; `isSame` needs no choice, `side` is what is proposed. */
export type ComparedFact = {
  field: string;
  label: string;
  keep: string;
  drop: string;
  isSame: boolean;
  side: "keep" | "drop";
};

/** Two entries beside each other. */
export type ComparePage = {
  step: "compare";
  keep: Entry & MergeSide;
  drop: Entry & MergeSide;
  facts: ComparedFact[];
  today: string;
  /** open assessments of the other one that go over, and years that stay with it */
  goes: number[];
  stays: number[];
  /** what stands in the way */
  hindrance: string | undefined;
  /** who found them to be two, and when */
  distinct: { byName: string | undefined; at: Date } | undefined;
};

/**
 * Duplicates: without anything the likely pairs of the unit and kind, or with `?xem=khong-trung` those found to be two; with `?muc=` an entry and what it may be the same as;
 * with `?voi=` too, both beside each other (`muc` goes on, `voi` closes).
 */
export async function loadMerge(
  searchParams: SearchParams,
): Promise<PairsPage | DistinctPage | ChoosePage | ComparePage> {
  const params = await searchParams;
  const [keepId, dropId] = [optionalId(param(params, "muc")), optionalId(param(params, "voi"))];
  if (keepId === undefined) return await loadPairs(searchParams);
  const actor = await loadActor();
  const { year } = await chosenYear(param(params, "nam"));

  return await readForPage(actor, async (tx) => {
    const now = await today(tx);
    const entryOf = async (id: string) => {
      const entry = await findEntry(tx, id);
      if (!entry || !MERGEABLE.includes(entry.title)) notFound();
      await assertCan(tx, actor, "registry.write", entry.unitId);

      return entry;
    };
    const keep = await entryOf(keepId);
    const commune = await communeOf(tx, keep.unitId, new Date(now));
    if (dropId === undefined) {
      const leafIds = (await leavesOf(tx, commune.id, new Date(now))).map(({ id }) => id);
      const { rows } = await listLikelyPairs(tx, { leafIds, title: keep.title, subjectId: keep.id });

      return { step: "choose", entry: keep, communeId: commune.id, year, rows };
    }
    if (dropId === keepId) notFound();
    const drop = await entryOf(dropId);
    if (drop.title !== keep.title) notFound();
    const other = await communeOf(tx, drop.unitId, new Date(now));

    return await compare(tx, { keep, drop, today: now, isOneCommune: other.id === commune.id });
  });
}

async function loadPairs(searchParams: SearchParams): Promise<PairsPage | DistinctPage> {
  const scope = await loadPageScope(searchParams, "registry.write");
  const params = await searchParams;
  const title = titleOfSlug(param(params, "mo-hinh") ?? TITLE_SLUGS.FAMILY);
  if (!title || !MERGEABLE.includes(title)) notFound();
  if (scope.unit.level !== "COMMUNE" && scope.unit.level !== "HAMLET") notFound();
  const [first, second] = (param(params, "sau") ?? "").split("_");
  const after = first ? ([optionalId(first) ?? "", optionalId(second) ?? ""] as const) : undefined;
  if (after && after[1] === "") notFound();

  return await readForPage(scope.actor, async (tx) => {
    const leafIds = (await leavesOf(tx, scope.unit.id, dayWithin(scope.unit, scope.year))).map(
      ({ id }) => id,
    );
    const distinct = await countDistinctPairs(tx, leafIds, title);
    if (param(params, "xem") === "khong-trung") {
      const { rows, next } = await listDistinctPairs(tx, { leafIds, title, after });
      const people = await namesOf(
        tx,
        rows.map(({ markedBy }) => markedBy),
      );
      const named = rows.map((row) => ({ ...row, byName: people.get(row.markedBy) }));

      return { step: "distinct", scope, title, rows: named, count: distinct, next: next?.join("_") };
    }
    const { rows, next } = await listLikelyPairs(tx, { leafIds, title, after });

    return {
      step: "list",
      scope,
      title,
      counts: await countLikelyPairs(tx, leafIds),
      rows,
      next: next?.join("_"),
      distinct,
    };
  });
}

async function compare(
  tx: Tx,
  pair: Readonly<{ keep: Entry; drop: Entry; today: string; isOneCommune: boolean }>,
): Promise<ComparePage> {
  const sides = await listMergeSides(tx, [pair.keep.id, pair.drop.id]);
  const withSide = (entry: Entry): Entry & MergeSide => {
    const side = sides.find(({ id }) => id === entry.id);
    if (!side) notFound();

    return { ...entry, ...side };
  };
  const [keep, drop] = [withSide(pair.keep), withSide(pair.drop)];
  const theirs = factsOf(drop.title, valuesOf(drop));
  const facts = factsOf(keep.title, valuesOf(keep)).map(({ field, label, text }, at): ComparedFact => {
    const other = theirs[at]?.text ?? "";

    return {
      field,
      label,
      keep: text,
      drop: other,
      isSame: text === other,
      side: isSaying(field, text) || !isSaying(field, other) ? "keep" : "drop",
    };
  });
  const years = new Set(keep.assessments.map(({ year }) => year));
  const isOpen = ({ state }: { state: string }) =>
    state === "REGISTERED" || state === "DRAFT" || state === "RETURNED";
  const marked = await findDistinct(tx, [keep.id, drop.id]);
  const people = await namesOf(tx, [marked?.markedBy ?? null]);
  const goes = drop.assessments.filter((one) => isOpen(one) && !years.has(one.year)).map(({ year }) => year);

  return {
    step: "compare",
    keep,
    drop,
    facts,
    today: pair.today,
    goes,
    stays: drop.assessments.filter(({ year }) => !goes.includes(year)).map(({ year }) => year),
    hindrance: hindranceOf(keep, drop, pair.isOneCommune),
    distinct: marked && { byName: people.get(marked.markedBy), at: marked.markedAt },
  };
}

/** Does a fact say something: "Không", "Chưa có" and an empty text are what stands where nobody looked. */
function isSaying(field: string, text: string): boolean {
  if (text === "" || text === "Không") return false;

  return (
    !(field === "poverty" && text.startsWith("Không")) && !(field === "digitalSkill" && text === "Chưa có")
  );
}

function hindranceOf(keep: Entry, drop: Entry & MergeSide, isOneCommune: boolean): string | undefined {
  if (keep.activeTo !== null || drop.activeTo !== null) return "Một trong hai mục đã thôi theo dõi.";
  if (!isOneCommune) return "Hai mục ở hai xã khác nhau.";
  const year = drop.assessments.find(({ state }) => state === "SUBMITTED" || state === "APPROVED")?.year;

  return year === undefined
    ? undefined
    : `Phiếu năm ${year} của mục sẽ thôi theo dõi đang được thẩm định. Hãy đợi thẩm định xong hoặc đổi mục giữ lại.`;
}
