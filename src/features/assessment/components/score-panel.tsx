"use client";

import type { ReactNode } from "react";
import { useRef } from "react";
import { Button } from "@/components/button";
import { ToneText } from "@/components/data/badge";
import type { SaveState } from "@/components/feedback/save-status";
import { SaveStatus } from "@/components/feedback/save-status";
import type { CriteriaSetDefinition } from "@/domain/criteria/criteria-set";
import type { ScoreResult } from "@/domain/scoring/types";
import { itemsByCode, outcomeText, rescaledText, unmetText } from "@/features/assessment/utils";
import { formatNumber } from "@/lib/format/number";

/** The score as it stands while answering: total, class, what is missing, what is not met, whether it is stored. */
export function ScorePanel({
  definition,
  result,
  saveState,
  isOutOfStep,
  children,
}: Readonly<{
  definition: CriteriaSetDefinition;
  result: ScoreResult;
  saveState: SaveState;
  /** The server counted another score than this page: what the system counts itself has changed meanwhile. */
  isOutOfStep: boolean;
  children?: ReactNode;
}>) {
  const list = useRef<HTMLDetailsElement>(null);
  const items = itemsByCode(definition);
  const rescaled = rescaledText(result);
  const outcome = outcomeText(definition, result);
  const tone = result.recognisable ? "ok" : result.complete ? "danger" : "warn";

  return (
    <section
      aria-label="Kết quả chấm"
      className="rounded-lg border border-line bg-paper p-4 max-lg:-mx-4 max-lg:rounded-none max-lg:border-x-0 max-lg:py-2 lg:p-5"
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-4" aria-live="polite">
        <p className="tabular">
          <span className="text-xl font-semibold lg:text-rate">{formatNumber(result.total, 2)}</span>
          <span className="text-muted">
            {result.kind === "points" ? `/${formatNumber(result.maxTotal)} điểm` : " (mức độ)"}
          </span>
        </p>
        <ToneText tone={tone}>{outcome}</ToneText>
        <p className="lg:w-full">
          {result.missing.length === 0 ? (
            <span className="text-sm text-muted">Đã chấm đủ các tiêu chí.</span>
          ) : (
            <span className="text-sm font-medium text-warn">Còn thiếu {result.missing.length} tiêu chí</span>
          )}
        </p>
      </div>
      {rescaled && <p className="text-sm text-muted max-lg:hidden">{rescaled}</p>}
      <SaveStatus state={saveState} />
      {isOutOfStep && (
        <div className="mt-2 rounded-md border border-warn bg-warn-soft px-3 py-2 text-sm">
          <p>Số hệ thống tự đếm vừa thay đổi nên điểm trên máy chủ đã khác.</p>
          <Button size="small" onPress={() => window.location.reload()}>
            Tải lại để xem điểm mới
          </Button>
        </div>
      )}
      {(result.missing.length > 0 || result.unmet.length > 0) && (
        <details ref={list} className="text-sm lg:hidden">
          <summary className="min-h-11 py-2 text-accent">Còn thiếu gì</summary>
          {rescaled && <p className="mb-2 text-muted">{rescaled}</p>}
          <Lacking
            items={items}
            definition={definition}
            result={result}
            onGo={() => list.current?.removeAttribute("open")}
          />
        </details>
      )}
      <div className="mt-3 hidden text-sm lg:block">
        <Lacking items={items} definition={definition} result={result} />
      </div>
      {children && (
        <div className="mt-4 hidden flex-col gap-2 lg:flex [&_a]:w-full [&_button]:w-full [&_form]:w-full">
          {children}
        </div>
      )}
    </section>
  );
}

function Lacking({
  items,
  definition,
  result,
  onGo,
}: Readonly<{
  items: ReturnType<typeof itemsByCode>;
  definition: CriteriaSetDefinition;
  result: ScoreResult;
  /** A criterion was chosen: what covers it may go away. */
  onGo?: () => void;
}>) {
  return (
    <div className="flex max-h-[40dvh] flex-col lg:max-h-[50dvh] gap-3 overflow-y-auto">
      {result.missing.length > 0 && (
        <div>
          <h2 className="text-sm font-semibold">Còn thiếu gì</h2>
          <ul className="mt-1 flex flex-col gap-1">
            {result.missing.map((code) => (
              <li key={code}>
                <a href={`#muc-${code}`} className="link inline-block py-1 md:py-0" onClick={onGo}>
                  {code} {items.get(code)?.name}
                </a>
              </li>
            ))}
          </ul>
        </div>
      )}
      {result.unmet.length > 0 && (
        <div>
          <h2 className="text-sm font-semibold">Chưa đạt điều kiện</h2>
          <ul className="mt-1 list-disc pl-5 text-muted">
            {result.unmet.map((unmet) => (
              <li key={"itemCode" in unmet ? `${unmet.kind}-${unmet.itemCode}` : unmet.kind}>
                {unmetText(definition, unmet)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
