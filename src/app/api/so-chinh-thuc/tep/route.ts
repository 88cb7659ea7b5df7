import { randomUUID } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { MAX_FIGURE_FILE_BYTES } from "@/features/figures/file/constants";
import { checkFigureFile } from "@/features/figures/file/mutations";
import { UploadFigures } from "@/features/figures/schema";
import { getActor } from "@/features/user/session";
import { AppError } from "@/lib/errors/app-error";
import { readFormData } from "@/lib/http/form-data";
import { handleRoute } from "@/lib/http/route";

/** Room for the other fields and the frame of a multipart body. */
const FRAME_BYTES = 64 * 1024;

/** A file of figures to be checked: multipart `{ requestId, unitId, year, source, datedOn, file }`. */
export async function POST(request: Request): Promise<Response> {
  return await handleRoute("figure.checkFile", request, async () => {
    const actor = await getActor();
    const data = await readFormData(request, MAX_FIGURE_FILE_BYTES + FRAME_BYTES);
    const input = UploadFigures.safeParse(Object.fromEntries(data));
    const file = data.get("file");
    const fields: Record<string, string> = {};
    for (const issue of input.error?.issues ?? []) fields[issue.path.join(".")] ??= issue.message;
    if (!(file instanceof File) || file.name === "") fields.file = "Hãy chọn tệp Excel (.xlsx) hoặc CSV.";
    if (!input.success || !(file instanceof File) || Object.keys(fields).length > 0)
      throw new AppError({ code: "INVALID", fields });

    const spool = path.join(os.tmpdir(), `hieu-hoc-${randomUUID()}`);
    try {
      await writeFile(spool, new Uint8Array(await file.arrayBuffer()), { mode: 0o600 });
      const { batchId } = await checkFigureFile(actor, input.data, { path: spool, name: file.name });

      return Response.json({ batchId }, { status: 201 });
    } finally {
      await rm(spool, { force: true });
    }
  });
}
