import type { Metadata } from "next";
import { PageHeader } from "@/components/layout/page-header";
import { TITLE_SLUGS } from "@/domain/title/slug";
import { MemberListEditor } from "@/features/registry/components/member-list-editor";
import { loadMemberList } from "@/features/registry/loaders/member-list";
import { MEMBER_LISTS } from "@/features/registry/member-list";
import { formatCount } from "@/lib/format/number";

export const metadata: Metadata = { title: "Sửa danh sách trong sổ theo dõi" };

export default async function Page({ params }: Readonly<{ params: Promise<{ subjectId: string }> }>) {
  const { subjectId } = await params;
  const page = await loadMemberList(subjectId);
  const { subject, count } = page;
  const words = MEMBER_LISTS[subject.title];

  return (
    <>
      <PageHeader
        title={`${words.heading}: ${subject.name}`}
        crumbs={[
          { label: "Sổ theo dõi", href: `/so-theo-doi?mo-hinh=${TITLE_SLUGS[subject.title]}` },
          { label: subject.name, href: `/so-theo-doi/${subject.id}` },
          { label: "Sửa danh sách" },
        ]}
        state={`Nay có ${formatCount(count)} ${words.noun} đang theo dõi`}
      />
      <MemberListEditor {...page} />
    </>
  );
}
