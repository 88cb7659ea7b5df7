import "server-only";
import { notFound } from "next/navigation";
import { can } from "@/domain/access/access";
import { stateName } from "@/domain/recognition/recognition";
import { TITLE_SLUGS, titleOfSlug } from "@/domain/title/slug";
import { TITLES } from "@/domain/title/title";
import { findRoundAt, isLeafOf, listSubjects } from "@/features/assessment/data/list";
import { LIST_FILTERS } from "@/features/assessment/utils";
import { VERB_NAMES } from "@/features/audit/constants";
import { countActions, listActions } from "@/features/audit/data";
import { countByState, findDossier, listEntries } from "@/features/dossier/data/entries";
import { STATE_SLUGS, stateSlugOf } from "@/features/dossier/utils";
import { findUnit, pathOf, reachOf } from "@/features/territory/data";
import type { SearchParams } from "@/features/user/page-scope";
import { dayWithin, idOf, loadPageScope, optionalNumber, param } from "@/features/user/page-scope";
import { getActor } from "@/features/user/session";
import type { Tx } from "@/lib/db/scope";
import { withScope } from "@/lib/db/scope";
import { formatDateTime } from "@/lib/format/date";
import type { CellValue } from "@/lib/spreadsheet/cell";
import { capitalised } from "@/lib/text/name";
import type { ExportList } from "./types";

const BATCH = 500;

/** Rows of a paged list, page after page, each in a short transaction of its own. */
async function* walk<Row, Place>(
  actor: Readonly<{ id: string }>,
  page: (tx: Tx, after: Place | undefined) => Promise<{ rows: readonly Row[]; next: Place | undefined }>,
  cells: (row: Row) => readonly CellValue[],
): AsyncGenerator<readonly CellValue[]> {
  let after: Place | undefined;
  do {
    const { rows, next } = await withScope(actor, (tx) => page(tx, after));
    for (const row of rows) yield cells(row);
    after = next;
  } while (after !== undefined);
}

/** The scoring list of a commune or hamlet with its filters: `/cham-diem`. */
export async function loadAssessmentList(searchParams: SearchParams): Promise<ExportList> {
  await getActor();
  const scope = await loadPageScope(searchParams, "assessment.read");
  const params = await searchParams;
  const title = titleOfSlug(param(params, "mo-hinh") ?? TITLE_SLUGS.FAMILY);
  const filter = param(params, "tinh-trang");
  const hamletId = optionalNumber(param(params, "thon"));
  const { actor, unit, year } = scope;
  const isList = unit.level === "COMMUNE" || unit.level === "HAMLET";
  if (!title || !isList || (filter && !LIST_FILTERS.some(({ slug }) => slug === filter))) notFound();

  const { list, total } = await withScope(actor, async (tx) => {
    const round = await findRoundAt(tx, unit, title, year);
    if (!round) notFound();
    const whole = { unitId: unit.id, title, year, on: round.referenceDate, mapDay: round.mapDay };
    if (hamletId !== undefined && !(await isLeafOf(tx, whole, hamletId))) notFound();
    const list = { ...whole, ...(hamletId === undefined ? {} : { hamletId }) };

    return { list, total: (await listSubjects(tx, list, { ...(filter ? { filter } : {}), limit: 1 })).total };
  });

  return {
    scope,
    capability: "assessment.read",
    facts: {
      list: "assessment",
      rows: total,
      year,
      title,
      filters: [...(filter ? ["state"] : []), ...(hamletId === undefined ? [] : ["hamletId"])],
    },
    table: {
      fileName: `Chấm điểm ${TITLES[title].countedNounVi} ${unit.name} ${year}`,
      sheetName: TITLES[title].nameVi,
      columns: [
        { header: capitalised(TITLES[title].subjectNounVi), width: 32, type: "text" },
        { header: title === "ORGANISATION" ? "Xã, phường" : "Thôn, tổ dân phố", width: 22, type: "text" },
        { header: "Tình trạng", width: 18, type: "text" },
        { header: "Tổng điểm", width: 11, type: "decimal" },
        { header: "Kết quả", width: 16, type: "text" },
        { header: "Số tiêu chí còn thiếu", width: 20, type: "count" },
      ],
      rows: walk(
        actor,
        async (tx, after: string | undefined) => {
          const page = await listSubjects(tx, list, {
            ...(filter ? { filter } : {}),
            ...(after ? { after } : {}),
            limit: BATCH,
          });

          return { rows: page.items, next: page.nextAfter ?? undefined };
        },
        (item) => {
          const isBegun = item.state !== null && item.state !== "REGISTERED";

          return [
            item.name,
            item.unitName,
            stateName(item.state, item.isComplete),
            isBegun ? item.total : null,
            item.isComplete ? (item.className ?? "Chưa đạt") : null,
            isBegun ? (item.missingCount ?? 0) : null,
          ];
        },
      ),
    },
  };
}

