import type { Metadata } from "next";
import { PageHeader } from "@/components/layout/page-header";
import { MergeForm } from "@/features/hamlet/components/merge-form";
import { loadHamletChange } from "@/features/hamlet/loaders";
import { inSentence } from "@/features/territory/utils";

export const metadata: Metadata = { title: "Sáp nhập thôn" };

export default async function Page({ params }: Readonly<{ params: Promise<{ hamletId: string }> }>) {
  const { hamletId } = await params;
  const { hamlet, hamlets } = await loadHamletChange(hamletId);

  return (
    <>
      <PageHeader
        title="Sáp nhập thôn"
        crumbs={[{ label: hamlet.name, href: `/so-theo-doi/thon/${hamlet.id}` }, { label: "Sáp nhập" }]}
        state={`Các thôn của ${inSentence(hamlet.commune.name)}. Mọi hộ, công dân, dòng họ của thôn kết thúc chuyển theo.`}
      />
      <div className="rounded-lg border border-line bg-paper p-4 sm:p-5">
        <MergeForm communeId={hamlet.commune.id} hamletId={hamlet.id} hamlets={hamlets} />
      </div>
    </>
  );
}
