import type { Metadata } from "next";
import { FilterBar } from "@/components/data/filter-bar";
import { Pagination } from "@/components/data/pagination";
import { Tabs } from "@/components/data/tabs";
import { PageHeader, StatLine } from "@/components/layout/page-header";
import { TITLE_SLUGS } from "@/domain/title/slug";
import { TITLE_CODES, TITLES } from "@/domain/title/title";
import { ReviewQueueTable } from "@/features/review/components/review-queue-table";
import { loadReviewQueue } from "@/features/review/loaders";
import type { SearchParams } from "@/features/user/page-scope";
import { formatCount } from "@/lib/format/number";

export const metadata: Metadata = { title: "Thẩm định" };

export default async function ReviewPage({ searchParams }: Readonly<{ searchParams: SearchParams }>) {
  const { year, isOpen, title, work, queue } = await loadReviewQueue(searchParams);
  const own = work.find((one) => one.year === year) ?? { dossiers: 0, open: 0, waiting: 0 };
  const others = work.filter((one) => one.year !== year && one.waiting > 0);
  const href = (to: { isOpen: boolean; after?: string }) => {
    const query = new URLSearchParams({ nam: String(year) });
    if (!to.isOpen) query.set("tinh-trang", "tat-ca");
    if (title) query.set("mo-hinh", TITLE_SLUGS[title]);
    if (to.after) query.set("sau", to.after);

    return `/tham-dinh?${query}`;
  };

  return (
    <>
      <PageHeader
        title={`Thẩm định năm ${year}`}
        state={
          <StatLine
            items={[
              { value: own.waiting, label: "mục chờ thẩm định" },
              { value: own.open, label: "hồ sơ cần xử lý" },
              { value: own.dossiers, label: "hồ sơ đã nhận" },
            ]}
          />
        }
      >
        {others.length > 0 && (
          <p className="text-sm">
            Năm khác còn việc:{" "}
            {others.map((one, index) => (
              <span key={one.year}>
                {index > 0 && " · "}
                <a className="link" href={`/tham-dinh?nam=${one.year}`}>
                  năm {one.year}: {formatCount(one.waiting)} mục chờ
                </a>
              </span>
            ))}
          </p>
        )}
      </PageHeader>
      <Tabs
        label="Việc"
        items={[
          { href: href({ isOpen: true }), label: "Cần xử lý", count: own.open, isCurrent: isOpen },
          { href: href({ isOpen: false }), label: "Tất cả", count: own.dossiers, isCurrent: !isOpen },
        ]}
      />
      <FilterBar
        action="/tham-dinh"
        keep={{ nam: String(year), ...(!isOpen && { "tinh-trang": "tat-ca" }) }}
        selects={[
          {
            name: "mo-hinh",
            label: "Mô hình",
            value: title ? TITLE_SLUGS[title] : "",
            options: TITLE_CODES.map((code) => ({ value: TITLE_SLUGS[code], label: TITLES[code].nameVi })),
          },
        ]}
      />
      <ReviewQueueTable rows={queue.rows} year={year} isOpen={isOpen} />
      <Pagination nextHref={queue.next && href({ isOpen, after: queue.next })} />
    </>
  );
}
