"use client";

import type { ReactNode } from "react";
import { useEffect, useState } from "react";
import { Banner } from "@/components/feedback/banner";
import type { SaveState } from "@/components/feedback/save-status";
import { SectionCard } from "@/components/layout/section-card";
import type { Answers } from "@/domain/criteria/answer";
import type { CriteriaItem } from "@/domain/criteria/criteria-set";
import type { ScoreResult } from "@/domain/scoring/types";
import type { Derived, RegisterCount, UsedCriteriaSet } from "@/features/assessment/types";
import { formatNumber } from "@/lib/format/number";
import type { QueueState } from "./answer-queue";
import { draftOf, readDraft } from "./draft";
import type { CellStatus } from "./item-editor";
import { ItemEditor } from "./item-editor";
import { ScorePanel } from "./score-panel";
import { useAnswers } from "./use-answers";

/**
 * The open scoring sheet: every answer is sent as soon as it is given, the total runs along in the browser with the same
 * rules as on the server, and nothing typed is lost when the network breaks.
 *
 * @param evidence what stands under an item for its evidence, by item code
 * @param sourceHref where the counted shares come from (the register)
 */
export function ScoringForm({
  actorId,
  assessmentId,
  criteriaSet,
  answers,
  derived,
  registerCounts,
  sourceHref,
  evidence,
  children,
}: Readonly<{
  actorId: string;
  assessmentId: string;
  criteriaSet: UsedCriteriaSet;
  answers: Answers;
  derived: Derived;
  registerCounts: readonly RegisterCount[];
  sourceHref: string | null;
  evidence: Readonly<Record<string, ReactNode>>;
  children?: ReactNode;
}>) {
  const { queue, state, result, generation, take } = useAnswers({
    actorId,
    assessmentId,
    criteriaSet,
    answers,
    derived,
  });
  const [resolved, setResolved] = useState<Readonly<Record<string, number>>>({});
  const scores = new Map(result.byItem.map((one) => [one.code, one]));
  const isClosed = state.isClosed;

  useEffect(() => {
    if (state.waiting === 0) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);

    return () => window.removeEventListener("beforeunload", warn);
  }, [state.waiting]);

  function resolve(item: CriteriaItem, choice: "mine" | "theirs") {
    const conflict = state.conflicts.get(item.code);
    if (!conflict) return;
    const answer = choice === "mine" ? conflict.yours : conflict.theirs;
    queue.set(item.code, answer);
    take(item.code, readDraft(item, draftOf(answer), item.derived && derived.values[item.derived]));
    setResolved((before) => ({ ...before, [item.code]: (before[item.code] ?? 0) + 1 }));
  }

  return (
    <div className="lg:grid lg:grid-cols-[minmax(0,1fr)_20rem] lg:items-start lg:gap-6">
      <div className="sticky top-14 z-20 mb-4 lg:top-20 lg:order-2 lg:mb-0 print:hidden">
        <ScorePanel
          definition={criteriaSet.definition}
          result={result}
          saveState={saveStateOf(state)}
          isOutOfStep={isOutOfStep(state, result)}
        >
          {children}
        </ScorePanel>
      </div>
      <div className="flex min-w-0 flex-col gap-5">
        {state.problem && (
          <Banner tone="danger" title={state.problem} className="mb-0">
            {state.waiting > 0 && (
              <p>
                {state.waiting} mục chưa gửi vẫn còn trên máy này.{" "}
                <a href="/dang-nhap" target="_blank" rel="noopener" className="link">
                  Đăng nhập lại ở thẻ khác
                </a>
                , rồi quay lại trang này.
              </p>
            )}
          </Banner>
        )}
        {criteriaSet.definition.groups.map((group, index) => {
          const groupScore = result.byGroup[index];

          return (
            <SectionCard
              key={group.code}
              title={`${group.code}. ${group.name}`}
              action={
                groupScore &&
                result.kind === "points" && (
                  <span className="tabular text-muted">
                    {formatNumber(groupScore.points)}/{formatNumber(groupScore.max)} điểm
                  </span>
                )
              }
            >
              {group.items.map((item) => (
                <ItemEditor
                  key={`${item.code}-${generation}-${state.conflicts.has(item.code) ? "x" : (resolved[item.code] ?? 0)}`}
                  item={item}
                  initial={state.conflicts.get(item.code)?.yours ?? queue.latest(item.code)}
                  counted={item.derived && derived.values[item.derived]}
                  isOfficial={item.derived !== undefined && derived.official.includes(item.derived)}
                  sourceHref={sourceHref}
                  registerCounts={registerCounts}
                  itemScore={scores.get(item.code)}
                  status={statusOf(state, item.code)}
                  conflict={state.conflicts.get(item.code)}
                  refusal={state.refusals.get(item.code)}
                  evidence={evidence[item.code]}
                  isClosed={isClosed}
                  onRead={(reading) => take(item.code, reading)}
                  onChange={(answer) => queue.set(item.code, answer)}
                  onResolve={(choice) => resolve(item, choice)}
                />
              ))}
            </SectionCard>
          );
        })}
        {children && <div className="flex flex-wrap gap-3 lg:hidden print:hidden">{children}</div>}
      </div>
    </div>
  );
}

function statusOf(state: QueueState, code: string): CellStatus {
  if (state.pending.has(code)) return state.isOffline ? "offline" : "pending";

  return state.saved.has(code) ? "saved" : "none";
}

function saveStateOf(state: QueueState): SaveState {
  const toSolve = state.conflicts.size + state.refusals.size;
  if (state.problem) return { status: "error", message: state.problem };
  if (state.isOffline && state.waiting > 0) return { status: "offline", waiting: state.waiting };
  if (toSolve > 0) return { status: "error", message: `Có ${toSolve} mục chưa lưu được, cần xem lại.` };
  if (state.waiting > 0) return { status: "saving" };

  return state.savedAt ? { status: "saved", at: state.savedAt } : { status: "idle" };
}

/** Everything is stored, and yet the server counts another score. */
function isOutOfStep(state: QueueState, result: ScoreResult): boolean {
  const { confirmed } = state;
  if (!confirmed || state.waiting > 0 || state.refusals.size > 0 || state.conflicts.size > 0) return false;
  if (result.byItem.some((item) => item.rule === "invalid")) return false;

  return confirmed.missingCount === result.missing.length && confirmed.total !== result.total;
}
