import type { Metadata } from "next";
import { LinkButton } from "@/components/button";
import { Pagination } from "@/components/data/pagination";
import { Tabs } from "@/components/data/tabs";
import { EmptyState } from "@/components/feedback/empty-state";
import { PageHeader, StatLine } from "@/components/layout/page-header";
import { TITLE_SLUGS } from "@/domain/title/slug";
import { TITLES } from "@/domain/title/title";
import { ExportLinks } from "@/features/data-export/components/export-links";
import { BulkPick } from "@/features/registry/components/bulk-pick";
import { RegistryFilters } from "@/features/registry/components/registry-filters";
import { RegistrySearch } from "@/features/registry/components/registry-search";
import { SubjectTable } from "@/features/registry/components/subject-table";
import { UnitList } from "@/features/registry/components/unit-list";
import { kindOf, REGISTRY_KINDS } from "@/features/registry/constants";
import { filterParams, isNarrowed } from "@/features/registry/filter";
import type { RegistryPage, RegistryUnits } from "@/features/registry/loaders/list";
import { loadRegistry } from "@/features/registry/loaders/list";
import { inSentence } from "@/features/territory/utils";
import type { SearchParams } from "@/features/user/page-scope";
import { formatCount } from "@/lib/format/number";

export const metadata: Metadata = { title: "Sổ theo dõi" };

export default async function Page({ searchParams }: Readonly<{ searchParams: SearchParams }>) {
  const page = await loadRegistry(searchParams);
  const { scope, title, filter, isAboveCommune } = page;
  const { unit, year } = scope;
  const base = `/so-theo-doi?don-vi=${unit.id}&nam=${year}`;
  const view = isAboveCommune && "list" in page ? "&xem=danh-sach" : "";
  const crumbs = page.above.map(({ id, name }) => ({
    label: name,
    href: `/so-theo-doi?don-vi=${id}&nam=${year}&mo-hinh=${TITLE_SLUGS[title]}`,
  }));

  return (
    <>
      <PageHeader
        title={`Sổ theo dõi ${inSentence(unit.name)}`}
        crumbs={crumbs.length > 0 ? [...crumbs, { label: unit.name }] : []}
        state={<RegistryState page={page} />}
        action={
          "list" in page &&
          page.canWrite && (
            <>
              {unit.level === "COMMUNE" && (
                <LinkButton href={`/nhap-lieu?don-vi=${unit.id}`}>Nhập từ Excel</LinkButton>
              )}
              <LinkButton
                variant="primary"
                href={`/so-theo-doi/moi?loai=${kindOf(title).entrySlug}&don-vi=${unit.id}&nam=${year}`}
              >
                {kindOf(title).addLabel}
              </LinkButton>
            </>
          )
        }
      />
      <Tabs
        label="Loại đối tượng"
        items={REGISTRY_KINDS.map((kind) => ({
          href: `${base}&mo-hinh=${TITLE_SLUGS[kind.title]}${view}`,
          label: kind.tabLabel,
          isCurrent: kind.title === title,
          ...("list" in page && page.totals ? { count: page.totals[kind.title].total } : {}),
        }))}
      />
      <RegistrySearch
        key={title}
        filter={filter}
        isAboveCommune={isAboveCommune}
        filters={"list" in page && <RegistryFilters filter={filter} hamlets={page.hamlets} />}
      >
        {isAboveCommune && (
          <Tabs
            label="Cách xem"
            items={[
              {
                href: `${base}&mo-hinh=${TITLE_SLUGS[title]}`,
                label: "Theo đơn vị",
                isCurrent: !("list" in page),
              },
              {
                href: `${base}&mo-hinh=${TITLE_SLUGS[title]}&xem=danh-sach`,
                label: "Danh sách",
                isCurrent: "list" in page,
              },
            ]}
          />
        )}
        {"list" in page ? (
          <RegistryList page={page} />
        ) : (
          <UnitList title={title} year={year} units={page.children} />
        )}
      </RegistrySearch>
    </>
  );
}

