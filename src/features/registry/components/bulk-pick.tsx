"use client";

import type { ReactNode } from "react";
import { useRef, useState } from "react";
import { Button, LinkButton } from "@/components/button";
import { formatCount } from "@/lib/format/number";

/** A list whose rows can be ticked: leads to changing the ticked rows, or every row of the list. */
export function BulkPick({
  list,
  noun,
  all,
  duplicatesHref,
  children,
}: Readonly<{
  /** the list's address without its path */
  list: string;
  noun: string;
  /** rows of the whole list; undefined where they were not counted to the end */
  all: number | undefined;
  duplicatesHref: string;
  children: ReactNode;
}>) {
  const form = useRef<HTMLFormElement>(null);
  const [picked, setPicked] = useState(0);
  const boxes = () => [...(form.current?.querySelectorAll<HTMLInputElement>("input[name=muc]") ?? [])];
  const count = () => setPicked(boxes().filter(({ checked }) => checked).length);

  function pickPage(isPicked: boolean) {
    for (const box of boxes()) box.checked = isPicked;
    count();
  }

  return (
    <form
      ref={form}
      method="get"
      action="/so-theo-doi/hang-loat"
      onChange={count}
      aria-label="Chọn để sửa hàng loạt"
    >
      {[...new URLSearchParams(list)].map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className="mb-3 flex flex-wrap items-center gap-3 print:hidden">
        <Button size="small" onPress={() => pickPage(picked === 0)}>
          {picked === 0 ? "Đánh dấu cả trang" : "Bỏ đánh dấu"}
        </Button>
        <Button type="submit" size="small" isDisabled={picked === 0}>
          {picked === 0 ? "Sửa các mục đã đánh dấu…" : `Sửa ${formatCount(picked)} mục đã đánh dấu…`}
        </Button>
        <LinkButton size="small" href={`/so-theo-doi/hang-loat?${list}`}>
          {all === undefined ? `Sửa tất cả ${noun} theo bộ lọc…` : `Sửa tất cả ${formatCount(all)} ${noun}…`}
        </LinkButton>
        <LinkButton size="small" variant="quiet" href={duplicatesHref}>
          Mục có thể trùng…
        </LinkButton>
      </div>
      {children}
    </form>
  );
}
