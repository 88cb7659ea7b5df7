import "server-only";
import { notFound } from "next/navigation";
import { titleCounter } from "@/domain/indicator/counters";
import type { AssessmentState } from "@/domain/recognition/recognition";
import { stateName } from "@/domain/recognition/recognition";
import { titleOfSlug } from "@/domain/title/slug";
import type { TitleCode } from "@/domain/title/title";
import { TITLES } from "@/domain/title/title";
import type { ExportList } from "@/features/data-export/types";
import type { UnitYearFigures } from "@/features/figures/types";
import { denominatorText, numberOf } from "@/features/figures/utils";
import type { PageScope, SearchParams } from "@/features/user/page-scope";
import { loadPageScope, param } from "@/features/user/page-scope";
import { getActor } from "@/features/user/session";
import type { CellValue } from "@/lib/spreadsheet/cell";
import { capitalised } from "@/lib/text/name";
import type { Step } from "../constants";
import { STEP_NAMES } from "../constants";
import { loadCard, loadChildren, loadOverview, loadSubjects } from "../loaders";
import type { ChildRow, SubjectRow, TitleCard } from "../types";
import { compareGap, isListedAt, restLabel, stepOfSlug } from "../utils";

/** The table of a dashboard as a file, by the page's own address: the units below with their numbers, or a leaf's candidates. */
export async function loadDashboardList(searchParams: SearchParams): Promise<ExportList> {
  await getActor();
  const scope = await loadPageScope(searchParams, "dashboard.read");
  const params = await searchParams;
  const title = titleOfSlug(param(params, "mo-hinh")) ?? "FAMILY";
  if (isListedAt(scope.unit.level, title))
    return await candidates(scope, { title, step: stepOfSlug(param(params, "buoc")) });

  return await unitsBelow(scope, title);
}

async function unitsBelow(scope: PageScope, title: TitleCode): Promise<ExportList> {
  const { unit, year } = scope;
  const [{ figures }, card, children] = [
    await loadOverview(scope),
    await loadCard(scope, title),
    await loadChildren(scope, title),
  ];
  const rows = [...children].sort(compareGap);
  const whole = wholeOf(figures, card);

  return {
    scope,
    capability: "dashboard.read",
    facts: { list: "dashboard", rows: rows.length, year, title },
    table: {
      fileName: `${TITLES[title].nameVi} từng đơn vị ${unit.name} ${year}`,
      sheetName: TITLES[title].nameVi,
      columns: [
        { header: "Đơn vị", width: 34, type: "text" },
        { header: "Tổng số", width: 12, type: "count" },
        { header: "Tổng số theo", width: 26, type: "text" },
        { header: "Đăng ký", width: 12, type: "count" },
        { header: "Đã chấm", width: 12, type: "count" },
        { header: "Đã nộp", width: 12, type: "count" },
        { header: "Công nhận", width: 12, type: "count" },
        { header: "Tỷ lệ (%)", width: 11, type: "decimal" },
        { header: `Chỉ tiêu ${card.main.year} (%)`, width: 16, type: "decimal" },
        { header: "So với chỉ tiêu (điểm %)", width: 22, type: "decimal" },
        { header: "Còn thiếu", width: 12, type: "count" },
      ],
      rows: inTurn([
        ...rows.map((row) => cellsOf(title, row.unit?.name ?? restLabel(unit.level), row)),
        cellsOf(title, "Toàn địa bàn", whole),
      ]),
    },
  };
}

function wholeOf(figures: UnitYearFigures, { main, ratio, rate }: TitleCard): Omit<ChildRow, "unit"> {
  return { figures, ratio, rate, target: main.applied, gap: main.gap, missing: main.missing };
}

function cellsOf(title: TitleCode, name: string, row: Omit<ChildRow, "unit">): readonly CellValue[] {
  const total = numberOf(row.figures, titleCounter(title, "Total"));
  const count = (stage: "Registered" | "Scored" | "Submitted" | "Recognised") =>
    numberOf(row.figures, titleCounter(title, stage))?.value ?? null;

  return [
    name,
    total?.value ?? null,
    denominatorText(total),
    count("Registered"),
    count("Scored"),
    count("Submitted"),
    count("Recognised"),
    toHundredths(row.rate),
    row.target?.target.valuePct ?? null,
    toHundredths(row.gap),
    row.missing,
  ];
}

/** Two decimals. What is behind by less than that is not shown as level. */
function toHundredths(value: number | null): number | null {
  if (value === null) return null;
  const rounded = Math.round(value * 100) / 100;

  return rounded === 0 && value < 0 ? -0.01 : rounded;
}

async function candidates(
  scope: PageScope,
  { title, step }: Readonly<{ title: TitleCode; step: Step }>,
): Promise<ExportList> {
  const { unit, year } = scope;
  const first = await loadSubjects(scope, { title, step, after: undefined });
  if (!first) notFound();

  return {
    scope,
    capability: "registry.read",
    facts: {
      list: "dashboard",
      rows: first.counts[step],
      year,
      title,
      filters: step === "tat-ca" ? [] : ["state"],
    },
    table: {
      fileName: `${TITLES[title].nameVi} ${STEP_NAMES[step]} ${unit.name} ${year}`,
      sheetName: TITLES[title].nameVi,
      columns: [
        { header: capitalised(TITLES[title].subjectNounVi), width: 34, type: "text" },
        { header: "Tình trạng", width: 34, type: "text" },
        { header: "Tổng điểm", width: 11, type: "decimal" },
        { header: "Số tiêu chí còn thiếu", width: 20, type: "count" },
      ],
      rows: allPages(scope, { title, step }),
    },
  };
}

async function* allPages(
  scope: PageScope,
  query: Readonly<{ title: TitleCode; step: Step }>,
): AsyncGenerator<readonly CellValue[]> {
  let after: string | undefined;
  do {
    const page = await loadSubjects(scope, { ...query, after });
    for (const row of page?.rows ?? []) yield subjectCells(row, scope.year);
    after = page?.next ?? undefined;
  } while (after !== undefined);
}

function subjectCells(row: SubjectRow, year: number): readonly CellValue[] {
  const isHeld = row.heldSince !== null && row.heldSince < year;
  const isBegun = row.state !== null && row.state !== "REGISTERED" && !row.isComplete;

  return [
    row.name,
    isHeld
      ? `Đã công nhận năm ${row.heldSince}, còn hiệu lực`
      : stateName(row.state as AssessmentState | null, row.isComplete),
    row.total,
    isBegun ? row.missingCount : null,
  ];
}

async function* inTurn(rows: readonly (readonly CellValue[])[]): AsyncGenerator<readonly CellValue[]> {
  yield* rows;
}
