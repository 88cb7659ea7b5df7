import { loadDashboardList } from "@/features/dashboard/loaders/export";
import { answerWithFile, formatOf, paramsOf } from "@/features/data-export/answer";
import { handleRoute } from "@/lib/http/route";

/** The table of a dashboard as a file: the address of the page with `?dang=xlsx` or `csv`. */
export async function GET(request: Request): Promise<Response> {
  return await handleRoute("dashboard.export", request, async () =>
    answerWithFile(await loadDashboardList(paramsOf(request)), formatOf(request)),
  );
}
