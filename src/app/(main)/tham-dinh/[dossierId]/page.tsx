import type { Metadata } from "next";
import { LinkButton } from "@/components/button";
import { Banner } from "@/components/feedback/banner";
import { PageHeader, StatLine } from "@/components/layout/page-header";
import { SectionCard } from "@/components/layout/section-card";
import { TITLES } from "@/domain/title/title";
import { DecisionForm } from "@/features/recognition/components/decision-form";
import { DecisionList } from "@/features/recognition/components/decision-list";
import { ApproveAll } from "@/features/review/components/approve-all";
import type { DeskStep } from "@/features/review/components/desk-frame";
import { DeskFrame } from "@/features/review/components/desk-frame";
import { DeskQueue, deskHref } from "@/features/review/components/desk-queue";
import type { Desk } from "@/features/review/loaders";
import { loadDesk } from "@/features/review/loaders";
import { inSentence } from "@/features/territory/utils";
import type { SearchParams } from "@/features/user/page-scope";
import { param } from "@/features/user/page-scope";
import { formatDate, toIsoDate } from "@/lib/format/date";
import { formatCount } from "@/lib/format/number";
import { EntryPane, EvidencePane } from "./panes";

export const metadata: Metadata = { title: "Bàn thẩm định" };

type Props = Readonly<{ params: Promise<{ dossierId: string }>; searchParams: SearchParams }>;

export default async function ReviewDeskPage({ params, searchParams }: Props) {
  const desk = await loadDesk((await params).dossierId, searchParams);
  const { dossier, counts, approvable, decisions, entry, filter, queue, before } = desk;
  const query = await searchParams;
  const { nameVi } = TITLES[dossier.title];
  const done = doneText(param(query, "vua"), Number(param(query, "so")), before?.name);
  const isNamed = param(query, "muc") !== undefined;

  return (
    <>
      <PageHeader
        title={`${nameVi} năm ${dossier.year} của ${inSentence(dossier.communeName)}`}
        crumbs={[
          { label: `Thẩm định năm ${dossier.year}`, href: `/tham-dinh?nam=${dossier.year}` },
          { label: dossier.communeName },
        ]}
        state={
          <StatLine
            items={[
              { value: counts.SUBMITTED, label: "chờ thẩm định", isStrong: counts.SUBMITTED > 0 },
              { value: counts.APPROVED, label: "đã duyệt" },
              { value: counts.RETURNED, label: "trả lại" },
              { value: counts.RECOGNISED, label: "đã công nhận" },
            ]}
          />
        }
        action={
          approvable > 0 && (
            <ApproveAll
              dossierId={dossier.id}
              approvable={approvable}
              ownWork={counts.SUBMITTED - approvable}
            />
          )
        }
      >
        <p className="text-sm text-muted">
          Nộp {formatDate(dossier.submittedAt)} · hạn thẩm định {formatDate(dossier.reviewBy)}
        </p>
      </PageHeader>
      {done && !isNamed && <Done text={done} isApproved={counts.APPROVED > 0} />}
      <div className="flex flex-col gap-6">
        <DeskFrame
          key={`${entry?.sheet.id} ${isNamed}`}
          step={stepOf(desk)}
          startPane={isNamed ? "entry" : "queue"}
          status={isNamed ? done : undefined}
          statusHref={before ? `/tham-dinh/${dossier.id}?muc=${before.id}` : undefined}
          queue={
            <DeskQueue
              dossierId={dossier.id}
              filter={filter}
              counts={counts}
              queue={queue}
              currentId={entry?.sheet.id ?? null}
            />
          }
          entry={<EntryPane entry={entry} />}
          evidence={<EvidencePane entry={entry} />}
        />
        {counts.APPROVED > 0 && (
          <SectionCard
            title="Công nhận theo quyết định nào?"
            note={`${formatCount(counts.APPROVED)} mục đã duyệt sẽ được công nhận theo quyết định này.`}
            id="quyet-dinh"
          >
            <DecisionForm
              key={`${counts.APPROVED} ${decisions.length}`}
              dossierId={dossier.id}
              approved={counts.APPROVED}
              today={toIsoDate(new Date())}
            />
          </SectionCard>
        )}
        {decisions.length > 0 && (
          <SectionCard title="Đã có quyết định nào?" isFlush>
            <DecisionList decisions={decisions} />
          </SectionCard>
        )}
      </div>
    </>
  );
}

/** What the step before this page did, in words. */
function doneText(step: string | undefined, count: number, name?: string): string | undefined {
  const whom = name ? `: ${name}` : "";
  const counted = Number.isSafeInteger(count) && count > 0 ? formatCount(count) : "Các";
  const texts: Record<string, string> = {
    duyet: `Đã duyệt mục trước${whom}`,
    "tra-lai": `Đã trả lại mục trước cho xã${whom}`,
    "duyet-het": `Đã duyệt ${counted} mục`,
    "quyet-dinh": `Đã ghi quyết định: ${counted} mục được công nhận`,
  };

  return step === undefined ? undefined : texts[step];
}

/** The same as a banner, where no entry is open. */
function Done({ text, isApproved }: Readonly<{ text: string; isApproved: boolean }>) {
  return (
    <div role="status">
      <Banner
        tone="ok"
        title={text}
        action={
          isApproved && (
            <LinkButton href="#quyet-dinh" size="small">
              Ban hành quyết định
            </LinkButton>
          )
        }
      />
    </div>
  );
}

function stepOf({ dossier, entry, filter, queue, counts }: Desk): DeskStep | null {
  if (!entry) return null;
  const { sheet, isOwnWork } = entry;
  const onward = queue.next ?? (queue.rows[0]?.id === sheet.id ? null : (queue.rows[0]?.id ?? null));

  return {
    dossierId: dossier.id,
    entryId: sheet.id,
    entryName: sheet.subject.name,
    version: sheet.version,
    mayApprove: sheet.state === "SUBMITTED" && !isOwnWork,
    mayReturn: (sheet.state === "SUBMITTED" || sheet.state === "APPROVED") && !isOwnWork,
    onwardId: filter === "cho" && counts.SUBMITTED > 1 ? (onward ?? "") : "",
    previousHref: queue.previous && deskHref(dossier.id, filter, queue.previous),
    nextHref: queue.next && deskHref(dossier.id, filter, queue.next),
  };
}
