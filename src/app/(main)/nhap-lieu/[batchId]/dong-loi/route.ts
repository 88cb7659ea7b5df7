import { z } from "zod";
import { openBadRows } from "@/features/data-import/loaders";
import { AppError } from "@/lib/errors/app-error";
import { download } from "@/lib/http/download";
import { handleRoute } from "@/lib/http/route";

/** The rejected rows of an import as a workbook like the one that came, with the reasons. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ batchId: string }> },
): Promise<Response> {
  return await handleRoute("import.badRows", request, async () => {
    const { batchId } = await params;
    if (!z.uuid().safeParse(batchId).success) throw new AppError({ code: "NOT_FOUND" });
    const { stream, name } = await openBadRows(batchId);

    return download(stream, { name, format: "xlsx" });
  });
}
