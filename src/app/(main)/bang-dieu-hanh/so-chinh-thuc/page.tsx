import type { Metadata } from "next";
import { DataTable } from "@/components/data/data-table";
import { ParamSelect } from "@/components/data/param-select";
import { PageHeader } from "@/components/layout/page-header";
import { SectionCard } from "@/components/layout/section-card";
import { FigureForm } from "@/features/figures/components/figure-form";
import { FIGURE_FIELDS } from "@/features/figures/constants";
import { loadFigureForm } from "@/features/figures/loaders";
import type { SearchParams } from "@/features/user/page-scope";
import { formatDateTime } from "@/lib/format/date";
import { formatCount } from "@/lib/format/number";

export const metadata: Metadata = { title: "Số chính thức" };

export default async function FigurePage({ searchParams }: Readonly<{ searchParams: SearchParams }>) {
  const { scope, year, years, rows, register } = await loadFigureForm(searchParams);
  const { unit } = scope;

  return (
    <>
      <PageHeader
        title={`Số chính thức: ${unit.name}`}
        crumbs={[
          { label: "Bảng điều hành", href: `/bang-dieu-hanh?don-vi=${unit.id}&nam=${scope.year}` },
          { label: "Số chính thức" },
        ]}
        state="Tổng số do thống kê công bố được dùng làm mẫu số thay cho số đếm trong sổ theo dõi."
        action={
          <ParamSelect
            label="Số liệu năm"
            param="nam-so-lieu"
            value={String(year)}
            options={years.map((one) => ({ value: String(one), label: String(one) }))}
          />
        }
      />
      <div className="flex flex-col gap-5">
        <SectionCard title={`Số liệu năm ${year}`}>
          <FigureForm
            key={`${unit.id} ${year}`}
            unitId={unit.id}
            year={year}
            known={rows}
            register={register}
          />
        </SectionCard>
        {rows.length > 0 && (
          <SectionCard title="Đã nhập những gì, từ đâu?" isFlush>
            <DataTable
              hasFrame={false}
              caption={`Số đã nhập cho năm ${year}`}
              rows={rows}
              rowKey={(row) => row.key}
              columns={[
                { key: "name", header: "Số liệu", isRowHeader: true, cell: (row) => labelOf(row.key) },
                {
                  key: "value",
                  header: "Giá trị",
                  align: "right",
                  cell: (row) => (row.value === null ? "đã rút" : formatCount(row.value)),
                },
                { key: "source", header: "Nguồn", cell: (row) => row.source },
                { key: "by", header: "Người nhập", cell: (row) => row.enteredByName ?? "–" },
                { key: "at", header: "Lúc", cell: (row) => formatDateTime(row.enteredAt) },
              ]}
            />
          </SectionCard>
        )}
      </div>
    </>
  );
}

function labelOf(key: string): string {
  return FIGURE_FIELDS.find((field) => field.key === key)?.label ?? key;
}
