import type { Metadata } from "next";
import { DataTable } from "@/components/data/data-table";
import { Tabs } from "@/components/data/tabs";
import { Banner } from "@/components/feedback/banner";
import { EmptyState } from "@/components/feedback/empty-state";
import { PageHeader, StatLine } from "@/components/layout/page-header";
import { SectionCard } from "@/components/layout/section-card";
import { PrintButton } from "@/components/print/print-button";
import { UNIT_LEVEL_NAMES, UNIT_LEVELS } from "@/domain/territory/territory";
import { TargetTable } from "@/features/plan/components/target-table";
import type { PlanPageData } from "@/features/plan/loaders";
import { loadPlanPage } from "@/features/plan/loaders";
import type { AppliedPlan } from "@/features/plan/types";
import { planOwnerText } from "@/features/plan/utils";
import type { SearchParams } from "@/features/user/page-scope";

export const metadata: Metadata = { title: "Kế hoạch và chỉ tiêu" };

export default async function PlanPage({ searchParams }: Readonly<{ searchParams: SearchParams }>) {
  const data = await loadPlanPage(searchParams);
  const { unit, year } = data.scope;
  const here = `/ke-hoach?don-vi=${unit.id}&nam=${year}`;

  return (
    <>
      <PageHeader
        title={data.view === "one" ? data.plan.document : "Kế hoạch và chỉ tiêu"}
        crumbs={
          data.view === "one"
            ? [{ label: "Tất cả kế hoạch", href: `${here}&pham-vi=tat-ca` }, { label: data.plan.planCode }]
            : undefined
        }
        state={data.view === "applied" ? `${unit.name}, số liệu thực hiện năm ${year}` : undefined}
        action={<PrintButton />}
      />
      {data.view !== "one" && (
        <Tabs
          label="Phạm vi"
          items={[
            { href: here, label: "Áp dụng cho đơn vị này", isCurrent: data.view === "applied" },
            {
              href: `${here}&pham-vi=tat-ca`,
              label: "Tất cả",
              count: data.targetCount,
              isCurrent: data.view === "all",
            },
          ]}
        />
      )}
      <Body data={data} here={here} />
    </>
  );
}

function Body({ data, here }: Readonly<{ data: PlanPageData; here: string }>) {
  if (data.view === "all") return <AllPlans plans={data.plans} here={here} />;
  if (data.view === "one") {
    const { plan, views } = data;

    return (
      <SectionCard
        title={plan.planName}
        note={`${planOwnerText(plan)} · giai đoạn ${plan.planPeriod.join("–")} · ${views.length} chỉ tiêu`}
        isFlush
      >
        <TargetTable caption={plan.planName} views={views} actual={null} />
      </SectionCard>
    );
  }

  return <AppliedPlans data={data} />;
}

function AppliedPlans({ data }: Readonly<{ data: Extract<PlanPageData, { view: "applied" }> }>) {
  const { unit, year } = data.scope;
  const current = data.plans.filter(({ period: [from, to] }) => from <= year && year <= to);
  const past = data.plans.filter((plan) => !current.includes(plan));
  const actual = { year, dashboardHref: `/bang-dieu-hanh?don-vi=${unit.id}&nam=${year}` };
  if (data.plans.length === 0) return <EmptyState title="Chưa có kế hoạch nào áp dụng cho đơn vị này" />;

  return (
    <div className="flex flex-col gap-5">
      {data.isSpeciallyDifficult && (
        <Banner title="Đơn vị thuộc vùng đặc biệt khó khăn">
          Chỉ tiêu gia đình, dòng họ, cộng đồng được áp dụng mức riêng khi kế hoạch có quy định.
        </Banner>
      )}
      {current.map((plan) => (
        <PlanSection key={plan.code} plan={plan} actual={actual} />
      ))}
      {past.length > 0 && (
        <details>
          <summary className="py-1 text-accent max-md:py-2.5">
            Kế hoạch ngoài giai đoạn của năm {year} ({past.length})
          </summary>
          <div className="mt-3 flex flex-col gap-5">
            {past.map((plan) => (
              <PlanSection key={plan.code} plan={plan} actual={actual} />
            ))}
          </div>
        </details>
      )}
    </div>
  );
}

function PlanSection({
  plan,
  actual,
}: Readonly<{ plan: AppliedPlan; actual: { year: number; dashboardHref: string } }>) {
  return (
    <SectionCard
      title={plan.document}
      note={
        <>
          {plan.name}. {planOwnerText({ planUnit: plan.owner })} · giai đoạn {plan.period.join("–")}
          {plan.isInherited && (
            <>. Kế hoạch ban hành cho đơn vị cũ; đơn vị nay chưa có kế hoạch riêng nên tiếp tục theo dõi.</>
          )}
        </>
      }
      isFlush
    >
      <TargetTable caption={plan.document} views={plan.views} actual={actual} />
    </SectionCard>
  );
}

function AllPlans({
  plans,
  here,
}: Readonly<{ plans: Extract<PlanPageData, { view: "all" }>["plans"]; here: string }>) {
  const targetCount = plans.reduce((total, plan) => total + plan.targetCount, 0);

  return (
    <>
      <StatLine
        items={[
          { value: plans.length, label: "kế hoạch" },
          { value: targetCount, label: "chỉ tiêu" },
        ]}
      />
      <div className="mt-3">
        <DataTable
          caption="Tất cả kế hoạch"
          rows={plans}
          rowKey={(plan) => plan.code}
          rowHref={(plan) => `${here}&ke-hoach=${plan.code}`}
          columns={[
            { key: "document", header: "Văn bản", isRowHeader: true, cell: (plan) => plan.document },
            { key: "unit", header: "Ban hành cho", cell: (plan) => plan.unitName },
            { key: "level", header: "Cấp", cell: (plan) => levelName(plan.unitLevel) },
            { key: "period", header: "Giai đoạn", cell: (plan) => `${plan.periodFrom}–${plan.periodTo}` },
            { key: "count", header: "Số chỉ tiêu", align: "right", cell: (plan) => plan.targetCount },
          ]}
        />
      </div>
    </>
  );
}

function levelName(level: string): string {
  const known = UNIT_LEVELS.find((one) => one === level);

  return known ? UNIT_LEVEL_NAMES[known] : level;
}
