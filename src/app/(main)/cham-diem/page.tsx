import type { Metadata } from "next";
import { LinkButton } from "@/components/button";
import { DataTable } from "@/components/data/data-table";
import { FilterBar } from "@/components/data/filter-bar";
import { Pagination } from "@/components/data/pagination";
import { Tabs } from "@/components/data/tabs";
import { EmptyState } from "@/components/feedback/empty-state";
import type { Crumb } from "@/components/layout/breadcrumbs";
import type { Stat } from "@/components/layout/page-header";
import { PageHeader, StatLine } from "@/components/layout/page-header";
import { TITLE_SLUGS } from "@/domain/title/slug";
import { TITLE_CODES, TITLES } from "@/domain/title/title";
import { KeptNotice } from "@/features/assessment/components/kept-notice";
import { OpenForm } from "@/features/assessment/components/open-form";
import { TemplateBanner } from "@/features/assessment/components/sheet-head";
import { SubjectSearch } from "@/features/assessment/components/subject-search";
import { SubjectTable } from "@/features/assessment/components/subject-table";
import type { AssessmentListView } from "@/features/assessment/loaders";
import { loadAssessmentList } from "@/features/assessment/loaders";
import { LIST_FILTERS, listHref } from "@/features/assessment/utils";
import { ExportLinks } from "@/features/data-export/components/export-links";
import type { SearchParams } from "@/features/user/page-scope";
import { formatDate, toIsoDate } from "@/lib/format/date";
import { formatCount } from "@/lib/format/number";

export const metadata: Metadata = { title: "Chấm điểm" };

export default async function ScoringListPage({ searchParams }: Readonly<{ searchParams: SearchParams }>) {
  const view = await loadAssessmentList(searchParams);
  const { scope, title } = view;
  const place = { unitId: scope.unit.id, year: scope.year };

  return (
    <>
      <PageHeader
        title={`Chấm điểm ${TITLES[title].nameVi}`}
        crumbs={crumbsOf(view)}
        state={view.view === "list" ? <StatLine items={stats(view)} /> : undefined}
        action={view.view === "list" && view.canWrite ? <NextAction view={view} /> : undefined}
      />
      <Tabs
        label="Mô hình"
        items={TITLE_CODES.map((code) => ({
          href: listHref({ ...place, title: code }),
          label: TITLES[code].nameVi,
          isCurrent: code === title,
        }))}
      />
      <KeptNotice actorId={scope.actor.id} />
      {view.view === "noRound" && (
        <EmptyState title={`Chưa mở đợt bình xét năm ${scope.year}`}>
          Khi cấp trên mở đợt cho mô hình {TITLES[title].nameVi}, danh sách để đăng ký và chấm điểm sẽ hiện ở
          đây.
        </EmptyState>
      )}
      {view.view === "communes" && <Communes view={view} />}
      {view.view === "list" && <Subjects view={view} />}
    </>
  );
}

/** The units above, with a link to each list the person may open; none where the bar above says it all. */
function crumbsOf({ scope, title }: AssessmentListView): Crumb[] {
  const granted = new Set(scope.actor.grants.map((grant) => grant.unitId));
  const highest = scope.path.findLastIndex((unit) => granted.has(unit.id));
  if (highest <= 0) return [];

  return scope.path
    .map((unit, index) =>
      index > 0 && index <= highest
        ? { label: unit.name, href: listHref({ unitId: unit.id, year: scope.year, title }) }
        : { label: unit.name },
    )
    .reverse();
}

type ListView = Extract<AssessmentListView, { view: "list" }>;

function stats({ title, progress, round }: ListView): Stat[] {
  const left = progress.registered - progress.scored;
  const isLate =
    toIsoDate(round.submitBy) < toIsoDate(new Date()) && progress.submitted < progress.registered;

  return [
    { value: progress.subjects, label: TITLES[title].countedNounVi },
    { value: progress.registered, label: "đăng ký" },
    { value: progress.scored, label: "đã chấm" },
    ...(left > 0 ? [{ value: left, label: "chưa chấm xong", prefix: "còn", isStrong: true }] : []),
    ...(progress.returned > 0 ? [{ value: progress.returned, label: "trả lại", isStrong: true }] : []),
    ...(progress.recognised > 0 ? [{ value: progress.recognised, label: "đã công nhận" }] : []),
    {
      value: formatDate(round.submitBy),
      label: "",
      prefix: isLate ? "quá hạn nộp hồ sơ từ" : "hạn nộp hồ sơ",
      isStrong: isLate,
    },
  ];
}

