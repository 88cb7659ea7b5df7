import type { Metadata } from "next";
import { LinkButton } from "@/components/button";
import { DataTable } from "@/components/data/data-table";
import { SectionCard } from "@/components/layout/section-card";
import { FigurePlaceHeader } from "@/features/figures/components/place-header";
import { Steps } from "@/features/figures/file/components/steps";
import { UploadForm } from "@/features/figures/file/components/upload-form";
import { BATCH_STATE_NAMES } from "@/features/figures/file/constants";
import { loadFigureFiles } from "@/features/figures/file/loaders";
import type { SearchParams } from "@/features/user/page-scope";
import { formatDateTime } from "@/lib/format/date";
import { formatCount } from "@/lib/format/number";

export const metadata: Metadata = { title: "Số chính thức bằng tệp Excel" };

export default async function FigureFilesPage({ searchParams }: Readonly<{ searchParams: SearchParams }>) {
  const data = await loadFigureFiles(searchParams);
  const { scope, year, batches, unitCount } = data;
  const { unit } = scope;

  return (
    <>
      <FigurePlaceHeader
        place={data}
        current="/tep"
        state={`Số liệu năm ${year} của ${formatCount(unitCount)} đơn vị trong một tệp.`}
      />
      <Steps current="Tệp" />
      <div className="flex flex-col gap-5">
        <SectionCard
          title="Tải mẫu về"
          note={`Mẫu có sẵn ${formatCount(unitCount)} đơn vị và các số đang có của năm ${year}.`}
        >
          <LinkButton
            href={`/bang-dieu-hanh/so-chinh-thuc/mau?don-vi=${unit.id}&nam-so-lieu=${year}`}
            prefetch={false}
          >
            Tải mẫu năm {year}
          </LinkButton>
        </SectionCard>
        <SectionCard
          title={`Gửi tệp số liệu năm ${year}`}
          note="Tệp được kiểm tra trước; số chỉ được ghi khi bấm ghi ở bước sau. Ô để trống thì giữ nguyên số đang có."
        >
          <UploadForm key={`${unit.id} ${year}`} unitId={unit.id} year={year} />
        </SectionCard>
        {batches.length > 0 && (
          <SectionCard title="Các tệp đã gửi" isFlush>
            <DataTable
              hasFrame={false}
              caption="Các tệp số liệu đã gửi"
              rows={batches}
              rowKey={(row) => row.id}
              rowHref={(row) => `/bang-dieu-hanh/so-chinh-thuc/tep/${row.id}`}
              columns={[
                {
                  key: "at",
                  header: "Gửi lúc",
                  isRowHeader: true,
                  cell: (row) => formatDateTime(row.createdAt),
                },
                { key: "by", header: "Người gửi", cell: (row) => row.createdByName ?? "–" },
                { key: "year", header: "Năm", align: "right", cell: (row) => row.year },
                { key: "source", header: "Nguồn", cell: (row) => row.source },
                { key: "cells", header: "Số khác", align: "right", cell: (row) => formatCount(row.cells) },
                { key: "bad", header: "Bị loại", align: "right", cell: (row) => formatCount(row.problems) },
                { key: "state", header: "Tình trạng", cell: (row) => BATCH_STATE_NAMES[row.state] },
              ]}
            />
          </SectionCard>
        )}
      </div>
    </>
  );
}
