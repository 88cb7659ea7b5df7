import type { Metadata } from "next";
import { PageHeader } from "@/components/layout/page-header";
import { TITLE_SLUGS } from "@/domain/title/slug";
import { EditForm } from "@/features/registry/components/edit-form";
import { formValuesOf } from "@/features/registry/facts";
import { loadEdit } from "@/features/registry/loaders";

export const metadata: Metadata = { title: "Sửa thông tin trong sổ theo dõi" };

export default async function Page({ params }: Readonly<{ params: Promise<{ subjectId: string }> }>) {
  const { subjectId } = await params;
  const { entry, commune, year, organisations, clans } = await loadEdit(subjectId);
  const household = entry.citizen?.household;

  return (
    <>
      <PageHeader
        title={`Sửa ${entry.name}`}
        crumbs={[
          { label: "Sổ theo dõi", href: `/so-theo-doi?mo-hinh=${TITLE_SLUGS[entry.title]}` },
          { label: entry.name, href: `/so-theo-doi/${entry.id}` },
          { label: "Sửa" },
        ]}
        state="Chuyển thôn và thôi theo dõi là các bước riêng, ở trang của mục này."
      />
      <div className="rounded-lg border border-line bg-paper p-4 sm:p-5">
        <EditForm
          title={entry.title}
          subjectId={entry.id}
          version={entry.version}
          values={formValuesOf(entry)}
          communeId={commune.id}
          year={year}
          organisations={organisations}
          clans={clans}
          household={household ? { ...household, unitName: entry.unit.name } : undefined}
        />
      </div>
    </>
  );
}
