"use client";

import { ChevronLeft, ChevronRight, ExternalLink, RotateCw, ZoomIn, ZoomOut } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/components/button";
import { cx } from "@/components/cx";
import { EmptyState } from "@/components/feedback/empty-state";
import { formatBytes } from "@/lib/format/number";

/** A file shown as evidence; `url` answers with the file itself, from this site. */
export type EvidenceFile = Readonly<{
  id: string;
  name: string;
  url: string;
  mimeType: string;
  sizeBytes?: number;
  note?: string;
}>;

/** Shows images and PDF files in place, one at a time, with a way to open each by itself. */
export function EvidenceViewer({
  files,
  emptyText = "Chưa có minh chứng",
  heightClass = "h-[60vh] min-h-80",
}: Readonly<{ files: readonly EvidenceFile[]; emptyText?: string; heightClass?: string }>) {
  const [index, setIndex] = useState(0);
  const [isLarge, setLarge] = useState(false);
  const [turns, setTurns] = useState(0);
  const file = files[Math.min(index, files.length - 1)];

  if (!file) {
    return (
      <div className="rounded-md border border-dashed border-field">
        <EmptyState title={emptyText} />
      </div>
    );
  }

  const isImage = file.mimeType.startsWith("image/");

  function show(next: number) {
    setIndex((next + files.length) % files.length);
    setLarge(false);
    setTurns(0);
  }

  return (
    <figure
      aria-label="Minh chứng"
      className="min-w-0 overflow-hidden rounded-md border border-line bg-paper"
    >
      <figcaption className="flex flex-wrap items-center gap-x-2 border-b border-line px-2 py-1">
        {files.length > 1 && (
          <span className="flex items-center">
            <IconButton
              label="Tệp trước"
              icon={<ChevronLeft className="size-5" />}
              onPress={() => show(index - 1)}
            />
            <span className="tabular text-sm" aria-live="polite">
              {index + 1} / {files.length}
            </span>
            <IconButton
              label="Tệp sau"
              icon={<ChevronRight className="size-5" />}
              onPress={() => show(index + 1)}
            />
          </span>
        )}
        <span className="min-w-0 flex-1 basis-32 truncate px-1 text-sm font-medium" title={file.name}>
          {file.name}
          {file.sizeBytes !== undefined && (
            <span className="tabular font-normal text-muted"> · {formatBytes(file.sizeBytes)}</span>
          )}
        </span>
        {isImage && (
          <span className="flex print:hidden">
            <IconButton
              label={isLarge ? "Vừa khung" : "Phóng to"}
              icon={isLarge ? <ZoomOut className="size-5" /> : <ZoomIn className="size-5" />}
              onPress={() => setLarge(!isLarge)}
            />
            <IconButton
              label="Xoay ảnh"
              icon={<RotateCw className="size-5" />}
              onPress={() => setTurns((count) => (count + 1) % 4)}
            />
          </span>
        )}
        <a
          href={file.url}
          target="_blank"
          rel="noopener noreferrer"
          className="link inline-flex min-h-11 items-center gap-1 px-2 text-sm md:min-h-9 print:hidden"
        >
          <ExternalLink aria-hidden="true" className="size-4" />
          Mở riêng<span className="sr-only"> {file.name} ở thẻ mới</span>
        </a>
      </figcaption>
      {file.note && <p className="border-b border-line px-3 py-1.5 text-sm text-muted">{file.note}</p>}
      <section
        tabIndex={isLarge ? 0 : undefined}
        aria-label={file.name}
        className={cx("bg-page", heightClass, isImage ? "flex overflow-auto" : "overflow-hidden")}
      >
        {isImage ? (
          // biome-ignore lint/performance/noImgElement: the file is private and already sized; no optimiser may keep a copy.
          <img
            src={file.url}
            alt={file.note ?? `Minh chứng: ${file.name}`}
            style={{ rotate: `${turns * 90}deg` }}
            className={cx("m-auto", isLarge ? "max-w-none" : "max-h-full max-w-full object-contain")}
          />
        ) : (
          <iframe
            key={file.id}
            src={file.url}
            title={`Minh chứng: ${file.name}`}
            className="size-full border-0"
          />
        )}
      </section>
    </figure>
  );
}
