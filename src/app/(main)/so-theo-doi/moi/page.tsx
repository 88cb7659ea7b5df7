import type { Metadata } from "next";
import { Tabs } from "@/components/data/tabs";
import { PageHeader } from "@/components/layout/page-header";
import { TITLE_SLUGS } from "@/domain/title/slug";
import { RegisterForm } from "@/features/registry/components/register-form";
import { kindOf, REGISTRY_KINDS } from "@/features/registry/constants";
import { loadRegister } from "@/features/registry/loaders";
import type { SearchParams } from "@/features/user/page-scope";

export const metadata: Metadata = { title: "Ghi mới vào sổ" };

export default async function Page({ searchParams }: Readonly<{ searchParams: SearchParams }>) {
  const { scope, title, commune, hamlets, organisations, clans, household, activeFrom } =
    await loadRegister(searchParams);
  const { unit, year } = scope;
  const kind = kindOf(title);
  const backHref = household
    ? `/so-theo-doi/${household.id}?nam=${year}`
    : `/so-theo-doi?don-vi=${unit.id}&nam=${year}&mo-hinh=${TITLE_SLUGS[title]}`;

  return (
    <>
      <PageHeader
        title={household ? `Thêm thành viên vào hộ ${household.name}` : kind.addLabel}
        crumbs={[{ label: "Sổ theo dõi", href: backHref }, { label: "Ghi mới" }]}
        state={`${commune.name}, năm ${year}`}
      />
      {!household && (
        <Tabs
          label="Loại đối tượng"
          items={REGISTRY_KINDS.map((one) => ({
            href: `/so-theo-doi/moi?loai=${one.entrySlug}&don-vi=${unit.id}&nam=${year}`,
            label: one.tabLabel,
            isCurrent: one.title === title,
          }))}
        />
      )}
      <RegisterForm
        key={title}
        title={title}
        communeId={commune.id}
        year={year}
        activeFrom={activeFrom}
        hamlets={hamlets.map(({ id, name }) => ({ id, name }))}
        defaultHamletId={unit.level === "HAMLET" ? unit.id : undefined}
        organisations={organisations}
        clans={clans}
        household={household}
        backHref={backHref}
      />
    </>
  );
}
