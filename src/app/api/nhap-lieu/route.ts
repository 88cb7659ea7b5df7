import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { assertMayImport, getRunning } from "@/features/data-import/loaders";
import { createBatch } from "@/features/data-import/mutations";
import { UnitId, UploadHeaders } from "@/features/data-import/schema";
import type { SessionActor } from "@/features/user/data";
import { getActor } from "@/features/user/session";
import { AppError } from "@/lib/errors/app-error";
import { handleRoute } from "@/lib/http/route";
import type { SpooledBody } from "@/lib/http/spool-body";
import { spoolBody } from "@/lib/http/spool-body";
import { MAX_FILE_BYTES } from "@/lib/spreadsheet/limits";
import { openSpreadsheet } from "@/lib/spreadsheet/read";
import { SPREADSHEET_ERROR_MESSAGES, SpreadsheetError } from "@/lib/spreadsheet/spreadsheet-error";
import { putStream, removeFile } from "@/lib/storage/file-store";

const CONTENT_TYPES = {
  XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  CSV: "text/csv",
} as const;

/** What the server is doing with lists of whoever asks, who writes the register of `?don-vi=`: state, stage and numbers of each. */
export async function GET(request: Request): Promise<Response> {
  return await handleRoute("import.running", request, async () => {
    const unitId = UnitId.safeParse(new URL(request.url).searchParams.get("don-vi"));
    if (!unitId.success) throw new AppError({ code: "NOT_FOUND" });

    return Response.json(await getRunning(unitId.data), { headers: { "Cache-Control": "no-store" } });
  });
}

/**
 * Takes in one list of the commune `?don-vi=`. The body is the file itself, so that it never stands in memory; its name and the
 * request id come in headers. What the file is, its content says.
 */
export async function POST(request: Request): Promise<Response> {
  return await handleRoute("import.upload", request, async () => {
    const actor = await getActor();
    const headers = UploadHeaders.safeParse({
      requestId: request.headers.get("x-request-id"),
      communeId: new URL(request.url).searchParams.get("don-vi"),
      fileName: decodedName(request.headers.get("x-file-name")),
    });
    if (!headers.success) throw new AppError({ code: "INVALID" });
    await assertMayImport(actor, headers.data.communeId);

    try {
      const { batchId } = await spoolBody(
        request,
        MAX_FILE_BYTES,
        async (body) => await takeIn(actor, headers.data, body),
      );

      return Response.json({ batchId }, { status: 201 });
    } catch (error) {
      throw asRefusal(error);
    }
  });
}

async function takeIn(
  actor: SessionActor,
  { requestId, communeId, fileName }: UploadHeaders,
  body: SpooledBody,
): Promise<{ batchId: string }> {
  const spreadsheet = await openSpreadsheet(body.path, { fileName, hasLegacy: true });
  const { format } = spreadsheet;
  await spreadsheet.close();

  const batchId = randomUUID();
  const storageKey = `import/${communeId}/${batchId}.${format.toLowerCase()}`;
  await putStream(storageKey, createReadStream(body.path), {
    contentType: CONTENT_TYPES[format],
    contentLength: body.size,
  });
  try {
    const made = await createBatch(
      actor,
      { batchId, communeId, fileName, storageKey, sha256: body.sha256, byteSize: body.size, format },
      requestId,
    );
    // Sent twice, the file has its batch already, under the first one's key.
    if (made.batchId !== batchId) await removeFile(storageKey);

    return made;
  } catch (error) {
    await removeFile(storageKey);
    throw error;
  }
}

function asRefusal(error: unknown): unknown {
  if (error instanceof SpreadsheetError)
    return new AppError({
      code: error.code === "TOO_LARGE" ? "TOO_LARGE" : "UNSUPPORTED_FILE",
      detail: error.text,
    });
  if (error instanceof AppError && error.code === "TOO_LARGE")
    return new AppError({ code: "TOO_LARGE", detail: SPREADSHEET_ERROR_MESSAGES.TOO_LARGE });

  return error;
}

/** The last part of the name without what a name cannot hold; undefined for what was not encoded as one. */
function decodedName(header: string | null): string | undefined {
  if (header === null) return undefined;
  try {
    return decodeURIComponent(header)
      .replace(/^.*[\\/]/, "")
      .replace(/\p{C}/gu, "");
  } catch {
    return undefined;
  }
}
