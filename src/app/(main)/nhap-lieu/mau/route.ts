import { paramsOf, recordOf } from "@/features/data-export/answer";
import { loadTemplate } from "@/features/data-export/loaders";
import { download } from "@/lib/http/download";
import { handleRoute } from "@/lib/http/route";
import { writeWorkbook } from "@/lib/spreadsheet/write";

/** The commune's template for importing, empty or with its present entries (`?kem=du-lieu`). */
export async function GET(request: Request): Promise<Response> {
  return await handleRoute("registry.template", request, async () => {
    const { scope, facts, fileName, isFilled, sheets } = await loadTemplate(paramsOf(request));
    if (isFilled) await recordOf({ scope, facts, capability: "registry.write" }, "xlsx");

    return download(writeWorkbook({ sheets }), { name: fileName, format: "xlsx" });
  });
}