function RegistryState({ page }: Readonly<{ page: RegistryPage | RegistryUnits }>) {
  const { title, scope } = page;
  if (!("list" in page)) return `Năm ${scope.year}. Chọn đơn vị để xem sổ của từng xã, hoặc tìm trong cả sổ.`;
  if (!page.totals) return `Năm ${scope.year}.`;
  const { total, registered, scored, recognised } = page.totals[title];

  return (
    <StatLine
      items={[
        { value: total, label: TITLES[title].countedNounVi },
        { value: registered, label: "đăng ký" },
        { value: scored, label: "đã chấm" },
        ...(registered > scored
          ? [{ value: registered - scored, label: "chưa chấm xong", prefix: "còn", isStrong: true }]
          : []),
        { value: recognised, label: "được công nhận" },
      ]}
    />
  );
}

function RegistryList({ page }: Readonly<{ page: RegistryPage }>) {
  const { scope, title, filter, count, list, isAboveCommune } = page;
  const kind = kindOf(title);
  const params = filterParams(filter);
  if (isAboveCommune) params.set("xem", "danh-sach");
  const [first, last] = [list.rows[0], list.rows.at(-1)];
  // Hamlets are changed on pages of their own.
  const canPick = page.canWrite && !isAboveCommune && title !== "COMMUNITY" && list.rows.length > 0;
  const counted = `${formatCount(count.count)} ${kind.nounVi}`;

  return (
    <>
      {page.narrowedTo && (
        <p className="mb-3 flex flex-wrap items-center gap-3 text-sm">
          <span>
            Chỉ gồm {kind.nounVi} thuộc {page.narrowedTo}.
          </span>
          <LinkButton size="small" href={`/so-theo-doi?${resetOf(page)}`}>
            Bỏ bộ lọc
          </LinkButton>
        </p>
      )}
      {canPick ? (
        <BulkPick
          list={params.toString()}
          noun={kind.nounVi}
          all={count.isExact ? count.count : undefined}
          duplicatesHref={`/so-theo-doi/gop?don-vi=${scope.unit.id}&nam=${scope.year}&mo-hinh=${TITLE_SLUGS[title]}`}
        >
          <SubjectTable title={title} year={scope.year} rows={list.rows} isPickable />
        </BulkPick>
      ) : (
        <SubjectTable
          title={title}
          year={scope.year}
          rows={list.rows}
          isAboveCommune={isAboveCommune}
          empty={<EmptyList page={page} />}
        />
      )}
      <Pagination
        previousHref={list.hasPrevious && first ? `/so-theo-doi?${params}&truoc=${first.id}` : null}
        nextHref={list.hasNext && last ? `/so-theo-doi?${params}&sau=${last.id}` : null}
        summary={
          list.rows.length > 0
            ? `Trang này ${list.rows.length} trong ${count.isExact ? counted : `hơn ${counted}`}`
            : undefined
        }
      />
      <ExportLinks
        href={`/so-theo-doi/xuat?${params}`}
        count={count.isExact ? count.count : undefined}
        noun={kind.nounVi}
      />
      {scope.unit.level === "COMMUNE" && list.rows.length > 0 && (
        <p className="mt-3 text-sm print:hidden">
          <a
            className="link"
            href={`/ho-so/danh-sach?don-vi=${scope.unit.id}&nam=${scope.year}&mo-hinh=${TITLE_SLUGS[title]}`}
          >
            Danh sách đề nghị công nhận {TITLES[title].nameVi} năm {scope.year}
          </a>
        </p>
      )}
    </>
  );
}

function resetOf({ filter }: RegistryPage): URLSearchParams {
  const { unitId, year, title } = filter;

  return filterParams({ unitId, year, title, sort: "name" });
}

function EmptyList({ page }: Readonly<{ page: RegistryPage }>) {
  const { scope, title, canWrite, filter } = page;
  const kind = kindOf(title);
  if (isNarrowed(filter)) {
    return (
      <EmptyState
        title={`Không có ${kind.nounVi} nào theo bộ lọc này`}
        action={<LinkButton href={`/so-theo-doi?${resetOf(page)}`}>Bỏ bộ lọc</LinkButton>}
      />
    );
  }

  return (
    <EmptyState
      title={`Chưa có ${kind.nounVi} nào trong sổ năm ${scope.year}`}
      action={
        canWrite && (
          <LinkButton
            variant="primary"
            href={`/so-theo-doi/moi?loai=${kind.entrySlug}&don-vi=${scope.unit.id}&nam=${scope.year}`}
          >
            {kind.addLabel}
          </LinkButton>
        )
      }
    >
      Mỗi dòng ở đây là một {kind.nounVi}, với tình trạng và điểm của năm {scope.year}.
    </EmptyState>
  );
}
