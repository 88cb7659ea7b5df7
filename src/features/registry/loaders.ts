import "server-only";
import { notFound } from "next/navigation";
import { can } from "@/domain/access/access";
import type { TitleCode } from "@/domain/title/title";
import type { UnitRef } from "@/features/territory/data";
import { findUnit, pathOf, reachOf } from "@/features/territory/data";
import { assertCan } from "@/features/user/guard";
import type { PageScope, SearchParams } from "@/features/user/page-scope";
import { chosenYear, idOf, loadPageScope, optionalId, param, readForPage } from "@/features/user/page-scope";
import { loadActor } from "@/features/user/session";
import type { Tx } from "@/lib/db/scope";
import { REGISTRY_KINDS } from "./constants";
import { openHamlets } from "./data";
import { communeOf } from "./data/commune";
import type { Entry, EntryAssessment, OpenRound, RelatedRow, Relation } from "./data/entry";
import { findEntry, listAssessments, listRelated, listRoundsToOpen, today } from "./data/entry";
import { findPage } from "./data/finding";
import type { IdentityMask } from "./data/identity";
import { findIdentityMask } from "./data/identity";
import type { Reopening } from "./data/reopen";
import { findReopening } from "./data/reopen";
import type { Step } from "./data/step";
import { findStep } from "./data/step";
import type { EntryHistory } from "./loaders/history";
import { historyOf, RECENT } from "./loaders/history";
import type { Place } from "./types";
import { dayText, defaultActiveFrom } from "./utils";

/** A place to stand, an entry to point at: what the forms of the register offer. */
export type Choice = { id: string; name: string };

export type RegisterPage = {
  scope: PageScope;
  title: TitleCode;
  commune: UnitRef;
  hamlets: Place[];
  organisations: Choice[];
  clans: Choice[];
  /** the household a citizen is added to */
  household: { id: string; name: string; unitName: string } | undefined;
  activeFrom: string;
};

/** The page that enters something new: `?loai=` kind, `?ho=` household of a new citizen. Communes and hamlets only. */
export async function loadRegister(searchParams: SearchParams): Promise<RegisterPage> {
  const scope = await loadPageScope(searchParams, "registry.write");
  const params = await searchParams;
  const { actor, unit, path, year } = scope;
  const title = REGISTRY_KINDS.find((kind) => kind.entrySlug === (param(params, "loai") ?? "ho"))?.title;
  const communeRef = unit.level === "COMMUNE" ? unit : path.find(({ level }) => level === "COMMUNE");
  if (!title || !communeRef || unit.level !== (communeRef === unit ? "COMMUNE" : "HAMLET")) notFound();
  const householdId = optionalId(param(params, "ho"));

  return await readForPage(actor, async (tx) => {
    await assertCan(tx, actor, "registry.write", communeRef.id);
    const commune = await findUnit(tx, communeRef.id);
    if (!commune) notFound();
    const now = await today(tx);
    const household = householdId === undefined ? undefined : await findEntry(tx, householdId);
    if (householdId !== undefined && (household?.title !== "FAMILY" || household.activeTo !== null))
      notFound();

    return {
      scope,
      title,
      commune: communeRef,
      ...(await choicesOf(tx, commune.id, new Date(now), year)),
      household: household && { id: household.id, name: household.name, unitName: household.unit.name },
      activeFrom: defaultActiveFrom({ year, today: now, unitFrom: dayText(commune.validFrom) }),
    };
  });
}

async function choicesOf(
  tx: Tx,
  communeId: number,
  on: Date,
  year: number,
): Promise<{ hamlets: Place[]; organisations: Choice[]; clans: Choice[] }> {
  // A commune has a few dozen of each: lists to choose from need no paging.
  const all = async (title: TitleCode) =>
    (
      await findPage(
        tx,
        { unitId: communeId, title, year: Math.max(year, on.getUTCFullYear()), sort: "name" },
        { limit: 500 },
      )
    ).rows.map(({ id, name }) => ({ id, name }));

  return {
    hamlets: await openHamlets(tx, communeId, on),
    organisations: await all("ORGANISATION"),
    clans: await all("CLAN"),
  };
}

