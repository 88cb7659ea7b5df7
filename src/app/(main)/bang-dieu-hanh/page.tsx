import type { Metadata, Route } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { LinkButton } from "@/components/button";
import { Tabs } from "@/components/data/tabs";
import { EmptyState } from "@/components/feedback/empty-state";
import { Skeleton, SkeletonTable } from "@/components/feedback/skeleton";
import { PageHeader } from "@/components/layout/page-header";
import { SectionCard } from "@/components/layout/section-card";
import { PrintButton } from "@/components/print/print-button";
import { titleCounter } from "@/domain/indicator/counters";
import { TITLE_SLUGS, titleOfSlug } from "@/domain/title/slug";
import type { TitleCode } from "@/domain/title/title";
import { TITLE_CODES, TITLES } from "@/domain/title/title";
import { ChildUnits } from "@/features/dashboard/components/child-units";
import { AsOf, crumbsOf, UnitsInTime } from "@/features/dashboard/components/frame";
import { OtherTargets } from "@/features/dashboard/components/other-targets";
import { TitleFunnel, TitleTrend } from "@/features/dashboard/components/progress-charts";
import { SubjectList } from "@/features/dashboard/components/subject-list";
import { TitleCards, TitleCardsSkeleton } from "@/features/dashboard/components/title-cards";
import type { Step } from "@/features/dashboard/constants";
import { loadCard, loadChildren, loadFrame, loadOverview, loadSubjects } from "@/features/dashboard/loaders";
import {
  childrenQuestion,
  dashboardHref,
  isListedAt,
  restLabel,
  stepOfSlug,
} from "@/features/dashboard/utils";
import { ExportLinks } from "@/features/data-export/components/export-links";
import { sourcesHref } from "@/features/figures/utils";
import type { PageScope, SearchParams } from "@/features/user/page-scope";
import { loadPageScope, param } from "@/features/user/page-scope";
import { yearOf } from "@/lib/format/date";

export const metadata: Metadata = { title: "Bảng điều hành" };

type Chosen = Readonly<{ scope: PageScope; title: TitleCode }>;

export default async function DashboardPage({ searchParams }: Readonly<{ searchParams: SearchParams }>) {
  const params = await searchParams;
  const scope = await loadPageScope(searchParams, "dashboard.read");
  const frame = await loadFrame(scope);
  const { unit, year } = scope;
  const title = titleOfSlug(param(params, "mo-hinh")) ?? "FAMILY";
  const isListed = isListedAt(unit.level, title);
  const partsAnchor = isListed ? "danh-sach" : "tung-noi";
  const planHref = `/ke-hoach?don-vi=${unit.id}&nam=${year}`;
  const key = `${unit.id} ${year} ${title}`;

  return (
    <>
      <PageHeader
        title={`Bảng điều hành: ${unit.name}`}
        crumbs={crumbsOf(frame.path, year)}
        state={
          <Suspense fallback={<Skeleton className="h-6 w-72" />}>
            <Moment scope={scope} on={frame.on} />
          </Suspense>
        }
        action={
          <>
            {frame.canEnterFigures && (
              <LinkButton href={`/bang-dieu-hanh/so-chinh-thuc?don-vi=${unit.id}&nam=${year}`}>
                Nhập số chính thức
              </LinkButton>
            )}
            <PrintButton />
          </>
        }
      />
      {unit.validTo !== null && <UnitsInTime {...frame} endedOn={lastDay(unit.validTo)} year={year} />}

      <Suspense key={`cards ${key}`} fallback={<TitleCardsSkeleton />}>
        <Cards scope={scope} partsAnchor={partsAnchor} planHref={planHref} />
      </Suspense>

      <div className="mt-8">
        <Tabs
          label="Mô hình"
          items={TITLE_CODES.map((one) => ({
            href: dashboardHref({ unitId: unit.id, year, title: one }),
            label: TITLES[one].nameVi,
            isCurrent: one === title,
          }))}
        />
      </div>

      <div className="flex flex-col gap-5">
        {isListed ? (
          <SectionCard id="danh-sach" title={`${TITLES[title].nameVi}: những ai, đang ở khâu nào?`} isFlush>
            <Suspense key={`list ${key}`} fallback={<SkeletonTable rows={10} columns={4} />}>
              <Subjects
                scope={scope}
                title={title}
                step={stepOfSlug(param(params, "buoc"))}
                after={param(params, "sau")}
              />
            </Suspense>
          </SectionCard>
        ) : (
          <SectionCard id="tung-noi" title={childrenQuestion(unit.level, frame.on)}>
            <Suspense key={`children ${key}`} fallback={<Skeleton className="h-[34rem] w-full" />}>
              <Children scope={scope} title={title} />
            </Suspense>
          </SectionCard>
        )}
        <div className="grid gap-5 lg:grid-cols-2">
          <SectionCard title="Với tốc độ này có kịp 2030 không?">
            <Suspense key={`trend ${key}`} fallback={<Skeleton className="h-[26rem] w-full" />}>
              <Trend scope={scope} title={title} />
            </Suspense>
          </SectionCard>
          <SectionCard title="Đang tắc ở khâu nào?">
            <Suspense key={`funnel ${key}`} fallback={<Skeleton className="h-[26rem] w-full" />}>
              <Stages scope={scope} title={title} hasList={isListed} partsAnchor={partsAnchor} />
            </Suspense>
          </SectionCard>
        </div>
      </div>
      <p className="mt-6 flex flex-wrap gap-x-6 gap-y-1 text-sm print:hidden">
        <Link
          href={sourcesHref({ unitId: unit.id, year }) as Route}
          className="link inline-block max-md:py-1.5"
        >
          Nguồn của các số nhập năm {year}
        </Link>
        <Link
          href={"/bang-dieu-hanh/ket-qua-da-cong-bo" as Route}
          className="link inline-block max-md:py-1.5"
        >
          Kết quả đã công bố của các địa phương
        </Link>
      </p>
      {unit.validTo === null && <UnitsInTime {...frame} endedOn={null} year={year} />}
    </>
  );
}

