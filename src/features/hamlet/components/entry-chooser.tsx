"use client";

import { useId, useState } from "react";
import { Button } from "@/components/button";
import { useField } from "@/components/form/form-context";
import { inputClass } from "@/components/form/form-field";
import { toSearchKey } from "@/lib/text/search-key";
import type { MovableEntry } from "../types";

const KIND_NAMES = { FAMILY: "Hộ", CITIZEN: "Công dân không thuộc hộ nào", CLAN: "Dòng họ" } as const;

/** A list to tick, narrowed by name or address; "chọn tất cả" takes the rows that are shown. */
export function EntryChooser({
  entries,
  chosen,
  onChange,
}: Readonly<{
  entries: readonly MovableEntry[];
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
}>) {
  const [text, setText] = useState("");
  const filterId = useId();
  const field = useField({ name: "chosen" });
  const words = toSearchKey(text)
    .split(" ")
    .filter((word) => word !== "");
  const shown = entries.filter(({ name, detail }) => {
    const key = toSearchKey(`${name} ${detail}`);

    return words.every((word) => key.includes(word));
  });

  function set(ids: readonly string[], isChecked: boolean) {
    const next = new Set(chosen);
    for (const id of ids) {
      if (isChecked) next.add(id);
      else next.delete(id);
    }
    onChange(next);
  }

  return (
    <fieldset className={field.error ? "border-l-4 border-danger pl-3" : undefined}>
      <legend className="font-medium" id={field.id} tabIndex={-1}>
        Sang thôn mới
      </legend>
      {field.error && (
        <p id={field.errorId} className="font-medium text-danger">
          {field.error}
        </p>
      )}
      <div className="mt-2 flex flex-wrap items-end gap-3">
        <div className="min-w-0 flex-1 basis-60">
          <label htmlFor={filterId} className="text-sm text-muted">
            Lọc theo tên, địa chỉ
          </label>
          <input
            id={filterId}
            type="search"
            autoComplete="off"
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
            className={inputClass}
          />
        </div>
        <Button
          variant="secondary"
          size="small"
          onPress={() =>
            set(
              shown.map(({ id }) => id),
              true,
            )
          }
        >
          Chọn {shown.length} mục đang hiện
        </Button>
        <Button
          variant="quiet"
          size="small"
          onPress={() =>
            set(
              shown.map(({ id }) => id),
              false,
            )
          }
        >
          Bỏ chọn
        </Button>
      </div>
      <p className="mt-2 text-sm text-muted" aria-live="polite">
        Đã chọn {chosen.size} trong {entries.length} mục. Hộ được chọn mang theo các thành viên cùng thôn.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard */}
      <div className="mt-2 max-h-96 overflow-y-auto rounded-md border border-line" tabIndex={0}>
        <ul className="divide-y divide-line">
          {shown.map((entry) => (
            <li key={entry.id}>
              <label className="flex min-h-11 cursor-pointer items-center gap-3 px-3 py-2 text-sm md:min-h-9">
                <input
                  type="checkbox"
                  checked={chosen.has(entry.id)}
                  onChange={(event) => set([entry.id], event.target.checked)}
                  className="size-5 shrink-0 accent-accent"
                />
                <span className="min-w-0">
                  {entry.title === "FAMILY" ? "Hộ " : ""}
                  {entry.name}
                  <span className="text-muted">{detailOf(entry)}</span>
                </span>
              </label>
            </li>
          ))}
          {shown.length === 0 && <li className="px-3 py-4 text-sm text-muted">Không có mục nào như vậy.</li>}
        </ul>
      </div>
    </fieldset>
  );
}

function detailOf({ title, detail, memberCount }: MovableEntry): string {
  const parts = [
    title === "FAMILY" ? `${memberCount} thành viên` : KIND_NAMES[title].toLowerCase(),
    title === "CITIZEN" && detail !== "" ? `sinh năm ${detail}` : detail,
  ].filter((part) => part !== "");

  return ` · ${parts.join(" · ")}`;
}
