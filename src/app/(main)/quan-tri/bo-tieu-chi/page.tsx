import type { Metadata } from "next";
import { StateBadge } from "@/components/data/badge";
import { DataTable } from "@/components/data/data-table";
import { PageHeader } from "@/components/layout/page-header";
import { CITIZEN_VARIANT_NAMES } from "@/domain/title/title";
import { loadCriteriaSets } from "@/features/criteria/loaders";
import { statusName, statusTone } from "@/features/criteria/status";
import { validityText } from "@/features/territory/validity";

export const metadata: Metadata = { title: "Bộ tiêu chí" };

export default async function CriteriaSetsPage() {
  const sets = await loadCriteriaSets();

  return (
    <>
      <PageHeader title="Bộ tiêu chí" state={`${sets.length} bộ. Bộ đã ban hành không sửa được nữa.`} />
      <DataTable
        caption="Các bộ tiêu chí"
        rows={sets}
        rowKey={(set) => set.id}
        rowHref={(set) => `/quan-tri/bo-tieu-chi/${set.id}`}
        columns={[
          {
            key: "name",
            header: "Tên",
            isRowHeader: true,
            cell: (set) =>
              set.variant && set.variant in CITIZEN_VARIANT_NAMES
                ? `${set.name} – ${CITIZEN_VARIANT_NAMES[set.variant as keyof typeof CITIZEN_VARIANT_NAMES]}`
                : set.name,
          },
          { key: "basis", header: "Căn cứ", cell: (set) => set.legalBasis },
          { key: "validity", header: "Hiệu lực", cell: (set) => validityText(set) },
          { key: "unit", header: "Áp dụng tại", cell: (set) => set.unitName },
          {
            key: "status",
            header: "Tình trạng",
            cell: (set) => <StateBadge tone={statusTone(set.status)}>{statusName(set.status)}</StateBadge>,
          },
        ]}
      />
    </>
  );
}