async function Moment({ scope, on }: Readonly<{ scope: PageScope; on: Date }>) {
  const { asOf } = await loadOverview(scope);

  return <AsOf at={asOf} on={on} year={scope.year} />;
}

async function Cards({
  scope,
  partsAnchor,
  planHref,
}: Readonly<{ scope: PageScope; partsAnchor: string; planHref: string }>) {
  const { cards, figures } = await loadOverview(scope);

  return (
    <>
      <h2 className="sr-only">Năm mô hình so với chỉ tiêu</h2>
      <TitleCards cards={cards} figures={figures} partsAnchor={partsAnchor} />
      <OtherTargets cards={cards} planHref={planHref} />
    </>
  );
}

async function Children({ scope, title }: Chosen) {
  const [{ figures }, card, rows] = await Promise.all([
    loadOverview(scope),
    loadCard(scope, title),
    loadChildren(scope, title),
  ]);
  if (rows.length === 0) {
    return (
      <EmptyState title="Chưa có đơn vị nào bên dưới">
        Thôn, tổ dân phố được thêm trong sổ theo dõi.
      </EmptyState>
    );
  }

  return (
    <>
      <ChildUnits
        rows={rows}
        card={card}
        parent={figures}
        year={scope.year}
        restLabel={restLabel(scope.unit.level)}
      />
      <ExportLinks href={exportHref({ scope, title })} count={rows.length} noun="đơn vị" />
    </>
  );
}

async function Subjects({
  scope,
  title,
  step,
  after,
}: Chosen & Readonly<{ step: Step; after: string | undefined }>) {
  const { figures } = await loadOverview(scope);
  const page = await loadSubjects(scope, { title, step, after });
  if (!page) {
    return (
      <EmptyState title="Tài khoản này xem số tổng hợp">
        Danh sách tên chỉ mở cho xã, đơn vị thẩm định và tỉnh.
      </EmptyState>
    );
  }

  return (
    <>
      <SubjectList
        rows={page.rows}
        counts={page.counts}
        counted={figures.counters[titleCounter(title, "Total")]}
        next={page.next}
        isLaterPage={after !== undefined}
        place={{ unitId: scope.unit.id, year: scope.year, title, step }}
      />
      <div className="px-4 pb-4 sm:px-5">
        <ExportLinks
          href={`${exportHref({ scope, title })}&buoc=${step}`}
          count={page.counts[step]}
          noun={TITLES[title].countedNounVi}
        />
      </div>
    </>
  );
}

function exportHref({ scope, title }: Chosen): string {
  return `/bang-dieu-hanh/xuat?don-vi=${scope.unit.id}&nam=${scope.year}&mo-hinh=${TITLE_SLUGS[title]}`;
}

async function Trend({ scope, title }: Chosen) {
  const [{ asOf }, card] = await Promise.all([loadOverview(scope), loadCard(scope, title)]);

  return <TitleTrend card={card} unitId={scope.unit.id} openYear={yearOf(asOf)} />;
}

async function Stages({
  scope,
  title,
  hasList,
  partsAnchor,
}: Chosen & Readonly<{ hasList: boolean; partsAnchor: string }>) {
  const [{ figures }, card] = await Promise.all([loadOverview(scope), loadCard(scope, title)]);

  return <TitleFunnel figures={figures} card={card} hasList={hasList} partsAnchor={partsAnchor} />;
}

function lastDay(validTo: Date): string {
  return new Date(validTo.getTime() - 86_400_000).toISOString().slice(0, 10);
}
