"use client";

import type { ReactNode } from "react";
import { useEffect, useId, useRef, useState } from "react";
import { Button } from "@/components/button";
import { cx } from "@/components/cx";
import { inputClass } from "@/components/form/form-field";
import type { Answer } from "@/domain/criteria/answer";
import type { CriteriaItem } from "@/domain/criteria/criteria-set";
import type { Ratio } from "@/domain/criteria/ratio";
import type { ItemScore } from "@/domain/scoring/types";
import type { RegisterCount } from "@/features/assessment/types";
import { answerText, pointsText } from "@/features/assessment/utils";
import { AnswerControl } from "./answer-controls";
import type { CellConflict } from "./answer-queue";
import { CountedShare } from "./counted-share";
import type { Draft, Reading } from "./draft";
import { draftOf, readDraft } from "./draft";
import { ItemGuidance, ItemHeading } from "./item-heading";

/** How a cell stands on its way to the server. */
export type CellStatus = "none" | "pending" | "saved" | "offline";

const STATUS_TEXTS: Readonly<Record<CellStatus, string>> = {
  none: "",
  pending: "● Đang lưu…",
  saved: "✓ Đã lưu",
  offline: "! Đang chờ mạng",
};

/** How long typing may pause before it is sent. */
const PAUSE = 600;

