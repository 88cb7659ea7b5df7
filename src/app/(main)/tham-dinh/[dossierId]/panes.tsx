import type { ReactNode } from "react";
import { EvidenceViewer } from "@/components/evidence/evidence-viewer";
import { Banner } from "@/components/feedback/banner";
import { EmptyState } from "@/components/feedback/empty-state";
import { listItems } from "@/domain/criteria/criteria-set";
import { stateName } from "@/domain/recognition/recognition";
import { AnswerSheet } from "@/features/assessment/components/answer-sheet";
import { className, scoreSheet } from "@/features/assessment/utils";
import { EvidenceList } from "@/features/evidence/components/evidence-list";
import { addedText, fileHref, fileNames } from "@/features/evidence/utils";
import { EntryState } from "@/features/review/components/desk-queue";
import type { DeskEntry } from "@/features/review/loaders";
import { formatNumber } from "@/lib/format/number";

/** The middle pane: who it is, what the score amounts to, what was last year, and the sheet itself. */
export function EntryPane({ entry }: Readonly<{ entry: DeskEntry | null }>) {
  if (!entry) {
    return (
      <EmptyState title="Không còn mục nào ở tình trạng này">
        Chọn tình trạng khác trong danh sách.
      </EmptyState>
    );
  }
  const { sheet, earlier, isOwnWork } = entry;
  const { definition } = sheet.criteriaSet;

  return (
    // The pane is narrow: names stand above their values.
    <div className="flex flex-col gap-4 [&_dl>div]:block">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <div className="min-w-0">
          <h2 id="muc-dang-mo">{sheet.subject.name}</h2>
          <p className="text-sm text-muted">{sheet.unit.name}</p>
        </div>
        <EntryState state={sheet.state} />
      </div>
      {isOwnWork && (
        <Banner tone="warn" className="mb-0" title="Mục do anh/chị chấm hoặc nộp">
          Người khác phải thẩm định mục này.
        </Banner>
      )}
      {sheet.returnReason && (
        <Banner
          tone={sheet.state === "RETURNED" ? "danger" : "warn"}
          title={returnTitle(entry)}
          className="mb-0"
        >
          <span className="whitespace-pre-line">{sheet.returnReason}</span>
        </Banner>
      )}
      <p className="tabular">
        {earlier ? (
          <>
            <span className="text-muted">Năm {earlier.year}: </span>
            {[
              earlier.total === null ? null : `${formatNumber(earlier.total, 2)} điểm`,
              className(definition, earlier.classification),
              stateName(earlier.state, earlier.isComplete).toLowerCase(),
            ]
              .filter(Boolean)
              .join(" · ")}
          </>
        ) : (
          <span className="text-muted">Các năm trước chưa tham gia</span>
        )}
      </p>
      <AnswerSheet sheet={sheet} result={scoreSheet(sheet)} evidence={evidenceByItem(entry)} />
    </div>
  );
}

/** Under each item its files; where the set asks for some and there are none, that too. */
function evidenceByItem({ sheet, evidence }: DeskEntry): Record<string, ReactNode> {
  const items = listItems(sheet.criteriaSet.definition);
  const withEvidence = items.filter(
    (item) => item.evidence !== undefined || evidence.some((file) => file.itemCode === item.code),
  );

  return Object.fromEntries(
    withEvidence.map((item) => [
      item.code,
      <EvidenceList key={item.code} files={evidence.filter((file) => file.itemCode === item.code)} />,
    ]),
  );
}

function returnTitle({ sheet }: DeskEntry): string {
  return sheet.state === "RETURNED"
    ? "Đã trả lại với lý do"
    : `Đã trả lại ${sheet.returnCount} lần; lý do lần trước`;
}

/** The right pane: the evidence in place, file by file, each with the criterion it proves. */
export function EvidencePane({ entry }: Readonly<{ entry: DeskEntry | null }>) {
  const items = new Map(
    entry ? listItems(entry.sheet.criteriaSet.definition).map((item) => [item.code, item.name]) : [],
  );
  const names = fileNames(entry?.evidence ?? []);

  return (
    <>
      <h2 className="mb-3">Minh chứng</h2>
      <EvidenceViewer
        key={entry?.sheet.id}
        emptyText={entry ? "Mục này không có minh chứng" : "Chưa mở mục nào"}
        files={(entry?.evidence ?? []).map((file) => ({
          id: file.linkId,
          name: `${names.get(file.linkId) ?? file.name} · ${addedText(file)}`,
          url: fileHref(file.fileId),
          mimeType: file.mime,
          sizeBytes: file.byteSize,
          note: `Tiêu chí ${file.itemCode}: ${items.get(file.itemCode) ?? ""}`,
        }))}
      />
    </>
  );
}
