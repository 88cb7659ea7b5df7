"use client";

import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { LiveRegion } from "@/components/feedback/save-status";
import type { Running } from "../types";
import { runningText } from "../utils";

const WHILE_RUNNING_MS = 5_000;
const OTHERWISE_MS = 120_000;
const OWN_PAGES = "/nhap-lieu";

/**
 * A quiet line on the officer's other pages: what the server is doing with a list, and the way there. Asked often only while
 * something runs and the page is looked at; on the pages of imports themselves nothing is asked.
 */
export function RunningLine({ unitId }: Readonly<{ unitId: number }>) {
  const pathname = usePathname();
  const isOwnPage = pathname === OWN_PAGES || pathname.startsWith(`${OWN_PAGES}/`);
  const [running, setRunning] = useState<readonly Running[]>([]);
  const [finished, setFinished] = useState<string | undefined>();
  const last = useRef<string | undefined>(undefined);

  useEffect(() => {
    if (isOwnPage) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = new AbortController();

    async function ask() {
      const answer = document.hidden ? undefined : await readRunning(unitId, stop.signal);
      if (stop.signal.aborted) return;
      if (answer) {
        const [first] = answer;
        setRunning(answer);
        setFinished(first || last.current === undefined ? undefined : last.current);
        last.current = first?.batchId ?? last.current;
      }
      timer = setTimeout(() => void ask(), answer?.length ? WHILE_RUNNING_MS : OTHERWISE_MS);
    }
    const look = () => {
      if (document.hidden) return;
      clearTimeout(timer);
      void ask();
    };

    void ask();
    document.addEventListener("visibilitychange", look);

    return () => {
      stop.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
      last.current = undefined;
      setRunning([]);
      setFinished(undefined);
    };
  }, [isOwnPage, unitId]);

  const [first] = running;
  const batchId = first?.batchId ?? finished;
  if (isOwnPage || batchId === undefined) return null;

  return (
    <div className="tabular fixed inset-x-0 bottom-14 z-20 border-t border-line bg-accent-soft px-4 py-1.5 text-sm md:right-auto md:bottom-0 md:w-52 md:border-r md:py-3 print:hidden">
      {first ? runningText(first) : "Đã xong một lượt nhập"}
      {running.length > 1 && ` và ${running.length - 1} lượt nữa`}
      {" · "}
      <Link href={`${OWN_PAGES}/${batchId}` as Route} className="link">
        {first ? "xem" : "xem kết quả"}
      </Link>
      <LiveRegion message={first ? "" : "Đã xong một lượt nhập danh sách."} />
    </div>
  );
}

async function readRunning(unitId: number, signal: AbortSignal): Promise<Running[] | undefined> {
  try {
    const answer = await fetch(`/api/nhap-lieu?don-vi=${unitId}`, { signal, cache: "no-store" });

    return answer.ok ? ((await answer.json()) as Running[]) : undefined;
  } catch {
    return undefined;
  }
}