/** The entries of a dossier with its filters: `/ho-so/[dossierId]`. */
export async function loadDossierList(rawId: string, searchParams: SearchParams): Promise<ExportList> {
  const actor = await getActor();
  const dossierId = idOf(rawId);
  const params = await searchParams;
  const state = stateSlugOf(param(params, "tinh-trang"));
  const hamletId = optionalNumber(param(params, "thon"));
  const of = {
    dossierId,
    ...(state ? { state: STATE_SLUGS[state] } : {}),
    ...(hamletId === undefined ? {} : { hamletId }),
  };

  return await withScope(actor, async (tx) => {
    const dossier = await findDossier(tx, dossierId);
    const unit = dossier && (await findUnit(tx, dossier.communeId));
    if (!unit || !can(actor, "dossier.read", await reachOf(tx, unit.id))) notFound();
    const counts = await countByState(tx, dossierId, hamletId);
    const { title, year } = dossier;

    return {
      scope: { actor, unit, path: await pathOf(tx, unit.id, dayWithin(unit, year)), year, years: [year] },
      capability: "dossier.read",
      facts: {
        list: "dossier",
        rows: state ? counts[STATE_SLUGS[state]] : Object.values(counts).reduce((a, b) => a + b, 0),
        year,
        title,
        filters: [...(state ? ["state"] : []), ...(hamletId === undefined ? [] : ["hamletId"])],
      },
      table: {
        fileName: `Hồ sơ ${TITLES[title].nameVi} ${unit.name} ${year}`,
        sheetName: TITLES[title].nameVi,
        columns: [
          { header: capitalised(TITLES[title].subjectNounVi), width: 32, type: "text" },
          { header: "Địa bàn", width: 22, type: "text" },
          { header: "Tình trạng", width: 18, type: "text" },
          { header: "Tổng điểm", width: 11, type: "decimal" },
          { header: "Lý do trả lại", width: 40, type: "text" },
          { header: "Số lần trả lại", width: 14, type: "count" },
          { header: "Quyết định số", width: 18, type: "text" },
        ],
        rows: walk(
          actor,
          async (inner, after: string | undefined) => {
            const page = await listEntries(inner, { ...of, ...(after ? { after } : {}), limit: BATCH });

            return { rows: page.rows, next: page.next ?? undefined };
          },
          (row) => [
            row.name,
            row.hamletName,
            stateName(row.state),
            row.total,
            row.returnReason,
            row.returnCount,
            row.decisionNumber,
          ],
        ),
      },
    };
  });
}

/** The log under a unit, newest first: `/quan-tri/nhat-ky`. */
export async function loadActionList(searchParams: SearchParams): Promise<ExportList> {
  await getActor();
  const scope = await loadPageScope(searchParams, "audit.read");
  const { actor, unit, year } = scope;
  type Position = { at: Date; chainId: number; seq: string };

  return {
    scope,
    capability: "audit.read",
    facts: { list: "audit", rows: await withScope(actor, (tx) => countActions(tx, unit.id)), year },
    table: {
      fileName: `Nhật ký ${unit.name}`,
      sheetName: "Nhật ký",
      columns: [
        { header: "Lúc", width: 18, type: "text" },
        { header: "Việc", width: 28, type: "text" },
        { header: "Người làm", width: 26, type: "text" },
        { header: "Đơn vị", width: 24, type: "text" },
        { header: "Số thứ tự", width: 12, type: "text" },
        { header: "Mã băm", width: 68, type: "text" },
      ],
      rows: walk(
        actor,
        async (tx, before: Position | undefined) => {
          const rows = await listActions(tx, { unitId: unit.id, before, limit: BATCH });
          const last = rows.length === BATCH ? rows.at(-1) : undefined;

          return { rows, next: last && { at: last.at, chainId: last.chainId, seq: last.seq } };
        },
        (row) => [
          formatDateTime(row.at),
          VERB_NAMES[row.verb] ?? row.verb,
          row.actorName ?? "Hệ thống",
          row.chainName,
          row.seq,
          row.hash,
        ],
      ),
    },
  };
}
