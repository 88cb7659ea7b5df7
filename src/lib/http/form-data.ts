import "server-only";
import { AppError } from "@/lib/errors/app-error";

/**
 * The fields of a multipart request, read to at most `maxBytes`: a sender cannot fill the memory, whatever length it states.
 * @throws AppError TOO_LARGE, INVALID
 */
export async function readFormData(request: Request, maxBytes: number): Promise<FormData> {
  const stated = Number(request.headers.get("content-length") ?? 0);
  const contentType = request.headers.get("content-type") ?? "";
  if (stated > maxBytes) throw new AppError({ code: "TOO_LARGE" });
  if (!contentType.startsWith("multipart/form-data") || !request.body)
    throw new AppError({ code: "INVALID" });

  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array<ArrayBuffer>>) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new AppError({ code: "TOO_LARGE" });
    chunks.push(chunk);
  }

  try {
    return await new Response(new Blob(chunks), { headers: { "content-type": contentType } }).formData();
  } catch (error) {
    throw new AppError({ code: "INVALID", cause: error });
  }
}
