import type { Metadata } from "next";
import { DataTable } from "@/components/data/data-table";
import { FilterBar } from "@/components/data/filter-bar";
import { EmptyState } from "@/components/feedback/empty-state";
import { PageHeader } from "@/components/layout/page-header";
import { UNIT_LEVEL_NAMES } from "@/domain/territory/territory";
import { UnitHistoryView } from "@/features/territory/components/unit-history-view";
import { loadUnitHistory, loadUnitSearch } from "@/features/territory/loaders";
import { validityText } from "@/features/territory/validity";
import type { SearchParams } from "@/features/user/page-scope";
import { param } from "@/features/user/page-scope";

export const metadata: Metadata = { title: "Địa giới" };

export default async function TerritoryPage({ searchParams }: Readonly<{ searchParams: SearchParams }>) {
  const params = await searchParams;
  const text = param(params, "tim");
  const [found, history] = await Promise.all([loadUnitSearch(text), loadUnitHistory(param(params, "ma"))]);

  return (
    <>
      <PageHeader
        title="Địa giới"
        state="Đơn vị hành chính trước và từ ngày 01/7/2025, khu vực thẩm định và nơi chuyển đến."
      />
      <FilterBar
        action="/quan-tri/dia-gioi"
        search={{
          name: "tim",
          label: "Tên hoặc mã đơn vị",
          value: text,
          placeholder: "ví dụ: tan trao, 02545",
        }}
      />
      {history && <UnitHistoryView history={history} />}
      {text !== undefined && (
        <DataTable
          caption="Đơn vị tìm thấy"
          rows={found}
          rowKey={(unit) => unit.id}
          rowHref={(unit) => `/quan-tri/dia-gioi?ma=${unit.id}`}
          empty={
            <EmptyState title="Không có đơn vị nào khớp">
              Hãy thử tên không dấu, bớt chữ, hoặc mã năm chữ số.
            </EmptyState>
          }
          columns={[
            { key: "name", header: "Tên", isRowHeader: true, cell: (unit) => unit.name },
            {
              key: "level",
              header: "Cấp",
              cell: (unit) => UNIT_LEVEL_NAMES[unit.level as keyof typeof UNIT_LEVEL_NAMES] ?? unit.level,
            },
            { key: "code", header: "Mã", cell: (unit) => unit.code },
            { key: "parent", header: "Thuộc", cell: (unit) => unit.parentName ?? "–" },
            { key: "validity", header: "Thời gian", cell: (unit) => validityText(unit) },
          ]}
        />
      )}
      {text === undefined && !history && (
        <EmptyState title="Tìm một đơn vị">
          Kết quả cho biết đơn vị tên gì, thuộc đâu, từ ngày nào đến ngày nào, sáp nhập từ đâu và thành đơn vị
          nào.
        </EmptyState>
      )}
    </>
  );
}
