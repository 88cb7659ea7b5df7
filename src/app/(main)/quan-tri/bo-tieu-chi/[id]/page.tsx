import type { Metadata } from "next";
import { Badge } from "@/components/data/badge";
import { DataTable } from "@/components/data/data-table";
import { Banner } from "@/components/feedback/banner";
import { PageHeader } from "@/components/layout/page-header";
import { listItems } from "@/domain/criteria/criteria-set";
import { answerText, PROVENANCE_NAMES } from "@/features/criteria/describe";
import { loadCriteriaSet } from "@/features/criteria/loaders";
import { statusName } from "@/features/criteria/status";
import { validityText } from "@/features/territory/validity";
import { formatNumber } from "@/lib/format/number";

export const metadata: Metadata = { title: "Các tiêu chí của một bộ" };

export default async function CriteriaSetPage({ params }: Readonly<{ params: Promise<{ id: string }> }>) {
  const { set, definition } = await loadCriteriaSet((await params).id);
  const { scoring } = definition;
  const items = definition.groups.flatMap((group) => group.items.map((item) => ({ group, item })));

  return (
    <>
      <PageHeader
        title={set.name}
        crumbs={[{ label: "Bộ tiêu chí", href: "/quan-tri/bo-tieu-chi" }, { label: set.code }]}
        state={`${set.legalBasis} · ${set.issuer} · ${validityText(set)} · phiên bản ${set.version} · ${listItems(definition).length} tiêu chí`}
      />
      {set.status !== "PUBLISHED" && (
        <div className="mb-5">
          <Banner tone="warn" title={statusName(set.status)}>
            {set.status === "TEMPLATE"
              ? "Phần chưa đọc được văn bản gốc là mẫu để địa phương thay bằng quyết định của mình."
              : "Bộ này còn tiêu chí chưa đọc được từ văn bản gốc nên chưa dùng để công nhận."}
          </Banner>
        </div>
      )}
      <p className="mb-4">
        {scoring.kind === "points"
          ? `Thang ${formatNumber(scoring.total)} điểm. ${scoring.classes.map((one) => `${one.name}: từ ${formatNumber(one.atLeast)} điểm`).join("; ")}.${scoring.minPerItem === undefined ? "" : ` Không tiêu chí nào dưới ${formatNumber(scoring.minPerItem)} điểm.`}`
          : `Xét theo mức: ${scoring.levels.map((level) => level.name).join(", ")}. Phải đạt mọi chỉ tiêu của mức; mức 2 cần ${scoring.monthsBetweenLevels} tháng ở mức 1.`}
      </p>
      <DataTable
        caption="Các tiêu chí"
        rows={items}
        rowKey={({ item }) => item.code}
        columns={[
          { key: "code", header: "Mã", cell: ({ item }) => item.code },
          {
            key: "name",
            header: "Nội dung",
            isRowHeader: true,
            cell: ({ group, item }) => (
              <>
                <span className="block text-sm font-normal text-muted">
                  {group.code}. {group.name}
                </span>
                {item.name}
              </>
            ),
          },
          { key: "max", header: "Điểm tối đa", align: "right", cell: ({ item }) => item.maxPoints ?? "–" },
          { key: "answer", header: "Cách chấm", cell: ({ item }) => answerText(item) },
          { key: "evidence", header: "Minh chứng", cell: ({ item }) => item.evidence ?? "–" },
          {
            key: "provenance",
            header: "Nguồn",
            cell: ({ item }) => <Badge>{PROVENANCE_NAMES[item.provenance]}</Badge>,
          },
        ]}
      />
    </>
  );
}
