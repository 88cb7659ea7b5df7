import { z } from "zod";
import { getProgress } from "@/features/data-import/loaders";
import { AppError } from "@/lib/errors/app-error";
import { handleRoute } from "@/lib/http/route";

/** How far the server is with an import: state, stage and two numbers. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ batchId: string }> },
): Promise<Response> {
  return await handleRoute("import.progress", request, async () => {
    const { batchId } = await params;
    if (!z.uuid().safeParse(batchId).success) throw new AppError({ code: "NOT_FOUND" });

    return Response.json(await getProgress(batchId), { headers: { "Cache-Control": "no-store" } });
  });
}
