import type { Metadata } from "next";
import { LinkButton } from "@/components/button";
import { Banner } from "@/components/feedback/banner";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { PageHeader } from "@/components/layout/page-header";
import { SectionCard } from "@/components/layout/section-card";
import { entryCode } from "@/domain/title/entry-code";
import { TITLE_SLUGS } from "@/domain/title/slug";
import { openAssessmentAction } from "@/features/assessment/actions";
import { EntryAssessments } from "@/features/registry/components/entry-assessments";
import { EntryFacts } from "@/features/registry/components/entry-facts";
import { EntryHistory } from "@/features/registry/components/entry-history";
import { EntryRelated } from "@/features/registry/components/entry-related";
import { EntrySteps } from "@/features/registry/components/entry-steps";
import { ReopenStep } from "@/features/registry/components/reopen-step";
import { StepDone } from "@/features/registry/components/step-done";
import { kindOf } from "@/features/registry/constants";
import { reasonText } from "@/features/registry/images";
import type { EntryPage } from "@/features/registry/loaders";
import { loadEntry } from "@/features/registry/loaders";
import { inSentence } from "@/features/territory/utils";
import type { SearchParams } from "@/features/user/page-scope";
import { formatDate } from "@/lib/format/date";
import { uncapitalised } from "@/lib/text/name";

export const metadata: Metadata = { title: "Thông tin trong sổ theo dõi" };

const RELATED_HEADINGS = {
  household: "Trong hộ có những ai?",
  clan: "Dòng họ có những hộ nào?",
  organisation: "Đơn vị có những ai?",
} as const;

export default async function Page({
  params,
  searchParams,
}: Readonly<{ params: Promise<{ subjectId: string }>; searchParams: SearchParams }>) {
  const { subjectId } = await params;
  const page = await loadEntry(subjectId, searchParams);
  const { entry, year, path, canWrite, related, assessments, rounds, history, hamlets } = page;
  const kind = kindOf(entry.title);
  const isOpen = entry.activeTo === null;
  const place = path.find(({ level }) => level === "COMMUNE") ?? path[0];

  return (
    <>
      <PageHeader
        title={entry.title === "FAMILY" ? `Hộ ${entry.name}` : entry.name}
        crumbs={[
          {
            label: place ? `Sổ theo dõi ${inSentence(place.name)}` : "Sổ theo dõi",
            href: `/so-theo-doi?${place ? `don-vi=${place.id}&` : ""}nam=${year}&mo-hinh=${TITLE_SLUGS[entry.title]}`,
          },
          { label: entry.name },
        ]}
        state={`${entryCode(entry.title, entry.number)} · ${kind.tabLabel} · ${entry.unit.name}`}
        action={rounds[0] && <OpenRound page={page} round={rounds[0]} isPrimary />}
      />
      {page.done && (
        <StepDone
          step={page.done}
          subjectId={entry.id}
          noun={kind.nounVi}
          canUndo={
            canWrite &&
            (page.done.verb === "subject.list" ||
              history.rows.some(({ stepId, canUndo }) => canUndo && stepId === page.done?.stepId))
          }
        />
      )}
      {!isOpen && (
        <Banner
          title={`Đã thôi theo dõi từ ngày ${formatDate(entry.activeTo)}${
            entry.closeReason ? `: ${uncapitalised(reasonText(entry.title, entry.closeReason))}` : ""
          }`}
          action={
            entry.mergedInto ? (
              <LinkButton href={`/so-theo-doi/${entry.mergedInto.id}`} size="small">
                Mở mục còn theo dõi
              </LinkButton>
            ) : (
              page.reopening &&
              (entry.title !== "COMMUNITY" || !page.reopening.hasEnded) && (
                <ReopenStep
                  key={entry.version}
                  title={entry.title}
                  subjectId={entry.id}
                  version={entry.version}
                  unitId={entry.unitId}
                  hamlets={hamlets.map(({ id, name }) => ({ id, name }))}
                  reopening={page.reopening}
                />
              )
            )
          }
        >
          Thông tin và kết quả các năm trước vẫn giữ nguyên để tra cứu.
        </Banner>
      )}
      <div className="flex flex-col gap-5">
        <SectionCard
          title="Đã đánh giá những năm nào?"
          isFlush
          action={
            rounds.length > 1 && (
              <div className="flex flex-wrap gap-2">
                {rounds.slice(1).map((round) => (
                  <OpenRound key={round.year} page={page} round={round} />
                ))}
              </div>
            )
          }
        >
          <EntryAssessments assessments={assessments} />
        </SectionCard>
        <SectionCard
          title="Thông tin trong sổ"
          action={
            <div className="flex flex-wrap gap-2">
              {entry.title === "COMMUNITY" && (
                <LinkButton href={`/so-theo-doi/thon/${entry.unitId}`} size="small">
                  Tên, sáp nhập, tách thôn
                </LinkButton>
              )}
              {canWrite && isOpen && (
                <LinkButton href={`/so-theo-doi/${entry.id}/sua`} size="small">
                  Sửa thông tin
                </LinkButton>
              )}
            </div>
          }
        >
          <EntryFacts
            entry={entry}
            year={year}
            path={path}
            identity={page.identity}
            canWrite={canWrite && isOpen}
          />
          {canWrite && isOpen && (
            <div className="mt-4">
              <EntrySteps
                // A step done makes a new version: its dialog does not stay open over the new page.
                key={entry.version}
                title={entry.title}
                subjectId={entry.id}
                version={entry.version}
                unitId={entry.unitId}
                hamlets={hamlets.map(({ id, name }) => ({ id, name }))}
                memberCount={related?.relation === "household" ? related.count : 0}
                hasHousehold={entry.citizen?.household !== null && entry.citizen !== null}
              />
            </div>
          )}
        </SectionCard>
        {related && (
          <SectionCard
            title={RELATED_HEADINGS[related.relation]}
            isFlush
            action={
              canWrite &&
              isOpen &&
              place && (
                <LinkButton
                  size="small"
                  href={
                    related.relation === "household"
                      ? `/so-theo-doi/moi?loai=cong-dan&ho=${entry.id}&don-vi=${place.id}&nam=${year}`
                      : `/so-theo-doi/${entry.id}/danh-sach`
                  }
                >
                  {related.relation === "household" ? "Thêm thành viên" : "Sửa danh sách"}
                </LinkButton>
              )
            }
          >
            <EntryRelated subjectId={entry.id} year={year} related={related} />
          </SectionCard>
        )}
        <SectionCard
          title="Ai đã làm gì?"
          isFlush
          action={
            history.next && (
              <LinkButton href={`/so-theo-doi/${entry.id}/lich-su`} size="small">
                Xem toàn bộ lịch sử
              </LinkButton>
            )
          }
        >
          <EntryHistory subjectId={entry.id} rows={history.rows} canWrite={canWrite} />
        </SectionCard>
      </div>
    </>
  );
}

function OpenRound({
  page,
  round,
  isPrimary = false,
}: Readonly<{ page: EntryPage; round: EntryPage["rounds"][number]; isPrimary?: boolean }>) {
  return (
    <Form
      action={openAssessmentAction}
      hidden={{ subjectId: page.entry.id, year: round.year }}
      label={`Đăng ký năm ${round.year}`}
      className=""
    >
      <SubmitButton
        variant={isPrimary ? "primary" : "secondary"}
        size={isPrimary ? "normal" : "small"}
        pendingLabel="Đang mở phiếu…"
      >
        Đăng ký và chấm điểm năm {round.year}
      </SubmitButton>
    </Form>
  );
}
