import type { Metadata } from "next";
import { LinkButton } from "@/components/button";
import { FilterBar } from "@/components/data/filter-bar";
import { Pagination } from "@/components/data/pagination";
import { Tabs } from "@/components/data/tabs";
import { Banner } from "@/components/feedback/banner";
import { PageHeader, StatLine } from "@/components/layout/page-header";
import { SectionCard } from "@/components/layout/section-card";
import { stateName } from "@/domain/recognition/recognition";
import { TITLE_SLUGS } from "@/domain/title/slug";
import { TITLES } from "@/domain/title/title";
import { ExportLinks } from "@/features/data-export/components/export-links";
import { EntryTable } from "@/features/dossier/components/entry-table";
import type { DossierPageData } from "@/features/dossier/loaders";
import { loadDossier } from "@/features/dossier/loaders";
import type { StateSlug } from "@/features/dossier/utils";
import { STATE_SLUGS } from "@/features/dossier/utils";
import { DecisionList } from "@/features/recognition/components/decision-list";
import { inSentence } from "@/features/territory/utils";
import type { SearchParams } from "@/features/user/page-scope";
import { param } from "@/features/user/page-scope";
import { formatDate } from "@/lib/format/date";
import { formatCount } from "@/lib/format/number";

export const metadata: Metadata = { title: "Các mục trong hồ sơ" };

type Props = Readonly<{ params: Promise<{ dossierId: string }>; searchParams: SearchParams }>;

export default async function DossierPage({ params, searchParams }: Props) {
  const data = await loadDossier((await params).dossierId, searchParams);
  const { dossier, counts, decisions, maySubmit, entries } = data;
  const { nameVi, countedNounVi } = TITLES[dossier.title];
  const query = await searchParams;
  const sent = Number(param(query, "so"));
  const scope = `don-vi=${dossier.communeId}&nam=${dossier.year}`;

  return (
    <>
      <PageHeader
        title={`${nameVi} năm ${dossier.year} của ${inSentence(dossier.communeName)}`}
        crumbs={[{ label: `Hồ sơ năm ${dossier.year}`, href: `/ho-so?${scope}` }, { label: nameVi }]}
        state={
          <StatLine
            items={[
              { value: counts.SUBMITTED, label: "chờ thẩm định" },
              { value: counts.RETURNED, label: "bị trả lại", isStrong: counts.RETURNED > 0 },
              { value: counts.APPROVED, label: "đã duyệt" },
              { value: counts.RECOGNISED, label: "đã công nhận" },
            ]}
          />
        }
        action={
          data.mayReview ? (
            <LinkButton href={`/tham-dinh/${dossier.id}`} variant="primary">
              Mở bàn thẩm định
            </LinkButton>
          ) : (
            maySubmit && (
              <LinkButton href={`/ho-so/nop?${scope}&mo-hinh=${TITLE_SLUGS[dossier.title]}`}>
                Nộp thêm, nộp lại…
              </LinkButton>
            )
          )
        }
      >
        <p className="text-sm text-muted print:hidden">
          <a
            className="link"
            href={`/ho-so/danh-sach?${scope}&mo-hinh=${TITLE_SLUGS[dossier.title]}&gom=da-nop`}
          >
            Danh sách đề nghị công nhận (in, Excel)
          </a>
        </p>
        <p className="text-sm text-muted">
          Nộp lần đầu {formatDate(dossier.submittedAt)} · {dossier.reviewerName} thẩm định, hạn{" "}
          {formatDate(dossier.reviewBy)}
        </p>
      </PageHeader>
      {param(query, "vua") === "nop" && sent > 0 && (
        <Banner tone="ok" title={`Đã nộp ${formatCount(sent)} ${countedNounVi}`}>
          {dossier.reviewerName} đã thấy hồ sơ. Mục nào bị trả lại sẽ hiện ở đây cùng lý do.
        </Banner>
      )}
      {maySubmit && counts.RETURNED > 0 && (
        <Banner tone="warn" title={`${formatCount(counts.RETURNED)} mục bị trả lại đang chờ bổ sung`}>
          Xem lý do, sửa phiếu hoặc thêm minh chứng, rồi nộp lại.{" "}
          <a className="link" href={`/ho-so/${dossier.id}?tinh-trang=tra-lai`}>
            Xem các mục trả lại
          </a>
        </Banner>
      )}
      <Filters data={data} />
      <EntryTable dossier={dossier} rows={entries.rows} maySubmit={maySubmit} />
      <Pagination
        nextHref={entries.next && hrefOf(data, { state: data.filter.state, after: entries.next })}
      />
      <ExportLinks
        href={hrefOf(data, { state: data.filter.state }).replace(dossier.id, `${dossier.id}/xuat`)}
        count={entries.rows.length === 0 ? 0 : undefined}
        noun={countedNounVi}
      />
      {decisions.length > 0 && (
        <SectionCard title="Đã có quyết định nào?" className="mt-6" isFlush>
          <DecisionList decisions={decisions} />
        </SectionCard>
      )}
    </>
  );
}

function Filters({ data }: Readonly<{ data: DossierPageData }>) {
  const { dossier, counts, hamlets, filter } = data;
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);

  return (
    <>
      <Tabs
        label="Tình trạng"
        items={[
          { href: hrefOf(data, {}), label: "Tất cả", count: all, isCurrent: filter.state === undefined },
          ...(Object.keys(STATE_SLUGS) as StateSlug[]).map((slug) => ({
            href: hrefOf(data, { state: slug }),
            label: stateName(STATE_SLUGS[slug]),
            count: counts[STATE_SLUGS[slug]],
            isCurrent: filter.state === slug,
          })),
        ]}
      />
      {hamlets.length > 1 && (
        <FilterBar
          action={`/ho-so/${dossier.id}`}
          keep={filter.state ? { "tinh-trang": filter.state } : {}}
          selects={[
            {
              name: "thon",
              label: "Thôn, tổ dân phố",
              value: filter.hamletId === undefined ? "" : String(filter.hamletId),
              options: hamlets.map((hamlet) => ({ value: String(hamlet.id), label: hamlet.name })),
            },
          ]}
        />
      )}
    </>
  );
}

function hrefOf(data: DossierPageData, to: { state?: StateSlug; after?: string }): string {
  const query = new URLSearchParams();
  if (to.state) query.set("tinh-trang", to.state);
  if (data.filter.hamletId !== undefined) query.set("thon", String(data.filter.hamletId));
  if (to.after) query.set("sau", to.after);

  return `/ho-so/${data.dossier.id}${query.size > 0 ? `?${query}` : ""}`;
}
