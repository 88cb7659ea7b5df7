"use client";

import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/button";
import { cx } from "@/components/cx";
import type { SaveState } from "@/components/feedback/save-status";
import { SaveStatus } from "@/components/feedback/save-status";
import { idleFormState } from "@/components/form/form-state";
import { newRequestId } from "@/components/form/request-id";
import { formatCount } from "@/lib/format/number";
import { decideImportRowsAction } from "../actions";
import { DECISIONS } from "../constants";
import type { RowDecision } from "../types";

/** A doubtful row beside the entry it is likely to be, in words made by the server. */
export type DoubtRow = Readonly<{
  ordinal: number;
  place: string;
  inFile: string;
  inRegister: string;
  href: string;
  decision: RowDecision | null;
}>;

/**
 * Doubtful rows with their likely entries; each choice is stored at once, one after the other. A row nobody decides is left out.
 */
export function DoubtTable({
  batch,
  rows,
  total,
}: Readonly<{
  batch: Readonly<{ id: string; version: number }>;
  rows: readonly DoubtRow[];
  total: number;
}>) {
  const [chosen, setChosen] = useState<Readonly<Record<number, RowDecision>>>({});
  const [saving, setSaving] = useState<SaveState>({ status: "idle" });
  const version = useRef(batch.version);
  const last = useRef<Promise<unknown>>(Promise.resolve());
  useEffect(() => {
    version.current = Math.max(version.current, batch.version);
  }, [batch.version]);

  function decide(decision: RowDecision, ordinals: readonly number[] | "all") {
    const touched = ordinals === "all" ? rows.map(({ ordinal }) => ordinal) : ordinals;
    setChosen((before) => ({
      ...before,
      ...Object.fromEntries(touched.map((ordinal) => [ordinal, decision])),
    }));
    setSaving({ status: "saving" });
    // One after the other: each answer brings the version the next one needs.
    last.current = last.current.then(async () => {
      const data = new FormData();
      data.set("requestId", newRequestId());
      data.set("batchId", batch.id);
      data.set("version", String(version.current));
      data.set("decision", decision);
      if (ordinals !== "all") data.set("ordinals", ordinals.join(","));
      setSaving(await send(data, version));
    });
  }

  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <p className="text-sm">Cho cả {formatCount(total)} dòng nghi trùng:</p>
        {DECISIONS.map(({ value, allLabel }) => (
          <Button key={value} size="small" onPress={() => decide(value, "all")}>
            {allLabel}
          </Button>
        ))}
        <SaveStatus state={saving} className="ml-auto" />
      </div>
      <ul className="flex flex-col gap-3">
        {rows.map((row) => (
          <li key={row.ordinal} className="rounded-lg border border-line bg-paper p-4">
            <fieldset>
              <legend className="float-left mr-3 text-sm font-semibold">{row.place}</legend>
              <dl className="clear-left grid gap-x-6 gap-y-2 pt-1 sm:grid-cols-2">
                <div>
                  <dt className="text-xs text-muted">Trong tệp</dt>
                  <dd className="font-medium">{row.inFile}</dd>
                </div>
                <div>
                  <dt className="text-xs text-muted">Mục có thể là một trong sổ</dt>
                  <dd>
                    <a className="link font-medium" href={row.href} target="_blank" rel="noreferrer">
                      {row.inRegister}
                      <span className="sr-only"> (mở ở trang mới)</span>
                    </a>
                  </dd>
                </div>
              </dl>
              <div className="mt-2 flex flex-wrap gap-x-6">
                {DECISIONS.map(({ value, label }) => {
                  const current = chosen[row.ordinal] ?? row.decision;

                  return (
                    <label
                      key={value}
                      className={cx(
                        "flex min-h-11 cursor-pointer items-center gap-2 md:min-h-9",
                        current === value && "font-semibold",
                      )}
                    >
                      <input
                        type="radio"
                        name={`quyet-dinh-${row.ordinal}`}
                        value={value}
                        checked={current === value}
                        onChange={() => decide(value, [row.ordinal])}
                        className="size-5 accent-accent"
                      />
                      {label}
                    </label>
                  );
                })}
              </div>
            </fieldset>
          </li>
        ))}
      </ul>
    </div>
  );
}

async function send(data: FormData, version: { current: number }): Promise<SaveState> {
  try {
    const answer = await decideImportRowsAction(idleFormState, data);
    const next = Number(answer.values?.version);
    if (Number.isInteger(next) && next > version.current) version.current = next;
    if (answer.status === "success") return { status: "saved", at: new Date() };

    return { status: "error", message: answer.message ?? "Chưa ghi được quyết định. Hãy chọn lại." };
  } catch {
    return {
      status: "error",
      message: "Chưa ghi được quyết định vì mất mạng. Hãy kiểm tra mạng rồi chọn lại.",
    };
  }
}
