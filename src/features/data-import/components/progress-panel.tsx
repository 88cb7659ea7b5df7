"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { ProgressBar } from "@/components/feedback/progress-bar";
import { LiveRegion } from "@/components/feedback/save-status";
import { formatCount } from "@/lib/format/number";
import type { Progress } from "../types";
import { progressText } from "../utils";

const EVERY_MS = 1000;
/** After a failed question, or while the page opens the result, the next one waits longer: a weak link is not asked all the time. */
const AFTER_FAILURE_MS = 4000;

/**
 * What the server is doing with the batch, asked each second; when it has finished the page shows what came of it. Leaving the
 * page changes nothing: the work is the server's.
 */
export function ProgressPanel({
  batchId,
  initial,
  title,
}: Readonly<{ batchId: string; initial: Progress; title: string }>) {
  const router = useRouter();
  const [progress, setProgress] = useState(initial);
  const [isOffline, setOffline] = useState(false);
  const [isRefreshing, startRefresh] = useTransition();

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = new AbortController();

    async function ask() {
      const answer = await readProgress(batchId, stop.signal);
      if (stop.signal.aborted) return;
      setOffline(answer === undefined);
      if (answer) setProgress(answer);
      // Asked on until the page itself has changed: a refresh that got lost would leave it waiting for ever.
      const isOver = answer !== undefined && answer.state !== initial.state;
      if (isOver) startRefresh(() => router.refresh());
      timer = setTimeout(() => void ask(), answer && !isOver ? EVERY_MS : AFTER_FAILURE_MS);
    }

    timer = setTimeout(() => void ask(), EVERY_MS / 2);

    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [batchId, initial.state, router]);

  const { done, total } = progress;
  const percent = total === null || total === 0 ? null : Math.min(100, Math.floor((done / total) * 100));
  const text = isRefreshing ? "Đã xong, đang mở kết quả…" : progressText(progress);

  return (
    <section
      aria-label={title}
      aria-busy={isRefreshing}
      className="rounded-lg border border-line bg-paper px-4 py-8 sm:px-8"
    >
      <div className="mx-auto flex max-w-xl flex-col gap-3">
        <h2>{title}</h2>
        <ProgressBar label={title} percent={percent} />
        <p className="tabular flex min-h-6 flex-wrap justify-between gap-x-4">
          <span>{text}</span>
          {total !== null && total > 0 && (
            <span className="text-muted">
              {formatCount(done)} / {formatCount(total)} dòng
            </span>
          )}
        </p>
        <p className="min-h-11 text-sm text-muted">
          {isOffline
            ? "Máy này đang mất mạng nên chưa xem được tiến độ. Việc vẫn chạy trên máy chủ; trang sẽ tự hỏi lại."
            : "Có thể đóng trang hoặc làm việc khác: việc vẫn chạy trên máy chủ, khi quay lại sẽ thấy kết quả ở đây."}
        </p>
      </div>
      <LiveRegion message={percent === null ? text : `${text} ${Math.floor(percent / 10) * 10} %`} />
    </section>
  );
}

async function readProgress(batchId: string, signal: AbortSignal): Promise<Progress | undefined> {
  try {
    const answer = await fetch(`/api/nhap-lieu/${batchId}/tien-do`, { signal, cache: "no-store" });

    return answer.ok ? ((await answer.json()) as Progress) : undefined;
  } catch {
    return undefined;
  }
}
