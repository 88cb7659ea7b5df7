import type { Metadata } from "next";
import { SectionCard } from "@/components/layout/section-card";
import { Contradictions } from "@/features/figures/components/contradictions";
import { EnteredTable } from "@/features/figures/components/entered-table";
import { FigureForm } from "@/features/figures/components/figure-form";
import { FigurePlaceHeader } from "@/features/figures/components/place-header";
import { loadFigureForm } from "@/features/figures/loaders";
import type { SearchParams } from "@/features/user/page-scope";

export const metadata: Metadata = { title: "Số chính thức" };

export default async function FigurePage({ searchParams }: Readonly<{ searchParams: SearchParams }>) {
  const data = await loadFigureForm(searchParams);
  const { scope, year, rows, register } = data;
  const { unit } = scope;

  return (
    <>
      <FigurePlaceHeader
        place={data}
        current=""
        state="Tổng số do thống kê công bố được dùng làm mẫu số thay cho số đếm trong sổ theo dõi."
      />
      <Contradictions contradictions={data.contradictions} />
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
            <EnteredTable rows={rows} unitId={unit.id} year={year} />
          </SectionCard>
        )}
      </div>
    </>
  );
}
