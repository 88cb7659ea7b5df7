import "server-only";
import { createHash, randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError } from "@/lib/errors/app-error";

/** A body that was received whole, in a temporary file. */
export type SpooledBody = Readonly<{ path: string; size: number; sha256: string }>;

/**
 * Receives the body of a request into a temporary file, never more than `maxBytes` and never all of it in memory, and hands
 * it to `use`. The file is gone when `use` has ended, however it ends.
 * @throws AppError TOO_LARGE
 */
export async function spoolBody<T>(
  request: Request,
  maxBytes: number,
  use: (body: SpooledBody) => Promise<T>,
): Promise<T> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes)
    throw new AppError({ code: "TOO_LARGE" });

  const file = path.join(os.tmpdir(), `hieu-hoc-${randomUUID()}`);
  const hash = createHash("sha256");
  let size = 0;
  async function* measured(chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      size += chunk.byteLength;
      if (size > maxBytes) throw new AppError({ code: "TOO_LARGE" });
      hash.update(chunk);
      yield chunk;
    }
  }

  try {
    await pipeline(
      (request.body ?? Readable.from([])) as unknown as AsyncIterable<Uint8Array>,
      measured,
      createWriteStream(file, { mode: 0o600 }),
    );

    return await use({ path: file, size, sha256: hash.digest("hex") });
  } finally {
    await rm(file, { force: true });
  }
}