/** One item of an open sheet: what is asked, the answer, its points so far, its evidence. */
export function ItemEditor({
  item,
  initial,
  counted,
  isOfficial,
  sourceHref,
  registerCounts,
  itemScore,
  status,
  conflict,
  refusal,
  evidence,
  isClosed,
  onRead,
  onChange,
  onResolve,
}: Readonly<{
  item: CriteriaItem;
  initial: Answer | null;
  /** The share the system counted for the item. */
  counted: Ratio | undefined;
  isOfficial: boolean;
  sourceHref: string | null;
  registerCounts: readonly RegisterCount[];
  itemScore: ItemScore | undefined;
  status: CellStatus;
  conflict: CellConflict | undefined;
  refusal: string | undefined;
  evidence: ReactNode;
  isClosed: boolean;
  /** What the fields amount to at every keystroke, for the running total. */
  onRead: (reading: Reading) => void;
  /** An answer that may be sent; null takes it away. */
  onChange: (answer: Answer | null) => void;
  onResolve: (choice: "mine" | "theirs") => void;
}>) {
  const id = useId();
  const [draft, setDraft] = useState<Draft>(() => draftOf(initial));
  const unsent = useRef<Answer | null | undefined>(undefined);
  const timer = useRef<number | undefined>(undefined);
  const change = useRef(onChange);
  change.current = onChange;
  const reading = readDraft(item, draft, counted);
  const message = "message" in reading ? reading.message : null;
  const errorId = message || refusal ? `${id}-loi` : undefined;
  const isAnswered = reading.kind !== "empty";

  useEffect(() => {
    const leave = () => {
      window.clearTimeout(timer.current);
      if (unsent.current !== undefined) change.current(unsent.current);
      unsent.current = undefined;
    };
    window.addEventListener("pagehide", leave);

    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, []);

  function flush() {
    window.clearTimeout(timer.current);
    if (unsent.current === undefined) return;
    onChange(unsent.current);
    unsent.current = undefined;
  }

  function edit(part: Partial<Draft>, isTyping = false) {
    const next = { ...draft, ...part };
    const read = readDraft(item, next, counted);
    setDraft(next);
    onRead(read);
    window.clearTimeout(timer.current);
    unsent.current = read.kind === "answer" ? read.answer : read.kind === "empty" ? null : undefined;
    if (isTyping) timer.current = window.setTimeout(flush, PAUSE);
    else flush();
  }

  const isCounted = counted !== undefined && !draft.isOverruling;

  return (
    <article
      id={`muc-${item.code}`}
      aria-labelledby={`${id}-ten`}
      className={cx(
        "scroll-mt-56 border-t border-line py-4 first:border-t-0 lg:scroll-mt-24",
        (conflict || refusal) && "border-l-4 border-l-danger pl-3",
      )}
    >
      <div className="flex items-start justify-between gap-4">
        <ItemHeading id={`${id}-ten`} item={item} />
        <p className="tabular shrink-0 text-right">
          <span className="font-semibold">{pointsText(itemScore?.points ?? null)}</span>
          {item.maxPoints !== null && <span className="text-muted">/{item.maxPoints}</span>}
          <span aria-live="polite" className="block min-h-5 text-xs whitespace-nowrap text-muted">
            {message && isAnswered ? "○ Chưa lưu" : STATUS_TEXTS[status]}
          </span>
        </p>
      </div>
      <ItemGuidance id={`${id}-dan`} item={item} />
      {conflict && <ConflictNotice item={item} conflict={conflict} onResolve={onResolve} />}
      <div className="mt-2 flex flex-col gap-2">
        {counted && (
          <CountedShare
            item={item}
            counted={counted}
            isOfficial={isOfficial}
            sourceHref={sourceHref}
            isOverruling={draft.isOverruling}
            isDisabled={isClosed || draft.isNotApplicable}
            onOverrule={(isOverruling) =>
              edit(
                isOverruling
                  ? { isOverruling }
                  : { isOverruling, numerator: "", denominator: "", reason: "" },
              )
            }
          />
        )}
        {item.derived && !counted && (
          <p className="text-sm text-muted">
            Sổ theo dõi chưa có số để hệ thống tự đếm mục này; hãy nhập tay hoặc bổ sung sổ.
          </p>
        )}
        {!draft.isNotApplicable && !isCounted && (
          <AnswerControl
            item={item}
            draft={draft}
            describedBy={[errorId, `${id}-dan`].filter(Boolean).join(" ")}
            isInvalid={errorId !== undefined && isAnswered}
            isDisabled={isClosed}
            registerCounts={registerCounts}
            onChange={edit}
            onLeave={flush}
          />
        )}
        <div className="flex flex-wrap items-center gap-x-6 gap-y-1">
          <label className="flex min-h-11 cursor-pointer items-center gap-3 text-sm md:min-h-9">
            <input
              type="checkbox"
              checked={draft.isNotApplicable}
              disabled={isClosed}
              onChange={(event) => edit({ isNotApplicable: event.target.checked })}
              className="size-5 shrink-0 cursor-pointer accent-accent"
            />
            Không áp dụng
          </label>
          {isAnswered && !isClosed && !draft.isNotApplicable && !isCounted && !counted && (
            <Button variant="quiet" size="small" onPress={() => edit(draftOf(null))}>
              Xoá câu trả lời
            </Button>
          )}
        </div>
        {(draft.isNotApplicable || (counted && draft.isOverruling)) && (
          <label className="block max-w-2xl">
            <span className="block text-sm font-medium">
              {draft.isNotApplicable ? "Lý do không áp dụng" : "Lý do sửa số hệ thống đếm"}
            </span>
            <textarea
              rows={2}
              maxLength={500}
              value={draft.reason}
              disabled={isClosed}
              aria-describedby={errorId}
              aria-invalid={errorId ? true : undefined}
              onChange={(event) => edit({ reason: event.target.value }, true)}
              onBlur={flush}
              className={inputClass}
            />
          </label>
        )}
        {errorId && (
          <p id={errorId} className="text-sm font-medium text-danger">
            <span aria-hidden="true">✕ </span>
            {refusal ?? message}
          </p>
        )}
        {evidence}
      </div>
    </article>
  );
}

function ConflictNotice({
  item,
  conflict,
  onResolve,
}: Readonly<{ item: CriteriaItem; conflict: CellConflict; onResolve: (choice: "mine" | "theirs") => void }>) {
  return (
    <div role="alert" className="mt-2 rounded-md border border-danger bg-danger-soft px-4 py-3 text-sm">
      <p className="font-semibold">Người khác vừa sửa mục này. Hãy chọn một trong hai:</p>
      <div className="mt-2 flex flex-wrap gap-3">
        <Button size="small" onPress={() => onResolve("mine")}>
          Giữ của tôi: {answerText(item, conflict.yours)}
        </Button>
        <Button size="small" onPress={() => onResolve("theirs")}>
          Lấy của người kia: {answerText(item, conflict.theirs)}
        </Button>
      </div>
    </div>
  );
}
