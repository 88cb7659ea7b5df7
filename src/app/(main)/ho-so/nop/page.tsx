import type { Metadata } from "next";
import { DataTable } from "@/components/data/data-table";
import { KeyValueList } from "@/components/data/key-value-list";
import { Pagination } from "@/components/data/pagination";
import { Banner } from "@/components/feedback/banner";
import { PageHeader } from "@/components/layout/page-header";
import { SectionCard } from "@/components/layout/section-card";
import { TITLE_SLUGS } from "@/domain/title/slug";
import { TITLES } from "@/domain/title/title";
import { SubmitForm } from "@/features/dossier/components/submit-form";
import type { Submission } from "@/features/dossier/loaders";
import { loadSubmission } from "@/features/dossier/loaders";
import type { Shown } from "@/features/dossier/utils";
import { NOT_READY, NOT_READY_NAMES, SHOWN_SLUGS } from "@/features/dossier/utils";
import type { SearchParams } from "@/features/user/page-scope";
import { formatDate } from "@/lib/format/date";
import { formatCount } from "@/lib/format/number";

export const metadata: Metadata = { title: "Nộp hồ sơ" };

const LIST_TITLES: Record<Shown, string> = {
  READY: "Mục nào sẽ nộp?",
  UNSCORED: "Mục nào chưa chấm?",
  MISSING: "Mục nào chấm chưa đủ tiêu chí?",
  BELOW: "Mục nào chưa đạt ngưỡng?",
};

export default async function SubmitPage({ searchParams }: Readonly<{ searchParams: SearchParams }>) {
  const submission = await loadSubmission(searchParams);
  const { scope, title, ready, list } = submission;
  const { nameVi, countedNounVi } = TITLES[title];
  const back = `/ho-so?don-vi=${scope.unit.id}&nam=${scope.year}`;
  const base = `/ho-so/nop?don-vi=${scope.unit.id}&nam=${scope.year}&mo-hinh=${TITLE_SLUGS[title]}`;

  return (
    <>
      <PageHeader
        title={`Nộp hồ sơ ${nameVi} năm ${scope.year}`}
        crumbs={[{ label: `Hồ sơ năm ${scope.year}`, href: back }, { label: nameVi }]}
        state={`${scope.unit.name}. Xem lại trước khi nộp.`}
      />
      <div className="flex max-w-4xl flex-col gap-6">
        <SectionCard title="Nộp gì, cho ai?">
          <Facts submission={submission} base={base} />
          {submission.readyUntouched > 0 && (
            <Banner
              tone="warn"
              title={`${formatCount(submission.readyUntouched)} mục bị trả lại chưa thay đổi gì`}
              className="mt-4"
            >
              Điểm và minh chứng vẫn như lúc bị trả lại. Nên xem lý do và bổ sung trước khi nộp lại.
            </Banner>
          )}
          <div className="mt-4">
            {ready > 0 ? (
              <>
                <p className="mb-4 text-muted">
                  Sau khi nộp, điểm được giữ nguyên như hôm nay và phiếu khoá lại cho đến khi được trả lại.
                </p>
                <SubmitForm
                  communeId={scope.unit.id}
                  title={title}
                  year={scope.year}
                  expected={ready}
                  label={`Nộp ${formatCount(ready)} ${countedNounVi}`}
                  backHref={back}
                />
              </>
            ) : (
              <Banner tone="warn" title={`Chưa có ${countedNounVi} nào đủ điều kiện để nộp`}>
                Cần chấm đủ tiêu chí và đạt ngưỡng công nhận.{" "}
                <a className="link" href={back}>
                  Quay lại hồ sơ
                </a>
              </Banner>
            )}
          </div>
        </SectionCard>
        {list && (
          <SectionCard title={LIST_TITLES[list.shown]} isFlush id="danh-sach">
            <DataTable
              caption={LIST_TITLES[list.shown]}
              rows={list.rows}
              rowKey={(row) => row.id}
              hasFrame={false}
              rowHref={(row) => `/cham-diem/${row.id}`}
              columns={[
                { key: "name", header: "Tên", isRowHeader: true, cell: (row) => row.name },
                { key: "hamlet", header: "Địa bàn", cell: (row) => row.hamletName },
              ]}
            />
            {list.next && (
              <div className="px-4 pb-4">
                <Pagination nextHref={`${base}&xem=${SHOWN_SLUGS[list.shown]}&sau=${list.next}#danh-sach`} />
              </div>
            )}
          </SectionCard>
        )}
      </div>
    </>
  );
}

function Facts({ submission, base }: Readonly<{ submission: Submission; base: string }>) {
  const noun = TITLES[submission.title].countedNounVi;
  const seeList = (shown: Shown, count: number) =>
    count > 0 ? (
      <a className="link" href={`${base}&xem=${SHOWN_SLUGS[shown]}#danh-sach`}>
        Xem danh sách
      </a>
    ) : undefined;

  return (
    <KeyValueList
      items={[
        {
          label: "Sẽ nộp",
          value: (
            <>
              <strong>
                {formatCount(submission.ready)} {noun}
              </strong>
              {submission.readyReturned > 0 &&
                `, trong đó ${formatCount(submission.readyReturned)} nộp lại sau khi bị trả lại`}
            </>
          ),
          action: seeList("READY", submission.ready),
        },
        ...NOT_READY.map((reason) => ({
          label: `Ở lại vì ${NOT_READY_NAMES[reason]}`,
          value: `${formatCount(submission.notReady[reason])} ${noun}`,
          action: seeList(reason, submission.notReady[reason]),
        })),
        ...(submission.ready > 0
          ? [
              {
                label: "Bản giấy",
                value: "Danh sách đề nghị công nhận, để ký và đóng dấu",
                action: (
                  <a className="link" href={base.replace("/ho-so/nop?", "/ho-so/danh-sach?")}>
                    In danh sách đề nghị
                  </a>
                ),
              },
            ]
          : []),
        { label: "Nơi thẩm định", value: submission.reviewerName },
        { label: "Hạn nộp", value: submission.submitBy && formatDate(submission.submitBy) },
      ]}
    />
  );
}
