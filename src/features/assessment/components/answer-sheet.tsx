import type { ReactNode } from "react";
import { ToneText } from "@/components/data/badge";
import type { CriteriaItem, CriteriaSetDefinition } from "@/domain/criteria/criteria-set";
import type { ItemScore, ScoreResult } from "@/domain/scoring/types";
import { TITLES } from "@/domain/title/title";
import type { AssessmentSheet } from "@/features/assessment/types";
import {
  answerText,
  columnsThatDiffer,
  explainItem,
  outcomeText,
  pointsText,
  rescaledText,
  unmetText,
} from "@/features/assessment/utils";
import { formatNumber } from "@/lib/format/number";
import { ItemHeading } from "./item-heading";
import { SheetSteps, TemplateBanner } from "./sheet-head";

/**
 * A scoring sheet to read: every item with its answer, its points and why, its evidence; the total; who did what. The same
 * sheet for leaders, for the review desk and on paper.
 *
 * @param result `scoreSheet(sheet)`
 * @param evidence what stands under an item for its evidence, by item code
 */
export function AnswerSheet({
  sheet,
  result,
  evidence = {},
}: Readonly<{
  sheet: AssessmentSheet;
  result: ScoreResult;
  evidence?: Readonly<Record<string, ReactNode>>;
}>) {
  const { definition } = sheet.criteriaSet;
  const scores = new Map(result.byItem.map((one) => [one.code, one]));

  return (
    <div className="flex min-w-0 flex-col gap-4">
      <p className="hidden text-base font-semibold print:block">
        Phiếu điểm {TITLES[sheet.title].nameVi} năm {sheet.year}
      </p>
      <TemplateBanner criteriaSet={sheet.criteriaSet} />
      <Outcome definition={definition} result={result} />
      {definition.groups.map((group, index) => {
        const groupScore = result.byGroup[index];

        return (
          <section key={group.code} className="min-w-0 rounded-lg border border-line bg-paper">
            <h2 className="flex flex-wrap items-baseline justify-between gap-x-4 border-b border-line px-4 py-3 text-base font-semibold">
              <span>
                {group.code}. {group.name}
              </span>
              {groupScore && result.kind === "points" && (
                <span className="tabular font-normal text-muted">
                  {formatNumber(groupScore.points)}/{formatNumber(groupScore.max)} điểm
                </span>
              )}
            </h2>
            {group.items.map((item) => (
              <SheetItem
                key={item.code}
                sheet={sheet}
                item={item}
                itemScore={scores.get(item.code)}
                evidence={evidence[item.code]}
              />
            ))}
          </section>
        );
      })}
      <section className="rounded-lg border border-line bg-paper px-4 py-2" aria-label="Quá trình">
        <SheetSteps sheet={sheet} check={<Check sheet={sheet} result={result} />} />
      </section>
    </div>
  );
}

function Outcome({
  definition,
  result,
}: Readonly<{ definition: CriteriaSetDefinition; result: ScoreResult }>) {
  return (
    <section aria-label="Kết quả" className="rounded-lg border border-line bg-paper px-4 py-3">
      <div className="flex flex-wrap items-baseline gap-x-4">
        <p className="tabular">
          <span className="text-xl font-semibold">{formatNumber(result.total, 2)}</span>
          <span className="text-muted">
            {result.kind === "points" ? `/${formatNumber(result.maxTotal)} điểm` : " (mức độ)"}
          </span>
        </p>
        <ToneText tone={result.recognisable ? "ok" : result.complete ? "danger" : "warn"}>
          {outcomeText(definition, result)}
        </ToneText>
        {rescaledText(result) && <p className="text-sm text-muted">{rescaledText(result)}</p>}
        {result.missing.length > 0 && (
          <p className="text-sm text-warn">
            Còn thiếu {result.missing.length} tiêu chí: {result.missing.join(", ")}
          </p>
        )}
      </div>
      {result.unmet.length > 0 && (
        <ul className="mt-1 list-disc pl-5 text-sm text-muted">
          {result.unmet.map((unmet) => (
            <li key={"itemCode" in unmet ? `${unmet.kind}-${unmet.itemCode}` : unmet.kind}>
              {unmetText(definition, unmet)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function SheetItem({
  sheet,
  item,
  itemScore,
  evidence,
}: Readonly<{
  sheet: AssessmentSheet;
  item: CriteriaItem;
  itemScore: ItemScore | undefined;
  evidence: ReactNode;
}>) {
  const answer = Object.hasOwn(sheet.answers, item.code) ? sheet.answers[item.code] : undefined;
  if (!itemScore) return null;
  const isCounted = !answer && itemScore.share !== undefined;

  return (
    <article
      id={`muc-${item.code}`}
      className="keep-together scroll-mt-24 border-t border-line px-4 py-3 first-of-type:border-t-0"
    >
      <div className="flex items-start justify-between gap-4">
        <div className="min-w-0">
          <ItemHeading item={item} />
          <p className="text-sm text-muted">
            <span className="sr-only">
              Trả lời: {isCounted ? "hệ thống tự đếm" : answerText(item, answer)}.{" "}
            </span>
            {explainItem(sheet.criteriaSet.definition, item, itemScore, answer)}
          </p>
        </div>
        <p className="tabular shrink-0 text-right">
          <span className={itemScore.belowMinimum ? "font-semibold text-danger" : "font-semibold"}>
            {pointsText(itemScore.points)}
          </span>
          {item.maxPoints !== null && <span className="text-muted">/{item.maxPoints}</span>}
          {itemScore.belowMinimum && <span className="block text-xs text-danger">dưới mức tối thiểu</span>}
        </p>
      </div>
      {evidence && <div className="mt-2">{evidence}</div>}
    </article>
  );
}

function Check({ sheet, result }: Readonly<{ sheet: AssessmentSheet; result: ScoreResult }>) {
  if (!sheet.isDerivedFrozen) {
    return <span className="text-muted">Phiếu còn mở: điểm tính theo sổ theo dõi lúc này.</span>;
  }

  return columnsThatDiffer(sheet.stored, result).length === 0 ? (
    <ToneText tone="ok">Tính lại theo bộ tiêu chí cho cùng kết quả đã lưu.</ToneText>
  ) : (
    <ToneText tone="danger">Tính lại cho kết quả khác kết quả đã lưu. Hãy báo người quản trị.</ToneText>
  );
}