function NextAction({ view }: Readonly<{ view: ListView }>) {
  const { next, scope, title } = view;
  if (!next) return null;
  const label = `Chấm ${TITLES[title].countedNounVi} tiếp theo`;

  return next.assessmentId ? (
    <LinkButton href={`/cham-diem/${next.assessmentId}`} variant="primary">
      {label}
    </LinkButton>
  ) : (
    <OpenForm
      subjectId={next.subjectId}
      year={scope.year}
      label={`Đăng ký và chấm ${TITLES[title].countedNounVi} tiếp theo`}
      variant="primary"
      size="normal"
    />
  );
}

function Subjects({ view }: Readonly<{ view: ListView }>) {
  const { scope, title, items, filter, hamletId, total } = view;
  const place = { unitId: scope.unit.id, year: scope.year, title };
  const noun = TITLES[title].countedNounVi;

  return (
    <>
      {view.criteriaSet && <TemplateBanner criteriaSet={view.criteriaSet} isBrief />}
      <SubjectSearch
        key={`${scope.unit.id}-${title}-${scope.year}`}
        unitId={scope.unit.id}
        title={title}
        year={scope.year}
        canWrite={view.canWrite}
        filters={<Filters view={view} />}
      >
        <SubjectTable
          items={items}
          title={title}
          year={scope.year}
          canWrite={view.canWrite}
          empty={filter ? "Không có mục nào như vậy" : undefined}
        />
        <Pagination
          previousHref={view.isLaterPage ? listHref({ ...place, hamletId, filter }) : null}
          nextHref={view.nextAfter ? listHref({ ...place, hamletId, filter, after: view.nextAfter }) : null}
          summary={`${formatCount(items.length)} trong ${formatCount(total)} ${noun}`}
        />
        <ExportLinks
          href={listHref({ ...place, hamletId, filter }).replace("/cham-diem?", "/cham-diem/xuat?")}
          count={total}
          noun={noun}
        />
      </SubjectSearch>
    </>
  );
}

function Filters({ view }: Readonly<{ view: ListView }>) {
  const { scope, title, filter, hamletId } = view;

  return (
    <FilterBar
      action="/cham-diem"
      keep={{ "mo-hinh": TITLE_SLUGS[title], "don-vi": String(scope.unit.id), nam: String(scope.year) }}
      selects={[
        ...(view.leaves.length > 1
          ? [
              {
                name: "thon",
                label: "Thôn, tổ dân phố",
                value: hamletId === undefined ? "" : String(hamletId),
                allLabel: "Tất cả thôn",
                options: view.leaves.map((leaf) => ({
                  value: String(leaf.id),
                  label: `${leaf.name} (${formatCount(leaf.subjects)})`,
                })),
              },
            ]
          : []),
        {
          name: "tinh-trang",
          label: `Tình trạng năm ${scope.year}`,
          value: filter ?? "",
          allLabel: "Mọi tình trạng",
          options: LIST_FILTERS.map(({ slug, label }) => ({ value: slug, label })),
        },
      ]}
    />
  );
}

function Communes({ view }: Readonly<{ view: Extract<AssessmentListView, { view: "communes" }> }>) {
  const { scope, title, communes } = view;

  return (
    <DataTable
      caption={`Xã, phường và kết quả chấm năm ${scope.year}`}
      rows={communes}
      rowKey={(row) => row.id}
      rowHref={(row) => listHref({ unitId: row.id, year: scope.year, title })}
      empty={<EmptyState title="Không có xã, phường nào" />}
      columns={[
        { key: "name", header: "Xã, phường", isRowHeader: true, cell: (row) => row.name },
        { key: "subjects", header: "Trong sổ", align: "right", cell: (row) => formatCount(row.subjects) },
        { key: "registered", header: "Đăng ký", align: "right", cell: (row) => formatCount(row.registered) },
        { key: "scored", header: "Đã chấm", align: "right", cell: (row) => formatCount(row.scored) },
        { key: "submitted", header: "Đã nộp", align: "right", cell: (row) => formatCount(row.submitted) },
        {
          key: "recognised",
          header: "Đã công nhận",
          align: "right",
          cell: (row) => formatCount(row.recognised),
        },
      ]}
    />
  );
}