export type EntryPage = {
  entry: Entry;
  year: number;
  path: UnitRef[];
  canWrite: boolean;
  /** members, households or staff, and which of them */
  related: { relation: Relation; rows: RelatedRow[]; count: number; hasNext: boolean } | undefined;
  assessments: EntryAssessment[];
  rounds: OpenRound[];
  /** the latest steps, and whether there are more */
  history: EntryHistory;
  /** the step that led here, to be named and taken back */
  done: Step | undefined;
  hamlets: Place[];
  /** what following it again meets; undefined for an entry that is followed or was merged, and for who may not write */
  reopening: Reopening | undefined;
  /** a citizen's number as it may stand on the page; undefined for who may not see any of it */
  identity: IdentityMask | undefined;
};

const RELATIONS: Readonly<Partial<Record<TitleCode, Relation>>> = {
  FAMILY: "household",
  CLAN: "clan",
  ORGANISATION: "organisation",
};

/** One entry of the register with everything that hangs on it; `?sau=` pages through what belongs to it. */
export async function loadEntry(rawId: string, searchParams: SearchParams): Promise<EntryPage> {
  const params = await searchParams;
  const actor = await loadActor();
  const { year } = await chosenYear(param(params, "nam"));
  const subjectId = idOf(rawId);
  const after = optionalId(param(params, "sau"));
  const stepId = optionalId(param(params, "vua"));

  return await readForPage(actor, async (tx) => {
    const entry = await findEntry(tx, subjectId);
    if (!entry) notFound();
    await assertCan(tx, actor, "registry.read", entry.unitId);

    const reach = await reachOf(tx, entry.unitId);
    const canWrite = can(actor, "registry.write", reach);
    const relation = RELATIONS[entry.title];
    const now = await today(tx);
    const commune = canWrite ? await communeOf(tx, entry.unitId, new Date(now)) : undefined;

    return {
      entry,
      year,
      path: await pathOf(tx, entry.unitId, new Date(now)),
      canWrite,
      related: relation && {
        relation,
        ...(await listRelated(tx, { relation, id: entry.id, year, after })),
      },
      assessments: await listAssessments(tx, entry.id),
      rounds: can(actor, "assessment.write", reach) ? await listRoundsToOpen(tx, entry.id, entry.title) : [],
      history: await historyOf(tx, entry, { limit: RECENT }),
      done: stepId === undefined ? undefined : await findStep(tx, stepId),
      hamlets: commune ? await openHamlets(tx, commune.id, new Date(now)) : [],
      reopening:
        canWrite && entry.activeTo !== null && entry.mergedInto === null
          ? await findReopening(tx, entry.id)
          : undefined,
      identity:
        entry.title === "CITIZEN" && can(actor, "registry.identity", reach)
          ? await findIdentityMask(tx, entry.id)
          : undefined,
    };
  });
}

export type EditPage = {
  entry: Entry;
  commune: { id: number };
  year: number;
  organisations: Choice[];
  clans: Choice[];
};

/** The page that changes the facts of an entry. What is closed or not the actor's to write is "không tìm thấy". */
export async function loadEdit(rawId: string): Promise<EditPage> {
  const actor = await loadActor();
  const { year } = await chosenYear(undefined);
  const subjectId = idOf(rawId);

  return await readForPage(actor, async (tx) => {
    const entry = await findEntry(tx, subjectId);
    if (!entry || entry.activeTo !== null) notFound();
    await assertCan(tx, actor, "registry.write", entry.unitId);
    const on = new Date(await today(tx));
    const commune = await communeOf(tx, entry.unitId, on);
    const choices = await choicesOf(tx, commune.id, on, year);

    return { entry, commune: { id: commune.id }, year, ...choices };
  });
}
