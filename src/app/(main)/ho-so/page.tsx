import type { Metadata } from "next";
import { Pagination } from "@/components/data/pagination";
import { EmptyState } from "@/components/feedback/empty-state";
import { PageHeader, StatLine } from "@/components/layout/page-header";
import { SectionCard } from "@/components/layout/section-card";
import { CommuneTable } from "@/features/dossier/components/commune-table";
import { DossierTable } from "@/features/dossier/components/dossier-table";
import type { CommuneOverview } from "@/features/dossier/loaders";
import { loadOverview } from "@/features/dossier/loaders";
import type { SearchParams } from "@/features/user/page-scope";

export const metadata: Metadata = { title: "Hồ sơ" };

export default async function DossiersPage({ searchParams }: Readonly<{ searchParams: SearchParams }>) {
  const { scope, communes, dossiers } = await loadOverview(searchParams);
  const { unit, year } = scope;

  return (
    <>
      <PageHeader
        title={`Hồ sơ năm ${year}`}
        state={dossiers ? unit.name : <CommuneState communes={communes} />}
      />
      {dossiers && dossiers.rows.length > 0 && (
        <>
          <DossierTable rows={dossiers.rows} year={year} />
          <Pagination
            nextHref={dossiers.next && `/ho-so?don-vi=${unit.id}&nam=${year}&sau=${dossiers.next}`}
          />
        </>
      )}
      {dossiers?.rows.length === 0 && (
        <EmptyState title={`Chưa có hồ sơ nào năm ${year}`}>
          Hồ sơ các xã nộp lên sẽ hiện ở đây, cùng tình trạng thẩm định.
        </EmptyState>
      )}
      {!dossiers && communes.length === 0 && (
        <EmptyState title={`Năm ${year} chưa có gì để nộp`}>
          {unit.name} không có đợt bình xét nào năm {year}. Hãy chọn năm khác ở thanh trên cùng.
        </EmptyState>
      )}
      <div className="flex flex-col gap-6">
        {communes.map((commune) => (
          <SectionCard
            key={commune.id}
            title={communes.length === 1 && commune.isSelf ? "Mô hình nào đã nộp được?" : commune.name}
            note={commune.isSelf ? undefined : "Đơn vị trước sắp xếp; hồ sơ năm ấy đứng tên đơn vị này."}
            isFlush
          >
            <CommuneTable commune={commune} year={year} />
          </SectionCard>
        ))}
      </div>
    </>
  );
}

function CommuneState({ communes }: Readonly<{ communes: readonly CommuneOverview[] }>) {
  const lines = communes.flatMap((commune) => commune.lines);
  const sum = (pick: (line: (typeof lines)[number]) => number) =>
    lines.reduce((total, line) => total + pick(line), 0);
  const returned = sum((line) => line.returned);

  return (
    <StatLine
      items={[
        {
          value: sum((line) => line.ready),
          label: "đủ điều kiện, chưa nộp",
          ...(lines.length > 1 ? { prefix: "Cả các mô hình:" } : {}),
        },
        { value: sum((line) => line.submitted), label: "chờ thẩm định" },
        { value: returned, label: "bị trả lại", isStrong: returned > 0 },
        { value: sum((line) => line.approved), label: "đã duyệt" },
        { value: sum((line) => line.recognised), label: "đã công nhận" },
      ]}
    />
  );
}
