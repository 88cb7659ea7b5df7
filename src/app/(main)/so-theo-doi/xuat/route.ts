import { answerWithFile, formatOf, paramsOf } from "@/features/data-export/answer";
import { loadRegistryList } from "@/features/data-export/loaders";
import { handleRoute } from "@/lib/http/route";

/** A filtered list of the register as a file: the address of the page with `?dang=xlsx` or `csv`. */
export async function GET(request: Request): Promise<Response> {
  return await handleRoute("registry.export", request, async () =>
    answerWithFile(await loadRegistryList(paramsOf(request)), formatOf(request)),
  );
}
