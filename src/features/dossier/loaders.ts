import "server-only";
import { notFound } from "next/navigation";
import { can } from "@/domain/access/access";
import { titleOfSlug } from "@/domain/title/slug";
import type { TitleCode } from "@/domain/title/title";
import type { DecisionRow } from "@/features/recognition/data";
import { listDecisions } from "@/features/recognition/data";
import { findRound, reachOf } from "@/features/territory/data";
import type { PageScope, SearchParams } from "@/features/user/page-scope";
import { idOf, loadPageScope, optionalId, optionalNumber, param } from "@/features/user/page-scope";
import { loadActor } from "@/features/user/session";
import type { Tx } from "@/lib/db/scope";
import { withScope } from "@/lib/db/scope";
import type { DossierRow } from "./data";
import { listDossiers } from "./data";
import type { DossierHead, EntryRow, NamedEntry, StateCounts } from "./data/entries";
import {
  countByState,
  countUntouchedReturns,
  findDossier,
  listEntries,
  listHamletsOf,
  nameEntries,
} from "./data/entries";
import { listOpenEntries } from "./data/open-entries";
import type { TitleSummary } from "./data/summary";
import { countReadiness, summariseCommune } from "./data/summary";
import type { CommuneOfYear } from "./data/units";
import { findReviewerUnit, listCommunesOfYear } from "./data/units";
import type { NotReady, Shown, StateSlug } from "./utils";
import { notReadyReason, STATE_SLUGS, shownOfSlug, stateSlugOf } from "./utils";

export type CommuneOverview = CommuneOfYear & { lines: TitleSummary[]; maySubmit: boolean };

/** What a unit sends and has sent in a year: by title for a commune, by dossier for a unit above communes. */
export async function loadOverview(searchParams: SearchParams): Promise<{
  scope: PageScope;
  communes: CommuneOverview[];
  dossiers: { rows: DossierRow[]; next: string | null } | null;
}> {
  const scope = await loadPageScope(searchParams, "dossier.read");
  const after = optionalId(param(await searchParams, "sau"));
  const { actor, year } = scope;
  const commune = scope.path.find((unit) => unit.level === "COMMUNE");

  return await withScope(actor, async (tx) => {
    if (!commune) {
      return {
        scope,
        communes: [],
        dossiers: await listDossiers(tx, { unitId: scope.unit.id, year, after }),
      };
    }

    const communes: CommuneOverview[] = [];
    for (const one of await listCommunesOfYear(tx, commune.id, year)) {
      const lines = await summariseCommune(tx, one.id, year);
      communes.push({ ...one, lines, maySubmit: can(actor, "dossier.submit", await reachOf(tx, one.id)) });
    }

    return { scope, communes, dossiers: null };
  });
}

export type Submission = {
  scope: PageScope;
  title: TitleCode;
  ready: number;
  readyReturned: number;
  readyUntouched: number;
  notReady: Record<NotReady, number>;
  reviewerName: string | null;
  submitBy: Date | null;
  list: { shown: Shown; rows: NamedEntry[]; next: string | null } | null;
};

/** What a submission would send and what would stay behind, for the page that asks once more. */
export async function loadSubmission(searchParams: SearchParams): Promise<Submission> {
  const scope = await loadPageScope(searchParams, "dossier.submit");
  const params = await searchParams;
  const title = titleOfSlug(param(params, "mo-hinh"));
  const shown = shownOfSlug(param(params, "xem"));
  const after = optionalId(param(params, "sau"));
  const { actor, unit, year } = scope;
  if (!title || unit.level !== "COMMUNE") notFound();

  return await withScope(actor, async (tx) => {
    const entries = await listOpenEntries(tx, { communeId: unit.id, title, year });
    const ready = entries.filter((entry) => notReadyReason(entry) === null);
    const returned = ready.filter((entry) => entry.state === "RETURNED").map((entry) => entry.id);
    const summary = (await findRoundFacts(tx, unit.id, title, year)) ?? {
      submitBy: null,
      reviewerName: null,
    };
    const chosen =
      shown &&
      entries.filter((entry) => (notReadyReason(entry) ?? "READY") === shown).map((entry) => entry.id);

    return {
      scope,
      title,
      ...countReadiness(entries),
      readyReturned: returned.length,
      readyUntouched: await countUntouchedReturns(tx, returned),
      ...summary,
      list: shown && chosen ? { shown, ...(await nameEntries(tx, chosen, after)) } : null,
    };
  });
}

async function findRoundFacts(
  tx: Tx,
  communeId: number,
  title: TitleCode,
  year: number,
): Promise<{ submitBy: Date; reviewerName: string | null } | undefined> {
  const round = await findRound(tx, communeId, title, year);
  if (!round) return undefined;

  return {
    submitBy: round.submitBy,
    reviewerName: (await findReviewerUnit(tx, communeId, round.referenceDate))?.name ?? null,
  };
}

export type DossierPageData = {
  dossier: DossierHead;
  counts: StateCounts;
  hamlets: { id: number; name: string }[];
  filter: { state: StateSlug | undefined; hamletId: number | undefined };
  entries: { rows: EntryRow[]; next: string | null };
  decisions: DecisionRow[];
  maySubmit: boolean;
  mayReview: boolean;
};

/** A dossier with a page of its entries, for whoever may read it. */
export async function loadDossier(rawId: string, searchParams: SearchParams): Promise<DossierPageData> {
  const dossierId = idOf(rawId);
  const params = await searchParams;
  const actor = await loadActor();
  const state = stateSlugOf(param(params, "tinh-trang"));
  const hamletId = optionalNumber(param(params, "thon"));
  const after = optionalId(param(params, "sau"));

  return await withScope(actor, async (tx) => {
    const dossier = await findDossier(tx, dossierId);
    if (!dossier) notFound();
    const reach = await reachOf(tx, dossier.communeId);
    if (!can(actor, "dossier.read", reach)) notFound();

    return {
      dossier,
      counts: await countByState(tx, dossierId),
      hamlets: await listHamletsOf(tx, dossierId),
      filter: { state, hamletId },
      entries: await listEntries(tx, { dossierId, state: state && STATE_SLUGS[state], hamletId, after }),
      decisions: await listDecisions(tx, dossierId),
      maySubmit: can(actor, "dossier.submit", reach),
      mayReview: can(actor, "review.decide", reach),
    };
  });
}
