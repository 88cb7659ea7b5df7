import type { Metadata } from "next";
import { Tabs } from "@/components/data/tabs";
import { EmptyState } from "@/components/feedback/empty-state";
import { PageHeader } from "@/components/layout/page-header";
import { PrintButton } from "@/components/print/print-button";
import { TITLE_SLUGS } from "@/domain/title/slug";
import { TITLES } from "@/domain/title/title";
import { ExportLinks } from "@/features/data-export/components/export-links";
import { OfficialPaper } from "@/features/data-export/components/official-paper";
import { loadOfficialList } from "@/features/data-export/loaders";
import type { SearchParams } from "@/features/user/page-scope";
import { formatCount } from "@/lib/format/number";

export const metadata: Metadata = { title: "Danh sách đề nghị công nhận" };

export default async function OfficialListPage({ searchParams }: Readonly<{ searchParams: SearchParams }>) {
  const { scope, list, counts } = await loadOfficialList(searchParams);
  const { nameVi, countedNounVi } = TITLES[list.title];
  const query = `don-vi=${scope.unit.id}&nam=${scope.year}&mo-hinh=${TITLE_SLUGS[list.title]}`;
  const gom = list.scope === "SENT" ? "da-nop" : "du-dieu-kien";

  return (
    <>
      <div className="print:hidden">
        <PageHeader
          title={`Danh sách đề nghị công nhận ${nameVi} năm ${list.year}`}
          crumbs={[
            { label: `Hồ sơ năm ${list.year}`, href: `/ho-so?don-vi=${scope.unit.id}&nam=${scope.year}` },
            { label: "Danh sách đề nghị" },
          ]}
          state={`${scope.unit.name}, ${formatCount(list.entries.length)} ${countedNounVi}. In ra giấy A4 để ký, đóng dấu.`}
          action={list.entries.length > 0 && <PrintButton label="In danh sách" />}
        />
        <Tabs
          label="Gồm những ai"
          items={[
            {
              href: `/ho-so/danh-sach?${query}&gom=du-dieu-kien`,
              label: "Đủ điều kiện",
              count: counts.READY,
              isCurrent: list.scope === "READY",
            },
            {
              href: `/ho-so/danh-sach?${query}&gom=da-nop`,
              label: "Đã nộp",
              count: counts.SENT,
              isCurrent: list.scope === "SENT",
            },
          ]}
        />
      </div>
      {list.entries.length > 0 ? (
        <>
          <div className="mb-4 print:hidden">
            <ExportLinks
              href={`/ho-so/danh-sach/xuat?${query}&gom=${gom}`}
              count={list.entries.length}
              noun={countedNounVi}
              hasCsv={false}
            />
          </div>
          <OfficialPaper list={list} />
        </>
      ) : (
        <EmptyState
          title={
            list.scope === "SENT"
              ? `Chưa nộp ${countedNounVi} nào của năm ${list.year}`
              : `Chưa có ${countedNounVi} nào đủ điều kiện đề nghị năm ${list.year}`
          }
        >
          Danh sách gồm những mục đã chấm đủ tiêu chí và đạt ngưỡng công nhận.
        </EmptyState>
      )}
    </>
  );
}
