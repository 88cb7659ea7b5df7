import type { Metadata, Route } from "next";
import Link from "next/link";
import { LinkButton } from "@/components/button";
import { EmptyState } from "@/components/feedback/empty-state";
import { SectionCard } from "@/components/layout/section-card";
import { FigurePlaceHeader } from "@/features/figures/components/place-header";
import { SourceHistory } from "@/features/figures/components/source-history";
import { loadFigureSources } from "@/features/figures/loaders";
import { byKey, sourcesHref } from "@/features/figures/utils";
import { inSentence } from "@/features/territory/utils";
import type { SearchParams } from "@/features/user/page-scope";
import { formatCount } from "@/lib/format/number";

export const metadata: Metadata = { title: "Nguồn số liệu" };

export default async function FigureSourcesPage({ searchParams }: Readonly<{ searchParams: SearchParams }>) {
  const data = await loadFigureSources(searchParams);
  const { scope, year, versions, below, figures, canEnter } = data;
  const { unit } = scope;
  const histories = byKey(versions);

  return (
    <>
      <FigurePlaceHeader
        place={data}
        current={null}
        title="Nguồn số liệu"
        state={`Số nhập năm ${year}: từ văn bản nào, ngày nào, ai nhập, đã sửa ra sao.`}
      />
      <div className="flex flex-col gap-5">
        {histories.length === 0 && (
          <EmptyState
            title={`Chưa có số nào nhập cho ${inSentence(unit.name)} năm ${year}`}
            action={
              canEnter ? (
                <LinkButton
                  href={`/bang-dieu-hanh/so-chinh-thuc?don-vi=${unit.id}&nam=${scope.year}&nam-so-lieu=${year}`}
                >
                  Nhập số chính thức năm {year}
                </LinkButton>
              ) : undefined
            }
          >
            {figures.isCounted
              ? "Số trên bảng điều hành được đếm từ sổ theo dõi và hồ sơ."
              : "Năm này cũng chưa có số đếm trong sổ theo dõi."}
          </EmptyState>
        )}
        {histories.map((one) => (
          <SourceHistory key={one[0]?.key} versions={one} />
        ))}
        {below.length > 0 && (
          <SectionCard
            title="Đơn vị bên dưới có số nhập riêng"
            note="Nơi nào đơn vị cấp trên không có số riêng thì các số này được cộng lên."
          >
            <ul className="grid gap-x-6 gap-y-1 text-sm sm:grid-cols-2 lg:grid-cols-3">
              {below.map((one) => (
                <li key={one.id}>
                  <Link
                    href={`${sourcesHref({ unitId: one.id, year })}&nam=${scope.year}` as Route}
                    className="link inline-block max-md:py-1.5"
                  >
                    {one.name}
                  </Link>{" "}
                  <span className="text-muted">{formatCount(one.figures)} số</span>
                </li>
              ))}
            </ul>
          </SectionCard>
        )}
      </div>
    </>
  );
}
