import type { Metadata } from "next";
import { Pagination } from "@/components/data/pagination";
import { PageHeader } from "@/components/layout/page-header";
import { SectionCard } from "@/components/layout/section-card";
import { BatchTable } from "@/features/data-import/components/batch-table";
import { DownloadLink } from "@/features/data-import/components/download-link";
import { UploadPanel } from "@/features/data-import/components/upload-panel";
import { loadImports } from "@/features/data-import/loaders";
import { inSentence } from "@/features/territory/utils";
import type { SearchParams } from "@/features/user/page-scope";

export const metadata: Metadata = { title: "Nhập từ Excel" };

export default async function Page({ searchParams }: Readonly<{ searchParams: SearchParams }>) {
  const { scope, batches, next } = await loadImports(searchParams);
  const { unit, year } = scope;
  const template = `/nhap-lieu/mau?don-vi=${unit.id}`;

  return (
    <>
      <PageHeader
        title={`Nhập từ Excel vào sổ ${inSentence(unit.name)}`}
        crumbs={[
          { label: "Sổ theo dõi", href: `/so-theo-doi?don-vi=${unit.id}&nam=${year}` },
          { label: "Nhập từ Excel" },
        ]}
        state="Tệp được đọc và kiểm tra trước; chỉ ghi vào sổ khi anh/chị đã xem kết quả và bấm ghi."
      />
      <div className="mb-5 grid gap-4 lg:grid-cols-2">
        <SectionCard
          title="Xã đã có danh sách"
          note="Gửi thẳng tệp đang dùng, không cần chép lại: tiêu đề, thứ tự cột thế nào cũng được."
        >
          <UploadPanel communeId={unit.id} />
        </SectionCard>
        <SectionCard
          title="Lập danh sách mới hoặc sửa nhiều mục"
          note="Tải mẫu về, điền trong Excel rồi gửi lên ở mục “Xã đã có danh sách”."
        >
          <div className="flex flex-col gap-4">
            <div>
              <DownloadLink href={template}>Tải mẫu trống</DownloadLink>
              <p className="mt-1 text-sm text-muted">
                Dùng khi chưa có danh sách: có sẵn cột, danh sách thôn và các lựa chọn để chọn.
              </p>
            </div>
            <div>
              <DownloadLink href={`${template}&kem=du-lieu`}>Tải mẫu kèm dữ liệu đang có</DownloadLink>
              <p className="mt-1 text-sm text-muted">
                Dùng khi muốn sửa nhiều mục một lúc: mỗi dòng mang mã của mục nên gửi lên lại là sửa đúng mục
                ấy.
              </p>
            </div>
          </div>
        </SectionCard>
      </div>
      <BatchTable rows={batches} />
      <Pagination nextHref={next === null ? null : `/nhap-lieu?don-vi=${unit.id}&sau=${next}`} />
    </>
  );
}
