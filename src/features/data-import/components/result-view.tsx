import { LinkButton } from "@/components/button";
import { Banner } from "@/components/feedback/banner";
import { SectionCard } from "@/components/layout/section-card";
import { ConfirmDialog } from "@/components/overlay/confirm-dialog";
import { TITLE_SLUGS } from "@/domain/title/slug";
import { formatDateTime } from "@/lib/format/date";
import { formatCount } from "@/lib/format/number";
import { undoImportAction } from "../actions";
import { TARGET_NAMES } from "../constants";
import type { Batch } from "../data";
import type { WrittenView } from "../loaders";
import { leftOutText, writtenLines } from "../utils";
import { BadRowsLink } from "./bad-rows-link";
import { RejectedTable } from "./rejected-table";
import { ResultsCard } from "./results-card";

/** What a batch wrote, in numbers with the way to the lists; what is still to be mended; the way back. */
export function ResultView({ batch, view }: Readonly<{ batch: Batch; view: WrittenView }>) {
  const { plan, counts, written, left, list } = view;
  const lines = writtenLines(written, plan.year);
  const targets = [...new Set(plan.sheets.map(({ target }) => target))];

  return (
    <div className="flex flex-col gap-5">
      {batch.errorText && (
        <Banner tone="warn" title="Chưa hoàn tác được" className="mb-0">
          {batch.errorText}
        </Banner>
      )}
      <SectionCard
        title={`Đã ghi vào sổ lúc ${formatDateTime(batch.writtenAt)}`}
        action={
          <ConfirmDialog
            trigger={{ label: "Hoàn tác cả lần nhập này", variant: "quiet", size: "small" }}
            title="Hoàn tác cả lần nhập này?"
            description={`${formatCount(written.created)} mục đã thêm sẽ rời khỏi sổ, ${formatCount(written.updated)} mục đã sửa trở lại như trước. Chỉ hoàn tác được khi chưa ai chấm điểm, sửa hoặc ghi thêm gì trên những mục ấy.`}
            confirmLabel={`Hoàn tác ${formatCount(written.created + written.updated)} mục`}
            pendingLabel="Đang chuyển sang hoàn tác…"
            tone="danger"
            action={undoImportAction}
            hidden={{ batchId: batch.id, version: batch.version }}
          />
        }
      >
        <ul className="flex flex-col gap-1 text-base">
          {lines.map((line) => (
            <li key={line}>
              <span aria-hidden="true" className="text-ok">
                ✓{" "}
              </span>
              {line}
            </li>
          ))}
        </ul>
        <div className="mt-4 flex flex-wrap gap-3">
          {targets.map((target, index) => (
            <LinkButton
              key={target}
              variant={index === 0 ? "primary" : "secondary"}
              href={`/so-theo-doi?don-vi=${batch.communeId}&nam=${plan.year}&mo-hinh=${TITLE_SLUGS[target]}`}
            >
              Xem sổ: {TARGET_NAMES[target].toLowerCase()}
            </LinkButton>
          ))}
          <LinkButton href={`/nhap-lieu?don-vi=${batch.communeId}`}>Nhập tệp khác</LinkButton>
        </div>
      </SectionCard>
      {plan.takeResults && <ResultsCard counts={counts} year={plan.year} />}
      {left.rejected + left.doubtful > 0 && (
        <SectionCard
          title={`${leftOutText(left)} chưa vào sổ`}
          note="Tải các dòng này về, sửa trong Excel theo cột lý do, rồi gửi lại như một tệp mới."
          isFlush
          action={batch.isFileKept && <BadRowsLink batchId={batch.id} left={left} />}
        >
          {list.rows.length > 0 && (
            <RejectedTable
              rows={list.rows}
              hasSheets={plan.sheets.length > 1}
              headerOf={() => undefined}
              nextHref={list.next === null ? null : `/nhap-lieu/${batch.id}?sau=${list.next}`}
              hasFrame={false}
              hasContent={false}
            />
          )}
        </SectionCard>
      )}
    </div>
  );
}
