import { answerWithFile, formatOf, paramsOf } from "@/features/data-export/answer";
import { loadAssessmentList } from "@/features/data-export/lists";
import { handleRoute } from "@/lib/http/route";

/** The scoring list as a file: the address of the page with `?dang=xlsx` or `csv`. */
export async function GET(request: Request): Promise<Response> {
  return await handleRoute("assessment.export", request, async () =>
    answerWithFile(await loadAssessmentList(paramsOf(request)), formatOf(request)),
  );
}
