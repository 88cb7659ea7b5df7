import type { Metadata } from "next";
import { Pagination } from "@/components/data/pagination";
import { PageHeader } from "@/components/layout/page-header";
import { TITLE_SLUGS } from "@/domain/title/slug";
import { EntryHistory } from "@/features/registry/components/entry-history";
import { kindOf } from "@/features/registry/constants";
import { loadHistory } from "@/features/registry/loaders/history";
import { inSentence } from "@/features/territory/utils";
import type { SearchParams } from "@/features/user/page-scope";

export const metadata: Metadata = { title: "Lịch sử trong sổ theo dõi" };

export default async function Page({
  params,
  searchParams,
}: Readonly<{ params: Promise<{ subjectId: string }>; searchParams: SearchParams }>) {
  const { subjectId } = await params;
  const { entry, path, canWrite, history } = await loadHistory(subjectId, searchParams);
  const place = path.find(({ level }) => level === "COMMUNE") ?? path[0];
  const base = `/so-theo-doi/${entry.id}`;

  return (
    <>
      <PageHeader
        title={`Lịch sử: ${entry.name}`}
        crumbs={[
          {
            label: place ? `Sổ theo dõi ${inSentence(place.name)}` : "Sổ theo dõi",
            href: `/so-theo-doi?${place ? `don-vi=${place.id}&` : ""}mo-hinh=${TITLE_SLUGS[entry.title]}`,
          },
          { label: entry.name, href: base },
          { label: "Lịch sử" },
        ]}
        state={`${kindOf(entry.title).tabLabel} · ${entry.unit.name}. Việc mới nhất đứng trên.`}
      />
      <div className="rounded-lg border border-line bg-paper">
        <EntryHistory subjectId={entry.id} rows={history.rows} canWrite={canWrite} />
      </div>
      <Pagination
        nextHref={history.next ? `${base}/lich-su?truoc=${history.next}` : null}
        summary={history.rows.length > 0 ? `Trang này ${history.rows.length} việc` : undefined}
      />
    </>
  );
}
