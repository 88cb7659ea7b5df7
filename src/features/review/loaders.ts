import "server-only";
import { notFound, redirect } from "next/navigation";
import { canAnywhere } from "@/domain/access/access";
import { titleOfSlug } from "@/domain/title/slug";
import type { TitleCode } from "@/domain/title/title";
import { findSheet } from "@/features/assessment/data";
import type { AssessmentSheet } from "@/features/assessment/types";
import type { DossierHead, StateCounts } from "@/features/dossier/data/entries";
import { countByState, findDossier } from "@/features/dossier/data/entries";
import { listEvidence } from "@/features/evidence/data";
import type { EvidenceItem } from "@/features/evidence/types";
import type { DecisionRow } from "@/features/recognition/data";
import { listDecisions } from "@/features/recognition/data";
import type { SessionActor } from "@/features/user/data";
import { assertCan } from "@/features/user/guard";
import type { SearchParams } from "@/features/user/page-scope";
import { chosenYear, idOf, optionalId, param, readForPage } from "@/features/user/page-scope";
import { loadActor } from "@/features/user/session";
import type { Tx } from "@/lib/db/scope";
import { withScope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import type { EarlierScore, ReviewRow, YearWork } from "./data";
import { countApprovable, countWorkByYear, findEarlier, findEntryName, listReviewDossiers } from "./data";
import { listQueue } from "./data/queue";
import type { DeskFilter } from "./utils";
import { deskFilterOf, STATE_OF_FILTER } from "./utils";

/** The work queue of a reviewer for the year of the page. */
export async function loadReviewQueue(searchParams: SearchParams): Promise<{
  year: number;
  isOpen: boolean;
  title: TitleCode | undefined;
  work: YearWork[];
  queue: { rows: ReviewRow[]; next: string | null };
}> {
  const actor = await loadActor();
  if (!canAnywhere(actor, "review.decide")) notFound();
  const params = await searchParams;
  const { year } = await chosenYear(param(params, "nam"));
  const isOpen = param(params, "tinh-trang") !== "tat-ca";
  const title = titleOfSlug(param(params, "mo-hinh"));
  const after = optionalId(param(params, "sau"));

  return await withScope(actor, async (tx) => {
    const work = await countWorkByYear(tx);
    const hasWork = (one: YearWork) => one.open > 0;
    const elsewhere = work.find(hasWork);
    // Nobody asked for the year: a queue without work gives way to the newest year that has some.
    if (!param(params, "nam") && elsewhere && !work.some((one) => one.year === year && hasWork(one))) {
      redirect(`/tham-dinh?nam=${elsewhere.year}`);
    }

    return {
      year,
      isOpen,
      title,
      work,
      queue: await listReviewDossiers(tx, { year, isOpen, title, after }),
    };
  });
}

export type DeskEntry = {
  sheet: AssessmentSheet;
  evidence: EvidenceItem[];
  earlier: EarlierScore | undefined;
  isOwnWork: boolean;
};

export type Desk = {
  actor: SessionActor;
  dossier: DossierHead;
  counts: StateCounts;
  approvable: number;
  filter: DeskFilter;
  queue: Awaited<ReturnType<typeof listQueue>>;
  entry: DeskEntry | null;
  decisions: DecisionRow[];
  /** the entry decided just before: `?muc-truoc=` */
  before: { id: string; name: string } | null;
};

/**
 * The review desk: the queue of a dossier by risk, the entry named by `?muc=` (else the first), and the decisions so far.
 * What the actor may not decide is not found.
 */
export async function loadDesk(rawId: string, searchParams: SearchParams): Promise<Desk> {
  const dossierId = idOf(rawId);
  const params = await searchParams;
  const asked = optionalId(param(params, "muc"));
  const before = optionalId(param(params, "muc-truoc"));
  const filter = deskFilterOf(param(params, "tinh-trang"));
  const actor = await loadActor();

  return await readForPage(actor, async (tx) => {
    const dossier = await findDossier(tx, dossierId);
    await assertCan(tx, actor, "review.decide", dossier?.communeId);
    if (!dossier) throw new AppError({ code: "NOT_FOUND" });

    const state = STATE_OF_FILTER[filter];
    const queue = await listQueue(tx, { dossierId, title: dossier.title, state, current: asked });
    const current = asked ?? queue.rows[0]?.id;

    return {
      actor,
      dossier,
      counts: await countByState(tx, dossierId),
      approvable: await countApprovable(tx, actor.id, dossierId),
      filter,
      queue,
      entry: current === undefined ? null : await getEntry(tx, actor, dossier, current),
      decisions: await listDecisions(tx, dossierId),
      before: before === undefined ? null : await findEntryName(tx, dossierId, before),
    };
  });
}

async function getEntry(tx: Tx, actor: SessionActor, dossier: DossierHead, id: string): Promise<DeskEntry> {
  const sheet = await findSheet(tx, id);
  if (sheet?.dossierId !== dossier.id) throw new AppError({ code: "NOT_FOUND" });
  const { title, year } = sheet;

  return {
    sheet,
    evidence: await listEvidence(tx, id),
    earlier: await findEarlier(tx, { subjectId: sheet.subject.id, title, year }),
    isOwnWork: sheet.submitted?.byId === actor.id || sheet.scored?.byId === actor.id,
  };
}
