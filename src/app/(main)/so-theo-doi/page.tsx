import type { Metadata } from "next";
import { LinkButton } from "@/components/button";
import { FilterBar } from "@/components/data/filter-bar";
import { Pagination } from "@/components/data/pagination";
import { Tabs } from "@/components/data/tabs";
import { EmptyState } from "@/components/feedback/empty-state";
import { PageHeader, StatLine } from "@/components/layout/page-header";
import { STATE_FILTERS, stateName } from "@/domain/recognition/recognition";
import { TITLE_SLUGS } from "@/domain/title/slug";
import { TITLES } from "@/domain/title/title";
import { ExportLinks } from "@/features/data-export/components/export-links";
import { RegistrySearch } from "@/features/registry/components/registry-search";
import { SubjectTable } from "@/features/registry/components/subject-table";
import { UnitList } from "@/features/registry/components/unit-list";
import { kindOf, REGISTRY_KINDS } from "@/features/registry/constants";
import type { RegistryPage } from "@/features/registry/loaders";
import { loadRegistry } from "@/features/registry/loaders";
import { inSentence } from "@/features/registry/utils";
import type { SearchParams } from "@/features/user/page-scope";
import { formatCount } from "@/lib/format/number";

export const metadata: Metadata = { title: "Sổ theo dõi" };

export default async function Page({ searchParams }: Readonly<{ searchParams: SearchParams }>) {
  const page = await loadRegistry(searchParams);
  const { scope, title } = page;
  const { unit, year } = scope;
  const base = `/so-theo-doi?don-vi=${unit.id}&nam=${year}`;
  const crumbs = page.above.map(({ id, name }) => ({
    label: name,
    href: `/so-theo-doi?don-vi=${id}&nam=${year}&mo-hinh=${TITLE_SLUGS[title]}`,
  }));

  return (
    <>
      <PageHeader
        title={`Sổ theo dõi ${inSentence(unit)}`}
        crumbs={crumbs.length > 0 ? [...crumbs, { label: unit.name }] : []}
        state={
          "list" in page ? <RegistryStats page={page} /> : `Năm ${year}. Chọn đơn vị để xem sổ của từng xã.`
        }
        action={
          "list" in page &&
          page.canWrite && (
            <LinkButton
              variant="primary"
              href={`/so-theo-doi/moi?loai=${kindOf(title).entrySlug}&don-vi=${unit.id}&nam=${year}`}
            >
              {kindOf(title).addLabel}
            </LinkButton>
          )
        }
      />
      <Tabs
        label="Loại đối tượng"
        items={REGISTRY_KINDS.map((kind) => ({
          href: `${base}&mo-hinh=${TITLE_SLUGS[kind.title]}`,
          label: kind.tabLabel,
          isCurrent: kind.title === title,
          ...("list" in page ? { count: page.totals[kind.title].total } : {}),
        }))}
      />
      {"list" in page ? (
        <RegistryList page={page} base={base} />
      ) : (
        <UnitList title={title} year={year} units={page.children} />
      )}
    </>
  );
}

function RegistryStats({ page }: Readonly<{ page: RegistryPage }>) {
  const { total, registered, scored, recognised } = page.totals[page.title];

  return (
    <StatLine
      items={[
        { value: total, label: TITLES[page.title].countedNounVi },
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

function RegistryList({ page, base }: Readonly<{ page: RegistryPage; base: string }>) {
  const { scope, title, hamlets, hamletId, stateSlug, count, list } = page;
  const kind = kindOf(title);
  const isByHamlet = title !== "ORGANISATION" && title !== "COMMUNITY" && scope.unit.level === "COMMUNE";
  const filtered = [
    `${base}&mo-hinh=${TITLE_SLUGS[title]}`,
    hamletId === undefined ? "" : `&thon=${hamletId}`,
    stateSlug === undefined ? "" : `&tinh-trang=${stateSlug}`,
  ].join("");
  const isFiltered = hamletId !== undefined || stateSlug !== undefined;
  const [first, last] = [list.rows[0], list.rows.at(-1)];

  return (
    <RegistrySearch
      unitId={scope.unit.id}
      title={title}
      year={scope.year}
      hamletId={hamletId}
      filters={
        <FilterBar
          action="/so-theo-doi"
          keep={{ "don-vi": String(scope.unit.id), nam: String(scope.year), "mo-hinh": TITLE_SLUGS[title] }}
          selects={[
            ...(isByHamlet
              ? [
                  {
                    name: "thon",
                    label: "Thôn, tổ dân phố",
                    value: hamletId === undefined ? "" : String(hamletId),
                    allLabel: "Tất cả thôn",
                    options: hamlets.map(({ id, name }) => ({ value: String(id), label: name })),
                  },
                ]
              : []),
            {
              name: "tinh-trang",
              label: `Tình trạng năm ${scope.year}`,
              value: stateSlug ?? "",
              allLabel: "Mọi tình trạng",
              options: STATE_FILTERS.map(({ slug, state, isComplete }) => ({
                value: slug,
                label: stateName(state, isComplete),
              })),
            },
          ]}
        />
      }
    >
      <SubjectTable
        title={title}
        year={scope.year}
        rows={list.rows}
        empty={
          <EmptyList
            page={page}
            isFiltered={isFiltered}
            resetHref={`${base}&mo-hinh=${TITLE_SLUGS[title]}`}
          />
        }
      />
      <Pagination
        previousHref={list.hasPrevious && first ? `${filtered}&truoc=${first.id}` : null}
        nextHref={list.hasNext && last ? `${filtered}&sau=${last.id}` : null}
        summary={
          list.rows.length > 0
            ? `Trang này ${list.rows.length} trong ${formatCount(count)} ${kind.nounVi}`
            : undefined
        }
      />
      <ExportLinks
        href={filtered.replace("/so-theo-doi?", "/so-theo-doi/xuat?")}
        count={count}
        noun={kind.nounVi}
      />
    </RegistrySearch>
  );
}

function EmptyList({
  page,
  isFiltered,
  resetHref,
}: Readonly<{ page: RegistryPage; isFiltered: boolean; resetHref: string }>) {
  const { scope, title, canWrite } = page;
  const kind = kindOf(title);
  if (isFiltered) {
    return (
      <EmptyState
        title={`Không có ${kind.nounVi} nào theo bộ lọc này`}
        action={<LinkButton href={resetHref}>Bỏ bộ lọc</LinkButton>}
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
