import { FileText, Image as ImageIcon } from "lucide-react";
import { formatBytes } from "@/lib/format/number";

/** A file as a small link that opens beside the page: kind, name, what else tells it apart, size. */
export function FilePill({
  name,
  href,
  mimeType,
  sizeBytes,
  detail,
}: Readonly<{ name: string; href: string; mimeType?: string; sizeBytes?: number; detail?: string }>) {
  const Icon = mimeType?.startsWith("image/") ? ImageIcon : FileText;

  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      className="relative z-10 inline-flex min-h-11 max-w-full items-center gap-2 rounded-md border border-line bg-page px-3 py-1 text-sm hover:border-accent md:min-h-8"
    >
      <Icon aria-hidden="true" className="size-4 shrink-0 text-muted" />
      <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
        <span className="truncate text-accent underline underline-offset-2">{name}</span>
        {detail && <span className="tabular text-xs text-muted">{detail}</span>}
        {sizeBytes !== undefined && (
          <span className="tabular text-xs text-muted">{formatBytes(sizeBytes)}</span>
        )}
      </span>
      <span className="sr-only">(mở ở thẻ mới)</span>
    </a>
  );
}
