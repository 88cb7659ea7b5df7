"use client";

import { ChevronLeft, ChevronRight, Keyboard } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { useEffect, useRef, useState } from "react";
import { Button, IconButton } from "@/components/button";
import { cx } from "@/components/cx";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-field";
import { ConfirmDialog } from "@/components/overlay/confirm-dialog";
import { Dialog } from "@/components/overlay/dialog";
import { approveAction, requestChangesAction } from "../actions";

type Pane = "queue" | "entry" | "evidence";

const PANES: { id: Pane; label: string }[] = [
  { id: "queue", label: "Danh sách" },
  { id: "entry", label: "Phiếu điểm" },
  { id: "evidence", label: "Minh chứng" },
];

const KEYS: [string, string][] = [
  ["A", "Duyệt mục đang mở, rồi mở mục chờ tiếp theo"],
  ["T", "Trả lại mục đang mở, ghi lý do"],
  ["J", "Mục tiếp theo"],
  ["K", "Mục trước"],
  ["M", "Sang minh chứng, bấm lần nữa để về phiếu điểm"],
  ["?", "Hiện bảng phím này"],
];

/** What stands at the bottom of the desk and under the keys. */
export type DeskStep = Readonly<{
  dossierId: string;
  entryId: string;
  entryName: string;
  version: number;
  mayApprove: boolean;
  mayReturn: boolean;
  /** where to go after a decision; empty when nothing else waits */
  onwardId: string;
  previousHref: string | null;
  nextHref: string | null;
}>;

/**
 * The review desk: queue, entry and evidence side by side on a wide screen, one at a time on a narrow one; A duyệt,
 * T trả lại, J/K next and previous, M evidence, ? the keys. Buttons do the same.
 *
 * @param status what the step before did, in words; `statusHref` where that entry stands
 */
