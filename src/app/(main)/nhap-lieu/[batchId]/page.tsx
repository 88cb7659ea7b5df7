import type { Metadata } from "next";
import Link from "next/link";
import { LinkButton } from "@/components/button";
import { StateBadge } from "@/components/data/badge";
import { Banner } from "@/components/feedback/banner";
import { EmptyState } from "@/components/feedback/empty-state";
import { PageHeader } from "@/components/layout/page-header";
import { CheckView } from "@/features/data-import/components/check-view";
import { ColumnsForm } from "@/features/data-import/components/columns-form";
import { DiscardButton } from "@/features/data-import/components/discard-button";
import { FailedView } from "@/features/data-import/components/failed-view";
import { ProgressPanel } from "@/features/data-import/components/progress-panel";
import { ResultView } from "@/features/data-import/components/result-view";
import { StepLine } from "@/features/data-import/components/step-line";
import { BATCH_STATE_LOOKS } from "@/features/data-import/constants";
import type { BatchPage } from "@/features/data-import/loaders";
import { loadImport } from "@/features/data-import/loaders";
import { canDiscard, stepOf } from "@/features/data-import/utils";
import type { SearchParams } from "@/features/user/page-scope";
import { formatDateTime } from "@/lib/format/date";
import { formatBytes } from "@/lib/format/number";

export const metadata: Metadata = { title: "Nhập từ Excel" };

export default async function Page({
  params,
  searchParams,
}: Readonly<{ params: Promise<{ batchId: string }>; searchParams: SearchParams }>) {
  const page = await loadImport((await params).batchId, searchParams);
  const { batch, commune, view } = page;
  const look = BATCH_STATE_LOOKS[batch.state];

  return (
    <>
      <PageHeader
        title={batch.fileName}
        crumbs={[
          { label: "Sổ theo dõi", href: `/so-theo-doi?don-vi=${commune.id}` },
          { label: "Nhập từ Excel", href: `/nhap-lieu?don-vi=${commune.id}` },
          { label: "Tệp" },
        ]}
        state={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <StateBadge tone={look.tone}>{look.label}</StateBadge>
            <span>
              {commune.name} · {formatBytes(batch.byteSize)} · gửi lúc {formatDateTime(batch.createdAt)}
              {batch.createdByName && ` · ${batch.createdByName}`}
            </span>
          </span>
        }
        action={canDiscard(batch) && <DiscardButton batch={{ id: batch.id, version: batch.version }} />}
      >
        <StepLine current={stepOf(batch, view.kind)} isFinished={batch.state === "WRITTEN"} />
      </PageHeader>
      <SameFile page={page} />
      <View page={page} />
    </>
  );
}

function View({ page: { batch, commune, view } }: Readonly<{ page: BatchPage }>) {
  const listHref = `/nhap-lieu?don-vi=${commune.id}`;
  switch (view.kind) {
    case "busy":
      return (
        <ProgressPanel
          key={batch.state}
          batchId={batch.id}
          initial={view.progress}
          title={BATCH_STATE_LOOKS[batch.state].label}
        />
      );
    case "columns":
      return (
        <>
          {batch.errorText && (
            <Banner tone="warn" title="Chưa kiểm tra được tệp này">
              {batch.errorText}
            </Banner>
          )}
          <ColumnsForm
            key={batch.version}
            batch={{ id: batch.id, version: batch.version }}
            looks={view.looks}
            initialDrafts={view.drafts}
            initialSettings={view.settings}
            years={view.years}
            roundYears={view.roundYears}
            yearOfFile={view.yearOfFile}
            hamlets={view.hamlets.map(({ name }) => name)}
            backHref={view.isAgain ? `/nhap-lieu/${batch.id}` : undefined}
          />
        </>
      );
    case "check":
      return <CheckView batch={batch} view={view} />;
    case "written":
      return <ResultView batch={batch} view={view} />;
    case "over":
      return batch.state === "FAILED" ? (
        <FailedView
          batch={{ id: batch.id, version: batch.version }}
          reason={batch.errorText ?? "Có lỗi ngoài dự kiến."}
          listHref={listHref}
        />
      ) : (
        <Over batch={batch} listHref={listHref} />
      );
  }
}

function Over({ batch, listHref }: Readonly<{ batch: BatchPage["batch"]; listHref: string }>) {
  const isUndone = batch.state === "UNDONE";

  return (
    <div className="rounded-lg border border-line bg-paper">
      <EmptyState
        title={
          isUndone
            ? `Đã hoàn tác lúc ${formatDateTime(batch.undoneAt)}: sổ trở lại như trước khi ghi tệp này`
            : "Lần nhập này đã huỷ, không ghi gì vào sổ"
        }
        action={
          <LinkButton variant="primary" href={listHref}>
            {isUndone ? "Nhập tệp khác" : "Gửi tệp khác"}
          </LinkButton>
        }
      />
    </div>
  );
}

function SameFile({ page: { batch, same } }: Readonly<{ page: BatchPage }>) {
  const [earlier] = same.filter(({ state }) => state === "WRITTEN");
  if (!earlier || batch.state === "WRITTEN" || batch.state === "UNDONE" || batch.state === "DISCARDED") {
    return null;
  }

  return (
    <Banner title={`Tệp này đã được nhập, gửi lúc ${formatDateTime(earlier.createdAt)}`}>
      Dòng nào đã có trong sổ thì giữ nguyên, không thêm lần nữa.{" "}
      <Link className="link" href={`/nhap-lieu/${earlier.id}`}>
        Xem lần nhập ấy
      </Link>
    </Banner>
  );
}
