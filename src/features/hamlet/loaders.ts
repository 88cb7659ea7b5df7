import "server-only";
import { notFound } from "next/navigation";
import { can } from "@/domain/access/access";
import { today } from "@/features/registry/data/entry";
import { reachOf } from "@/features/territory/data";
import { assertCan } from "@/features/user/guard";
import type { SearchParams } from "@/features/user/page-scope";
import { chosenYear, optionalNumber, param, readForPage } from "@/features/user/page-scope";
import { loadActor } from "@/features/user/session";
import type { Hamlet, HamletName, HamletSuccession } from "./data";
import {
  findHamlet,
  listDifficultYears,
  listHamletOptions,
  listMovable,
  listNames,
  listSuccessions,
} from "./data";
import type { HamletOption, MovableEntry } from "./types";

export type HamletPage = {
  hamlet: Hamlet;
  canWrite: boolean;
  year: number;
  /** the years that can be classified, latest first, with those that are */
  years: number[];
  difficultYears: number[];
  names: HamletName[];
  successions: HamletSuccession[];
};

/** One hamlet with what it was called, what it came from and became, and the years in which it was specially difficult. */
export async function loadHamlet(rawId: string, searchParams: SearchParams): Promise<HamletPage> {
  const actor = await loadActor();
  const hamletId = optionalNumber(rawId);
  const { year, years } = await chosenYear(param(await searchParams, "nam"));
  if (hamletId === undefined) notFound();

  return await readForPage(actor, async (tx) => {
    const hamlet = await findHamlet(tx, hamletId);
    if (!hamlet) notFound();
    await assertCan(tx, actor, "registry.read", hamlet.id);
    const thisYear = Number((await today(tx)).slice(0, 4));

    return {
      hamlet,
      canWrite: hamlet.validTo === null && can(actor, "registry.write", await reachOf(tx, hamlet.id)),
      year,
      years: [...new Set([...years, thisYear + 1, thisYear])].sort((a, b) => b - a),
      difficultYears: await listDifficultYears(tx, hamlet.id),
      names: await listNames(tx, hamlet.id),
      successions: await listSuccessions(tx, hamlet.id),
    };
  });
}

export type HamletChangePage = { hamlet: Hamlet; hamlets: HamletOption[]; movable: MovableEntry[] };

/** What a person needs to merge or split a hamlet that stands and is theirs to write. */
export async function loadHamletChange(rawId: string): Promise<HamletChangePage> {
  const actor = await loadActor();
  const hamletId = optionalNumber(rawId);
  if (hamletId === undefined) notFound();

  return await readForPage(actor, async (tx) => {
    const hamlet = await findHamlet(tx, hamletId);
    if (!hamlet || hamlet.validTo !== null) notFound();
    await assertCan(tx, actor, "registry.write", hamlet.id);

    return {
      hamlet,
      hamlets: await listHamletOptions(tx, hamlet.commune.id, await today(tx)),
      movable: await listMovable(tx, hamlet.id),
    };
  });
}
