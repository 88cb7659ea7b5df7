import type { Metadata } from "next";
import { PageHeader } from "@/components/layout/page-header";
import { SplitForm } from "@/features/hamlet/components/split-form";
import { loadHamletChange } from "@/features/hamlet/loaders";
import { inSentence } from "@/features/territory/utils";

export const metadata: Metadata = { title: "Tách thôn" };

export default async function Page({ params }: Readonly<{ params: Promise<{ hamletId: string }> }>) {
  const { hamletId } = await params;
  const { hamlet, movable } = await loadHamletChange(hamletId);

  return (
    <>
      <PageHeader
        title={`Tách ${inSentence(hamlet.name)}`}
        crumbs={[{ label: hamlet.name, href: `/so-theo-doi/thon/${hamlet.id}` }, { label: "Tách" }]}
        state="Chọn những hộ, dòng họ và người sang thôn mới."
      />
      <div className="rounded-lg border border-line bg-paper p-4 sm:p-5">
        <SplitForm hamletId={hamlet.id} hamletName={hamlet.name} movable={movable} />
      </div>
    </>
  );
}
