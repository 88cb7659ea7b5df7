import type { Metadata } from "next";
import { Tabs } from "@/components/data/tabs";
import { EmptyState } from "@/components/feedback/empty-state";
import { SectionCard } from "@/components/layout/section-card";
import { Contradictions } from "@/features/figures/components/contradictions";
import { FigureGrid } from "@/features/figures/components/figure-grid";
import { FigurePlaceHeader } from "@/features/figures/components/place-header";
import { GRID_SET_NAMES, GRID_SETS } from "@/features/figures/constants";
import { loadFigureGrid } from "@/features/figures/loaders";
import { gridUnits } from "@/features/figures/utils";
import { inSentence } from "@/features/territory/utils";
import type { SearchParams } from "@/features/user/page-scope";
import { formatCount } from "@/lib/format/number";

export const metadata: Metadata = { title: "Số chính thức từng nơi" };

export default async function FigureGridPage({ searchParams }: Readonly<{ searchParams: SearchParams }>) {
  const data = await loadFigureGrid(searchParams);
  const { scope, year, children, fields, set } = data;
  const { unit } = scope;
  const partsLabel = children[0]?.level === "HAMLET" ? "Thôn, tổ dân phố" : "Đơn vị";
  const [parent, ...units] = gridUnits([unit, ...children], fields, data.rows, data.counted);

  return (
    <>
      <FigurePlaceHeader
        place={data}
        current="/tung-noi"
        state={`${formatCount(children.length)} nơi thuộc ${inSentence(unit.name)}, năm ${year}. Dưới mỗi ô là số đếm trong sổ theo dõi.`}
      />
      {children.length === 0 || !parent ? (
        <EmptyState title="Chưa có nơi nào bên dưới">
          Khi đơn vị có thôn, tổ dân phố, số liệu từng nơi được nhập ở đây.
        </EmptyState>
      ) : (
        <>
          <Contradictions contradictions={data.contradictions} />
          <SectionCard title={`Số liệu từng nơi năm ${year}`}>
            <Tabs
              label="Nhóm số liệu"
              items={GRID_SETS.map((one) => ({
                href: `/bang-dieu-hanh/so-chinh-thuc/tung-noi?don-vi=${unit.id}&nam=${scope.year}&nam-so-lieu=${year}&bang=${one}`,
                label: GRID_SET_NAMES[one],
                isCurrent: one === set,
              }))}
            />
            <FigureGrid
              key={`${unit.id} ${year} ${set}`}
              parent={parent}
              year={year}
              fields={fields}
              units={units}
              partsLabel={partsLabel}
            />
          </SectionCard>
        </>
      )}
    </>
  );
}
