import type { Metadata } from "next";
import { FilterBar } from "@/components/data/filter-bar";
import { Pagination } from "@/components/data/pagination";
import { PageHeader, StatLine } from "@/components/layout/page-header";
import { PUBLISHED_MODELS } from "@/domain/published/published-result";
import { PublishedTable } from "@/features/figures/published/components/published-table";
import { loadPublished } from "@/features/figures/published/loaders";
import { publishedHref } from "@/features/figures/published/utils";
import type { SearchParams } from "@/features/user/page-scope";
import { formatCount } from "@/lib/format/number";

export const metadata: Metadata = { title: "Kết quả đã công bố" };

export default async function PublishedPage({ searchParams }: Readonly<{ searchParams: SearchParams }>) {
  const { rows, total, found, page, hasNext, warned, chosen, provinces, periods, models } =
    await loadPublished(searchParams);
  const hrefOf = (to: number) => publishedHref({ ...chosen, page: to });

  return (
    <>
      <PageHeader
        title="Kết quả đã công bố"
        crumbs={[{ label: "Bảng điều hành", href: "/bang-dieu-hanh" }, { label: "Kết quả đã công bố" }]}
        state={
          <StatLine
            items={[
              { value: found, label: found === total ? "dòng" : `trong ${total} dòng` },
              { value: warned, label: "dòng cần lưu ý" },
            ]}
          />
        }
      >
        <p className="max-w-prose text-sm text-muted">
          Số của các địa phương trước khi dùng phần mềm, giữ nguyên như nguồn đã in. Tỷ lệ trên tổng số và
          trên số đăng ký được tính lại từ chính số của dòng; chỗ nào không khớp thì ghi rõ, không sửa.
        </p>
      </PageHeader>
      <FilterBar
        action="/bang-dieu-hanh/ket-qua-da-cong-bo"
        search={{ name: "noi", label: "Nơi", value: chosen.place, placeholder: "Tên tỉnh, huyện, xã" }}
        selects={[
          {
            name: "tinh",
            label: "Tỉnh",
            value: chosen.province,
            options: provinces.map((one) => ({ value: one, label: one })),
          },
          {
            name: "ky",
            label: "Thời gian",
            value: chosen.period,
            options: periods.map((one) => ({ value: one, label: one })),
          },
          {
            name: "mo-hinh",
            label: "Mô hình",
            value: chosen.model,
            options: models.map((one) => ({ value: one, label: PUBLISHED_MODELS[one].nameVi })),
          },
        ]}
      />
      <PublishedTable rows={rows} />
      <Pagination
        previousHref={page > 1 ? hrefOf(page - 1) : undefined}
        nextHref={hasNext ? hrefOf(page + 1) : undefined}
        summary={`${formatCount(rows.length)} trong ${formatCount(found)} dòng`}
      />
    </>
  );
}
