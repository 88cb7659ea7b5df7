import "server-only";
import { AppError } from "@/lib/errors/app-error";

/** More than any page of ours sends as JSON. */
const MAX_JSON_BYTES = 256 * 1024;

/**
 * The JSON body of a request, read to at most `maxBytes`: a sender cannot fill the memory, whatever length it states. What is
 * no JSON is null.
 * @throws AppError TOO_LARGE
 */
export async function readJson(request: Request, maxBytes = MAX_JSON_BYTES): Promise<unknown> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes)
    throw new AppError({ code: "TOO_LARGE" });

  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new AppError({ code: "TOO_LARGE" });
    chunks.push(chunk);
  }

  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8")) as unknown;
  } catch {
    return null;
  }
}