export function DeskFrame({
  step,
  startPane,
  status,
  statusHref,
  queue,
  entry,
  evidence,
}: Readonly<{
  step: DeskStep | null;
  startPane: Pane;
  status?: string;
  statusHref?: string | undefined;
  queue: ReactNode;
  entry: ReactNode;
  evidence: ReactNode;
}>) {
  const router = useRouter();
  const [pane, setPane] = useState<Pane>(startPane);
  const [isReturning, setReturning] = useState(false);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const approveBox = useRef<HTMLDivElement>(null);
  const evidenceBox = useRef<HTMLElement>(null);
  const entryBox = useRef<HTMLElement>(null);
  const queueBox = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const isNamed = startPane === "entry";

  // An entry opened by address comes to the top with its line of the queue in view, after the router has scrolled.
  useEffect(() => {
    const box = queueBox.current;
    const line = box?.querySelector<HTMLElement>("[aria-current=true]");
    if (box && line) box.scrollTop = line.offsetTop - box.clientHeight / 3;
    // The open entry chosen once more leads nowhere: on a narrow screen it still means "show it".
    const showEntry = () => setPane("entry");
    line?.addEventListener("click", showEntry);
    if (!isNamed) return () => line?.removeEventListener("click", showEntry);

    const waiting = requestAnimationFrame(() => {
      frame.current?.scrollIntoView({ block: "start" });
      entryBox.current?.focus({ preventScroll: true });
    });

    return () => {
      cancelAnimationFrame(waiting);
      line?.removeEventListener("click", showEntry);
    };
  }, [isNamed]);

  function toggleEvidence() {
    const isThere = evidenceBox.current?.contains(document.activeElement) ?? false;
    setPane(isThere ? "entry" : "evidence");
    // The pane may have been hidden until this render.
    requestAnimationFrame(() => (isThere ? entryBox : evidenceBox).current?.focus());
  }

  function press(key: string): boolean {
    switch (key) {
      case "?":
        setHelpOpen(true);
        return true;
      case "m":
        toggleEvidence();
        return true;
      case "a":
        if (step?.mayApprove) approveBox.current?.querySelector("form")?.requestSubmit();
        return true;
      case "t":
        if (step?.mayReturn) setReturning(true);
        return true;
      case "j":
        if (step?.nextHref) router.push(step.nextHref as Route);
        return true;
      case "k":
        if (step?.previousHref) router.push(step.previousHref as Route);
        return true;
      default:
        return false;
    }
  }

  const handle = useRef(press);
  useEffect(() => {
    handle.current = press;
  });
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
      if (document.querySelector("[role=dialog], [role=alertdialog]")) return;
      if (handle.current(event.key.toLowerCase())) event.preventDefault();
    }
    window.addEventListener("keydown", onKey);

    return () => window.removeEventListener("keydown", onKey);
  }, []);

  const paneClass = (id: Pane) => cx("min-w-0 bg-paper focus:outline-none", pane !== id && "max-xl:hidden");

  return (
    <div ref={frame} className="rounded-lg border border-line bg-paper">
      <div className="flex items-center justify-between gap-2 border-b border-line px-2 print:hidden">
        <fieldset aria-label="Phần đang xem" className="flex min-w-0 xl:hidden">
          {PANES.map(({ id, label }) => (
            <button
              key={id}
              type="button"
              aria-pressed={pane === id}
              onClick={() => setPane(id)}
              className={cx(
                "min-h-11 border-b-3 px-2 text-sm sm:px-3",
                pane === id ? "border-accent font-semibold text-accent" : "border-transparent text-muted",
              )}
            >
              {label}
            </button>
          ))}
        </fieldset>
        <p className="text-sm text-muted max-xl:hidden">
          Phím: <kbd>A</kbd> duyệt · <kbd>T</kbd> trả lại · <kbd>J</kbd>/<kbd>K</kbd> tiếp/trước ·{" "}
          <kbd>M</kbd> minh chứng · <kbd>?</kbd> trợ giúp
        </p>
        <IconButton
          label="Bảng phím tắt"
          icon={<Keyboard className="size-5" />}
          onPress={() => setHelpOpen(true)}
        />
      </div>
      <div className="xl:grid xl:grid-cols-[15rem_minmax(0,1fr)_20rem] 2xl:grid-cols-[18rem_minmax(0,1fr)_28rem]">
        <section aria-label="Danh sách mục" className={paneClass("queue")}>
          <div
            ref={queueBox}
            className="relative xl:sticky xl:top-14 xl:max-h-[calc(100dvh-8rem)] xl:overflow-y-auto"
          >
            {queue}
          </div>
        </section>
        <section
          ref={entryBox}
          tabIndex={-1}
          aria-label="Phiếu điểm"
          className={cx(paneClass("entry"), "scroll-mt-14 border-line p-4 xl:border-x")}
        >
          {entry}
        </section>
        <section
          ref={evidenceBox}
          tabIndex={-1}
          aria-label="Minh chứng"
          className={cx(paneClass("evidence"), "scroll-mt-14 p-4")}
        >
          <div className="xl:sticky xl:top-18">{evidence}</div>
        </section>
      </div>
      {step && (
        <div
          className={cx(
            "sticky bottom-0 z-20 flex flex-wrap items-start gap-2 rounded-b-lg border-t border-line bg-paper p-3 max-md:bottom-14 print:hidden",
            pane === "queue" && "max-xl:hidden",
          )}
        >
          <div ref={approveBox}>
            <Form
              key={`${step.entryId} ${step.version}`}
              action={approveAction}
              hidden={{
                dossierId: step.dossierId,
                assessmentId: step.entryId,
                version: step.version,
                next: step.onwardId,
              }}
              className="flex flex-col gap-2"
              label={`Duyệt ${step.entryName}`}
            >
              <SubmitButton isDisabled={!step.mayApprove} pendingLabel="Đang duyệt…">
                Duyệt
              </SubmitButton>
            </Form>
          </div>
          <Button variant="secondary" isDisabled={!step.mayReturn} onPress={() => setReturning(true)}>
            Trả lại…
          </Button>
          {status && (
            <p role="status" className="self-center font-medium text-ok max-md:order-last max-md:w-full">
              ✓ {status}
              {statusHref && (
                <>
                  .{" "}
                  <Link href={statusHref as Route} className="link">
                    Xem lại
                  </Link>
                </>
              )}
            </p>
          )}
          <span className="ml-auto flex gap-2 max-md:hidden">
            <Button isDisabled={!step.previousHref} onPress={() => press("k")}>
              Mục trước
            </Button>
            <Button isDisabled={!step.nextHref} onPress={() => press("j")}>
              Mục sau
            </Button>
          </span>
          <span className="ml-auto flex md:hidden">
            <IconButton
              label="Mục trước"
              icon={<ChevronLeft className="size-5" />}
              isDisabled={!step.previousHref}
              onPress={() => press("k")}
            />
            <IconButton
              label="Mục sau"
              icon={<ChevronRight className="size-5" />}
              isDisabled={!step.nextHref}
              onPress={() => press("j")}
            />
          </span>
        </div>
      )}
      {step && (
        <ConfirmDialog
          key={`return ${step.entryId} ${step.version}`}
          title={`Trả lại ${step.entryName}?`}
          description="Xã sẽ thấy lý do, sửa phiếu hoặc thêm minh chứng rồi nộp lại."
          confirmLabel="Trả lại"
          pendingLabel="Đang trả lại…"
          tone="danger"
          action={requestChangesAction}
          hidden={{ assessmentId: step.entryId, version: step.version, next: step.onwardId }}
          isOpen={isReturning}
          onOpenChange={setReturning}
        >
          <div ref={focusField}>
            <TextArea
              name="reason"
              label="Lý do trả lại"
              hint="Ghi rõ tiêu chí nào, thiếu gì, cần bổ sung gì."
              rows={4}
            />
          </div>
        </ConfirmDialog>
      )}
      <Dialog title="Phím tắt" isOpen={isHelpOpen} onOpenChange={setHelpOpen}>
        <dl className="divide-y divide-line">
          {KEYS.map(([key, meaning]) => (
            <div key={key} className="flex gap-4 py-2">
              <dt className="w-8 font-semibold">
                <kbd>{key}</kbd>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </Dialog>
    </div>
  );
}

/** The reason is what the dialog asks for: the cursor stands there at once. */
function focusField(box: HTMLDivElement | null): void {
  box?.querySelector("textarea")?.focus();
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}
