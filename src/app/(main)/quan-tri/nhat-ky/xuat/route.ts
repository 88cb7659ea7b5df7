import { answerWithFile, formatOf, paramsOf } from "@/features/data-export/answer";
import { loadActionList } from "@/features/data-export/lists";
import { handleRoute } from "@/lib/http/route";

/** The log under a unit as a file, `?dang=xlsx` or `csv`. */
export async function GET(request: Request): Promise<Response> {
  return await handleRoute("audit.export", request, async () =>
    answerWithFile(await loadActionList(paramsOf(request)), formatOf(request)),
  );
}
