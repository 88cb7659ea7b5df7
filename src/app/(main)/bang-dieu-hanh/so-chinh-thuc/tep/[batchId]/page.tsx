import type { Metadata } from "next";
import { PageHeader } from "@/components/layout/page-header";
import { BatchView } from "@/features/figures/file/components/batch-view";
import { Steps } from "@/features/figures/file/components/steps";
import { loadFigureBatch } from "@/features/figures/file/loaders";
import { formatDate, formatDateTime } from "@/lib/format/date";

export const metadata: Metadata = { title: "Kiểm tra tệp số liệu" };

export default async function FigureBatchPage({
  params,
}: Readonly<{ params: Promise<{ batchId: string }> }>) {
  const { batch, createdByName, unitNames } = await loadFigureBatch(params);
  const uploadHref = `/bang-dieu-hanh/so-chinh-thuc/tep?don-vi=${batch.unitId}&nam-so-lieu=${batch.year}`;

  return (
    <>
      <PageHeader
        title={`Tệp số liệu năm ${batch.year}: ${batch.unitName}`}
        crumbs={[
          { label: "Bảng điều hành", href: `/bang-dieu-hanh?don-vi=${batch.unitId}` },
          { label: "Số chính thức", href: uploadHref },
          { label: "Kiểm tra tệp" },
        ]}
        state={`${createdByName ?? "Tài khoản không còn hiện tên"} gửi lúc ${formatDateTime(batch.createdAt)} · nguồn: ${batch.source}, ngày ${formatDate(batch.datedOn)}`}
      />
      <Steps current={batch.state === "CHECKED" ? "Kiểm tra" : "Ghi"} />
      <BatchView batch={batch} unitNames={unitNames} uploadHref={uploadHref} />
    </>
  );
}
