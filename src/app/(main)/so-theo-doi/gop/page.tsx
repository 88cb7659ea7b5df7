import type { Metadata, Route } from "next";
import Link from "next/link";
import { Pagination } from "@/components/data/pagination";
import { Tabs } from "@/components/data/tabs";
import { EmptyState } from "@/components/feedback/empty-state";
import { PageHeader } from "@/components/layout/page-header";
import { SectionCard } from "@/components/layout/section-card";
import { TITLE_SLUGS } from "@/domain/title/slug";
import { DistinctPairs } from "@/features/registry/components/distinct-pairs";
import { LikelyPairs } from "@/features/registry/components/likely-pairs";
import { MergeCompare } from "@/features/registry/components/merge-compare";
import { MergePicker } from "@/features/registry/components/merge-picker";
import { kindOf } from "@/features/registry/constants";
import type { ChoosePage, DistinctPage, PairsPage } from "@/features/registry/loaders/merge";
import { loadMerge, MERGEABLE } from "@/features/registry/loaders/merge";
import { inSentence } from "@/features/territory/utils";
import type { SearchParams } from "@/features/user/page-scope";
import { formatCount } from "@/lib/format/number";

export const metadata: Metadata = { title: "Gộp mục trùng" };

export default async function Page({ searchParams }: Readonly<{ searchParams: SearchParams }>) {
  const page = await loadMerge(searchParams);
  if (page.step === "list") return <Pairs page={page} />;
  if (page.step === "distinct") return <Distinct page={page} />;
  if (page.step === "choose") return <Choose page={page} />;
  const { keep, drop } = page;

  return (
    <>
      <PageHeader
        title={keep.name === drop.name ? `Gộp hai mục ${keep.name}` : `Gộp ${drop.name} vào ${keep.name}`}
        crumbs={[
          { label: "Sổ theo dõi", href: `/so-theo-doi?mo-hinh=${TITLE_SLUGS[keep.title]}` },
          { label: keep.name, href: `/so-theo-doi/${keep.id}` },
          { label: "Gộp với mục trùng", href: `/so-theo-doi/gop?muc=${keep.id}` },
          { label: "So sánh" },
        ]}
        state={`${kindOf(keep.title).tabLabel} · ${keep.unit.name}${drop.unitId === keep.unitId ? "" : ` và ${drop.unit.name}`}`}
      />
      <MergeCompare page={page} />
    </>
  );
}

function Pairs({ page }: Readonly<{ page: PairsPage }>) {
  const { scope, title, counts, rows, next } = page;
  const base = `/so-theo-doi/gop?don-vi=${scope.unit.id}&nam=${scope.year}`;
  const { nounVi } = kindOf(title);

  return (
    <>
      <PageHeader
        title={`Mục có thể trùng ở ${inSentence(scope.unit.name)}`}
        crumbs={[
          {
            label: `Sổ theo dõi ${inSentence(scope.unit.name)}`,
            href: `/so-theo-doi?don-vi=${scope.unit.id}&nam=${scope.year}&mo-hinh=${TITLE_SLUGS[title]}`,
          },
          { label: "Có thể trùng" },
        ]}
        state={`${formatCount(counts.get(title) ?? 0)} cặp ${nounVi} cùng tên; người thì sinh cách nhau không quá một năm.`}
      />
      <Tabs
        label="Loại đối tượng"
        items={MERGEABLE.map((one) => ({
          href: `${base}&mo-hinh=${TITLE_SLUGS[one]}`,
          label: kindOf(one).tabLabel,
          isCurrent: one === title,
          count: counts.get(one) ?? 0,
        }))}
      />
      <LikelyPairs
        title={title}
        rows={rows}
        empty={
          <EmptyState title={`Không có ${nounVi} nào trùng tên`}>
            Hai mục cùng tên (không kể dấu và chữ hoa) sẽ hiện ở đây để so sánh và gộp lại.
          </EmptyState>
        }
      />
      <Pagination
        nextHref={next ? `${base}&mo-hinh=${TITLE_SLUGS[title]}&sau=${next}` : null}
        summary={rows.length > 0 ? `Trang này ${formatCount(rows.length)} cặp` : undefined}
      />
      {page.distinct > 0 && (
        <p className="mt-4 text-sm">
          <Link
            href={`${base}&mo-hinh=${TITLE_SLUGS[title]}&xem=khong-trung` as Route}
            className="link inline-block max-md:py-1.5"
          >
            Xem {formatCount(page.distinct)} cặp đã đánh dấu không phải trùng
          </Link>
        </p>
      )}
    </>
  );
}

function Distinct({ page }: Readonly<{ page: DistinctPage }>) {
  const { scope, title, rows, count, next } = page;
  const base = `/so-theo-doi/gop?don-vi=${scope.unit.id}&nam=${scope.year}&mo-hinh=${TITLE_SLUGS[title]}`;
  const { nounVi } = kindOf(title);

  return (
    <>
      <PageHeader
        title="Cặp đã đánh dấu không phải trùng"
        crumbs={[
          {
            label: `Sổ theo dõi ${inSentence(scope.unit.name)}`,
            href: `/so-theo-doi?don-vi=${scope.unit.id}&nam=${scope.year}&mo-hinh=${TITLE_SLUGS[title]}`,
          },
          { label: "Có thể trùng", href: base },
          { label: "Không phải trùng" },
        ]}
        state={`${formatCount(count)} cặp ${nounVi}; không hiện lại trong danh sách có thể trùng cho tới khi bỏ đánh dấu.`}
      />
      <DistinctPairs
        title={title}
        rows={rows}
        empty={
          <EmptyState title={`Chưa có cặp ${nounVi} nào được đánh dấu`}>
            Cặp có thể trùng mà là hai mục khác nhau thì bấm “Không phải trùng” để cất khỏi danh sách.
          </EmptyState>
        }
      />
      <Pagination
        nextHref={next ? `${base}&xem=khong-trung&sau=${next}` : null}
        summary={rows.length > 0 ? `Trang này ${formatCount(rows.length)} cặp` : undefined}
      />
    </>
  );
}

function Choose({ page }: Readonly<{ page: ChoosePage }>) {
  const { entry, rows, communeId, year } = page;

  return (
    <>
      <PageHeader
        title={`Gộp ${entry.name} với mục trùng`}
        crumbs={[
          { label: "Sổ theo dõi", href: `/so-theo-doi?mo-hinh=${TITLE_SLUGS[entry.title]}` },
          { label: entry.name, href: `/so-theo-doi/${entry.id}` },
          { label: "Gộp với mục trùng" },
        ]}
        state={`${kindOf(entry.title).tabLabel} · ${entry.unit.name}`}
      />
      <div className="flex flex-col gap-5">
        <SectionCard title="Mục nào có thể trùng?" isFlush>
          <LikelyPairs
            title={entry.title}
            rows={rows}
            empty={
              <EmptyState title="Không có mục nào cùng tên trong xã">
                Nếu mục trùng ghi tên khác, hãy tìm ở dưới.
              </EmptyState>
            }
          />
        </SectionCard>
        <SectionCard title="Trùng với mục khác tên?">
          <MergePicker subjectId={entry.id} title={entry.title} unitId={communeId} year={year} />
        </SectionCard>
      </div>
    </>
  );
}
