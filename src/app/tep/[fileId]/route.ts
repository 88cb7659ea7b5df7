import { Readable } from "node:stream";
import { z } from "zod";
import { getFile } from "@/features/evidence/loaders";
import { AppError } from "@/lib/errors/app-error";
import { handleRoute } from "@/lib/http/route";
import { openFile } from "@/lib/storage/file-store";

/**
 * What a stored file may do when it is opened: nothing but show itself, alone or inside our own pages. The sandbox gives it an
 * origin of its own; browsers still show PDF files in their viewer.
 */
const CONTENT_SECURITY_POLICY =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'";

/** A file of evidence. Not found for everybody who may not read the assessment it proves. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ fileId: string }> },
): Promise<Response> {
  return await handleRoute("evidence.read", request, async () => {
    const { fileId } = await params;
    if (!z.uuid().safeParse(fileId).success) throw new AppError({ code: "NOT_FOUND" });

    const file = await getFile(fileId);
    const isPdf = file.mime === "application/pdf";
    const etag = `"${file.sha256}"`;
    const headers = {
      "Content-Security-Policy": CONTENT_SECURITY_POLICY,
      "X-Frame-Options": "SAMEORIGIN",
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "private, no-cache",
      ETag: etag,
    };
    if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers });

    const stream = await openFile(file.storageKey);
    if (!stream) throw new AppError({ code: "NOT_FOUND" });

    const extension = isPdf ? "pdf" : file.mime.slice("image/".length).replace("jpeg", "jpg");
    return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
      headers: {
        ...headers,
        "Content-Type": file.mime,
        "Content-Length": String(file.byteSize),
        "Content-Disposition": `inline; filename="minh-chung-${file.id.slice(0, 8)}.${extension}"`,
      },
    });
  });
}
