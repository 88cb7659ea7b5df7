import "server-only";
import { Readable } from "node:stream";
import { toSearchKey } from "@/lib/text/search-key";

const TYPES = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  csv: "text/csv; charset=utf-8",
} as const;

/** A file as an answer: streamed as it is made, kept nowhere. When the reader leaves, the stream is destroyed. */
export function download(
  stream: Readable,
  file: Readonly<{ name: string; format: keyof typeof TYPES }>,
): Response {
  return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
    headers: {
      "Content-Type": TYPES[file.format],
      "Content-Disposition": `attachment; filename="${fileSlug(file.name)}.${file.format}"`,
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}

/** A name that every system can store: `Sổ theo dõi xã Tân Trào` → `so-theo-doi-xa-tan-trao`. */
function fileSlug(name: string): string {
  return toSearchKey(name)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 120);
}
