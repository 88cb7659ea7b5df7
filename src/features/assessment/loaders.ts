import "server-only";
import { notFound } from "next/navigation";
import { can } from "@/domain/access/access";
import { criteriaSetInForce } from "@/domain/criteria/in-force";
import { isScorable } from "@/domain/recognition/recognition";
import { TITLE_SLUGS, titleOfSlug } from "@/domain/title/slug";
import type { TitleCode } from "@/domain/title/title";
import { listEvidence } from "@/features/evidence/data";
import type { EvidenceItem } from "@/features/evidence/types";
import type { RoundRef } from "@/features/territory/data";
import { findUnit, reachOf } from "@/features/territory/data";
import type { SessionActor } from "@/features/user/data";
import { assertCan } from "@/features/user/guard";
import type { PageScope, SearchParams } from "@/features/user/page-scope";
import {
  idOf,
  loadPageScope,
  optionalId,
  optionalNumber,
  param,
  readForPage,
} from "@/features/user/page-scope";
import { loadActor } from "@/features/user/session";
import type { Tx } from "@/lib/db/scope";
import { withScope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { toIsoDate } from "@/lib/format/date";
import { findSheet } from "./data";
import { findCriteriaSets, listCriteriaHeaders } from "./data/criteria";
import { countRegister } from "./data/derive";
import type { ChildProgress, ListScope } from "./data/list";
import {
  countProgress,
  findNextUnscored,
  findRoundAt,
  isLeafOf,
  listCommunes,
  listLeaves,
  listSubjects,
  searchSubjects,
} from "./data/list";
import type { SearchInput } from "./schema";
import type {
  AssessmentListItem,
  AssessmentProgress,
  AssessmentSheet,
  RegisterCount,
  UsedCriteriaSet,
} from "./types";
import { LIST_FILTERS } from "./utils";

type Common = Readonly<{ scope: PageScope; title: TitleCode }>;

export type AssessmentListView =
  | (Common & Readonly<{ view: "noRound" }>)
  | (Common & Readonly<{ view: "communes"; communes: ChildProgress[] }>)
  | (Common &
      Readonly<{
        view: "list";
        round: RoundRef;
        canWrite: boolean;
        criteriaSet: UsedCriteriaSet | undefined;
        leaves: { id: number; name: string; subjects: number }[];
        hamletId: number | undefined;
        filter: string | undefined;
        isLaterPage: boolean;
        progress: AssessmentProgress;
        items: AssessmentListItem[];
        total: number;
        nextAfter: string | null;
        next: AssessmentListItem | undefined;
      }>);

/**
 * The list of a title and year in a unit. Parameters: `mo-hinh` (title), `don-vi`, `nam`, `thon` (hamlet), `tinh-trang`
 * (filter), `sau` (last subject of the page before). Above the commune it shows communes to choose from.
 */
export async function loadAssessmentList(searchParams: SearchParams): Promise<AssessmentListView> {
  const scope = await loadPageScope(searchParams, "assessment.read");
  const params = await searchParams;
  const title = titleOfSlug(param(params, "mo-hinh") ?? TITLE_SLUGS.FAMILY);
  const filter = param(params, "tinh-trang") || undefined;
  const hamletId = optionalNumber(param(params, "thon"));
  const after = optionalId(param(params, "sau"));
  if (!title || (filter && !LIST_FILTERS.some(({ slug }) => slug === filter))) notFound();

  const { actor, unit, year } = scope;
  return await withScope(actor, async (tx) => {
    const round = await findRoundAt(tx, unit, title, year);
    if (!round) return { view: "noRound", scope, title };
    if (unit.level !== "COMMUNE" && unit.level !== "HAMLET") {
      const communes = await listCommunes(tx, { unitId: unit.id, title, year, mapDay: round.mapDay });
      return { view: "communes", scope, title, communes };
    }

    const whole: ListScope = { unitId: unit.id, title, year, on: round.referenceDate, mapDay: round.mapDay };
    if (hamletId !== undefined && !(await isLeafOf(tx, whole, hamletId))) notFound();
    const list = { ...whole, hamletId };

    return {
      view: "list",
      scope,
      title,
      round,
      canWrite: can(actor, "assessment.write", await reachOf(tx, unit.id)),
      criteriaSet: await findSetInForce(tx, scope, title, round),
      leaves: await listLeaves(tx, whole),
      hamletId,
      filter,
      isLaterPage: after !== undefined,
      progress: await countProgress(tx, list),
      ...(await listSubjects(tx, list, { filter, after })),
      next: await findNextUnscored(tx, list),
    };
  });
}

/** The set most subjects of the unit are scored with: citizens have one per occupation, told apart on each sheet. */
async function findSetInForce(
  tx: Tx,
  scope: PageScope,
  title: TitleCode,
  round: RoundRef,
): Promise<UsedCriteriaSet | undefined> {
  const header = criteriaSetInForce(await listCriteriaHeaders(tx, title), {
    title,
    variant: title === "CITIZEN" ? "FARMER" : null,
    date: toIsoDate(round.referenceDate),
    unitPath: scope.path.map((unit) => unit.id),
  });

  return header ? (await findCriteriaSets(tx, [header.id])).get(header.id) : undefined;
}

/** Subjects by name in a unit the actor may read. @throws AppError NOT_FOUND */
export async function searchInUnit(actor: SessionActor, input: SearchInput): Promise<AssessmentListItem[]> {
  const { unitId, title, year, text } = input;

  return await withScope(actor, async (tx) => {
    await assertCan(tx, actor, "assessment.read", unitId);
    const unit = await findUnit(tx, unitId);
    const round = unit && (await findRoundAt(tx, unit, title, year));
    if (!round) throw new AppError({ code: "NOT_FOUND" });

    return await searchSubjects(
      tx,
      { unitId, title, year, on: round.referenceDate, mapDay: round.mapDay },
      text,
    );
  });
}

export type SheetView = Readonly<{
  actor: SessionActor;
  sheet: AssessmentSheet;
  evidence: EvidenceItem[];
  /** The actor may change answers and evidence now. */
  canScore: boolean;
  registerCounts: RegisterCount[];
  next: AssessmentListItem | undefined;
  previous: AssessmentListItem | undefined;
}>;

/** One scoring sheet for whoever may read it; "không tìm thấy" for everybody else. */
export async function loadSheet(rawId: string): Promise<SheetView> {
  const actor = await loadActor();
  const assessmentId = idOf(rawId);

  return await readForPage(actor, async (tx) => {
    const sheet = await findSheet(tx, assessmentId);
    await assertCan(tx, actor, "assessment.read", sheet?.commune.id);
    if (!sheet) throw new AppError({ code: "NOT_FOUND" });

    const mayWrite = can(actor, "assessment.write", await reachOf(tx, sheet.commune.id));
    const canScore = mayWrite && isScorable(sheet.state);
    const on = new Date(sheet.referenceDate);
    const { title, year } = sheet;
    const hamlet: ListScope = { unitId: sheet.unit.id, title, year, on, mapDay: on };

    return {
      actor,
      sheet,
      evidence: await listEvidence(tx, sheet.id),
      canScore,
      registerCounts: canScore ? await countRegister(tx, { id: sheet.subject.id, title, year, on }) : [],
      next: mayWrite ? await findNextUnscored(tx, hamlet, sheet.subject.id) : undefined,
      previous: mayWrite ? await findNextUnscored(tx, hamlet, sheet.subject.id, "previous") : undefined,
    };
  });
}
